import { constants } from 'node:fs';
import { chmod, type FileHandle, open } from 'node:fs/promises';

/** Linux's O_PATH (asm-generic/fcntl.h), which Node does not name: a handle that neither reads nor follows. */
const O_PATH = 0o10000000;

/** What stands at a path below a folder, looked up without following any link. */
export type Beneath =
  | { readonly kind: 'found'; readonly handle: FileHandle; readonly isDirectory: boolean }
  | { readonly kind: 'absent' }
  /** A component is a symbolic link: its path relative to the folder. */
  | { readonly kind: 'link'; readonly path: string };

/** The path by which this process reaches an open file whatever happens to its name (Linux). */
export const handlePath = (handle: FileHandle): string => `/proc/self/fd/${handle.fd}`;

/** Lets this user change what is in its folder, whatever mode somebody else gave it. */
export const makeWritable = async (handle: FileHandle): Promise<void> => {
  const { mode } = await handle.stat();
  if ((mode & 0o700) !== 0o700) await chmod(handlePath(handle), (mode & 0o7777) | 0o700);
};

/**
 * Opens what lies below a folder, component by component as openat(2) with O_NOFOLLOW would, so that nobody who can
 * write in the folder can send us elsewhere. The folder itself (or the file, without components) is trusted. Linux only. The caller closes the handle.
 */
export const openBeneath = async (folder: string, components: readonly string[]): Promise<Beneath> => {
  let handle = await open(folder, O_PATH);
  let isDirectory = (await handle.stat()).isDirectory();
  for (const [index, component] of components.entries()) {
    if (component === '.' || component === '..' || component.includes('/')) {
      throw new RangeError(`'${component}' is no name of a file`);
    }
    let next: FileHandle;
    try {
      next = await open(`${handlePath(handle)}/${component}`, O_PATH | constants.O_NOFOLLOW);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'absent' };
      throw error;
    } finally {
      await handle.close();
    }
    handle = next;
    const stat = await handle.stat();
    if (stat.isSymbolicLink()) {
      await handle.close();
      return { kind: 'link', path: components.slice(0, index + 1).join('/') };
    }
    isDirectory = stat.isDirectory();
  }
  return { kind: 'found', handle, isDirectory };
};
