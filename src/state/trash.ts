import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readJsonFile, writeJsonFile } from '../lib/json-file.ts';
import { type Paths, trashDir } from '../lib/paths.ts';
import { AgentvmError, ExitCode } from '../model/errors.ts';
import type { MachineId, MachineState } from '../model/machine.ts';
import { readStateIn, UUID } from './store.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** How long a machine can be taken out of the trash again. */
export const TRASH_DAYS = 7;

/** `trash-note.json` in the folder of a machine that is in the trash: schemas/trash-note.v1.json. */
export type TrashNote = {
  readonly kind: 'trash-note';
  readonly version: 1;
  /** RFC 3339 in UTC. */
  readonly at: string;
  /** Why it was set aside, a clause for people: `no longer in /srv/fleet`. */
  readonly why: string;
};

/** A machine in the trash. */
export type TrashedMachine = {
  readonly state: MachineState;
  readonly note: TrashNote;
  /** RFC 3339 in UTC: when it may be deleted. */
  readonly expiresAt: string;
};

export type Trash = {
  /** Those that were set aside first come first. */
  readonly machines: readonly TrashedMachine[];
  /** Folders that cannot be read as a machine; they are not deleted, because their age is not known. */
  readonly broken: readonly { readonly id: MachineId; readonly error: AgentvmError }[];
};

export const trashedDir = (paths: Paths, id: MachineId): string => join(trashDir(paths), id);

const notePath = (dir: string): string => join(dir, 'trash-note.json');

/** Writes when and why a machine is set aside into its folder, which is about to be moved. */
export const writeTrashNote = (dir: string, note: Omit<TrashNote, 'kind' | 'version'>): Promise<void> =>
  writeJsonFile(notePath(dir), { kind: 'trash-note', version: 1, ...note } satisfies TrashNote);

const isNote = (note: TrashNote | undefined): note is TrashNote =>
  note?.kind === 'trash-note' && typeof note.why === 'string' && !Number.isNaN(Date.parse(note.at));

/** One machine of the trash as it is now. */
export const readTrashed = async (paths: Paths, id: MachineId): Promise<TrashedMachine | undefined> => {
  const dir = trashedDir(paths, id);
  const [state, note] = await Promise.all([readStateIn(dir, id), readJsonFile<TrashNote>(notePath(dir))]);
  if (state === undefined && note === undefined) return undefined;
  if (state === undefined || !isNote(note)) {
    throw new AgentvmError({
      code: 'TRASH_CORRUPT',
      exitCode: ExitCode.stalled,
      message: `${state === undefined ? join(dir, 'machine.json') : notePath(dir)} is gone or cannot be read`,
      hint: `The machine's disk stays in ${dir} until you delete that folder.`,
    });
  }
  const expiresAt = new Date(Date.parse(note.at) + TRASH_DAYS * DAY_MS).toISOString();
  return { state, note, expiresAt };
};

/** Days until a machine in the trash may be deleted, rounded up; 0 when it may. */
export const daysLeft = ({ expiresAt }: TrashedMachine, now: Date): number =>
  Math.max(0, Math.ceil((Date.parse(expiresAt) - now.getTime()) / DAY_MS));

/** Everything in the trash. Needs no lock: a machine comes and goes by one rename. */
export const readTrash = async (paths: Paths): Promise<Trash> => {
  const names = await readdir(trashDir(paths)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const machines: TrashedMachine[] = [];
  const broken: { id: MachineId; error: AgentvmError }[] = [];
  for (const id of names.filter((name) => UUID.test(name)).sort() as MachineId[]) {
    try {
      const found = await readTrashed(paths, id);
      if (found !== undefined) machines.push(found);
    } catch (error) {
      if (!(error instanceof AgentvmError)) throw error;
      broken.push({ id, error });
    }
  }
  machines.sort((a, b) => Date.parse(a.note.at) - Date.parse(b.note.at));
  return { machines, broken };
};
