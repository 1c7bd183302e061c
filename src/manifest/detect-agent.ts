import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import type { Context } from '../lib/context.ts';

export type DetectedAgent = {
  readonly name: string;
  /** What gave it away, for people; undefined for the default. */
  readonly found: string | undefined;
};

type Trace = { readonly name: string; readonly program: string; readonly folders: readonly string[] };

const TRACES: readonly Trace[] = [
  { name: 'claude', program: 'claude', folders: ['.claude'] },
  { name: 'codex', program: 'codex', folders: ['.codex'] },
  { name: 'opencode', program: 'opencode', folders: ['.config/opencode', '.local/share/opencode'] },
];

const can = (path: string, mode: number): Promise<boolean> =>
  access(path, mode).then(
    () => true,
    () => false,
  );

const findOnPath = async (context: Context, program: string): Promise<boolean> => {
  const folders = (context.env.PATH ?? '').split(delimiter).filter(isAbsolute);
  const found = await Promise.all(folders.map((folder) => can(join(folder, program), constants.X_OK)));
  return found.includes(true);
};

/** The agent that the person already uses on this host: an installed one first, then one with settings. */
export const detectAgent = async (context: Context): Promise<DetectedAgent> => {
  for (const { name, program } of TRACES) {
    if (await findOnPath(context, program)) return { name, found: `the program ${program}` };
  }
  for (const { name, folders } of TRACES) {
    for (const folder of folders) {
      if (await can(join(context.paths.home, folder), constants.F_OK)) return { name, found: `~/${folder}` };
    }
  }
  return { name: 'claude', found: undefined };
};
