import { stat } from 'node:fs/promises';
import type { Paths } from '../lib/paths.ts';
import type { MachineState, ProjectIdentity } from '../model/machine.ts';
import { hintedMachine, keepHints } from './machine-index.ts';
import { readAllStates } from './store.ts';

/** Whose machine a manifest is. */
export type Match =
  | { readonly kind: 'same'; readonly state: MachineState }
  /** The project's folder has been moved here: same inode, and the old path is gone or is another folder. */
  | { readonly kind: 'moved'; readonly state: MachineState; readonly from: string }
  /** At the machine's path stands another folder than the one it was made for. */
  | { readonly kind: 'replaced'; readonly state: MachineState }
  | {
      readonly kind: 'none';
      /** Names of the other machines of this folder: the manifest's `name` may have been edited. */
      readonly siblings: readonly string[];
      /** Folders of the other machines of this name: this folder may be a copy of one. */
      readonly sameNameElsewhere: readonly string[];
    };

/** The identity of a folder by its real path, or undefined when there is none. */
export const identifyFolder = async (realPath: string): Promise<ProjectIdentity | undefined> => {
  const found = await stat(realPath).catch(() => undefined);
  return found?.isDirectory() ? { realPath, device: found.dev, inode: found.ino } : undefined;
};

const isSameInode = (a: ProjectIdentity, b: ProjectIdentity): boolean =>
  a.device === b.device && a.inode === b.inode;

/**
 * Finds the machine of a project's folder and name.
 * @throws the AgentvmError of a machine whose state cannot be read, when no other is the one: it could be, and
 * what is unknown must not lead to a second machine.
 */
export const findMachine = async (paths: Paths, project: ProjectIdentity, name: string): Promise<Match> => {
  const hinted = await hintedMachine(paths, project, name);
  if (hinted !== undefined) return { kind: 'same', state: hinted };
  const { machines, broken } = await readAllStates(paths);
  const named = machines.filter((state) => state.name === name && state.phase !== 'deleting');
  const here = named.find((state) => state.project.realPath === project.realPath);
  if (here !== undefined && isSameInode(here.project, project)) {
    await keepHints(paths, machines);
    return { kind: 'same', state: here };
  }

  for (const state of named) {
    if (state === here || !isSameInode(state.project, project)) continue;
    const there = await identifyFolder(state.project.realPath);
    if (there === undefined || !isSameInode(there, state.project)) {
      return { kind: 'moved', state, from: state.project.realPath };
    }
  }
  if (here !== undefined) return { kind: 'replaced', state: here };
  if (broken[0] !== undefined) throw broken[0].error;
  return {
    kind: 'none',
    siblings: machines
      .filter((state) => state.project.realPath === project.realPath && state.phase !== 'deleting')
      .map((state) => state.name),
    sameNameElsewhere: named.map((state) => state.project.realPath),
  };
};

/**
 * The machines of a folder, whatever their names.
 * @throws the AgentvmError of a machine whose state cannot be read, when none is found: it could be the one, and what
 * is unknown is not absent.
 */
export const machinesOfFolder = async (
  paths: Paths,
  project: ProjectIdentity,
): Promise<readonly MachineState[]> => {
  const { machines, broken } = await readAllStates(paths);
  const found = machines.filter(
    (state) => state.project.realPath === project.realPath || isSameInode(state.project, project),
  );
  if (found.length === 0 && broken[0] !== undefined) throw broken[0].error;
  return found;
};
