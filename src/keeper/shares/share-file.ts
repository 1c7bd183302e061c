import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { handlePath, makeWritable, openBeneath } from '../../lib/open-beneath.ts';

/** A file of a share as it was read in one go. */
export type ShareFile =
  | { readonly kind: 'absent' }
  /** A link, a folder, a pipe, or more than anybody writes by hand. */
  | { readonly kind: 'obstacle' }
  | {
      readonly kind: 'found';
      readonly content: Buffer;
      /** Another one after every change; the guest cannot choose it (it holds the inode's change time). */
      readonly stamp: string;
      /** Whether the same file has another name somewhere, by which it can be changed unseen. */
      readonly isLinked: boolean;
      readonly mode: number;
      readonly uid: number;
      readonly gid: number;
    };

const partsOf = (path: string): readonly string[] => path.split('/').filter((part) => part !== '');

/** Reads a small file below a folder without following a link, and without waiting for a pipe. */
export const readShareFile = async (folder: string, path: string, limitBytes: number): Promise<ShareFile> => {
  const found = await openBeneath(folder, partsOf(path));
  if (found.kind === 'absent') return found;
  if (found.kind === 'link') return { kind: 'obstacle' };
  try {
    const stat = await found.handle.stat({ bigint: true });
    if (!stat.isFile() || stat.size > BigInt(limitBytes)) return { kind: 'obstacle' };
    const reader = await open(handlePath(found.handle), constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const buffer = Buffer.alloc(limitBytes + 1);
      const { bytesRead } = await reader.read(buffer, 0, buffer.length, 0);
      if (bytesRead > limitBytes) return { kind: 'obstacle' };
      const { dev, ino, ctimeNs, size } = stat;
      return {
        kind: 'found',
        content: buffer.subarray(0, bytesRead),
        stamp: [dev, ino, ctimeNs, size].join(':'),
        isLinked: stat.nlink > 1n,
        mode: Number(stat.mode) & 0o777,
        uid: Number(stat.uid),
        gid: Number(stat.gid),
      };
    } finally {
      await reader.close();
    }
  } finally {
    await found.handle.close();
  }
};

/** Puts a file in the place of what stands there, by a handle of its folder. Returns whether that could be done. */
export const replaceShareFile = async (
  folder: string,
  path: string,
  content: string | Uint8Array,
  owner: { readonly mode: number; readonly uid: number; readonly gid: number },
): Promise<boolean> => {
  const parent = await openBeneath(
    folder,
    partsOf(dirname(path)).filter((part) => part !== '.'),
  );
  if (parent.kind !== 'found') return false;
  const here = handlePath(parent.handle);
  const temporary = `${here}/${basename(path)}.agentvm-${randomBytes(8).toString('hex')}`;
  const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW } = constants;
  try {
    await makeWritable(parent.handle);
    const file = await open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, owner.mode);
    try {
      await file.writeFile(content);
      if (process.getuid?.() === 0) await file.chown(owner.uid, owner.gid);
      await file.chmod(owner.mode);
    } finally {
      await file.close();
    }
    await rename(temporary, `${here}/${basename(path)}`);
    return true;
  } catch {
    // Somebody put something else in the way; the caller looks again.
    await rm(temporary, { force: true }).catch(() => undefined);
    return false;
  } finally {
    await parent.handle.close();
  }
};
