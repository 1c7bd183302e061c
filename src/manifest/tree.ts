import type { Json } from '../model/json.ts';
import type { Place } from './source.ts';

/** A document whose every part remembers where it stands, also after layers of several files were merged. */
export type Tree = TreeMap | TreeList | TreeScalar;
export type TreeMap = {
  readonly kind: 'map';
  readonly place: Place;
  readonly entries: ReadonlyMap<string, TreeEntry>;
};
export type TreeEntry = { readonly keyPlace: Place; readonly value: Tree };
export type TreeList = { readonly kind: 'list'; readonly place: Place; readonly items: readonly Tree[] };
type TreeScalar = {
  readonly kind: 'scalar';
  readonly place: Place;
  readonly value: null | boolean | number | string;
};

/** Keys and indexes from the root to a part. */
export type TreePath = readonly (string | number)[];

/** The document's plain value. */
export const treeToJson = (tree: Tree): Json => {
  switch (tree.kind) {
    case 'scalar':
      return tree.value;
    case 'list':
      return tree.items.map(treeToJson);
    case 'map':
      // fromEntries defines own properties, so that a key `__proto__` is a key like any other.
      return Object.fromEntries([...tree.entries].map(([key, { value }]) => [key, treeToJson(value)]));
  }
};

const childOf = (tree: Tree, step: string | number): Tree | undefined => {
  if (tree.kind === 'map') return tree.entries.get(String(step))?.value;
  return tree.kind === 'list' ? tree.items[Number(step)] : undefined;
};

/** The part at a path, or undefined. */
export const treeAt = (tree: Tree, path: TreePath): Tree | undefined =>
  path.reduce<Tree | undefined>(
    (found, step) => (found === undefined ? undefined : childOf(found, step)),
    tree,
  );

/** Where the value at a path stands; of a missing one, its nearest parent. */
export const placeAt = (tree: Tree, path: TreePath): Place => {
  let found = tree;
  for (const step of path) {
    const child = childOf(found, step);
    if (child === undefined) break;
    found = child;
  }
  return found.place;
};

/** Where the key at the end of a path stands; of a list's entry, the entry. */
export const keyPlaceAt = (tree: Tree, path: TreePath): Place => {
  const parent = treeAt(tree, path.slice(0, -1));
  const entry = parent?.kind === 'map' ? parent.entries.get(String(path.at(-1))) : undefined;
  return entry?.keyPlace ?? placeAt(tree, path);
};

/** A document without the parts at some paths. */
export const withoutParts = (tree: Tree, paths: readonly TreePath[]): Tree => {
  const gone = new Set(paths.filter((path) => path.length === 1).map(([step]) => String(step)));
  const below = (step: string): readonly TreePath[] =>
    paths.filter((path) => path.length > 1 && String(path[0]) === step).map((path) => path.slice(1));
  switch (tree.kind) {
    case 'scalar':
      return tree;
    case 'list': {
      const items = tree.items.flatMap((item, index) =>
        gone.has(String(index)) ? [] : withoutParts(item, below(String(index))),
      );
      return { ...tree, items };
    }
    case 'map': {
      const entries = [...tree.entries].flatMap(([key, entry]) =>
        gone.has(key) ? [] : [[key, { ...entry, value: withoutParts(entry.value, below(key)) }] as const],
      );
      return { ...tree, entries: new Map(entries) };
    }
  }
};

/** A path as people write it: `resources.memory`, `ports[0]`. Indexes count from 0. */
export const formatPath = (path: TreePath): string =>
  path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : text === '' ? step : `${text}.${step}`),
    '',
  );
