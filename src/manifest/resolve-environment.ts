import { createHmac } from 'node:crypto';
import { parseEnv } from 'node:util';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { EnvValue } from '../model/field-values.ts';
import type { Field } from '../model/fields.ts';
import { locateInput } from './input.ts';
import { complainAt, fieldAt, type Resolving, type Section } from './resolving.ts';
import { readSource } from './source.ts';
import { placeAt, type TreePath } from './tree.ts';

export type EnvironmentSection = Section & { readonly environment: Readonly<Record<string, string>> };

const VARIABLE_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

type Variable = { readonly value: string; readonly at: TreePath };

type EnvFile = {
  readonly variables: readonly (readonly [string, Variable])[];
  readonly diagnostics: readonly Diagnostic[];
  readonly inputs: readonly string[];
};

const readEnvFile = (resolving: Resolving, reference: string, index: number): EnvFile => {
  const at = ['envFile', index];
  const fail = (rest: { code: string; message: string; hint: string }): EnvFile => ({
    variables: [],
    diagnostics: [complainAt(resolving, at, rest)],
    inputs: [],
  });
  const what = `The file '${reference}'`;
  const located = locateInput(resolving.project, placeAt(resolving.tree, at).source, reference, what);
  if (!located.ok) return fail(located);
  if (!located.inProject) {
    return fail({
      code: 'outside-project',
      message: `${what} lies outside the project's folder`,
      hint: `Put it in ${resolving.project}, or set its variables under env.`,
    });
  }
  const read = readSource(located.path, what);
  if (!read.ok) return fail(read);
  const variables = Object.entries(parseEnv(read.source.text));
  const wrong = variables.find(([name]) => !VARIABLE_NAME.test(name));
  if (wrong !== undefined) {
    return fail({
      code: 'not-allowed',
      message: `${what} sets '${wrong[0]}', which is not the name of a variable`,
      hint: 'Names have letters, digits and _, and do not start with a digit.',
    });
  }
  return {
    variables: variables.map(([name, value = '']) => [name, { value, at }] as const),
    diagnostics: [],
    inputs: [located.path],
  };
};

/**
 * `env` over `envFile` (a later file over an earlier one): the environment in clear text for sessions, and fields
 * that hold only keyed digests of it.
 */
export const resolveEnvironment = (resolving: Resolving, digestKey: Uint8Array): EnvironmentSection => {
  const { env = {}, envFile = [] } = resolving.manifest;
  const files = envFile.map((path, index) => readEnvFile(resolving, path, index));
  const own = Object.entries(env).map(
    ([name, value]) => [name, { value: String(value), at: ['env', name] }] as const,
  );
  const variables = new Map<string, Variable>([...files.flatMap((file) => file.variables), ...own]);
  const sorted = [...variables].sort(([a], [b]) => (a < b ? -1 : 1));
  const withNul = sorted.filter(([, { value }]) => value.includes('\0'));
  const fields = sorted.map(([key, { value, at }]): Field => {
    const digest: EnvValue = { digest: createHmac('sha256', digestKey).update(value).digest('hex') };
    return fieldAt(resolving, at, { path: 'env[]', key, value: digest });
  });
  return {
    fields,
    environment: Object.fromEntries(sorted.map(([name, { value }]) => [name, value])),
    diagnostics: [
      ...files.flatMap((file) => file.diagnostics),
      ...withNul.map(([name, { at }]) =>
        complainAt(resolving, at, {
          code: 'not-allowed',
          message: `The value of ${name} contains a NUL character`,
          hint: 'No environment can hold that; encode it, for example in base64.',
        }),
      ),
    ],
    inputs: files.flatMap((file) => file.inputs),
  };
};
