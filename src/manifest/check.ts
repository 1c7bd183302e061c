import type { Diagnostic } from '../model/diagnostic.ts';
import { validate } from './manifest-validator.generated.js';
import { diagnosticAt } from './source.ts';
import { formatPath, keyPlaceAt, placeAt, type Tree, type TreePath, treeToJson } from './tree.ts';
import { describeViolation } from './violation-text.ts';
import { reduceViolations } from './violations.ts';

/** The agent's own configuration is in the agent's format, where null has a meaning of its own. */
const isForeign = (path: TreePath): boolean => path.at(-1) === 'config';

const emptyValues = (tree: Tree, path: TreePath = []): readonly Diagnostic[] => {
  if (tree.kind !== 'map' || isForeign(path)) return [];
  return [...tree.entries].flatMap(([key, { keyPlace, value }]) => {
    const here = [...path, key];
    if (value.kind !== 'scalar' || value.value !== null) return emptyValues(value, here);
    return diagnosticAt(keyPlace, {
      code: 'no-value',
      field: formatPath(here),
      message: `${formatPath(here)} has no value`,
      hint: 'Write a value behind it, or delete the line.',
    });
  });
};

/**
 * Holds one document against the schema; every violation is a diagnostic at its place.
 * @param mayRemove whether null means something: it removes what a layer has set.
 */
export const checkDocument = (tree: Tree, mayRemove: boolean): readonly Diagnostic[] => {
  const data = treeToJson(tree);
  const violations = validate(data) ? [] : reduceViolations(validate.errors ?? [], data);
  const found = violations.map((violation) => {
    const { key, ...text } = describeViolation(violation);
    const path = key === undefined ? violation.path : [...violation.path, key];
    const place = key === undefined ? placeAt(tree, path) : keyPlaceAt(tree, path);
    return diagnosticAt(place, { ...text, field: formatPath(path) });
  });
  const empty = mayRemove ? [] : emptyValues(tree);
  const told = new Set(found.map((one) => one.field));
  return [...found, ...empty.filter((one) => !told.has(one.field))];
};
