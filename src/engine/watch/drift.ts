import type { Judgement } from '../../model/condition.ts';
import { parseFieldId } from '../../model/fields.ts';
import type { Desired, MachineState, Observed } from '../../model/machine.ts';
import type { Plan } from '../../model/plan.ts';
import type { Drift } from '../../model/watch.ts';
import { driftOf } from '../../reconcile/drift.ts';
import { type LeaveDrift, POWER } from '../../reconcile/leave-drift.ts';

/** What one look at a machine has found. */
export type Look = {
  readonly desired: Desired;
  readonly state: MachineState;
  readonly observed: Observed;
  readonly isDeep: boolean;
};

/** What a look tells of drift, and what an earlier one told of that which this one did not see. */
export const driftAfter = (known: readonly Drift[], look: Look): readonly Drift[] => {
  const { observed, isDeep } = look;
  const seen = driftOf(look)
    .facets.flatMap(({ items }) => items)
    .filter(({ movement }) => movement === 'drift')
    .map(({ field, text }): Drift => ({ field, text }));
  if (observed.power !== 'running' && observed.power !== 'paused') return seen;
  const fields = new Set(seen.map(({ field }) => field));
  const isAllSeen = (field: string): boolean => {
    const path = parseFieldId(field)?.path;
    return isDeep || (path !== undefined && observed.whole?.includes(path) === true);
  };
  const unseen = known.filter(({ field }) => {
    const kind = observed.fields[field]?.kind;
    return (
      field !== POWER &&
      !fields.has(field) &&
      (kind === 'unknown' || (kind === undefined && !isAllSeen(field)))
    );
  });
  return [...seen, ...unseen];
};

/** What a plan that was carried out for a machine that had been finished before has put right. */
export const healedBy = ({ machine, changes }: Plan, leave: LeaveDrift): readonly string[] => {
  const isDown = ['crashed', 'paused', 'absent'].includes(machine.power);
  return [
    ...(isDown && !leave(POWER, 'live') ? [POWER] : []),
    ...changes.flatMap(({ field, movement, strategy }) =>
      // What was left costs nothing.
      movement === 'drift' && strategy !== 'noop' ? [field] : [],
    ),
  ];
};

/** The condition Drifted. */
export const driftJudgement = (drift: readonly Drift[]): Judgement =>
  drift.length === 0
    ? { status: 'False', reason: 'AsApplied', message: '' }
    : { status: 'True', reason: 'RealityMoved', message: drift.map(({ text }) => text).join('; ') };
