import { grantMissingError } from '../engine/grant-missing.ts';
import type { Context } from '../lib/context.ts';
import { AgentvmError, ExitCode } from '../model/errors.ts';
import type { Consent, Grant, GrantWord } from '../model/grant.ts';
import type { Plan, Strategy } from '../model/plan.ts';
import { approve, requiredApproval, YES_ALLOWS } from '../reconcile/approval.ts';
import { printable } from '../ui/printable.ts';
import { showPlan, withoutRunLine } from './show-plan.ts';

export type ApprovalOptions = {
  readonly yes?: boolean;
  readonly allow?: Strategy;
  /** Ids of grants that are given the word. */
  readonly grant?: readonly string[];
  /** What the person runs, for hints; `agentvm apply` where absent. */
  readonly command?: string;
};

/** Whether somebody is there to be asked. */
export const canAsk = ({ io }: Context): boolean => io.isTerminal.stdin && io.isTerminal.stderr;

const isRootLost = (needs: Strategy | 'none'): boolean => needs === 'recreate' || needs === 'delete';

/** The option that allows what a plan needs, for a command to be typed. */
const allowOption = (plan: Plan, options: ApprovalOptions): string => {
  const needs = requiredApproval(plan);
  if (needs === 'none') return '';
  if (isRootLost(needs)) return '--allow recreate';
  return options.allow === undefined ? '--yes' : `--allow ${needs}`;
};

/** Asks for what of the host a plan opens, apart from the plan itself: a yes out of habit must not open anything. */
const askForGrants = async (context: Context, plan: Plan, grants: readonly Grant[]): Promise<boolean> => {
  const { ask } = await import('./prompt.ts');
  const names = grants.map(({ id }) => printable(id)).join(', ');
  return ask(context, `Grant '${plan.machine.name}' this of your host: ${names}?`);
};

const askForPlan = async (context: Context, plan: Plan): Promise<boolean> => {
  const { ask, askForWord } = await import('./prompt.ts');
  return isRootLost(requiredApproval(plan))
    ? askForWord(context, `This makes a new root disk. Type the machine's name to go on:`, plan.machine.name)
    : ask(context, 'Apply this plan?');
};

/**
 * Shows a plan on stderr and gets the word to carry it out: from the options, else from the person at the terminal.
 * A recreate loses the root disk, so it is allowed by name or by typing the machine's name. What it opens of the host
 * is granted by its id, or by a question of its own; `--yes` grants nothing.
 * @throws AgentvmError APPROVAL_MISSING, GRANT_MISSING (exit 4) when nobody is there to ask.
 */
export const approvePlan = async (
  context: Context,
  plan: Plan,
  options: ApprovalOptions,
): Promise<Consent> => {
  context.io.stderr(withoutRunLine(await showPlan(context, plan, 'stderr')));
  const named = options.grant ?? [];
  const open = plan.grants.filter(({ id }) => !named.includes(id));
  const needs = requiredApproval(plan);
  const allowed = options.allow ?? (options.yes ? YES_ALLOWS : undefined);
  const approval = allowed === undefined ? undefined : approve(plan, allowed);
  const isAllowed = needs === 'none' || approval?.ok === true;
  const isAsked = canAsk(context);
  const { command = 'agentvm apply' } = options;
  if (open.length > 0 && !isAsked) {
    // A saved plan needs no word for itself.
    const isSaved = options.command !== undefined && isAllowed;
    throw grantMissingError(plan, plan.grants, isSaved ? '' : allowOption(plan, options), command);
  }
  if (!isAllowed && (!isAsked || approval !== undefined)) {
    throw new AgentvmError({
      code: 'APPROVAL_MISSING',
      exitCode: ExitCode.approvalMissing,
      message:
        approval?.ok === false
          ? approval.text
          : `this plan needs your approval (${needs}), and there is no terminal to ask at`,
      hint: `Run: ${command} ${isRootLost(needs) ? '--allow recreate' : '--yes'}`,
    });
  }
  if (open.length > 0 && !(await askForGrants(context, plan, open))) return false;
  if (!isAllowed && !(await askForPlan(context, plan))) return false;
  const word = ({ id }: Grant): GrantWord => (named.includes(id) ? '--grant' : 'prompt');
  return { grants: Object.fromEntries(plan.grants.map((grant) => [grant.id, word(grant)])) };
};
