import { join } from 'node:path';
import { readJsonFile, writeJsonFile } from '../lib/json-file.ts';
import { machineDir, type Paths } from '../lib/paths.ts';
import { AgentvmError, ExitCode } from '../model/errors.ts';
import type { AppliedFields, MachineId } from '../model/machine.ts';
import type { KeptRecord } from './kept-record.ts';

/** What agentvm knows of a snapshot beside the disk's content. */
export type SnapshotRecord = {
  readonly name: string;
  /** RFC 3339 in UTC: when it was taken. */
  readonly at: string;
  /** The applied fields whose effect lies on the root disk, as they were. */
  readonly fields: AppliedFields;
  /** What agentvm had made on the disk beyond those. */
  readonly kept: KeptRecord;
};

/** `snapshots.json` beside `machine.json`, oldest first: schemas/snapshot-records.v1.json. */
export type SnapshotRecords = { readonly format: 1; readonly snapshots: readonly SnapshotRecord[] };

const FORMAT = 1;

const recordsPath = (paths: Paths, id: MachineId): string => join(machineDir(paths, id), 'snapshots.json');

/**
 * What is known of a machine's snapshots, oldest first. Whether one is still there the driver knows.
 * @throws AgentvmError STATE_FROM_FUTURE (exit 8).
 */
export const readSnapshots = async (paths: Paths, id: MachineId): Promise<readonly SnapshotRecord[]> => {
  const document = await readJsonFile<SnapshotRecords>(recordsPath(paths, id));
  if (document === undefined || !Array.isArray(document.snapshots)) return [];
  if (document.format === FORMAT) return document.snapshots;
  throw new AgentvmError({
    code: 'STATE_FROM_FUTURE',
    exitCode: ExitCode.stalled,
    message: `${recordsPath(paths, id)} was written by another agentvm (format ${document.format}, this one knows ${FORMAT})`,
    hint: 'Install the newer agentvm again: npm install -g agentvm@latest',
  });
};

/** Replaces what is known. The caller holds the machine's lock. */
export const writeSnapshots = (
  paths: Paths,
  id: MachineId,
  snapshots: readonly SnapshotRecord[],
): Promise<void> => {
  const document: SnapshotRecords = { format: FORMAT, snapshots };
  return writeJsonFile(recordsPath(paths, id), document);
};
