import { join } from 'node:path';
import { writeFileAtomic } from '../lib/atomic-file.ts';
import { machineDir, type Paths } from '../lib/paths.ts';
import { AgentvmError, ExitCode } from '../model/errors.ts';
import type { ApprovedGrant } from '../model/grant.ts';
import type { MachineId } from '../model/machine.ts';
import { validate } from './grants-validator.generated.js';
import { readOwnFile } from './own-file.ts';
import { violationText } from './violation-text.ts';

/** The format of `grants.json` that this release writes: schemas/grants.v1.json. */
const GRANTS_FORMAT = 1;

export const grantsPath = (paths: Paths, id: MachineId): string => join(machineDir(paths, id), 'grants.json');

/** Without the document nobody knows what was approved; nothing is taken for approved then. */
const corrupt = (path: string, why: string, cause?: unknown): AgentvmError =>
  new AgentvmError({
    code: 'GRANTS_CORRUPT',
    exitCode: ExitCode.stalled,
    message: `What was granted to a machine cannot be read: ${path} ${why}`,
    hint: `Put back a copy of the file, or revoke all that it held: agentvm trust --revoke all`,
    cause,
  });

const parse = (path: string, id: MachineId, text: string): readonly ApprovedGrant[] => {
  let document: { readonly format?: unknown } | null;
  try {
    document = JSON.parse(text) as { readonly format?: unknown } | null;
  } catch (cause) {
    throw corrupt(path, text === '' ? 'is empty' : 'is not whole JSON', cause);
  }
  const format = document?.format;
  if (typeof format === 'number' && format > GRANTS_FORMAT) {
    throw new AgentvmError({
      code: 'GRANTS_FROM_FUTURE',
      exitCode: ExitCode.stalled,
      message: `${path} was written by a newer agentvm (format ${format}, this one knows ${GRANTS_FORMAT})`,
      hint: 'Install the newer agentvm again: npm install -g agentvm@latest',
    });
  }
  if (format !== GRANTS_FORMAT) throw corrupt(path, 'has no format number');
  if (!validate(document)) throw corrupt(path, violationText(validate.errors));
  if (document.machine !== id) throw corrupt(path, 'is of another machine');
  return document.grants as readonly ApprovedGrant[];
};

/**
 * What a person has granted to a machine, or undefined where that was never kept: the machine is from before. Needs no
 * lock: the file is replaced as a whole.
 * @throws AgentvmError GRANTS_CORRUPT, GRANTS_FROM_FUTURE, STATE_FOREIGN_OWNER (exit 8).
 */
export const readGrants = async (
  paths: Paths,
  id: MachineId,
): Promise<readonly ApprovedGrant[] | undefined> => {
  const path = grantsPath(paths, id);
  let text: string;
  try {
    text = await readOwnFile(path);
  } catch (error) {
    if (error instanceof AgentvmError) throw error;
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw corrupt(path, `fails: ${(error as Error).message}`, error);
  }
  return parse(path, id, text);
};

/** Replaces what was granted to a machine. The caller holds the machine's lock. */
export const writeGrants = async (
  paths: Paths,
  id: MachineId,
  grants: readonly ApprovedGrant[],
): Promise<void> => {
  const document = { format: GRANTS_FORMAT, machine: id, grants };
  await writeFileAtomic(grantsPath(paths, id), `${JSON.stringify(document, null, 2)}\n`);
};
