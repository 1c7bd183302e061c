import { join } from 'node:path';
import { readJsonFile, writeJsonFile } from '../lib/json-file.ts';
import type { Paths } from '../lib/paths.ts';
import { AgentvmError } from '../model/errors.ts';
import type { MachineId, MachineState, ProjectIdentity } from '../model/machine.ts';
import { readState } from './store.ts';

/** With fewer machines, looking at them all costs nothing. */
const WORTHWHILE = 16;

const indexPath = (paths: Paths): string => join(paths.state, 'index.json');

const keyOf = (realPath: string, name: string): string => `${name}\n${realPath}`;

/**
 * The machine of a folder and a name, as `index.json` tells: folder and name → id, when somebody last looked at all
 * machines. Only a hint: the machine's own state must say the same, and undefined means that all are to be looked at.
 */
export const hintedMachine = async (
  paths: Paths,
  project: ProjectIdentity,
  name: string,
): Promise<MachineState | undefined> => {
  try {
    const index = await readJsonFile<Readonly<Record<string, MachineId>>>(indexPath(paths));
    const id = Object.entries(index ?? {}).find(([key]) => key === keyOf(project.realPath, name))?.[1];
    const state = typeof id === 'string' ? await readState(paths, id) : undefined;
    const isIt =
      state?.name === name &&
      state.phase !== 'deleting' &&
      state.project.realPath === project.realPath &&
      state.project.device === project.device &&
      state.project.inode === project.inode;
    return isIt ? state : undefined;
  } catch (error) {
    if (error instanceof AgentvmError || (error as NodeJS.ErrnoException).code !== undefined)
      return undefined;
    throw error;
  }
};

/** Notes where each machine is, for the next one who looks for one; where that cannot be written nothing is lost. */
export const keepHints = async (paths: Paths, machines: readonly MachineState[]): Promise<void> => {
  if (machines.length < WORTHWHILE) return;
  const index = Object.fromEntries(
    machines.map(({ id, name, project }) => [keyOf(project.realPath, name), id]),
  );
  await writeJsonFile(indexPath(paths), index).catch((error: NodeJS.ErrnoException) => {
    if (error.code === undefined) throw error;
  });
};
