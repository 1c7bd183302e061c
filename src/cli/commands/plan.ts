import type { Context } from '../../lib/context.ts';
import { ExitCode } from '../../model/errors.ts';
import type { Plan, PlansDocument } from '../../model/plan.ts';
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
  const fleet = await loadManifests(context, options);
  context.io.stderr(skippedText(fleet));
  const { prepare } = await import('../../engine/prepare.ts');
  const ports = composePorts();
  const outcomes = await forEachMachine(context, fleet.desired, async (own, desired) => {
    const prepared = await prepare(own, ports, desired, { deep: options.refresh ?? false });
    return prepared.plan;
  });
  const plans = outcomes.flatMap((one) => (one.ok ? [one.value] : []));
  if (options.json) context.io.stdout(`${JSON.stringify(documentOf(outcomes), null, 2)}\n`);
  else context.io.stdout(await plansText(context, plans, outcomes.length, options));
  return worstOf([
    tellFailures(context, outcomes),
    ...plans.map((one) => codeOf(one, options.exitCode ?? false)),
  ]);
};

const plansText = async (
  context: Context,
  plans: readonly Plan[],
  machines: number,
  { file }: Selection,
): Promise<string> => {
  const texts = await Promise.all(plans.map((one) => showPlan(context, one)));
  if (machines === 1) return texts.join('');
  const { fleetText } = await import('../../reconcile/fleet-text.ts');
  const command = `agentvm apply${file === undefined ? '' : ` -f ${file}`}`;
  return [...texts.map(withoutRunLine), fleetText(plans, command, machines - plans.length)].join('\n');
};
