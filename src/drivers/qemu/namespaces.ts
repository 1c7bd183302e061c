import type { Context } from '../../lib/context.ts';
import type { NetworkSpec, NetworkWall } from '../../model/network.ts';

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

/** What the keeper's holder does to its network, as far as it can fail; see keeper/holder.ts. */
const MAKE_NETWORK = `
PATH=$PATH:/usr/sbin:/sbin
command -v ip >/dev/null || { echo "the program 'ip' was not found" >&2; exit 1; }
ip link set lo up
ip route add local default dev lo
`;

/** Really makes the network of a cage, in which every address is local. Returns the same. */
export const tryNetwork = (context: Context): Promise<string | undefined> =>
  tryIn(context, ['--mount', '--net'], ['sh', '-ec', MAKE_NETWORK]);

/** The best wall that this host has for what a machine may reach. */
export const chooseWall = async (context: Context, { egress }: NetworkSpec): Promise<NetworkWall> => {
  if (egress.mode === 'open') return 'none';
  return (await tryNetwork(context)) === undefined ? 'namespaces' : 'proxy';
};
