import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import { readJsonFile, writeJsonFile } from '../lib/json-file.ts';
import { machineDir, type Paths } from '../lib/paths.ts';
import type { GuestUser } from '../model/guest.ts';
import type { MachineId } from '../model/machine.ts';

export type KeptOrigin = 'layer' | 'seed' | 'environment';

/** Guest path → keyed digests of the contents that are right there. */
export type KeptFiles = Readonly<Record<string, readonly string[]>>;

/**
 * `kept.json` beside machine.json: what agentvm made in the guest beyond the manifest's fields, so that it can be told
 * when that changed. schemas/kept.v1.json
 */
export type KeptRecord = {
  readonly format: 1;
  /** What came with the layer, what each start's seed makes, and the environment of sessions. */
  readonly files: Readonly<Record<KeptOrigin, KeptFiles>>;
  /** The guest's name since its last start. */
  readonly hostname: string | null;
  readonly user: GuestUser | null;
  /** Agent → stamp of its package as it was installed. */
  readonly stamps: Readonly<Record<string, string>>;
  /** Scripts that left a mark when they ran. */
  readonly scripts: readonly string[];
  /** Packages that were there when the machine was new or that its scripts brought; null before that is known. */
  readonly packages: readonly string[] | null;
};

export const EMPTY_KEPT: KeptRecord = {
  format: 1,
  files: { layer: {}, seed: {}, environment: {} },
  hostname: null,
  user: null,
  stamps: {},
  scripts: [],
  packages: null,
};

const keptPath = (paths: Paths, id: MachineId): string => join(machineDir(paths, id), 'kept.json');

/** What is recorded of a machine; nothing for one that an older release made. */
export const readKept = async (paths: Paths, id: MachineId): Promise<KeptRecord> => {
  const found = await readJsonFile<KeptRecord>(keptPath(paths, id));
  return found?.format === 1 ? { ...EMPTY_KEPT, ...found } : EMPTY_KEPT;
};

/** Changes the record, which the holder of the machine's lock alone does. */
export const changeKept = async (
  paths: Paths,
  id: MachineId,
  change: (kept: KeptRecord) => KeptRecord,
): Promise<void> => {
  const before = await readKept(paths, id);
  const after = change(before);
  if (JSON.stringify(after) !== JSON.stringify(before)) await writeJsonFile(keptPath(paths, id), after);
};

/** Every file of a record with its digests. */
export const keptFilesOf = ({ files }: KeptRecord): KeptFiles => ({
  ...files.layer,
  ...files.seed,
  ...files.environment,
});

/** What stands for a content in the record, in plans and in reports: a file may hold a password short enough to guess. */
export const keptDigest = (key: Uint8Array, sha256OfContent: string): string =>
  createHmac('sha256', key).update(sha256OfContent).digest('hex');
