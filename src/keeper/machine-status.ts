import type { KeeperStatus, PortStatus } from './protocol.ts';
import type { Ending, Launch } from './protocol-files.ts';
import type { ShareTree } from './shares/share-tree.ts';

/** What a keeper knows of its machine besides the network; `live` is undefined where it does not run. */
export const machineStatus = (
  live:
    | { readonly launch: Launch; readonly tree: ShareTree | undefined; readonly isPaused: boolean }
    | undefined,
  known: {
    readonly ending: Ending | undefined;
    /** Since when it is suspended because nobody used it. */
    readonly suspendedSince: string | undefined;
    readonly at: string;
    readonly guestReady: boolean;
    readonly ports: readonly PortStatus[];
    readonly notes: readonly string[];
  },
): KeeperStatus => {
  const { ending, suspendedSince, ...base } = known;
  if (live === undefined) {
    return {
      ...base,
      power: ending?.power ?? 'stopped',
      ...(ending === undefined ? {} : { powerReason: ending.reason }),
      cpus: 0,
      memoryMiB: 0,
      shares: [],
    };
  }
  const { launch, tree, isPaused } = live;
  return {
    ...base,
    // Whoever asks for it has it, so that it runs for all but this host's processors.
    power: isPaused && suspendedSince === undefined ? 'paused' : 'running',
    cpus: launch.cpus,
    memoryMiB: launch.memoryMiB,
    shares: (tree?.shares() ?? launch.shares).map(({ id, hostPath, guestPath, mode }) => ({
      id,
      hostPath,
      guestPath,
      mode,
    })),
    ...(launch.idle === undefined ? {} : { idle: launch.idle }),
    ...(suspendedSince === undefined ? {} : { suspendedSince }),
  };
};
