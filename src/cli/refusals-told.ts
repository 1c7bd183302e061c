import type { Context } from '../lib/context.ts';
import { endOfNetworkLog, readNetworkEvents } from '../state/network-events.ts';
import { refusedSummary } from '../ui/network-text.ts';

/**
 * Runs a session, and when it has ended tells a person at a terminal in one line what the machine was refused
 * meanwhile: an agent seldom says that a connection was not allowed.
 * @param dir the machine's folder.
 * @returns what the session returns.
 */
export const tellingRefusals = async (
  context: Context,
  dir: string,
  session: () => Promise<number>,
): Promise<number> => {
  if (!context.io.isTerminal.stderr) return session();
  const begin = await endOfNetworkLog(dir);
  const exitCode = await session();
  // The session's own result counts, whatever becomes of the log.
  const events = await readNetworkEvents(dir, begin).then(
    (part) => part.events,
    () => [],
  );
  const summary = refusedSummary(events);
  if (summary !== undefined) context.io.stderr(`agentvm: ${summary}: agentvm network log\n`);
  return exitCode;
};
