import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 } from '../lib/hash.ts';
import { readJsonFile, writeJsonFile } from '../lib/json-file.ts';
import { readLockHolder } from '../lib/lock.ts';
import type { Paths } from '../lib/paths.ts';
import { identifyProcess } from '../lib/process-identity.ts';

const KEY_DIGITS = 16;
const POKE = 'poke.json';

/** Folder of what watches of one project's machines leave for others. It is there before the first machine is. */
export const watchDir = (paths: Paths, projectPath: string): string =>
  join(paths.state, 'watch', sha256(projectPath).slice(0, KEY_DIGITS));

/** The lock that whoever watches a machine holds for as long as it does. */
export const watchLockPath = (paths: Paths, projectPath: string, name: string): string =>
  join(watchDir(paths, projectPath), `${name}.lock`);

/** `poke.json`: asks the watches of a project to look, and to try again what failed, now. */
export type Poke = {
  readonly format: 1;
  /** Another one with each poke. */
  readonly id: string;
  /** The machine that is meant; null for all of the project. */
  readonly machine: string | null;
  /** Whether what failed is to be tried again too; otherwise it is only to look. */
  readonly retry: boolean;
};

export const writePoke = (paths: Paths, projectPath: string, poke: Poke): Promise<void> =>
  writeJsonFile(join(watchDir(paths, projectPath), POKE), poke);

/** The last poke of a project. */
export const readPoke = (paths: Paths, projectPath: string): Promise<Poke | undefined> =>
  readJsonFile<Poke>(join(watchDir(paths, projectPath), POKE));

/** A process that watches a machine. */
export type Watcher = { readonly machine: string; readonly pid: number; readonly since: string };

/** Who watches machines of a project right now. */
export const watchersOf = async (paths: Paths, projectPath: string): Promise<readonly Watcher[]> => {
  const dir = watchDir(paths, projectPath);
  const names = await readdir(dir).catch(() => []);
  const found = await Promise.all(
    names
      .filter((name) => name.endsWith('.lock'))
      .map(async (name): Promise<readonly Watcher[]> => {
        const holder = await readLockHolder(join(dir, name));
        if (holder === undefined || (await identifyProcess(holder.pid)) === undefined) return [];
        const { pid, since } = holder;
        return [{ machine: name.slice(0, -'.lock'.length), pid, since }];
      }),
  );
  return found.flat();
};
