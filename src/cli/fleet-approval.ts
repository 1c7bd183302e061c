import type { Context } from '../lib/context.ts';
import { createMutex } from '../lib/mutex.ts';
import { AgentvmError, ExitCode } from '../model/errors.ts';
import type { Consent } from '../model/grant.ts';
import type { Desired } from '../model/machine.ts';
import type { Plan } from '../model/plan.ts';
import { hasWork, planDigest, requiredApproval, YES_ALLOWS } from '../reconcile/approval.ts';
import { fleetText } from '../reconcile/fleet-text.ts';
import { isAtMost } from '../reconcile/strategies.ts';
import { type ApprovalOptions, approvePlan } from './approval.ts';
import { composePorts } from './compose.ts';
import { forEachMachine } from './fleet.ts';
import type { Deletion } from './prune.ts';
import { showPlan, withoutRunLine } from './show-plan.ts';

/** Says of each machine's plan, when its turn comes, whether it may be carried out. */
export type ApproveEach = (context: Context, plan: Plan, options: ApprovalOptions) => Promise<Consent>;

/** The word for a plan that a question for all plans covers. */
const GRANTS_NOTHING: Consent = { grants: {} };

/** Whether a plan needs a question of its own: it loses a root disk, or opens something of the host. */
const needsOwnQuestion = (plan: Plan): boolean => {
  const needs = requiredApproval(plan);
  return plan.grants.length > 0 || (needs !== 'none' && !isAtMost(needs, YES_ALLOWS));
};

const planAll = async (context: Context, desired: readonly Desired[]): Promise<readonly Plan[]> => {
  const { prepare } = await import('../engine/prepare.ts');
  const ports = composePorts();
  const work = async (own: Context, one: Desired): Promise<Plan> =>
    (await prepare(own, ports, one, { deep: true })).plan;
  const outcomes = await forEachMachine(context, desired, work, { isTold: true });
  // One that cannot be planned fails again, and is told, when its turn comes.
  return outcomes.flatMap((one) => (one.ok ? [one.value] : []));
};

const askForAll = async (
  context: Context,
  plans: readonly Plan[],
  deletions: readonly Deletion[],
): Promise<boolean> => {
  const { ask } = await import('./prompt.ts');
  const apart = plans.filter(needsOwnQuestion).length;
  const aside = deletions.length === 0 ? '' : ` ${deletions.length} of them set a machine aside.`;
  const others = apart === 0 ? '' : ` ${apart} more will be asked about apart.`;
  return ask(context, `Apply these ${plans.length - apart + deletions.length} plans?${aside}${others}`);
};

/**
 * Gets the word for the plans of several machines before the first is touched: all are shown, one question is for
 * those up to a restart and for machines that are set aside, and each of the others has its own. Where the options
 * answer, or nobody is there to ask, each plan is held against the options at its turn.
 * @returns undefined when the person said no.
 * @throws AgentvmError APPROVAL_MISSING (exit 4) when a machine is to be set aside and nobody said so.
 */
export const approveFleet = async (
  context: Context,
  desired: readonly Desired[],
  deletions: readonly Deletion[],
  options: ApprovalOptions,
): Promise<ApproveEach | undefined> => {
  const inTurn = createMutex();
  // Machines that are worked on at once must not ask at once.
  const atItsTurn: ApproveEach = (own, plan, given) => inTurn(() => approvePlan(own, plan, given));
  const isAnswered = options.yes === true || options.allow !== undefined;
  const canAsk = context.io.isTerminal.stdin && context.io.isTerminal.stderr;
  if (!canAsk || isAnswered) {
    if (deletions.length > 0 && options.yes !== true) {
      throw new AgentvmError({
        code: 'APPROVAL_MISSING',
        exitCode: ExitCode.approvalMissing,
        message: `setting ${deletions.map(({ name }) => name).join(', ')} aside needs your approval`,
        hint: 'Add --yes to --prune.',
      });
    }
    for (const { plan } of deletions) context.io.stderr(await showPlan(context, plan, 'stderr'));
    return atItsTurn;
  }
  const plans = await planAll(context, desired);
  const all = [...deletions.map(({ plan }) => plan), ...plans];
  const work = plans.filter((plan) => hasWork(plan) && plan.blockers.length === 0);
  const texts = await Promise.all(all.map((plan) => showPlan(context, plan, 'stderr')));
  const total = withoutRunLine(fleetText(all, 'agentvm apply', desired.length - plans.length));
  context.io.stderr([...texts.map(withoutRunLine), total].join('\n'));
  const words = new Map<string, Consent>();
  const together = work.filter((plan) => !needsOwnQuestion(plan));
  if (together.length + deletions.length > 0 && !(await askForAll(context, work, deletions)))
    return undefined;
  const keyOf = (plan: Plan): string => `${plan.machine.name} ${planDigest(plan)}`;
  for (const plan of together) words.set(keyOf(plan), GRANTS_NOTHING);
  for (const plan of work.filter(needsOwnQuestion)) {
    words.set(keyOf(plan), await approvePlan(context, plan, options));
  }
  return async (own, plan, given) => words.get(keyOf(plan)) ?? atItsTurn(own, plan, given);
};
