import type { Json } from './json.ts';

/**
 * Every kind of leaf that a manifest can change by itself. `[]` stands for a key: `base.packages[]` covers
 * `base.packages[jq]`, `base.packages[git]`, …
 */
export const FIELD_PATHS = [
  'name',
  'driver',
  'agent',
  'agents[].version',
  'agents[].args',
  'agents[].autonomy',
  'agents[].config',
  'agents[].configDirs',
  'base.image',
  'base.packages[]',
  'base.scripts[]',
  'resources.cpus',
  'resources.memory',
  'resources.disk',
  'workspace.guestPath',
  'workspace.mode',
  'workspace.shadow[]',
  'workspace.protect[]',
  'mounts[]',
  'volumes[]',
  'ports[]',
  'env[]',
  'secrets[]',
  'identity.gitconfig',
  'identity.gitCredentials',
  'identity.gh',
  'identity.ssh',
  'network.egress',
  'network.ports[]',
  'network.hostPorts[]',
  'services[]',
  'environment',
  'lifecycle.onExit',
  'lifecycle.idle',
  'lifecycle.protect',
  'drift.policy',
  'snapshots.keep',
  'snapshots.maxSize',
  'labels[]',
] as const;
export type FieldPath = (typeof FIELD_PATHS)[number];

/** One leaf of one manifest: its path, the key that stands for `[]` if there is one, and its value. */
export type Field = {
  readonly path: FieldPath;
  readonly key?: string;
  readonly value: Json;
  /** Where the manifest says so; absent for a default. */
  readonly source?: SourcePosition;
};

/** 1-based line and column in a file. */
export type SourcePosition = { readonly file: string; readonly line: number; readonly column: number };

/** A field's name as people see it: `resources.memory`, `ports[3000]`, `agents[claude].version`. */
export type FieldId = string;

export type Fields = ReadonlyMap<FieldId, Field>;

/** The name of a field as people see it. */
export const fieldId = (path: FieldPath, key?: string): FieldId =>
  key === undefined ? path : path.replace('[]', `[${key}]`);

/** The path and the key of a field's name; undefined where no field of ours has it. */
export const parseFieldId = (id: FieldId): Pick<Field, 'path' | 'key'> | undefined => {
  const [, before = id, key, after = ''] = /^([^[]+)\[(.*)\]([^\]]*)$/s.exec(id) ?? [];
  const path = FIELD_PATHS.find((one) => one === (key === undefined ? id : `${before}[]${after}`));
  return path === undefined ? undefined : { path, ...(key === undefined ? {} : { key }) };
};

/** A field map from a list; a later field with the same id replaces an earlier one. */
export const fieldsOf = (list: readonly Field[]): Fields =>
  new Map(list.map((field) => [fieldId(field.path, field.key), field]));
