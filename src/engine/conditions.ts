import type { Context } from '../lib/context.ts';
import { isProcessAlive } from '../lib/process-identity.ts';
import {
  CONDITION_TYPES,
  type Condition,
  type Conditions,
  type ConditionsNote,
  unknownConditions,
  withJudgement,
} from '../model/condition.ts';
import type { MachineId, Observed } from '../model/machine.ts';
import { readNote } from '../state/machine-note.ts';
import { readSuspended, suspendedJudgement } from './suspension.ts';
import { readyJudgement } from './watch/machine-health.ts';

/** What is held of a machine, and who watches it. */
export type HeldConditions = {
  readonly conditions: readonly Condition[];
  readonly watch: { readonly pid: number; readonly since: string } | null;
};

const fromNote = (note: ConditionsNote | undefined, at: string): Conditions => {
  const known = Object.fromEntries((note?.conditions ?? []).map((one) => [one.type, one]));
  return { ...unknownConditions(at), ...known };
};

/**
 * The conditions of a machine, also where nobody watches it: whether it is ready and suspended is looked at now, the
 * rest is what the last watch held.
 */
export const conditionsOf = async (
  context: Context,
  id: MachineId,
  observed: Observed,
): Promise<HeldConditions> => {
  const [note, suspended] = await Promise.all([
    readNote(context.paths, id, 'conditions.json'),
    readSuspended(context, id),
  ]);
  const watch = note !== undefined && (await isProcessAlive(note.watch)) ? note.watch : null;
  const looked = withJudgement(fromNote(note, observed.at), 'Ready', readyJudgement(observed), observed.at);
  const since = suspended?.suspension.since ?? observed.at;
  const told = withJudgement(looked, 'Suspended', suspendedJudgement(context, suspended), since);
  const all =
    watch === null
      ? withJudgement(
          told,
          'Reconciling',
          { status: 'False', reason: 'NotWatched', message: 'nobody watches it: agentvm watch' },
          observed.at,
        )
      : told;
  return {
    conditions: CONDITION_TYPES.map((type) => all[type]),
    watch: watch === null ? null : { pid: watch.pid, since: watch.since },
  };
};
