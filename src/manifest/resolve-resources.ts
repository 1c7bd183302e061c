import type { Diagnostic } from '../model/diagnostic.ts';
import type { Field } from '../model/fields.ts';
import { complainAt, fieldAt, type HostDefaults, type Resolving, type Section } from './resolving.ts';
import { parseSizeBytes } from './size.ts';

const MEBIBYTE = 1024 ** 2;
const GIBIBYTE = 1024 ** 3;
const DEFAULT_CPUS_AT_MOST = 4;
const DEFAULT_MEMORY_MIB_AT_MOST = 4096;
const DEFAULT_DISK_GIB = 40;
type Range = {
  readonly least: number;
  readonly leastText: string;
  readonly most: number;
  readonly mostText: string;
};

/** Debian 12 and an agent do not run with less; no host has more. */
const MEMORY_RANGE_MIB: Range = { least: 512, leastText: '512MiB', most: 16 * 1024 ** 2, mostText: '16TiB' };
const DISK_RANGE_BYTES: Range = {
  least: 4 * GIBIBYTE,
  leastText: '4GiB',
  most: 64 * 1024 * GIBIBYTE,
  mostText: '64TiB',
};

const checkRange = (
  resolving: Resolving,
  name: 'memory' | 'disk',
  value: number | undefined,
  { least, leastText, most, mostText }: Range,
): readonly Diagnostic[] => {
  if (value === undefined || (value >= least && value <= most)) return [];
  const complain = (message: string, hint: string): readonly Diagnostic[] => [
    complainAt(resolving, ['resources', name], { code: 'out-of-range', message, hint }),
  ];
  return value < least
    ? complain(`resources.${name} is too small to run a system in`, `Use ${leastText} or more.`)
    : complain(`resources.${name} is more than any host has`, `Use ${mostText} or less.`);
};

/** What a machine gets when its manifest does not say. */
export const defaultResources = (
  host: HostDefaults,
): { readonly cpus: number; readonly memoryMiB: number; readonly diskGiB: number } => ({
  cpus: Math.max(1, Math.min(DEFAULT_CPUS_AT_MOST, host.cpus)),
  memoryMiB: Math.min(DEFAULT_MEMORY_MIB_AT_MOST, Math.floor(host.memoryMiB / 2)),
  diskGiB: DEFAULT_DISK_GIB,
});

/** `snapshots`: how many are kept, and how many bytes they may take; what is not set, the engine knows. */
export const resolveSnapshots = (resolving: Resolving): Section => {
  const { keep, maxSize } = resolving.manifest.snapshots ?? {};
  const field = (name: 'keep' | 'maxSize', value: number | undefined): readonly Field[] =>
    value === undefined
      ? []
      : [fieldAt(resolving, ['snapshots', name], { path: `snapshots.${name}`, value })];
  return {
    fields: [
      ...field('keep', keep),
      ...field('maxSize', maxSize === undefined ? undefined : parseSizeBytes(maxSize)),
    ],
    diagnostics: [],
  };
};

/** `resources`: memory in whole MiB, disk in bytes; what is not set depends on the host. */
export const resolveResources = (resolving: Resolving): Section => {
  const { manifest, host } = resolving;
  const defaults = defaultResources(host);
  const { cpus, memory, disk } = manifest.resources ?? {};
  const memoryMiB = memory === undefined ? undefined : Math.floor(parseSizeBytes(memory) / MEBIBYTE);
  const diskBytes = disk === undefined ? undefined : parseSizeBytes(disk);
  const fieldOf = (name: 'cpus' | 'memory' | 'disk', value: number | undefined, otherwise: number): Field =>
    value === undefined
      ? { path: `resources.${name}`, value: otherwise }
      : fieldAt(resolving, ['resources', name], { path: `resources.${name}`, value });
  return {
    fields: [
      fieldOf('cpus', cpus, defaults.cpus),
      fieldOf('memory', memoryMiB, defaults.memoryMiB),
      fieldOf('disk', diskBytes, defaults.diskGiB * GIBIBYTE),
    ],
    diagnostics: [
      ...checkRange(resolving, 'memory', memoryMiB, MEMORY_RANGE_MIB),
      ...checkRange(resolving, 'disk', diskBytes, DISK_RANGE_BYTES),
    ],
  };
};
