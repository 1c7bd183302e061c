import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from '../../lib/context.ts';
import { ExitCode } from '../../model/errors.ts';
import type { NetworkEvent } from '../../model/network.ts';
import { readNetworkEvents } from '../../state/network-events.ts';
import { networkEventText, networkStatusText } from '../../ui/network-text.ts';
import type { Selection } from '../selection.ts';
import { type ExistingMachine, findMachineOf } from '../target.ts';

export type NetworkLogOptions = Selection & {
  readonly all?: boolean;
  readonly follow?: boolean;
  readonly json?: boolean;
};

const FOLLOW_INTERVAL_MS = 300;

/** What the log alone does not tell: which wall stands, and what only the kernel has counted. */
const tellStanding = async (
  context: Context,
  { driver, ref }: ExistingMachine,
  isEmpty: boolean,
): Promise<void> => {
  const { power, network } = await driver.inspect(context, ref, { refresh: false });
  if (network !== undefined) context.io.stderr(`agentvm: ${networkStatusText(network)}\n`);
  else if (isEmpty) context.io.stderr(`agentvm: nothing was logged; the machine is ${power}\n`);
};

/** Shows what the machine was refused, and with `all` what passed too, oldest first. */
export const networkLog = async (context: Context, options: NetworkLogOptions): Promise<number> => {
  const machine = await findMachineOf(context, options);
  const textOf = (event: NetworkEvent): string =>
    options.json
      ? `${JSON.stringify({ kind: 'network-event', version: 1, ...event })}\n`
      : networkEventText(event);
  let shown = 0;
  const show = (events: readonly NetworkEvent[]): void => {
    for (const event of events) {
      if (!options.all && event.verdict !== 'refused') continue;
      context.io.stdout(textOf(event));
      shown += 1;
    }
  };
  let { events, end } = await readNetworkEvents(machine.ref.dir);
  show(events);
  if (!options.follow) {
    if (!options.json) await tellStanding(context, machine, shown === 0);
    return ExitCode.done;
  }
  while (!context.signal.aborted) {
    await sleep(FOLLOW_INTERVAL_MS, undefined, { signal: context.signal }).catch(() => undefined);
    ({ events, end } = await readNetworkEvents(machine.ref.dir, end));
    show(events);
  }
  return ExitCode.done;
};
