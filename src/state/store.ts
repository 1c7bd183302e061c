import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomic } from '../lib/atomic-file.ts';
import { machineDir, type Paths } from '../lib/paths.ts';
import { RELEASE } from '../lib/release.ts';
import { AgentvmError, ExitCode } from '../model/errors.ts';
import type { MachineId, MachineState } from '../model/machine.ts';
import { type Document, migrate, STATE_FORMAT } from './migrations.ts';
import { readOwnFile } from './own-file.ts';
import { validate } from './state-validator.generated.js';
import { violationText } from './violation-text.ts';

export const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The document of one machine: what was last verified as done. */
export const statePath = (paths: Paths, id: MachineId): string => pathIn(machineDir(paths, id));

const pathIn = (dir: string): string => join(dir, 'machine.json');

/** The lock that whoever changes a machine holds. It lies outside the machine's folder, which goes with the machine. */
export const machineLockPath = (paths: Paths, id: MachineId): string =>
  join(paths.state, 'locks', `${id}.lock`);

const setAside = (dir: string): string =>
  `Put back a copy of the file, or set the machine aside (its disk stays in that folder): mv ${dir} ${dir}.broken`;

const corrupt = (dir: string, why: string, cause?: unknown): AgentvmError =>
  new AgentvmError({
    code: 'STATE_CORRUPT',
    exitCode: ExitCode.stalled,
    message: `The state of a machine cannot be read: ${pathIn(dir)} ${why}`,
    hint: setAside(dir),
    cause,
  });

/** What wrote a document of a format that this release does not know, as far as it says so. */
const futureError = (path: string, { format, release }: Document): AgentvmError => {
  const by = typeof release === 'string' && /^\d[\w.+-]{0,40}$/.test(release) ? release : undefined;
  return new AgentvmError({
    code: 'STATE_FROM_FUTURE',
    exitCode: ExitCode.stalled,
    message: `${path} was written by ${by === undefined ? 'a newer agentvm' : `agentvm ${by}`} in format ${String(format)}; this is agentvm ${RELEASE}, which knows formats up to ${STATE_FORMAT}`,
    hint: `Install that release again or a newer one: npm install -g agentvm@${by ?? 'latest'}`,
  });
};

const parse = (dir: string, id: MachineId, text: string): MachineState => {
  let document: Document;
  try {
    document = JSON.parse(text) as Document;
  } catch (cause) {
    throw corrupt(dir, text === '' ? 'is empty' : 'is not whole JSON', cause);
  }
  const format = document?.format;
  if (typeof format !== 'number' || !Number.isInteger(format) || format < 1) {
    throw corrupt(dir, 'has no format number');
  }
  if (format > STATE_FORMAT) throw futureError(pathIn(dir), document);
  const current = migrate(document, format);
  if (!validate(current)) throw corrupt(dir, violationText(validate.errors));
  if (current.id !== id) throw corrupt(dir, `is of another machine, ${String(current.id)}`);
  return current as unknown as MachineState;
};

/**
 * A machine's state, or undefined when there is none. Needs no lock: the file is replaced as a whole.
 * @throws AgentvmError STATE_CORRUPT, STATE_FOREIGN_OWNER, STATE_FROM_FUTURE (exit 8), each with its mend.
 */
export const readState = (paths: Paths, id: MachineId): Promise<MachineState | undefined> =>
  readStateIn(machineDir(paths, id), id);

/** The same of a machine whose folder lies elsewhere. */
export const readStateIn = async (dir: string, id: MachineId): Promise<MachineState | undefined> => {
  let text: string;
  try {
    text = await readOwnFile(pathIn(dir));
  } catch (error) {
    if (error instanceof AgentvmError) throw error;
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw corrupt(dir, `fails: ${(error as Error).message}`, error);
  }
  return parse(dir, id, text);
};

/** Writes a machine's state as its next serial and returns what was written. The caller holds the machine's lock. */
export const writeState = async (paths: Paths, state: MachineState): Promise<MachineState> => {
  const next: MachineState = { ...state, release: RELEASE, serial: state.serial + 1 };
  await writeFileAtomic(statePath(paths, state.id), `${JSON.stringify(next, null, 2)}\n`);
  return next;
};

export type StoredMachines = {
  readonly machines: readonly MachineState[];
  /** Machines whose state cannot be read. */
  readonly broken: readonly { readonly id: MachineId; readonly error: AgentvmError }[];
};

const listIds = async (paths: Paths): Promise<readonly MachineId[]> => {
  const names = await readdir(join(paths.state, 'machines')).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return names.filter((name) => UUID.test(name)) as MachineId[];
};

/** Machines that have a folder and no state. */
export const findStateless = async (paths: Paths): Promise<readonly MachineId[]> =>
  (await listIds(paths)).filter((id) => !existsSync(statePath(paths, id)));

/** Every machine of this user, in the order of their names. */
export const readAllStates = async (paths: Paths): Promise<StoredMachines> => {
  const machines: MachineState[] = [];
  const broken: { id: MachineId; error: AgentvmError }[] = [];
  const ids = await listIds(paths);
  await Promise.all(
    ids.map(async (id) => {
      try {
        const state = await readState(paths, id);
        if (state !== undefined) machines.push(state);
      } catch (error) {
        if (!(error instanceof AgentvmError)) throw error;
        broken.push({ id, error });
      }
    }),
  );
  const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  machines.sort((a, b) => byText(a.name, b.name) || byText(a.id, b.id));
  broken.sort((a, b) => byText(a.id, b.id));
  return { machines, broken };
};
