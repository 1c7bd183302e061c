import type { Context } from '../../lib/context.ts';

const TIMEOUT_MS = 5000;

/** Runs a program in new namespaces. Returns undefined when that works, otherwise what the system said. */
const tryIn = async (
  context: Context,
  namespaces: readonly string[],
  command: readonly string[],
): Promise<string | undefined> => {
  if (process.platform !== 'linux') return 'only Linux has user namespaces';
  try {
    await context.exec('unshare', ['--user', '--map-root-user', ...namespaces, ...command], {
      timeoutMs: TIMEOUT_MS,
      signal: context.signal,
    });
    return undefined;
  } catch (error) {
    context.signal.throwIfAborted();
    const { details, message } = error as { readonly details?: readonly string[]; readonly message: string };
    return details?.findLast((line) => line !== '') ?? message;
  }
};

/** Really makes the user and mount namespaces of a cage. Returns undefined when that works, otherwise what the system said. */
export const tryNamespaces = (context: Context): Promise<string | undefined> =>
  // A mount is what some systems forbid although the namespace itself can be made.
  tryIn(context, ['--mount'], ['mount', '-t', 'tmpfs', 'agentvm', '/mnt']);

/** Really makes the network of a cage, in which every address is local. Returns the same. */
export const tryNetwork = (context: Context): Promise<string | undefined> =>
  tryIn(context, ['--mount', '--net'], ['sh', '-ec', 'ip link set lo up; ip route add local default dev lo']);
