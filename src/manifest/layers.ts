import { dirname } from 'node:path';
import type { Diagnostic } from '../model/diagnostic.ts';
import { checkDocument } from './check.ts';
import { locateInput } from './input.ts';
import { mergeTrees, withoutNulls } from './merge.ts';
import { parseSource } from './parse.ts';
import { diagnosticAt, type Place, readSource, type Source } from './source.ts';
import { formatPath, type Tree, treeAt } from './tree.ts';

/** A manifest with the layers below it merged in. */
export type Layered = {
  readonly tree: Tree;
  /** The manifest and every layer, each once, in the order they were merged. */
  readonly sources: readonly Source[];
};

type Loaded = {
  readonly tree: Tree | undefined;
  readonly sources: readonly Source[];
  readonly diagnostics: readonly Diagnostic[];
};

/** Layers of layers of layers are allowed; what goes on for longer was not meant. */
const LAYER_DEPTH_LIMIT = 10;
const LAYER_COUNT_LIMIT = 50;

type Reading = {
  readonly project: string;
  count: number;
};

type LayerReference = { readonly path: string; readonly place: Place; readonly field: string };

/** The layers that a document extends, as it names them. */
export const referencesIn = (tree: Tree): readonly LayerReference[] => {
  const list = treeAt(tree, ['extends']);
  if (list?.kind !== 'list') return [];
  return list.items.flatMap((item, index) =>
    item.kind === 'scalar' && typeof item.value === 'string'
      ? [{ path: item.value, place: item.place, field: formatPath(['extends', index]) }]
      : [],
  );
};

const failed = (place: Place, field: string, code: string, message: string, hint: string): Loaded => ({
  tree: undefined,
  sources: [],
  diagnostics: [diagnosticAt(place, { code, field, message, hint })],
});

const loadLayer = (
  reading: Reading,
  { path, place, field }: LayerReference,
  chain: readonly string[],
): Loaded => {
  const located = locateInput(reading.project, place.source, path, `The layer '${path}'`);
  if (!located.ok) return failed(place, field, located.code, located.message, located.hint);
  const file = located.path;
  if (chain.includes(file)) {
    const round = [...chain.slice(chain.indexOf(file)), file].map((one) => one.split('/').at(-1)).join(' → ');
    return failed(place, field, 'cycle', `'${path}' extends itself: ${round}`, 'Take one of them out.');
  }
  if (chain.length > LAYER_DEPTH_LIMIT || ++reading.count > LAYER_COUNT_LIMIT) {
    return failed(place, field, 'too-big', 'There are too many layers', 'Merge some of them into one file.');
  }
  const read = readSource(file, `The layer '${path}'`);
  if (!read.ok) return failed(place, field, read.code, read.message, read.hint);
  const { documents, diagnostics } = parseSource(read.source);
  const [document] = documents;
  if (document === undefined && diagnostics.length > 0) {
    return { tree: undefined, sources: [read.source], diagnostics };
  }
  if (document === undefined || documents.length > 1) {
    const what = document === undefined ? 'is empty' : 'has several documents';
    return failed(place, field, 'not-one', `The layer '${path}' ${what}`, 'Write one document into it.');
  }
  const loaded = loadTree(reading, read.source, document, [...chain, file]);
  return { ...loaded, diagnostics: [...diagnostics, ...loaded.diagnostics] };
};

const loadTree = (reading: Reading, source: Source, document: Tree, chain: readonly string[]): Loaded => {
  const references = referencesIn(document);
  const mayRemove = references.length > 0 || chain.length > 1;
  const layers = references.map((reference) => loadLayer(reading, reference, chain));
  const checked = checkDocument(document, mayRemove);
  const merged = [...layers.map((layer) => layer.tree), checked.sound].reduce<Tree | undefined>(
    (base, over) => (over === undefined ? base : mergeTrees(base, over)),
    undefined,
  );
  return {
    tree: merged,
    sources: [...layers.flatMap((layer) => layer.sources), source],
    diagnostics: [...checked.diagnostics, ...layers.flatMap((layer) => layer.diagnostics)],
  };
};

const uniqueBy = <T>(list: readonly T[], keyOf: (item: T) => string): readonly T[] => [
  ...new Map(list.map((item) => [keyOf(item), item])).values(),
];

/**
 * Checks a manifest's document and merges what it extends, which is read from disk.
 * @returns what is sound of it, undefined when that is nothing, and what is not.
 */
export const mergeLayers = (
  source: Source,
  document: Tree,
): { readonly layered: Layered | undefined; readonly diagnostics: readonly Diagnostic[] } => {
  const reading: Reading = { project: dirname(source.path), count: 0 };
  const { tree, sources, diagnostics } = loadTree(reading, source, document, [source.path]);
  return {
    layered:
      tree === undefined
        ? undefined
        : { tree: withoutNulls(tree), sources: uniqueBy(sources, (one) => one.path) },
    // A layer that several others extend complains once.
    diagnostics: uniqueBy(diagnostics, ({ file, excerpt, message }) =>
      JSON.stringify([file, excerpt, message]),
    ),
  };
};
