import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { AgentvmError } from '../../model/errors.ts';
import type { Json } from '../../model/json.ts';
import type { Layer } from '../../model/layer.ts';
import type { Arch } from '../../model/machine.ts';
import type { MachineRef } from '../driver.ts';
import { recordCorruptError } from '../record-corrupt.ts';

/** What a root disk was made from and boots with. */
export type Root = {
  /** Counts the root disks of a machine; the file is `root.<generation>.qcow2`. */
  readonly generation: number;
  readonly layerId: string;
  readonly backing: string;
  readonly kernel: string;
  readonly initrd: string;
  readonly kernelArgs: string;
};

/** The driver's record in the machine's state. */
export type QemuRecord = {
  readonly format: 1;
  readonly arch: Arch;
  readonly mac: string;
  readonly root: Root;
  /** The root before the last replacement. */
  readonly kept: Root | null;
};

type Loose = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Loose => typeof value === 'object' && value !== null;

const isRoot = (value: unknown): boolean =>
  isObject(value) &&
  Number.isSafeInteger(value.generation) &&
  ['layerId', 'backing', 'kernel', 'initrd', 'kernelArgs'].every((name) => typeof value[name] === 'string');

const isRecord = (value: unknown): boolean =>
  isObject(value) &&
  typeof value.arch === 'string' &&
  typeof value.mac === 'string' &&
  isRoot(value.root) &&
  (value.kept === null || isRoot(value.kept));

/**
 * The record of a machine that was created; null before.
 * @throws AgentvmError DRIVER_RECORD_CORRUPT (exit 8).
 */
export const recordOf = (ref: MachineRef): QemuRecord | null => {
  const record: unknown = ref.driverState;
  if (record !== null && !isRecord(record)) throw recordCorruptError(ref, 'is none of a QEMU machine');
  return record as QemuRecord | null;
};

/** @throws AgentvmError NOT_CREATED */
export const mustHaveRecord = (ref: MachineRef): QemuRecord => {
  const record = recordOf(ref);
  if (record !== null) return record;
  throw new AgentvmError({
    code: 'NOT_CREATED',
    message: `The machine '${ref.name}' has no disk yet`,
    hint: 'Run `agentvm apply`.',
  });
};

export const recordAsJson = (record: QemuRecord): Json => record as unknown as Json;

export const rootFrom = (layer: Layer, generation: number): Root => ({
  generation,
  layerId: layer.id,
  backing: layer.disk,
  kernel: layer.kernel,
  initrd: layer.initrd,
  kernelArgs: layer.kernelArgs,
});

export const diskPath = (dir: string, generation: number): string => join(dir, `root.${generation}.qcow2`);

/** A locally administered address with QEMU's prefix (52:54:00) that stays with the machine. */
export const macAddress = (id: string): string => {
  const hex = createHash('sha256').update(id).digest('hex');
  return `52:54:00:${hex.slice(0, 2)}:${hex.slice(2, 4)}:${hex.slice(4, 6)}`;
};
