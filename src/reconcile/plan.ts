import type { FieldId } from '../model/fields.ts';
import type { Grant, Withheld } from '../model/grant.ts';
import type { Desired, DriverName, MachineId, MachineState, Observed } from '../model/machine.ts';
import type { Plan, Reason, Recovery, Step } from '../model/plan.ts';
import type { SnapshotOffer } from '../model/snapshot.ts';
import type { Upgrades } from '../model/upgrade.ts';
import { blockersOf, noRoom } from './blockers.ts';
import { changesOf, creationChanges, type Limit } from './changes.ts';
import { keptChanges, roomNotes } from './kept-changes.ts';
import { keepApplied } from './kept-values.ts';
import { isLost, type LeaveDrift, leaveDrifted, leavesPower } from './leave-drift.ts';
import { needsWayBack } from './snapshot-step.ts';
import { stepsOf } from './steps.ts';
import { joinStrategies } from './strategies.ts';

export type PlanInput = {
  /** The machine that the manifest stands for, or null before it has an id. */
  readonly machineId: MachineId | null;
  readonly desired: Desired;
  readonly applied: MachineState | null;
  readonly observed: Observed;
  /** The driver's. */
  readonly limit: Limit;
  /** Pins that an upgrade moves, and what to. */
  readonly upgrades?: Upgrades;
  /** What the journal tells of an apply without an end; its step has a title only where it was begun. */
  readonly stopped?: Omit<Recovery, 'title'> & { readonly title?: string };
  /** What nobody has granted yet; none unless told. */
  readonly grants?: readonly Grant[];
  /** What `desired` is without, because nobody has granted it. */
  readonly withheld?: readonly Withheld[];
  /** Applied fields that lead elsewhere on the host now although their value is the same. */
  readonly moved?: ReadonlySet<FieldId>;
  /** What a snapshot would be; absent where none can or shall be taken. */
  readonly snapshot?: SnapshotOffer;
  /** Which drift gets no steps; none where absent. */
  readonly leaveDrift?: LeaveDrift;
};

/** Why the machine has to be made, or undefined where it is there, or nobody knows. */
const creationReason = ({ applied, observed }: PlanInput): Reason | undefined => {
  if (observed.power === 'unknown') return undefined;
  const isHalfMade = applied?.phase === 'creating' && applied.fields['base.image'] === undefined;
  if (observed.power !== 'absent' && !isHalfMade) return undefined;
  if (applied === null || applied.fields['base.image'] === undefined) {
    return { code: 'machine-absent', text: 'there is no machine yet' };
  }
  return { code: 'machine-absent', text: 'the machine that agentvm had made is gone' };
};

/** A step that was not begun is gone on with only while the manifest still asks for it. */
const recoveryOf = ({ stopped }: PlanInput, steps: readonly Step[]): Recovery | null => {
  const title = stopped?.title ?? steps.find(({ id }) => id === stopped?.step)?.title;
  return stopped === undefined || title === undefined ? null : { ...stopped, title };
};

/**
 * What has to be done so that the machine is what the manifest asks for, and why. Pure: equal inputs give equal
 * plans. With a blocker there are no steps.
 */
export const plan = (input: PlanInput): Plan => {
  const { desired, observed } = input;
  const applied = input.applied?.fields ?? {};
  const fields = keepApplied(desired.fields, input.applied, new Set(input.upgrades?.keys()));
  const keepsPower = leavesPower(input.applied, observed, input.leaveDrift);
  const isUnfinished = input.applied?.phase === 'creating';
  const moves = [
    ...changesOf({
      desired: fields,
      applied,
      observed,
      limit: input.limit,
      isUnfinished,
      moved: input.moved ?? new Set(),
      upgrades: input.upgrades ?? new Map(),
    }),
    ...keptChanges(observed),
  ];
  const staysAway =
    keepsPower && isLost(input.applied, observed) && moves.every(({ work }) => work === 'none');
  const creation = staysAway ? undefined : creationReason(input);
  const { shown: planned, acted } = leaveDrifted(
    creation === undefined
      ? moves
      : creationChanges({ desired: fields, applied, limit: input.limit }, creation),
    input.leaveDrift,
  );
  const changes = planned.map(({ change }) => change);
  const obstacles = blockersOf({ ...input, withheld: input.withheld ?? [], desired: fields, planned });
  const wanted =
    obstacles.length > 0
      ? []
      : stepsOf(
          {
            desired: fields,
            applied,
            observed,
            planned: acted,
            leavesPower: keepsPower,
            ...(creation === undefined ? {} : { creation }),
            isUnfinished,
            upgrades: input.upgrades ?? new Map(),
          },
          input.snapshot,
        );
  const snapshot = needsWayBack({ isUnfinished }, wanted) ? input.snapshot : undefined;
  const blockers = [...obstacles, ...noRoom(snapshot)];
  const steps = blockers.length > 0 ? [] : wanted;
  const changed = new Set(changes.map(({ field }) => field));
  return {
    kind: 'plan',
    version: 1,
    machine: {
      id: input.machineId,
      name: desired.name,
      driver: (fields.get('driver')?.value ?? desired.driver) as DriverName,
      power: observed.power,
    },
    manifest: { path: desired.manifestPath, revision: desired.revision },
    observedAt: input.applied === null ? null : observed.at,
    recovery: recoveryOf(input, steps),
    changes,
    steps,
    blockers,
    grants: input.grants ?? [],
    withheld: input.withheld ?? [],
    ...(snapshot === undefined ? {} : { snapshot: shownOf(snapshot) }),
    notes: notesOf(input),
    unchanged: [...fields.keys()].filter((id) => !changed.has(id)).length,
    strategy: joinStrategies([...changes, ...steps].map(({ strategy }) => strategy)),
  };
};

const shownOf = ({ maxBytes: _, ...shown }: SnapshotOffer): NonNullable<Plan['snapshot']> => shown;

const notesOf = ({ desired, applied, observed }: PlanInput): readonly string[] => {
  const isProtectionKept =
    applied?.fields['lifecycle.protect']?.value === true &&
    desired.fields.get('lifecycle.protect')?.source === undefined;
  return [
    ...(isProtectionKept
      ? ['The machine stays protected although the manifest no longer says so; `protect: false` lifts it.']
      : []),
    ...roomNotes(observed),
  ];
};
