import { dirname, resolve } from 'node:path';
import type { Tree, TreeEntry, TreeList, TreeMap } from './tree.ts';

/** Identity of a list's entry; undefined for one that cannot have any. */
type KeyOf = (item: Tree) => string | undefined;

const byValue: KeyOf = (item) => (item.kind === 'scalar' ? String(item.value) : undefined);

/** Paths are relative to the file they stand in. */
const byFile: KeyOf = (item) =>
  item.kind === 'scalar' ? resolve(dirname(item.place.source.path), String(item.value)) : undefined;

const textAt = (item: Tree, key: string): string | undefined => {
  const found = item.kind === 'map' ? item.entries.get(key)?.value : undefined;
  return found?.kind === 'scalar' && found.value !== null ? String(found.value) : undefined;
};

const byKey =
  (key: string): KeyOf =>
  (item) =>
    textAt(item, key)?.replace(/\/+$/, '');

const byPort: KeyOf = (item) => {
  if (item.kind === 'scalar') {
    const text = String(item.value);
    return text.includes(':') ? text : `${text}:${text}`;
  }
  const guest = textAt(item, 'guest');
  return `${textAt(item, 'host') ?? guest}:${guest}`;
};

const KEYED_LISTS: Readonly<Record<string, KeyOf>> = {
  agents: (item) => (item.kind === 'scalar' ? String(item.value) : textAt(item, 'name')),
  'base.packages': byValue,
  'base.scripts': byFile,
  envFile: byFile,
  mounts: byKey('guest'),
  volumes: byKey('name'),
  services: byKey('name'),
  ports: byPort,
  'workspace.shadow': byValue,
  'workspace.protect': byValue,
  'network.ports': byValue,
  'network.hostPorts': byValue,
  'network.egress.allow': byValue,
  'network.egress.deny': byValue,
};

/** Maps of which a layer's is replaced whole, because their keys only make sense together. */
const isAtomic = (path: string): boolean => path === 'base.image' || /^secrets\.[^.]+$/.test(path);

const isNull = (tree: Tree | undefined): boolean => tree?.kind === 'scalar' && tree.value === null;

/** `claude` and `{name: claude}` are one agent in two notations. */
const asAgentMap = (tree: Tree): Tree =>
  tree.kind === 'scalar'
    ? {
        kind: 'map',
        place: tree.place,
        entries: new Map([['name', { keyPlace: tree.place, value: tree }]]),
      }
    : tree;

const below = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`);

const mergeMaps = (base: TreeMap, over: TreeMap, path: string): Tree => {
  const entries = new Map<string, TreeEntry>(base.entries);
  for (const [key, { keyPlace, value }] of over.entries) {
    const merged = mergeTrees(base.entries.get(key)?.value, value, below(path, key));
    if (merged === undefined) entries.delete(key);
    else entries.set(key, { keyPlace, value: merged });
  }
  return { kind: 'map', place: over.place, entries };
};

/** An entry that says null for what it is about takes the layers' entry with the same key away. */
const isRemoval = (item: Tree, path: string): boolean => {
  const key = { mounts: 'host', volumes: 'guest', services: 'command', ports: 'host' }[path];
  return key !== undefined && item.kind === 'map' && isNull(item.entries.get(key)?.value);
};

const mergeLists = (base: TreeList, over: TreeList, path: string, keyOf: KeyOf): Tree => {
  const items = [...base.items];
  for (const item of over.items) {
    const key = keyOf(item);
    const at = items.findIndex((other) => key !== undefined && keyOf(other) === key);
    const present = items[at];
    if (isRemoval(item, path)) {
      const guest = path === 'ports' ? textAt(item, 'guest') : undefined;
      const left = items.filter((other) =>
        guest === undefined ? other !== present : byPort(other)?.split(':')[1] !== guest,
      );
      items.splice(0, items.length, ...left);
    } else if (present === undefined) {
      items.push(item);
    } else {
      const [below, above] = path === 'agents' ? [asAgentMap(present), asAgentMap(item)] : [present, item];
      items[at] = mergeTrees(below, above, `${path}[]`) ?? item;
    }
  }
  return { kind: 'list', place: over.place, items };
};

/**
 * A layer with another on top: maps merge, keyed lists merge by key, anything else is replaced, null removes.
 * @returns undefined when nothing is left.
 */
export const mergeTrees = (base: Tree | undefined, over: Tree, path = ''): Tree | undefined => {
  if (isNull(over)) return undefined;
  if (base === undefined) return over;
  if (path === 'agent') {
    const [below, above] = [asAgentMap(base), asAgentMap(over)];
    const same = textAt(below, 'name') === textAt(above, 'name');
    return same && below.kind === 'map' && above.kind === 'map' ? mergeMaps(below, above, path) : over;
  }
  if (base.kind === 'map' && over.kind === 'map' && !isAtomic(path)) return mergeMaps(base, over, path);
  const keyOf = KEYED_LISTS[path];
  if (base.kind === 'list' && over.kind === 'list' && keyOf !== undefined) {
    return mergeLists(base, over, path, keyOf);
  }
  return over;
};

/**
 * A document without what only removed something, or would have. The agent's own configuration keeps its nulls.
 */
export const withoutNulls = (tree: Tree, path = ''): Tree => {
  if (/^agent(s\[\])?\.config$/.test(path)) return tree;
  switch (tree.kind) {
    case 'scalar':
      return tree;
    case 'list': {
      const items = tree.items
        .filter((item) => !isRemoval(item, path))
        .map((item) => withoutNulls(item, `${path}[]`));
      return { ...tree, items };
    }
    case 'map': {
      const entries = [...tree.entries]
        .filter(([, entry]) => !isNull(entry.value))
        .map(
          ([key, entry]) => [key, { ...entry, value: withoutNulls(entry.value, below(path, key)) }] as const,
        );
      return { ...tree, entries: new Map(entries) };
    }
  }
};
