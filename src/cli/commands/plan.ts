import type { Prepared } from '../../engine/prepare.ts';
import type { Context } from '../../lib/context.ts';
import { AgentvmError, ExitCode } from '../../model/errors.ts';
import type { Plan, PlansDocument, Strategy } from '../../model/plan.ts';
import { hasWork } from '../../reconcile/approval.ts';
import { composePorts } from '../compose.ts';
import { exitCodeOf, forEachMachine, type Outcome, tellFailures, worstOf } from '../fleet.ts';
import { loadManifests, skippedText } from '../manifest.ts';
import type { Selection } from '../selection.ts';
import { showPlan, withoutRunLine } from '../show-plan.ts';

export type PlanOptions = Selection & {
  readonly json?: boolean;
  readonly exitCode?: boolean;
  readonly refresh?: boolean;
  /** Where to save the plan. */
  readonly out?: string;
  /** The most disruptive thing that the saved plan may do without being allowed again. */
  readonly allow?: Strategy;
};

const codeOf = (shown: Plan, asked: boolean): number => {
  if (shown.blockers.length > 0) return ExitCode.stalled;
  return asked && hasWork(shown) ? ExitCode.changes : ExitCode.done;
};

const documentOf = (outcomes: readonly Outcome<Plan>[]): Plan | PlansDocument => {
  const [first, ...others] = outcomes;
  if (first?.ok && others.length === 0) return first.value;
  return {
    kind: 'plans',
    version: 1,
    plans: outcomes.flatMap((one) => (one.ok ? [one.value] : [])),
    failed: outcomes.flatMap(({ name, ...one }) =>
      one.ok
        ? []
        : [
            {
              name,
              exitCode: exitCodeOf(one.error),
              message: one.error instanceof Error ? one.error.message : String(one.error),
            },
          ],
    ),
  };
};

/** Shows what apply would change. Looks into the guests only when told to, so that it answers at once. */
export const plan = async (context: Context, options: PlanOptions): Promise<number> => {
  refuseAllowAlone(options);
  const fleet = await loadManifests(context, options);
  context.io.stderr(skippedText(fleet));
  const { prepare } = await import('../../engine/prepare.ts');
  const ports = composePorts();
  // Apply looks at everything, so a plan that is to be carried out later has to know it too.
  const deep = options.refresh === true || options.out !== undefined;
  const outcomes = await forEachMachine(context, fleet.desired, async (own, desired) => ({
    desired,
    prepared: await prepare(own, ports, desired, { deep }),
  }));
  const planned = outcomes.flatMap((one) => (one.ok ? [one.value] : []));
  const plans = planned.map(({ prepared }) => prepared.plan);
  const isWhole = plans.length === outcomes.length && plans.every(({ blockers }) => blockers.length === 0);
  if (options.out !== undefined && isWhole) {
    const { savePlan } = await import('../saved-plan.ts');
    await savePlan(context, options.out, planned, options.allow);
  }
  if (options.json) context.io.stdout(`${JSON.stringify(documentOf(outcomes.map(toPlan)), null, 2)}\n`);
  else context.io.stdout(await plansText(context, plans, outcomes.length, options));
  if (options.out !== undefined && !isWhole) {
    context.io.stderr(`agentvm: nothing was saved in ${options.out}, since this cannot be carried out\n`);
  }
  return worstOf([
    tellFailures(context, outcomes),
    ...plans.map((one) => codeOf(one, options.exitCode ?? false)),
  ]);
};

const toPlan = (outcome: Outcome<{ readonly prepared: Prepared }>): Outcome<Plan> =>
  outcome.ok ? { ...outcome, value: outcome.value.prepared.plan } : outcome;

const refuseAllowAlone = ({ allow, out }: PlanOptions): void => {
  if (allow === undefined || out !== undefined) return;
  throw new AgentvmError({
    code: 'ALLOW_WITHOUT_OUT',
    exitCode: ExitCode.usage,
    message: '--allow says what a saved plan may do, and none is saved',
    hint: `Save it: agentvm plan --out FILE --allow ${allow}; or: agentvm apply --allow ${allow}`,
  });
};

const plansText = async (
  context: Context,
  plans: readonly Plan[],
  machines: number,
  { file, out, allow }: PlanOptions,
): Promise<string> => {
  const texts = await Promise.all(plans.map((one) => showPlan(context, one)));
  if (machines === 1 && out === undefined) return texts.join('');
  const { commandFor, fleetText } = await import('../../reconcile/fleet-text.ts');
  const command = `agentvm apply${out === undefined ? (file === undefined ? '' : ` -f ${file}`) : ` ${out}`}`;
  const shown = texts.map(withoutRunLine);
  if (machines > 1) return [...shown, fleetText(plans, command, machines - plans.length, allow)].join('\n');
  const run = commandFor(plans, command, allow);
  return `${shown.join('')}${run === undefined ? '' : `Run: ${run}\n`}`;
};
