import type { Driver, MachineRef } from '../drivers/driver.ts';
import type { Context } from '../lib/context.ts';
import { endOfNetworkLog, readNetworkEvents } from '../state/network-events.ts';
import { refusedSummary } from '../ui/network-text.ts';

/**
 * Runs a session, and when it has ended tells a person at a terminal in one line what the machine was refused
 * meanwhile: an agent seldom says that a connection was not allowed.
 * @returns what the session returns.
 */
export const tellingRefusals = async (
  context: Context,
  { driver, ref }: { readonly driver: Pick<Driver, 'inspect'>; readonly ref: MachineRef },
  session: () => Promise<number>,
): Promise<number> => {
  if (!context.io.isTerminal.stderr) return session();
  const countRefused = async (): Promise<number> =>
    (await driver.inspect(context, ref, { refresh: false })).network?.counts.refused ?? 0;
  const [begin, before] = await Promise.all([endOfNetworkLog(ref.dir), countRefused()]);
  const exitCode = await session();
  // The session's own result counts, whatever becomes of what is told about it.
  const summary = await Promise.all([readNetworkEvents(ref.dir, begin), countRefused()]).then(
    ([{ events }, after]) => refusedSummary(events, after - before),
    () => undefined,
  );
  if (summary !== undefined) context.io.stderr(`agentvm: ${summary}: agentvm network log\n`);
  return exitCode;
};
