import type { Context } from '../lib/context.ts';
import {
  type Desired,
  type DriverName,
  type MachineState,
  nothingObserved,
  type Observed,
} from '../model/machine.ts';
import type { Plan } from '../model/plan.ts';
import type { Upgrades } from '../model/upgrade.ts';
import { isKeyLike } from '../policy/key-like.ts';
import { keepApplied } from '../reconcile/kept-values.ts';
import type { LeaveDrift } from '../reconcile/leave-drift.ts';
import { type PlanInput, plan } from '../reconcile/plan.ts';
import { findMachine, type Match } from '../state/inventory.ts';
import {
  type JournalEntry,
  openIntent,
  readJournal,
  snapshotBeforeStop,
  stoppedApply,
} from '../state/journal.ts';
import { grantManifest } from './grants.ts';
import { observe } from './observe.ts';
import type { Ports } from './ports.ts';
import { secretFileNotes } from './secret-file-notes.ts';
import { secretNotes } from './secret-notes.ts';
import { offerSnapshot, retentionOf } from './snapshot-offer.ts';

/** Everything that is known before a plan is shown. */
export type Prepared = {
  readonly match: Match;
  /** The machine's state, with the project at the place where it is now; null where there is none. */
  readonly state: MachineState | null;
  readonly observed: Observed;
  /** The manifest; without what is withheld. */
  readonly desired: Desired;
  /** Something was granted that nothing needs any more. */
  readonly hasUnusedGrants: boolean;
  readonly plan: Plan;
};

const matchNotes = (match: Match, desired: Desired): readonly string[] => {
  switch (match.kind) {
    case 'same':
      return [];
    case 'moved':
      return [`The project was moved here from ${match.from}; its machine is taken along.`];
    case 'replaced':
      return ['The folder is another one than when the machine was made; it is taken for the same project.'];
    case 'none':
      return [
        ...match.siblings.map(
          (name) =>
            `This folder has a machine named '${name}'; '${desired.name}' will be another one. To keep that one: agentvm mv ${name} ${desired.name}`,
        ),
        ...match.sameNameElsewhere.map(
          (path) => `The machine of the same name at ${path} is another one; this folder may be a copy.`,
        ),
      ];
  }
};

/** Where an earlier command stopped, as the plan tells it. */
const stoppedAt = (entries: readonly JournalEntry[]): PlanInput['stopped'] => {
  const open = openIntent(entries);
  if (open !== undefined) {
    const { apply, step, position, total } = open;
    return { apply, step: step.id, title: step.title, position, total, isOpen: true };
  }
  const stopped = stoppedApply(entries);
  return stopped === undefined ? undefined : { ...stopped, isOpen: false };
};

/** A machine keeps the driver that `auto` stood for when it was made. */
const driverFor = (desired: Desired, state: MachineState | null): DriverName =>
  (keepApplied(desired.fields, state).get('driver')?.value ?? desired.driver) as DriverName;

export type PrepareOptions = {
  /** Look into the guest too. */
  readonly deep: boolean;
  /** Whether a look inside may wake a suspended machine; true where absent. */
  readonly mayWake?: boolean;
  /** Plan without what nobody has granted, in place of asking for it. */
  readonly withhold?: boolean;
  /** What of drift is shown and not put right. */
  readonly leaveDrift?: LeaveDrift;
  /** Pins to move, and what to. */
  readonly upgrades?: Upgrades;
};

const grantNotes = (earlier: readonly string[]): readonly string[] =>
  earlier.length === 0
    ? []
    : [
        `What this machine had before grants were kept counts as granted: ${earlier.join(', ')}; see agentvm trust.`,
      ];

/** A key in the environment is everybody's in the guest; its value is never told. */
const keyNotes = ({ environment }: Desired): readonly string[] =>
  Object.entries(environment)
    .filter(([name, value]) => isKeyLike(name, value))
    .map(
      ([name]) =>
        `${name} looks like a key, and every program in the guest can read it. Under secrets it stays on this host: secrets: {${name}: {from: env, hosts: […]}}`,
    );

/** A machine that keeps the open network of an earlier release's default has nothing that could put values in. */
const openNotes = ({ fields }: Desired, state: MachineState | null): readonly string[] => {
  const isOpen = keepApplied(fields, state).get('network.egress')?.value === 'open';
  return isOpen && [...fields.values()].some(({ path }) => path === 'secrets[]')
    ? [
        `The machine keeps the open network that it was made with, in which secrets stay placeholders. To hold it: agentvm upgrade network.egress`,
      ]
    : [];
};

/** A manifest's machine as it stands: what the inventory, the driver and, when `deep`, the guest tell. */
export const prepare = async (
  context: Context,
  ports: Ports,
  desired: Desired,
  options: PrepareOptions,
): Promise<Prepared> => {
  const match = await findMachine(context.paths, desired.project, desired.name);
  const state = match.kind === 'none' ? null : { ...match.state, project: desired.project };
  return prepareState(context, ports, desired, match, state, options);
};

/** The same for a machine that is known already. */
export const prepareState = async (
  context: Context,
  ports: Ports,
  asked: Desired,
  match: Match,
  state: MachineState | null,
  options: PrepareOptions,
): Promise<Prepared> => {
  const granting = await grantManifest(context, asked, state, options.withhold ?? false);
  const { desired, grants, withheld, moved } = granting;
  const [observed, entries, driver] = await Promise.all([
    state === null
      ? nothingObserved(context.clock.now().toISOString())
      : observe(context, ports, state, desired, options),
    state === null ? [] : readJournal(context.paths, state.id),
    ports.driver(driverFor(desired, state)),
  ]);
  const stopped = stoppedAt(entries);
  const isThere = observed.power !== 'absent' && observed.power !== 'unknown';
  const retention = retentionOf((path) => desired.fields.get(path)?.value);
  const snapshot =
    state !== null && isThere && driver.name === state.driver
      ? await offerSnapshot(context, driver, state, retention, snapshotBeforeStop(entries))
      : undefined;
  const made = plan({
    machineId: state?.id ?? null,
    desired,
    applied: state,
    observed,
    limit: driver.limit,
    ...(snapshot === undefined ? {} : { snapshot }),
    ...(stopped === undefined ? {} : { stopped }),
    ...(options.upgrades === undefined ? {} : { upgrades: options.upgrades }),
    grants,
    withheld,
    moved,
    ...(options.leaveDrift === undefined ? {} : { leaveDrift: options.leaveDrift }),
  });
  const notes = [
    ...made.notes,
    ...grantNotes(granting.earlier),
    ...keyNotes(desired),
    ...openNotes(desired, state),
    ...secretNotes(
      Object.fromEntries(keepApplied(desired.fields, state)),
      observed.power === 'running' ? undefined : context.env,
    ),
    ...(await secretFileNotes(desired)),
    ...matchNotes(match, desired),
    ...(observed.notes ?? []),
  ];
  const hasUnusedGrants = granting.hasUnused;
  return { match, state, observed, desired, hasUnusedGrants, plan: { ...made, notes } };
};
