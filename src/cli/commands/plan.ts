import type { Prepared } from '../../engine/prepare.ts';
import type { Context } from '../../lib/context.ts';
import { AgentvmError, ExitCode } from '../../model/errors.ts';
import type { Plan, PlansDocument, Strategy } from '../../model/plan.ts';
import { hasWork } from '../../reconcile/approval.ts';
import { composePorts } from '../compose.ts';
import { exitCodeOf, forEachMachine, type Outcome, tellFailures, worstOf } from '../fleet.ts';
import { skippedText } from '../manifest.ts';
import { loadWithPruning, noteAbsent, type PruneOptions, planPruning } from '../prune.ts';
import { showPlan, withoutRunLine } from '../show-plan.ts';

export type PlanOptions = PruneOptions & {
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
  refuseSavedPruning(options);
  const declared = await loadWithPruning(context, options);
  context.io.stderr(skippedText(declared));
  await noteAbsent(context, declared, options);
  const deletions = await planPruning(context, declared, options);
  const { prepare } = await import('../../engine/prepare.ts');
  const ports = composePorts();
  // Apply looks at everything, so a plan that is to be carried out later has to know it too.
  const deep = options.refresh === true || options.out !== undefined;
  const looked = await forEachMachine(context, declared.desired, async (own, desired) => ({
    desired,
    prepared: await prepare(own, ports, desired, { deep }),
  }));
  const planned = looked.flatMap((one) => (one.ok ? [one.value] : []));
  const aside = deletions.map(({ name, plan }) => ({ name, ok: true, value: plan }) as const);
  const outcomes: readonly Outcome<Plan>[] = [...aside, ...looked.map(toPlan)];
  const plans = outcomes.flatMap((one) => (one.ok ? [one.value] : []));
  const isWhole = plans.length === outcomes.length && plans.every(({ blockers }) => blockers.length === 0);
  if (options.out !== undefined && isWhole) {
    const { savePlan } = await import('../saved-plan.ts');
    await savePlan(context, options.out, planned, options.allow);
  }
  if (options.json) context.io.stdout(`${JSON.stringify(documentOf(outcomes), null, 2)}\n`);
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

const refuseSavedPruning = ({ prune, out }: PlanOptions): void => {
  if (prune === undefined || out === undefined) return;
  throw new AgentvmError({
    code: 'PRUNE_WITH_OUT',
    exitCode: ExitCode.usage,
    message: 'A saved plan sets no machine aside',
    hint: 'Leave --out or --prune out: agentvm apply --prune looks anew at what is declared.',
  });
};

/** What carries the shown plans out. */
const applyCommand = ({ file, out, prune }: PlanOptions): string => {
  if (out !== undefined) return `agentvm apply ${out}`;
  const named = prune === undefined || prune === true ? [] : prune;
  return [
    'agentvm apply',
    ...(file === undefined ? [] : [`-f ${file}`]),
    ...(prune === true ? ['--prune'] : named.map((name) => `--prune=${name}`)),
  ].join(' ');
};

const plansText = async (
  context: Context,
  plans: readonly Plan[],
  machines: number,
  options: PlanOptions,
): Promise<string> => {
  const { out, allow, prune } = options;
  const texts = await Promise.all(plans.map((one) => showPlan(context, one)));
  if (machines === 1 && out === undefined && prune === undefined) return texts.join('');
  const { commandFor, fleetText } = await import('../../reconcile/fleet-text.ts');
  const command = applyCommand(options);
  const shown = texts.map(withoutRunLine);
  if (machines !== 1) return [...shown, fleetText(plans, command, machines - plans.length, allow)].join('\n');
  const run = commandFor(plans, command, allow);
  return `${shown.join('')}${run === undefined ? '' : `Run: ${run}\n`}`;
};
