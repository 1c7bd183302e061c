import { existsSync } from 'node:fs';
import { basename, dirname, extname } from 'node:path';
import type { FSWatcher } from 'chokidar';

/** Folder → names in it that matter; `*.yaml` stands for every YAML file of it. */
export type Folders = ReadonlyMap<string, ReadonlySet<string>>;

export const ANY_YAML = '*.yaml';
const YAML: readonly string[] = ['.yaml', '.yml'];

/** Tells that something may have changed at watched files. It watches folders, since saving often replaces a file. */
export type Sources = {
  /** Watches these folders from now on, those that came back anew; false when they are watched as they are. */
  readonly renew: (folders: Folders) => Promise<boolean>;
  readonly close: () => Promise<void>;
};

const keyOf = (folders: Folders): string =>
  JSON.stringify(
    [...folders].map(([folder, names]) => [folder, existsSync(folder), [...names].sort()]).sort(),
  );

const matters = (folders: Folders, path: string): boolean => {
  if (folders.has(path)) return true;
  const names = folders.get(dirname(path));
  if (names === undefined) return false;
  return names.has(basename(path)) || (names.has(ANY_YAML) && YAML.includes(extname(path)));
};

/** A watcher that is not ready by then, because a folder went away just now, or it was closed, never is. */
const READY_LIMIT_MS = 5000;

const untilReady = (watcher: FSWatcher): Promise<void> =>
  new Promise((resolve) => {
    const limit = setTimeout(resolve, READY_LIMIT_MS);
    watcher.once('ready', () => {
      clearTimeout(limit);
      resolve();
    });
  });

/**
 * Calls `onHint` with the path at which something happened. Where the host cannot watch (no inotify watches left),
 * `onError` is told once for each reason and the timers do the work.
 */
export const createSources = (
  onHint: (path: string) => void,
  onError: (message: string) => void,
): Sources => {
  let key = '';
  let watcher: FSWatcher | undefined;
  const told = new Set<string>();

  return {
    renew: async (folders) => {
      const next = keyOf(folders);
      if (next === key) return false;
      const { watch } = await import('chokidar');
      const former = watcher;
      const present = [...folders.keys()].filter((folder) => existsSync(folder));
      const fresh = watch(present, {
        depth: 0,
        followSymlinks: false,
        ignoreInitial: true,
        ignored: (path) => !matters(folders, path),
      });
      watcher = fresh;
      fresh.on('all', (event, path) => {
        // A folder that went away is watched again once it is back.
        if (event === 'unlinkDir' && folders.has(path)) key = '';
        onHint(path);
      });
      fresh.on('error', (error) => {
        const message = error instanceof Error ? error.message : String(error);
        if (told.has(message)) return;
        told.add(message);
        onError(message);
      });
      if (present.length > 0) await untilReady(fresh);
      key = next;
      await former?.close();
      return true;
    },
    close: async () => {
      await watcher?.close();
    },
  };
};
