import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AgentvmError, ExitCode } from '../model/errors.ts';

const GIB = 1024 ** 3;

const inGiB = (bytes: number): string => `${(bytes / GIB).toFixed(1)} GiB`;

export const diskFullError = (folder: string, needed: string, cause?: unknown): AgentvmError =>
  new AgentvmError({
    code: 'DISK_FULL',
    exitCode: ExitCode.applyFailed,
    message: `Not enough disk space in ${folder}: ${needed}`,
    hint: `Free some space there: \`agentvm list\` shows machines that \`agentvm rm\` can delete, and folders in ${folder} that no machine uses can go. XDG_DATA_HOME names another disk.`,
    cause,
  });

/** Free bytes for this user on the file system that a folder lies, or will lie, on. */
const freeBytes = async (folder: string): Promise<number> => {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || dirname(folder) === folder) throw error;
    return freeBytes(dirname(folder));
  }
};

/**
 * Looks before long work whether its result has a place.
 * @throws AgentvmError DISK_FULL (exit 7) that names the folder, what is needed and what is there.
 */
export const checkDiskSpace = async (folder: string, neededBytes: number): Promise<void> => {
  const free = await freeBytes(folder);
  if (free < neededBytes) {
    throw diskFullError(folder, `${inGiB(neededBytes)} are needed, ${inGiB(free)} are free`);
  }
};
