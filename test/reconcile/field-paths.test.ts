import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { FIELD_PATHS } from '../../src/model/fields.ts';
import { FIELD_POLICIES } from '../../src/reconcile/field-policies.ts';

type Schema = {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly type?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: unknown;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
};

/** Keys of the manifest that are no field of the machine, each with the reason. */
const NO_FIELD: Readonly<Record<string, string>> = {
  apiVersion: 'the format of the file, which is read and gone',
  extends: 'layers are merged before there are fields',
  envFile: 'its lines become env[]',
  'agent.name': 'the field agent is the name',
  'agents[].name': 'the key of agents[]',
};

/** Objects that change as one, because their keys mean nothing alone. */
const WHOLE = ['base.image', 'lifecycle.idle', 'network.egress', 'agent.config', 'agents[].config'];

/** `agent` is short for an element of `agents` that is also the one that `run` starts. */
const asField = (path: string): string =>
  path.startsWith('agent.') ? path.replace('agent.', 'agents[].') : path;

const LISTS_OF_ONE_FIELD = ['mounts[]', 'volumes[]', 'ports[]', 'secrets[]', 'services[]'];

const schema = JSON.parse(
  await readFile(new URL('../../schemas/agentvm.v1.json', import.meta.url), 'utf8'),
) as Schema;

const resolved = (one: Schema): Schema => {
  const name = one.$ref?.replace('#/$defs/', '');
  return name === undefined ? one : resolved(schema.$defs?.[name] ?? {});
};

const leaves = (raw: Schema, path: string): readonly string[] => {
  const one = resolved(raw);
  if (WHOLE.includes(path) || LISTS_OF_ONE_FIELD.includes(path)) return [path];
  if (one.anyOf !== undefined) return [...new Set(one.anyOf.flatMap((option) => leaves(option, path)))];
  if (one.type === 'null') return [];
  if (one.properties !== undefined) {
    return Object.entries(one.properties).flatMap(([key, inner]) =>
      leaves(inner, path === '' ? key : `${path}.${key}`),
    );
  }
  if (one.items !== undefined && !path.endsWith('args')) return leaves(one.items, `${path}[]`);
  if (typeof one.additionalProperties === 'object' && one.additionalProperties !== null) {
    return leaves(one.additionalProperties, `${path}[]`);
  }
  return [path];
};

/** A list of names stands for its elements: the name of an agent alone is an element of agents. */
const fieldsInSchema = leaves(schema, '')
  .filter((path) => !(path in NO_FIELD) && !(path.replace(/\[\]$/, '') in NO_FIELD))
  .filter((path) => path !== 'agents[]')
  .map(asField);

test('every leaf of the manifest is a field, and every field a leaf', () => {
  expect([...new Set(fieldsInSchema)].sort()).toEqual([...FIELD_PATHS].sort());
});

test('what is no field is in the schema', () => {
  const all = leaves(schema, '').map((path) => path.replace(/\[\]$/, ''));
  for (const path of Object.keys(NO_FIELD)) expect(all).toContain(path);
});

test('every field has a policy that says why', () => {
  expect(Object.keys(FIELD_POLICIES)).toEqual([...FIELD_PATHS]);
  for (const policy of Object.values(FIELD_POLICIES)) {
    for (const values of [{}, { before: 2 }, { after: 1 }, { before: 2, after: 1 }]) {
      expect(policy.cost(values).why).toMatch(/^[a-z].{10,}[a-z]$/);
    }
  }
});
