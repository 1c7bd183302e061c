import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { replaceFile } from '../lib/atomic-file.ts';
import { readJsonFile } from '../lib/json-file.ts';
import { machineDir, type Paths } from '../lib/paths.ts';
import type { ConditionsNote } from '../model/condition.ts';
import type { MachineId } from '../model/machine.ts';
import type { Suspension } from '../model/suspension.ts';

/** Small documents beside `machine.json`: they tell of a machine and are no part of what was applied. */
type Notes = {
  readonly 'conditions.json': ConditionsNote;
  readonly 'suspended.json': Suspension;
};

const FORMAT = 1;

/** A note of a machine, or undefined where there is none, or none that this release can read. */
export const readNote = async <N extends keyof Notes>(
  paths: Paths,
  id: MachineId,
  name: N,
): Promise<Notes[N] | undefined> => {
  const note = await readJsonFile<Notes[N]>(join(machineDir(paths, id), name));
  return note?.format === FORMAT ? note : undefined;
};

/** Replaces a note of a machine; where the machine was removed meanwhile, nothing is written. */
export const writeNote = async <N extends keyof Notes>(
  paths: Paths,
  id: MachineId,
  name: N,
  note: Notes[N],
): Promise<void> => {
  try {
    await replaceFile(join(machineDir(paths, id), name), `${JSON.stringify(note, null, 2)}\n`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
};

export const removeNote = (paths: Paths, id: MachineId, name: keyof Notes): Promise<void> =>
  rm(join(machineDir(paths, id), name), { force: true });
