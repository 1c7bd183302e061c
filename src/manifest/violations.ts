import type { ErrorObject } from 'ajv';

/** An error of the validator at the value it is about. */
export type Violation = ErrorObject & { readonly path: readonly (string | number)[] };

const typeName = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;

/** `#/$defs/image/anyOf/1/required` → `#/$defs/image/anyOf/1`. */
const branchOf = (schemaPath: string): string => /^.*\/anyOf\/\d+/.exec(schemaPath)?.[0] ?? schemaPath;

const declaredKeys = (error: ErrorObject): readonly string[] => {
  const { properties } = (error.parentSchema ?? {}) as { properties?: object };
  return properties === undefined ? [] : Object.keys(properties);
};

/**
 * Of several map-shaped branches, the errors of the one that knows most of the keys that were written; where none
 * knows any, only that a key is unknown to all of them.
 */
const closestMapBranch = (own: readonly ErrorObject[], data: object): readonly ErrorObject[] => {
  const score = (error: ErrorObject): number =>
    declaredKeys(error).filter((key) => Object.hasOwn(data, key)).length;
  const best = [...own].sort((a, b) => score(b) - score(a))[0];
  if (best === undefined) return own;
  const unknown = own.filter((error) => error.keyword === 'additionalProperties');
  if (score(best) === 0 && unknown.length > 0) {
    const properties = Object.assign({}, ...unknown.map((error) => error.parentSchema?.properties));
    return unknown.map((error) => ({ ...error, parentSchema: { properties } }));
  }
  return own.filter((error) => branchOf(error.schemaPath) === branchOf(best.schemaPath));
};

const TYPE_KEYWORDS = new Set(['type', 'const', 'enum']);

/** The errors of a failed `anyOf` that say something about what was written, or one error for all of them. */
const reduceAlternatives = (anyOf: ErrorObject, children: readonly ErrorObject[]): readonly ErrorObject[] => {
  const own = children.filter((error) => error.instancePath === anyOf.instancePath);
  const deeper = children.filter((error) => error.instancePath !== anyOf.instancePath);
  const telling = own.filter((error) => !TYPE_KEYWORDS.has(error.keyword));
  if (typeName(anyOf.data) === 'object' && telling.length > 0) {
    return [...closestMapBranch(telling, anyOf.data as object), ...deeper];
  }
  if (telling.length + deeper.length > 0) return [...telling, ...deeper];
  const enumeration = own.find((error) => error.keyword === 'enum');
  if (enumeration !== undefined && typeof anyOf.data === 'string') return [enumeration];
  const [only, ...others] = own.filter((error) => error.params.type !== 'null');
  if (only?.keyword === 'type' && others.length === 0) return [only];
  const types = own.flatMap((error) => (error.keyword === 'type' ? [error.params.type].flat() : []));
  const values = own.flatMap((error) =>
    error.keyword === 'const' ? [error.params.allowedValue] : (error.params.allowedValues ?? []),
  );
  return [{ ...anyOf, params: { types, values } }];
};

const pathOf = (pointer: string, data: unknown): readonly (string | number)[] => {
  const path: (string | number)[] = [];
  let value = data;
  for (const step of pointer.split('/').slice(1)) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
    path.push(Array.isArray(value) ? Number(key) : key);
    value = (value as Record<string, unknown> | null)?.[key];
  }
  return path;
};

/**
 * What the validator found, without the noise of alternatives: of `anyOf` only the branch that was meant, each
 * fact once, and nothing about null, which is a matter of layers.
 */
export const reduceViolations = (errors: readonly ErrorObject[], data: unknown): readonly Violation[] => {
  const kept: ErrorObject[] = [];
  for (const error of errors) {
    // The errors of the branches stand directly in front of the error of their anyOf.
    if (error.keyword === 'anyOf') {
      let from = kept.length;
      const { instancePath } = error;
      const below = (other: ErrorObject | undefined): boolean =>
        other?.instancePath === instancePath || other?.instancePath.startsWith(`${instancePath}/`) === true;
      while (from > 0 && below(kept[from - 1])) from--;
      kept.push(...reduceAlternatives(error, kept.splice(from)));
    } else if (!['propertyNames', 'if'].includes(error.keyword)) {
      kept.push(error);
    }
  }
  const unique = new Map<string, Violation>();
  for (const error of kept) {
    const key = JSON.stringify([error.instancePath, error.keyword, error.params, error.propertyName]);
    if (!unique.has(key)) unique.set(key, { ...error, path: pathOf(error.instancePath, data) });
  }
  return [...unique.values()];
};
