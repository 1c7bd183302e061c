import { type FSWatcher, watch } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Cage } from '../cage.ts';
import type { Guarded } from './protection-plan.ts';

/** Tells when something happens in the folders that guarded paths lie in. */
export type ShareWatch = {
  /** Watches the folders as they are now; those that were replaced are watched anew. */
  readonly renew: (cage: Cage, guarded: readonly Guarded[]) => Promise<void>;
  readonly close: () => void;
};

type Watched = { readonly inode: string; readonly names: string; readonly watcher: FSWatcher };

/** Folder relative to the share → names in it that matter. A folder to be locked matters itself until it is bound. */
const watchedFolders = (guarded: readonly Guarded[]): ReadonlyMap<string, ReadonlySet<string> | 'all'> => {
  const folders = new Map<string, Set<string> | 'all'>();
  for (const one of guarded) {
    const parts = [one.shareId, ...one.path.split('/')];
    const parent = parts.slice(0, -1).join('/');
    const names = folders.get(parent) ?? new Set<string>();
    if (names !== 'all') folders.set(parent, names.add(parts.at(-1) ?? ''));
    if (one.kind === 'lock') folders.set(parts.join('/'), 'all');
  }
  return folders;
};

/** Calls `onChange` for each event that could have detached or planted something. Events are hints: look yourself. */
export const watchShares = (onChange: () => void): ShareWatch => {
  const watched = new Map<string, Watched>();
  const drop = (folder: string): void => {
    watched.get(folder)?.watcher.close();
    watched.delete(folder);
  };
  return {
    renew: async (cage, guarded) => {
      const wanted = watchedFolders(guarded);
      for (const folder of watched.keys()) if (!wanted.has(folder)) drop(folder);
      for (const [folder, names] of wanted) {
        const path = cage.outside(join(cage.exported, folder));
        const found = await stat(path).catch(() => undefined);
        const inode = found?.isDirectory() ? `${found.dev}:${found.ino}` : undefined;
        const key = names === 'all' ? '*' : [...names].join('/');
        const before = watched.get(folder);
        if (before !== undefined && before.inode === inode && before.names === key) continue;
        drop(folder);
        if (inode === undefined) continue;
        try {
          const watcher = watch(path, (_event, name) => {
            if (names === 'all' || name === null || names.has(name)) onChange();
          });
          watcher.on('error', () => drop(folder));
          watched.set(folder, { inode, names: key, watcher });
        } catch {
          // It went away just now, or the host is out of watches: the periodic look finds what happens there.
        }
      }
    },
    close: () => {
      for (const folder of [...watched.keys()]) drop(folder);
    },
  };
};
