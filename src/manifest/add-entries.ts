import { type Document, isMap, isScalar, isSeq, type Node, parseAllDocuments, stringify } from 'yaml';

type Parsed = Document.Parsed;
/** A text that comes in at a place, in place of what stands there up to `until`. */
type Insertion = { readonly at: number; readonly until?: number; readonly text: string };

/** Keys from the root to a list. */
type ListPath = readonly [section: string, ...rest: string[]];

const documentsOf = (text: string): readonly Parsed[] => {
  const found = parseAllDocuments(text, { version: '1.2' });
  return Array.isArray(found) ? (found as readonly Parsed[]) : [];
};

/** A name as YAML reads it back as text: `null` and `1e3` are names too. */
const written = (name: string): string => stringify(name).trim();

const flowList = (names: readonly string[]): string => `[${names.map(written).join(', ')}]`;

/** A list below keys that are not there yet, within braces. */
const nested = (keys: readonly string[], names: readonly string[]): string =>
  keys.reduceRight((inner, key) => `{${key}: ${inner}}`, flowList(names));

const endOf = (node: unknown): number | undefined => (node as Node | null)?.range?.[1];
const startOf = (node: unknown): number | undefined => (node as Node | null)?.range?.[0];

const lineEnd = (text: string, from: number): number => {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
};

/** What stands before a place on its line: the indentation of a block's entries. */
const before = (text: string, at: number): string => text.slice(text.lastIndexOf('\n', at - 1) + 1, at);

const isFlow = (node: unknown): boolean => (node as { readonly flow?: boolean }).flow === true;

/** More entries behind the last of a list. */
const intoList = (text: string, list: Node, names: readonly string[]): Insertion | undefined => {
  if (!isSeq(list)) return undefined;
  const last = list.items.at(-1);
  const end = endOf(last);
  const start = startOf(last);
  if (isFlow(list)) {
    const at = end ?? (startOf(list) ?? 0) + 1;
    return { at, text: `${end === undefined ? '' : ', '}${names.map(written).join(', ')}` };
  }
  if (end === undefined || start === undefined) return undefined;
  const dash = before(text, start);
  if (!/^ *- +$/.test(dash)) return undefined;
  return { at: lineEnd(text, end), text: names.map((name) => `\n${dash}${written(name)}`).join('') };
};

/** A list of its own, below the keys that are missing, in a map that has none. */
const intoMap = (
  text: string,
  map: Node,
  [key, ...keys]: ListPath,
  names: readonly string[],
): Insertion | undefined => {
  if (!isMap(map)) return undefined;
  const [first] = map.items;
  const last = map.items.at(-1);
  if (isFlow(map)) {
    const end = endOf(last?.value);
    if (end === undefined) return undefined;
    return { at: end, text: `, ${key}: ${nested(keys, names)}` };
  }
  const start = startOf(first?.key);
  if (start === undefined) return undefined;
  return { at: start, text: `${key}: ${nested(keys, names)}\n${before(text, start)}` };
};

/** A section of its own behind the format's line, in a manifest that has none. */
const intoRoot = (
  text: string,
  document: Parsed,
  [section, ...rest]: ListPath,
  names: readonly string[],
): Insertion | undefined => {
  const [key, ...keys] = rest;
  const apiVersion = document.get('apiVersion', true);
  const end = endOf(apiVersion);
  if (!isScalar(apiVersion) || end === undefined || isFlow(document.contents)) return undefined;
  const value = key === undefined ? ` ${flowList(names)}` : `\n  ${key}: ${nested(keys, names)}`;
  return { at: lineEnd(text, end), text: `\n${section}:${value}` };
};

/** In place of a word that stands for the list, such as `none`. */
const inPlaceOf = (node: Node, keys: readonly string[], names: readonly string[]): Insertion | undefined => {
  const [start, end] = [startOf(node), endOf(node)];
  return start === undefined || end === undefined
    ? undefined
    : { at: start, until: end, text: nested(keys, names) };
};

const insertionFor = (
  text: string,
  document: Parsed,
  path: ListPath,
  names: readonly string[],
): Insertion | undefined => {
  const list = document.getIn(path, true);
  if (list !== undefined && list !== null && !isScalar(list)) return intoList(text, list as Node, names);
  for (let depth = path.length - 1; depth > 0; depth--) {
    const node = document.getIn(path.slice(0, depth), true) as Node | null | undefined;
    if (node === undefined || node === null) continue;
    const rest = path.slice(depth) as unknown as ListPath;
    if (!isScalar(node)) return intoMap(text, node, rest, names);
    return depth > 1 && typeof node.value === 'string' ? inPlaceOf(node, rest, names) : undefined;
  }
  return document.has(path[0]) ? undefined : intoRoot(text, document, path, names);
};

const withNames = (value: unknown, [key, ...keys]: readonly string[], names: readonly string[]): unknown => {
  if (key === undefined) return [...(Array.isArray(value) ? value : []), ...names];
  const map = value !== null && typeof value === 'object' ? (value as Readonly<Record<string, unknown>>) : {};
  return { ...map, [key]: withNames(map[key], keys, names) };
};

const sorted = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );

/** Whether a text says what it is to say: the one document with the names, all others as they were. */
const isRight = (
  documents: readonly Parsed[],
  index: number,
  path: ListPath,
  names: readonly string[],
  after: string,
): boolean => {
  const made = documentsOf(after);
  return (
    made.length === documents.length &&
    made.every(({ errors }) => errors.length === 0) &&
    documents.every(
      (document, at) =>
        sorted(at === index ? withNames(document.toJS(), path, names) : document.toJS()) ===
        sorted(made[at]?.toJS()),
    )
  );
};

/**
 * A manifest's text with more entries in a list of the document of that name, every other character as it was; a word
 * that stands where the list's map should be, such as `egress: none`, gives way to it.
 * @returns undefined where it cannot be edited as it stands.
 */
export const addEntries = (
  text: string,
  machine: string,
  path: ListPath,
  names: readonly string[],
): string | undefined => {
  const documents = documentsOf(text);
  if (documents.length === 0 || documents.some(({ errors }) => errors.length > 0)) return undefined;
  const named = documents.findIndex((document) => document.get('name') === machine);
  const index = named === -1 ? 0 : named;
  if (named === -1 && documents.length > 1) return undefined;
  const document = documents[index];
  if (document === undefined || !isMap(document.contents)) return undefined;
  const insertion = insertionFor(text, document, path, names);
  if (insertion === undefined) return undefined;
  const { at, until = at } = insertion;
  const after = text.slice(0, at) + insertion.text + text.slice(until);
  return isRight(documents, index, path, names, after) ? after : undefined;
};
