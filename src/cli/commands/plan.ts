import type { Context } from '../../lib/context.ts';
import { ExitCode } from '../../model/errors.ts';
import type { Plan } from '../../model/plan.ts';
import { hasWork } from '../../reconcile/approval.ts';
import { composePorts } from '../compose.ts';
import { loadManifest } from '../manifest.ts';
import { showPlan } from '../show-plan.ts';

export type PlanOptions = {
  readonly file?: string;
  readonly json?: boolean;
  readonly exitCode?: boolean;
  readonly refresh?: boolean;
};

/** Shows what apply would change. Looks into the guest only when told to, so that it answers at once. */
export const plan = async (context: Context, options: PlanOptions): Promise<number> => {
  const desired = await loadManifest(context, options.file);
  const { prepare } = await import('../../engine/prepare.ts');
  const prepared = await prepare(context, composePorts(), desired, { deep: options.refresh ?? false });
  context.io.stdout(
    options.json ? `${JSON.stringify(prepared.plan, null, 2)}\n` : await showPlan(context, prepared.plan),
  );
  return exitCodeOf(prepared.plan, options.exitCode ?? false);
};

const exitCodeOf = (shown: Plan, asked: boolean): number => {
  if (shown.blockers.length > 0) return ExitCode.stalled;
  return asked && hasWork(shown) ? ExitCode.changes : ExitCode.done;
};
