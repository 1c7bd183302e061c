import { readlink, realpath, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import { openBeneath } from '../../lib/open-beneath.ts';
import { AgentvmError } from '../../model/errors.ts';
import { notGrantedError } from '../../model/not-granted.ts';
import type { Share } from '../../model/share.ts';
import type { ApprovedInode } from './staging.ts';

/** As many links as Linux follows in one path (path_resolution(7)). */
const LINKS_MAX = 40;

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

/** Real paths of the folders that the guest can write to, below which no link can be trusted. */
const writableFolders = async (share: Share, all: readonly Share[]): Promise<readonly string[]> => {
  const named = all
    .filter((other) => other !== share && other.mode === 'rw' && other.hostPath !== share.hostPath)
    .map((other) => other.hostPath);
  const folders = share.within === undefined ? named : [...named, share.within];
  return Promise.all(folders.map((folder) => realpath(folder).catch(() => folder)));
};

/** A path cut in two: what only the host's user can have arranged, and the names below it, of which none may be a link. */
type Cut = { readonly trusted: string; readonly components: readonly string[] };

/**
 * Walks a path one component and one link at a time, until it enters a folder that the guest can write to. A link of
 * the user's own may lead into such a folder; behind that point it counts as the guest's.
 */
const cutAtGuest = async (share: Share, folders: readonly string[]): Promise<Cut> => {
  let pending = share.hostPath.split('/');
  let trusted = '/';
  for (let links = 0; ; ) {
    const [name, ...rest] = pending;
    if (name === undefined || folders.includes(trusted))
      return { trusted, components: pending.filter(Boolean) };
    pending = rest;
    if (name === '' || name === '.') continue;
    if (name === '..') {
      trusted = dirname(trusted);
      continue;
    }
    const next = join(trusted, name);
    const target = await readlink(next).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EINVAL') return undefined;
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') throw missingError(share);
      throw error;
    });
    if (target === undefined) {
      trusted = next;
      continue;
    }
    links += 1;
    if (links > LINKS_MAX) throw linkError(share, next);
    pending = [...target.split('/'), ...rest];
    if (isAbsolute(target)) trusted = '/';
  }
};

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
 * @throws AgentvmError MOUNT_SOURCE_MISSING, MOUNT_SOURCE_IS_LINK, each naming path and link; MOUNT_NOT_GRANTED.
 */
export const resolveShareSource = async (share: Share, all: readonly Share[]): Promise<ShareSource> => {
  const source = await resolveSource(share, all);
  if (source.path !== share.target) throw notGrantedError(share, source.path);
  return source;
};

const resolveSource = async (share: Share, all: readonly Share[]): Promise<ShareSource> => {
  const { trusted, components } = await cutAtGuest(share, await writableFolders(share, all));
  if (components.includes('..')) throw linkError(share, share.hostPath);
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
