import type { Context } from '../lib/context.ts';
import { AgentvmError, ExitCode } from '../model/errors.ts';
import type { Plan, Strategy } from '../model/plan.ts';
import { approve, requiredApproval, YES_ALLOWS } from '../reconcile/approval.ts';
import { showPlan, withoutRunLine } from './show-plan.ts';

export type ApprovalOptions = { readonly yes?: boolean; readonly allow?: Strategy };

/**
 * Shows a plan on stderr and gets the word to carry it out: from the options, else from the person at the terminal.
 * A recreate loses the root disk, so it is allowed by name or by typing the machine's name.
 * @throws AgentvmError APPROVAL_MISSING (exit 4) when nobody is there to ask.
 */
export const approvePlan = async (
  context: Context,
  plan: Plan,
  options: ApprovalOptions,
): Promise<boolean> => {
  context.io.stderr(withoutRunLine(await showPlan(context, plan, 'stderr')));
  const needs = requiredApproval(plan);
  if (needs === 'none') return true;
  const allowed = options.allow ?? (options.yes ? YES_ALLOWS : undefined);
  const approval = allowed === undefined ? undefined : approve(plan, allowed);
  if (approval?.ok) return true;
  const canAsk = context.io.isTerminal.stdin && context.io.isTerminal.stderr;
  if (canAsk && approval === undefined) {
    const { ask, askForWord } = await import('./prompt.ts');
    return needs === 'recreate' || needs === 'delete'
      ? askForWord(
          context,
          `This makes a new root disk. Type the machine's name to go on:`,
          plan.machine.name,
        )
      : ask(context, 'Apply this plan?');
  }
  throw new AgentvmError({
    code: 'APPROVAL_MISSING',
    exitCode: ExitCode.approvalMissing,
    message: approval?.text ?? `this plan needs your approval (${needs}), and there is no terminal to ask at`,
    hint:
      needs === 'recreate' || needs === 'delete'
        ? 'Run: agentvm apply --allow recreate'
        : 'Run: agentvm apply --yes',
  });
};
