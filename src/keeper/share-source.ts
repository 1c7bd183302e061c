import { realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { componentsBelow, openBeneath } from '../lib/open-beneath.ts';
import { AgentvmError } from '../model/errors.ts';
import type { Share } from '../model/share.ts';
import { isWithin } from './mount-table.ts';
import type { ApprovedInode } from './staging.ts';

export type ShareSource = ApprovedInode & { readonly path: string };

const missingError = (share: Share): AgentvmError =>
  new AgentvmError({
    code: 'MOUNT_SOURCE_MISSING',
    message: `The folder '${share.hostPath}' that is to be mounted at ${share.guestPath} does not exist`,
    hint: `Make it (mkdir -p '${share.hostPath}') or take the mount out of agentvm.yaml.`,
  });

const linkError = (share: Share, link: string): AgentvmError =>
  new AgentvmError({
    code: 'MOUNT_SOURCE_IS_LINK',
    message:
      link === share.hostPath
        ? `The mount source '${share.hostPath}' is a symbolic link, in a folder that the guest can write to`
        : `The mount source '${share.hostPath}' lies behind the symbolic link '${link}', in a folder that the guest can write to`,
    hint: 'A program in the guest may have made it to reach elsewhere. Replace the link by a folder, or mount its target by its own path.',
  });

/** The folder that the guest can write to in which a share's source lies: no link below it can be trusted. */
const writableAround = (share: Share, all: readonly Share[]): string | undefined =>
  share.within ??
  all.find(
    (other) =>
      other !== share &&
      other.mode === 'rw' &&
      other.hostPath !== share.hostPath &&
      isWithin(other.hostPath, share.hostPath),
  )?.hostPath;

/** Without handles that do not follow links (macOS) the whole path is compared with the real one. */
const resolveByPath = async (share: Share, path: string): Promise<ShareSource> => {
  const real = await realpath(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') throw missingError(share);
    throw error;
  });
  if (real !== path) throw linkError(share, path);
  const { dev, ino, isDirectory } = await stat(path).then((found) => ({
    dev: found.dev,
    ino: found.ino,
    isDirectory: found.isDirectory(),
  }));
  return { path, dev, ino, isDirectory };
};

/**
 * What a share's path leads to now, looked up without following a link that the guest could have made.
 * @throws AgentvmError MOUNT_SOURCE_MISSING, MOUNT_SOURCE_IS_LINK, each naming path and link.
 */
export const resolveShareSource = async (share: Share, all: readonly Share[]): Promise<ShareSource> => {
  const writable = writableAround(share, all);
  const trusted = await realpath(writable ?? share.hostPath).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') throw missingError(share);
    throw error;
  });
  const components = writable === undefined ? [] : componentsBelow(writable, share.hostPath);
  const path = join(trusted, ...components);
  if (process.platform !== 'linux') return resolveByPath(share, path);
  const found = await openBeneath(trusted, components);
  switch (found.kind) {
    case 'absent':
      throw missingError(share);
    case 'link':
      throw linkError(share, join(trusted, found.path));
    case 'found':
      try {
        const { dev, ino } = await found.handle.stat();
        return { path, dev, ino, isDirectory: found.isDirectory };
      } finally {
        await found.handle.close();
      }
  }
};
