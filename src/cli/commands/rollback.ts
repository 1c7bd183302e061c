import type { Context } from '../../lib/context.ts';
import { ExitCode } from '../../model/errors.ts';
import type { ApprovalOptions } from '../approval.ts';
import { approveRollback } from '../approve-rollback.ts';
import { composePorts } from '../compose.ts';
import type { Selection } from '../selection.ts';
import { findMachineOf } from '../target.ts';

/** Puts the machine's disk back to a snapshot, after asking. */
export const rollback = async (
  context: Context,
  options: ApprovalOptions & Selection & { readonly name: string },
): Promise<number> => {
  const { rollBack } = await import('../../engine/rollback.ts');
  const { state } = await findMachineOf(context, options);
  const done = await rollBack(context, composePorts(), {
    machine: state,
    name: options.name,
    command: 'agentvm rollback',
    approve: (offer) => approveRollback(context, offer, options),
  });
  if (done === undefined) {
    context.io.stderr('Nothing was changed.\n');
    return ExitCode.approvalMissing;
  }
  const kept = done.keepAs === undefined ? '' : ` What was there is kept as ${done.keepAs}.`;
  context.io.stdout(
    `The disk of '${state.name}' is as it was at ${done.at}.${kept} Bring it to the manifest with: agentvm apply\n`,
  );
  return ExitCode.done;
};
