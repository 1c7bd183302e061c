import { networkOf } from '../../engine/network-spec.ts';
import type { Context } from '../../lib/context.ts';
import { ExitCode } from '../../model/errors.ts';
import type { NetworkCheckDocument } from '../../model/network-check.ts';
import { digestKey } from '../../state/digest-key.ts';
import { readNetworkRules } from '../../state/network-rules.ts';
import { networkCheckText } from '../../ui/network-check-text.ts';
import { parseTarget, reachOf } from '../reach.ts';
import type { Selection } from '../selection.ts';
import { findMachineOf } from '../target.ts';

/**
 * Tells whether the machine may reach a host, by which rule, what that resolves to here, and whether it answers.
 * Exit 8 when it may not or does not.
 */
export const networkCheck = async (
  context: Context,
  options: Selection & { readonly host: string; readonly json?: boolean },
): Promise<number> => {
  const target = parseTarget(options.host);
  const { state } = await findMachineOf(context, options);
  const { egress } = networkOf({
    ...state,
    digestKey: await digestKey(context.paths),
    temporary: await readNetworkRules(context.paths, state.id, context.clock.now()),
  });
  const document: NetworkCheckDocument = {
    kind: 'network-check',
    version: 1,
    machine: state.name,
    ...(await reachOf(context, egress, target)),
  };
  context.io.stdout(options.json ? `${JSON.stringify(document, null, 2)}\n` : networkCheckText(document));
  return document.answer?.kind === 'answered' ? ExitCode.done : ExitCode.stalled;
};
