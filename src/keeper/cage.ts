import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '../lib/context.ts';
import { type Mount, parseMountTable } from './shares/mount-table.ts';

/** The outer namespaces of a machine, as seen from the host. */
export type Cage = {
  /** The exported folder, as paths inside the namespaces have it. */
  readonly exported: string;
  /** Runs a program as root of the namespaces. @throws AgentvmError EXEC_FAILED. */
  readonly enter: (file: string, args: readonly string[]) => Promise<void>;
  /** A path inside as the host can open it. */
  readonly outside: (path: string) => string;
  readonly mounts: () => Promise<readonly Mount[]>;
};

const COMMAND_TIMEOUT_MS = 10_000;

/**
 * A small file system of the cage's own: `tree` holds the mount points, `export` shows it read-only, so that nothing
 * can be planted beside the shares; `stage` is where a bind mount waits until it has been looked at.
 */
const PREPARE = `
mountpoint -q "$1/export" && exit 0
mount -n -t tmpfs -o mode=0700,size=4m,nosuid,nodev agentvm "$1"
mkdir "$1/tree" "$1/export" "$1/stage"
mount -n --bind "$1/tree" "$1/export"
mount -n -o remount,bind,ro,nosuid,nodev "$1/export"
`;

/** The way into the namespaces of a living holder. */
export const openCage = (context: Context, holderPid: number, folder: string): Cage => ({
  exported: join(folder, 'export'),
  enter: async (file, args) => {
    await context.exec(
      'nsenter',
      ['--user', '--mount', '--preserve-credentials', '-t', String(holderPid), file, ...args],
      { timeoutMs: COMMAND_TIMEOUT_MS, signal: context.signal },
    );
  },
  outside: (path) => `/proc/${holderPid}/root${path}`,
  mounts: async () => parseMountTable(await readFile(`/proc/${holderPid}/mountinfo`, 'utf8')),
});

/** Makes the exported folder inside; does nothing when it is there. */
export const prepareCage = (cage: Cage, folder: string): Promise<void> =>
  cage.enter('sh', ['-ec', PREPARE, 'agentvm', folder]);
