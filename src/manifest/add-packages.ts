import { type Document, isMap, isScalar, isSeq, type Node, parseAllDocuments, stringify } from 'yaml';

type Parsed = Document.Parsed;
type Insertion = { readonly at: number; readonly text: string };

const documentsOf = (text: string): readonly Parsed[] => {
  const found = parseAllDocuments(text, { version: '1.2' });
  return Array.isArray(found) ? (found as readonly Parsed[]) : [];
};

/** A name as YAML reads it back as text: `null` and `1e3` are names too. */
const written = (name: string): string => stringify(name).trim();

const flowList = (names: readonly string[]): string => `[${names.map(written).join(', ')}]`;

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

/** A list of its own in a section that has none. */
const intoSection = (text: string, base: Node, names: readonly string[]): Insertion | undefined => {
  if (!isMap(base)) return undefined;
  const [first] = base.items;
  const last = base.items.at(-1);
  if (isFlow(base)) {
    const end = endOf(last?.value);
    if (end === undefined) return undefined;
    return { at: end, text: `, packages: ${flowList(names)}` };
  }
  const start = startOf(first?.key);
  if (start === undefined) return undefined;
  return { at: start, text: `packages: ${flowList(names)}\n${before(text, start)}` };
};

/** A section of its own behind the format's line, in a manifest that has none. */
const intoRoot = (text: string, document: Parsed, names: readonly string[]): Insertion | undefined => {
  const apiVersion = document.get('apiVersion', true);
  const end = endOf(apiVersion);
  if (!isScalar(apiVersion) || end === undefined || isFlow(document.contents)) return undefined;
  return { at: lineEnd(text, end), text: `\nbase:\n  packages: ${flowList(names)}` };
};

const insertionFor = (text: string, document: Parsed, names: readonly string[]): Insertion | undefined => {
  const list = document.getIn(['base', 'packages'], true);
  if (list !== undefined && list !== null && !isScalar(list)) return intoList(text, list as Node, names);
  const base = document.get('base', true);
  if (base !== undefined && !isScalar(base)) return intoSection(text, base as Node, names);
  return base === undefined ? intoRoot(text, document, names) : undefined;
};

const withNames = (document: Parsed, names: readonly string[]): unknown => {
  const value = document.toJS() as { base?: { packages?: readonly string[] } };
  const packages = [...(value.base?.packages ?? []), ...names];
  return { ...value, base: { ...value.base, packages } };
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
  names: readonly string[],
  after: string,
): boolean => {
  const made = documentsOf(after);
  return (
    made.length === documents.length &&
    made.every(({ errors }) => errors.length === 0) &&
    documents.every(
      (document, at) =>
        sorted(at === index ? withNames(document, names) : document.toJS()) === sorted(made[at]?.toJS()),
    )
  );
};

/**
 * A manifest's text with more `base.packages` in the document of that name, every other character as it was.
 * @returns undefined where it cannot be edited as it stands.
 */
export const addPackages = (text: string, machine: string, names: readonly string[]): string | undefined => {
  const documents = documentsOf(text);
  if (documents.length === 0 || documents.some(({ errors }) => errors.length > 0)) return undefined;
  const named = documents.findIndex((document) => document.get('name') === machine);
  const index = named === -1 ? 0 : named;
  if (named === -1 && documents.length > 1) return undefined;
  const document = documents[index];
  if (document === undefined || !isMap(document.contents)) return undefined;
  const insertion = insertionFor(text, document, names);
  if (insertion === undefined) return undefined;
  const after = text.slice(0, insertion.at) + insertion.text + text.slice(insertion.at);
  return isRight(documents, index, names, after) ? after : undefined;
};
