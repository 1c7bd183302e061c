import type { Fields } from '../model/fields.ts';
import type { AppliedFields, Observed, PowerState } from '../model/machine.ts';
import type { Reason, Strategy } from '../model/plan.ts';
import type { Upgrades } from '../model/upgrade.ts';
import type { PlannedChange } from './changes.ts';
import { causeOf } from './draft-step.ts';
import { isAtMost, joinStrategies } from './strategies.ts';

/** How the machine itself has to move for a plan; the guest's steps follow from it. */
export type Flow = {
  readonly root: 'create' | 'replace' | 'grow' | 'keep';
  readonly resumes: boolean;
  readonly stops: boolean;
  readonly starts: boolean;
  /** What the machine's steps cost and why; absent where it does not move. */
  readonly cause?: { readonly strategy: Strategy; readonly reason: Reason };
};

/** What the steps of a plan are made from. */
export type StepsInput = {
  readonly desired: Fields;
  readonly applied: AppliedFields;
  readonly observed: Observed;
  readonly planned: readonly PlannedChange[];
  /** Why the machine has to be made; absent where there is one. */
  readonly creation?: Reason;
  /** Its creation was begun and not finished. */
  readonly isUnfinished: boolean;
  /** A machine that does not run, or is gone, stays so unless a change needs it. */
  readonly leavesPower: boolean;
  /** Pins that an upgrade moves, and what to. */
  readonly upgrades: Upgrades;
};

const powerReason = (power: PowerState, why: string | undefined): Reason | undefined => {
  switch (power) {
    case 'stopped':
      return { code: 'machine-stopped', text: why ?? 'the machine is stopped' };
    case 'crashed':
      return { code: 'machine-crashed', text: why ?? 'the machine ended without being stopped' };
    case 'paused':
      return { code: 'machine-paused', text: why ?? 'the machine is paused' };
    case 'running':
    case 'absent':
    case 'unknown':
      return undefined;
  }
};

/** Decides how the machine moves: one way for all fields together. */
export const flowOf = ({ observed, planned, creation, leavesPower }: StepsInput): Flow => {
  const { power } = observed;
  if (leavesPower && creation === undefined && planned.every(({ work }) => work === 'none')) {
    return { root: 'keep', resumes: false, stops: false, starts: false };
  }
  if (creation !== undefined) {
    const cause = { strategy: 'live' as const, reason: creation };
    return { root: 'create', resumes: false, stops: false, starts: true, cause };
  }
  const isUp = power === 'running' || power === 'paused';
  const strategy = joinStrategies(planned.map(({ change }) => change.strategy));
  const reboots = isAtMost('restart', strategy);
  const moves = powerReason(power, observed.powerReason);
  const forcing = planned.filter(({ change }) => isAtMost('restart', change.strategy));
  const grows = planned.some(({ work }) => work === 'disk');
  const cause = reboots
    ? causeOf(forcing)
    : moves === undefined
      ? undefined
      : { strategy: 'live' as const, reason: moves };
  return {
    root: strategy === 'recreate' ? 'replace' : grows ? 'grow' : 'keep',
    resumes: power === 'paused',
    stops: isUp && reboots,
    starts: !isUp || reboots,
    ...(cause === undefined ? {} : { cause }),
  };
};
