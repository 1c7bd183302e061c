import type { Judgement } from '../../model/condition.ts';
import type { MachineState, Observed } from '../../model/machine.ts';
import type { Plan } from '../../model/plan.ts';
import type { Drift } from '../../model/watch.ts';
import { rowOf } from '../../reconcile/change-text.ts';
import { type LeaveDrift, POWER } from '../../reconcile/leave-drift.ts';
import { readyJudgement } from './machine-health.ts';

const powerDrift = (applied: MachineState, observed: Observed): readonly Drift[] => {
  const { power } = observed;
  if (applied.phase !== 'ready' || power === 'running' || power === 'unknown') return [];
  const text =
    power === 'absent' ? 'the machine that agentvm had made is gone' : readyJudgement(observed).message;
  return [{ field: POWER, text }];
};

/** Fields of a plan that moved away from what was applied, in words. */
export const fieldDrift = (plan: Plan): readonly Drift[] =>
  plan.changes
    .filter(({ movement }) => movement === 'drift')
    .map((change) => {
      const { label, value } = rowOf(change);
      return { field: change.field, text: `${label}${label === change.field ? '' : ':'} ${value}` };
    });

/** What a plan and the look that it is made of tell of drift. */
export const driftOf = (plan: Plan, applied: MachineState | null, observed: Observed): readonly Drift[] =>
  applied === null ? [] : [...powerDrift(applied, observed), ...fieldDrift(plan)];

/** What a plan that was carried out for a machine that had been finished before has put right. */
export const healedBy = (plan: Plan, leave: LeaveDrift): readonly string[] => {
  const isDown = ['crashed', 'paused', 'absent'].includes(plan.machine.power);
  return [
    ...(isDown && !leave(POWER) ? [POWER] : []),
    ...fieldDrift(plan).flatMap(({ field }) => (leave(field) ? [] : [field])),
  ];
};

/** What is known of drift after another look: a look says nothing of what it did not see. */
export const mergeDrift = (
  known: readonly Drift[],
  seen: readonly Drift[],
  observed: Observed,
  isDeep: boolean,
): readonly Drift[] => {
  if (observed.power !== 'running' && observed.power !== 'paused') return seen;
  const fields = new Set(seen.map(({ field }) => field));
  const unseen = known.filter(({ field }) => {
    const kind = observed.fields[field]?.kind;
    return field !== POWER && !fields.has(field) && (kind === 'unknown' || (kind === undefined && !isDeep));
  });
  return [...seen, ...unseen];
};

/** The condition Drifted. */
export const driftJudgement = (drift: readonly Drift[]): Judgement =>
  drift.length === 0
    ? { status: 'False', reason: 'AsApplied', message: '' }
    : { status: 'True', reason: 'RealityMoved', message: drift.map(({ text }) => text).join('; ') };
