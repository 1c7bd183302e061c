import type { Diagnostic } from '../model/diagnostic.ts';
import { validate } from './manifest-validator.generated.js';
import { diagnosticAt, type Place } from './source.ts';
import {
  formatPath,
  keyPlaceAt,
  placeAt,
  type Tree,
  type TreePath,
  treeToJson,
  withoutParts,
} from './tree.ts';
import { describeViolation } from './violation-text.ts';
import { reduceViolations } from './violations.ts';

/** The agent's own configuration is in the agent's format, where null has a meaning of its own. */
const isForeign = (path: TreePath): boolean => /^(agent|agents\[\d+\])\.config$/.test(formatPath(path));

const noValue = (path: TreePath, keyPlace: Place, { source, start, end }: Place): Diagnostic =>
  diagnosticAt(keyPlace, {
    code: 'no-value',
    field: formatPath(path),
    message: `${formatPath(path)} has no value`,
    hint:
      source.text.slice(start, end) === '~'
        ? 'In YAML, ~ means nothing; for your home folder put it in quotes: "~"'
        : 'Write a value behind it, or delete the line.',
  });

type Fault = { readonly path: TreePath; readonly diagnostic: Diagnostic };

const emptyValues = (tree: Tree, path: TreePath = []): readonly Fault[] => {
  if (tree.kind === 'scalar' || isForeign(path)) return [];
  if (tree.kind === 'list') return tree.items.flatMap((item, index) => emptyValues(item, [...path, index]));
  return [...tree.entries].flatMap(([key, { keyPlace, value }]) => {
    const here = [...path, key];
    return value.kind === 'scalar' && value.value === null
      ? { path: here, diagnostic: noValue(here, keyPlace, value.place) }
      : emptyValues(value, here);
  });
};

/** A document held against the schema. */
export type Checked = {
  readonly diagnostics: readonly Diagnostic[];
  /** The document without what is wrong, so that the rest can be looked at too; undefined when nothing is left. */
  readonly sound: Tree | undefined;
};

/**
 * The part of a document that falls with a fault in it: a list's entry falls as a whole, and so does what stands two
 * levels deep, because its keys need each other.
 */
const partOf = (path: TreePath): TreePath => {
  const firstIndex = path.findIndex((step) => typeof step === 'number');
  const depth = path[0] === 'agent' ? 1 : 2;
  return path.slice(0, firstIndex === -1 ? depth : Math.min(depth + 1, firstIndex + 1));
};

/**
 * Holds one document against the schema; every violation is a diagnostic at its place.
 * @param mayRemove whether null means something: it removes what a layer has set.
 */
export const checkDocument = (tree: Tree, mayRemove: boolean): Checked => {
  const data = treeToJson(tree);
  const violations = validate(data) ? [] : reduceViolations(validate.errors ?? [], data);
  const found = violations.map((violation): Fault => {
    const { key, ...text } = describeViolation(violation);
    const path = key === undefined ? violation.path : [...violation.path, key];
    const place = key === undefined ? placeAt(tree, path) : keyPlaceAt(tree, path);
    return { path, diagnostic: diagnosticAt(place, { ...text, field: formatPath(path) }) };
  });
  const empty = mayRemove ? [] : emptyValues(tree);
  const told = new Set(found.map(({ diagnostic }) => diagnostic.field));
  const faults = [...found, ...empty.filter(({ diagnostic }) => !told.has(diagnostic.field))];
  const parts = faults.filter(({ path }) => path.length > 0).map(({ path }) => partOf(path));
  return {
    diagnostics: faults.map(({ diagnostic }) => diagnostic),
    sound: tree.kind === 'map' ? withoutParts(tree, parts) : undefined,
  };
};
