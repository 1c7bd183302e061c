import type { Plan, Strategy } from '../model/plan.ts';
import { hasWork, requiredApproval, YES_ALLOWS } from './approval.ts';
import { isDeletion } from './prune-text.ts';
import { isAtMost, joinStrategies } from './strategies.ts';

type Fate = 'blocked' | 'to set aside' | 'to create' | 'to change' | 'unchanged';

const FATES: readonly Fate[] = ['blocked', 'to set aside', 'to create', 'to change', 'unchanged'];

const fateOf = (plan: Plan): Fate => {
  const { blockers, steps } = plan;
  const does = (kind: string): boolean => steps.some(({ action }) => action.kind === kind);
  if (blockers.length > 0) return 'blocked';
  if (isDeletion(plan)) return 'to set aside';
  if (does('machine.create')) return 'to create';
  return hasWork(plan) ? 'to change' : 'unchanged';
};

/** The command that carries plans out, of which so much is allowed; undefined where there is nothing to do. */
export const commandFor = (
  plans: readonly Plan[],
  command: string,
  allowed: Strategy = YES_ALLOWS,
): string | undefined => {
  if (!plans.some(hasWork)) return undefined;
  const needs = plans
    .filter((plan) => !isDeletion(plan))
    .map(requiredApproval)
    .filter((one): one is Strategy => one !== 'none');
  const most = joinStrategies(needs);
  return isAtMost(most, allowed) ? command : `${command} --allow ${most}`;
};

/**
 * What stands below the plans of several machines: one line for all of them, and the next command.
 * @param command how the plans are carried out: `agentvm apply -f fleet`.
 * @param failed how many machines could not be planned.
 */
export const fleetText = (
  plans: readonly Plan[],
  command: string,
  failed = 0,
  allowed: Strategy = YES_ALLOWS,
): string => {
  const counts = FATES.flatMap((fate) => {
    const count = plans.filter((plan) => fateOf(plan) === fate).length;
    return count === 0 ? [] : [`${count} ${fate}`];
  });
  const run = commandFor(plans, command, allowed);
  const count = plans.length + failed;
  return [
    `Total: ${count} ${count === 1 ? 'machine' : 'machines'}, ${[...counts, ...(failed > 0 ? [`${failed} could not be planned`] : [])].join(', ')}.`,
    ...(run === undefined ? [] : [`Run: ${run}`]),
    '',
  ].join('\n');
};
