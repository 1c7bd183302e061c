import type { Diagnostic } from '../model/diagnostic.ts';
import { nearestOf } from './nearest.ts';
import { correctSize } from './size.ts';
import { formatPath } from './tree.ts';
import type { Violation } from './violations.ts';

export type ViolationText = Pick<Diagnostic, 'code' | 'message' | 'hint'> & {
  /** Points at this key of the value instead of at the value. */
  readonly key?: string;
};

const KINDS: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
  null: 'null',
};

const kindOf = (value: unknown): string =>
  KINDS[value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value] ?? typeof value;

const anyOfThese = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;

const VALUE_WIDTH = 60;

/** A value as it may stand in a message: short, and on one line. */
const show = (value: unknown): string => {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > VALUE_WIDTH ? `${text.slice(0, VALUE_WIDTH)}…` : text;
};

const withHint = (text: Omit<ViolationText, 'hint'>, hint: string | undefined): ViolationText =>
  hint === undefined ? text : { ...text, hint };

const kindHint = (data: unknown, types: readonly string[]): string | undefined => {
  if (data === null) return 'Write a value behind it, or delete the line.';
  if (types.includes('boolean') && typeof data === 'string') {
    if (/^(yes|on|y)$/i.test(data)) return 'Write true.';
    if (/^(no|off|n)$/i.test(data)) return 'Write false.';
  }
  if (types.includes('integer') && typeof data === 'string' && /^[0-9]+$/.test(data)) {
    return `Write ${data} without quotes.`;
  }
  if (types.includes('string') && (typeof data === 'number' || typeof data === 'boolean')) {
    return `Put it in quotes: "${data}"`;
  }
  // Words of a command line, or one entry.
  if (types.includes('array') && typeof data === 'string')
    return `Make it a list: [${data.trim().split(/\s+/).join(', ')}]`;
  if (types.includes('array') && typeof data === 'number') return `Make it a list: [${data}]`;
  return undefined;
};

const wrongKind = (
  name: string,
  data: unknown,
  types: readonly string[],
  values: readonly unknown[],
): ViolationText => {
  const wanted = [
    ...values.filter((value) => value !== null).map((value) => String(value)),
    ...types.filter((type) => type !== 'null').map((type) => KINDS[type] ?? type),
  ];
  return withHint(
    {
      code: 'wrong-kind',
      message:
        data === null
          ? `${name} has no value; it must be ${anyOfThese(wanted)}`
          : `${name} must be ${anyOfThese([...new Set(wanted)])}, not ${kindOf(data)}`,
    },
    kindHint(data, types),
  );
};

/** Where a key that stands at the top belongs: `memory` → `resources`. */
const sectionOf = (
  key: string,
  properties: Readonly<Record<string, { properties?: object }>>,
): string | undefined =>
  Object.keys(properties).find((section) => Object.hasOwn(properties[section]?.properties ?? {}, key));

const unknownKey = ({ path, params, parentSchema }: Violation): ViolationText => {
  const key = String(params.additionalProperty);
  const properties = (parentSchema?.properties ?? {}) as Record<string, { properties?: object }>;
  const known = Object.keys(properties);
  const section = path.length === 0 ? sectionOf(key, properties) : undefined;
  const near = nearestOf(key, known);
  return {
    code: 'unknown-key',
    message: `Unknown key '${key}'${path.length === 0 ? '' : ` in ${formatPath(path)}`}`,
    hint:
      section !== undefined
        ? `It belongs under '${section}'.`
        : near !== undefined
          ? `Did you mean '${near}'?`
          : `Known here: ${known.join(', ')}`,
    key,
  };
};

const notOneOf = (name: string, data: unknown, allowed: readonly unknown[]): ViolationText => {
  const words = allowed.filter((value) => value !== null).map(String);
  const near = typeof data === 'string' ? nearestOf(data, words) : undefined;
  return withHint(
    { code: 'not-one-of', message: `${name} must be ${anyOfThese(words)}, not ${show(data)}` },
    near === undefined ? undefined : `Did you mean '${near}'?`,
  );
};

const notAllowed = (name: string, { data, parentSchema, propertyName }: Violation): ViolationText => {
  const description = parentSchema?.description as string | undefined;
  const about = propertyName === undefined ? show(data) : `the name '${propertyName}'`;
  const isSize = description?.includes('binary unit') === true;
  const size = isSize && typeof data === 'string' ? correctSize(data) : undefined;
  return {
    code: isSize ? 'wrong-unit' : 'not-allowed',
    message: isSize ? `${name}: ${about} is not a size in binary units` : `${name}: ${about} is not allowed`,
    hint: size === undefined ? (description ?? 'See agentvm.yaml.example.') : `Use ${size}.`,
    ...(propertyName === undefined ? {} : { key: propertyName }),
  };
};

/** What a person reads for one violation of the manifest's schema. */
export const describeViolation = (violation: Violation): ViolationText => {
  const { keyword, params, data, path, parentSchema } = violation;
  const name = path.length === 0 ? 'The document' : formatPath(path);
  switch (keyword) {
    case 'additionalProperties':
      return unknownKey(violation);
    case 'required': {
      const key = String(params.missingProperty);
      return {
        code: 'missing-key',
        message: `${path.length === 0 ? 'The manifest' : name} lacks the key '${key}'`,
        hint: key === 'apiVersion' ? 'Add the line: apiVersion: agentvm/v1' : `Add ${key}: …`,
      };
    }
    case 'type': {
      const types = [params.type].flat() as string[];
      const size = typeof data === 'number' ? correctSize(String(data)) : undefined;
      if (size !== undefined && String(parentSchema?.description).includes('binary unit')) {
        return { code: 'wrong-unit', message: `${name} needs a unit`, hint: `Use ${size}.` };
      }
      return wrongKind(name, data, types, []);
    }
    case 'anyOf':
      return wrongKind(name, data, params.types ?? [], params.values ?? []);
    case 'enum':
      return notOneOf(name, data, params.allowedValues);
    case 'const':
      return {
        code: 'not-one-of',
        message: `${name} must be ${params.allowedValue}, not ${show(data)}`,
        hint: `Write ${path.at(-1)}: ${params.allowedValue}`,
      };
    case 'minimum':
    case 'maximum':
      return {
        code: 'out-of-range',
        message: `${name} must be at ${keyword === 'minimum' ? 'least' : 'most'} ${params.limit}, not ${show(data)}`,
        hint: 'Correct the number.',
      };
    case 'maxItems':
    case 'maxLength':
      return {
        code: 'too-big',
        message: `${name} has more than ${params.limit} ${keyword === 'maxItems' ? 'entries' : 'characters'}`,
        hint: 'Make it shorter.',
      };
    case 'minItems':
    case 'minLength':
      return { code: 'empty', message: `${name} must not be empty`, hint: 'Write a value, or delete it.' };
    default:
      return notAllowed(name, violation);
  }
};
