import type { Context } from '../../lib/context.ts';

const TIMEOUT_MS = 5000;

/** Really makes the namespaces of a cage. Returns undefined when that works, otherwise what the system said. */
export const tryNamespaces = async (context: Context): Promise<string | undefined> => {
  if (process.platform !== 'linux') return 'only Linux has user namespaces';
  try {
    // A mount is what some systems forbid although the namespace itself can be made.
    await context.exec(
      'unshare',
      ['--user', '--map-root-user', '--mount', 'mount', '-t', 'tmpfs', 'agentvm', '/mnt'],
      { timeoutMs: TIMEOUT_MS, signal: context.signal },
    );
    return undefined;
  } catch (error) {
    context.signal.throwIfAborted();
    const { details, message } = error as { readonly details?: readonly string[]; readonly message: string };
    return details?.findLast((line) => line !== '') ?? message;
  }
};
