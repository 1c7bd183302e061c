import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { moveDir } from '../lib/atomic-file.ts';
import type { Context } from '../lib/context.ts';
import { withLock } from '../lib/lock.ts';
import { trashDir } from '../lib/paths.ts';
import { AgentvmError } from '../model/errors.ts';
import { daysLeft, readTrash, readTrashed, type TrashedMachine, trashedDir } from '../state/trash.ts';
import { lockRequest } from './claim.ts';

/** Name of a folder in the trash that is on its way out. */
const EMPTIED = '.emptied-';

const sweep = async (context: Context): Promise<void> => {
  const names = await readdir(trashDir(context.paths)).catch(() => []);
  for (const name of names.filter((one) => one.startsWith(EMPTIED))) {
    await rm(join(trashDir(context.paths), name), { recursive: true, force: true });
  }
};

const empty = (context: Context, { state: { id, name } }: TrashedMachine, command: string): Promise<void> =>
  withLock(context, lockRequest(context, id, name, command), async () => {
    // It may have been restored meanwhile, and even set aside anew.
    const now = await readTrashed(context.paths, id);
    if (now === undefined || daysLeft(now, context.clock.now()) > 0) return;
    // One rename takes it out of sight; deleting its many files may be cut off.
    await moveDir(trashedDir(context.paths, id), join(trashDir(context.paths), `${EMPTIED}${id}`));
  });

/**
 * Deletes the machines whose time in the trash is over. What they had lies in their folders; their processes were ended
 * when they were set aside. One that another process is restoring is left to it.
 */
export const emptyExpired = async (context: Context, command: string): Promise<void> => {
  const { machines } = await readTrash(context.paths);
  for (const one of machines.filter((trashed) => daysLeft(trashed, context.clock.now()) === 0)) {
    await empty(context, one, command).catch((error: unknown) => {
      if (!(error instanceof AgentvmError) || error.code !== 'LOCKED') throw error;
    });
  }
  await sweep(context);
};
