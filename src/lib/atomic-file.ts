import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { identifyProcess } from './process-identity.ts';

const FILE_MODE = 0o600;
const FOLDER_MODE = 0o700;

/** Makes a folder and its parents, each readable by the owner only. */
export const makePrivateDir = async (path: string): Promise<void> => {
  await mkdir(path, { recursive: true, mode: FOLDER_MODE });
};

/** Makes what was done in a folder survive a power cut. */
export const syncDir = async (path: string): Promise<void> => {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/** Like {@link writeFileAtomic}, in a folder that must be there already. */
export const replaceFile = async (
  path: string,
  content: string | Uint8Array,
  mode = FILE_MODE,
): Promise<void> => {
  const temporary = `${path}.${process.pid}.${randomBytes(4).toString('hex')}.tmp`;
  const handle = await open(temporary, 'wx', mode);
  try {
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    // A failed write(2) does not tell of which file.
    throw error instanceof Error ? Object.assign(error, { path }) : error;
  }
  await syncDir(dirname(path));
};

/**
 * Replaces a file so that a reader, or a crash at any moment, sees the old content or the new one whole:
 * temp file beside it, fsync, rename, fsync of the folder, which is made where it is missing. Mode 0600 unless told.
 */
export const writeFileAtomic = async (
  path: string,
  content: string | Uint8Array,
  mode = FILE_MODE,
): Promise<void> => {
  await makePrivateDir(dirname(path));
  await replaceFile(path, content, mode);
};

/** Moves a folder within a file system: it is seen at the one place or the other, and stays there when this returns. */
export const moveDir = async (from: string, to: string): Promise<void> => {
  await makePrivateDir(dirname(to));
  await rename(from, to);
  await syncDir(dirname(to));
  await syncDir(dirname(from));
};

/** `<file>.<pid>.<8 hex>.tmp`, as `writeFileAtomic` names them. */
const TEMPORARY = /\.(\d+)\.[0-9a-f]{8}\.tmp$/;

/**
 * Removes the temp files in a folder whose writers were killed. Needs no lock: those of living processes stay, and
 * one whose number another process has got by now goes some other time.
 */
export const removeDeadTemporaries = async (folder: string): Promise<void> => {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  for (const name of names) {
    const pid = TEMPORARY.exec(name)?.[1];
    if (pid === undefined || (await identifyProcess(Number(pid))) !== undefined) continue;
    await rm(join(folder, name), { force: true });
  }
};
