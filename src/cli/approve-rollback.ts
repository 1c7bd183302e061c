import type { Context } from '../lib/context.ts';
import { AgentvmError, ExitCode } from '../model/errors.ts';
import type { Strategy } from '../model/plan.ts';
import type { RollbackOffer } from '../model/snapshot.ts';
import { YES_ALLOWS } from '../reconcile/approval.ts';
import { isAtMost } from '../reconcile/strategies.ts';
import { type ApprovalOptions, canAsk } from './approval.ts';

/** What a rollback costs, whether the machine runs or not: what is on its disk goes. */
const NEEDS: Strategy = 'restart';

export const allowsRollback = ({ yes, allow }: ApprovalOptions): boolean => {
  const allowed = allow ?? (yes ? YES_ALLOWS : undefined);
  return allowed !== undefined && isAtMost(NEEDS, allowed);
};

/** Shows on stderr what a rollback comes to, and gets the word for it: from the options, else from the person. */
export const approveRollback = async (
  context: Context,
  offer: RollbackOffer,
  options: ApprovalOptions,
): Promise<boolean> => {
  const { rollbackText } = await import('../ui/rollback-text.ts');
  context.io.stderr(rollbackText(offer));
  if (allowsRollback(options)) return true;
  if (canAsk(context)) {
    const { ask } = await import('./prompt.ts');
    return ask(context, 'Roll the disk back?');
  }
  throw new AgentvmError({
    code: 'APPROVAL_MISSING',
    exitCode: ExitCode.approvalMissing,
    message: `Rolling '${offer.machine}' back needs your approval (${NEEDS}), and there is no terminal to ask at`,
    hint: `Run: agentvm rollback ${offer.name} --yes`,
  });
};
