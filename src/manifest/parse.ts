import {
  type Document,
  type ErrorCode,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  parseAllDocuments,
} from 'yaml';
import type { Diagnostic } from '../model/diagnostic.ts';
import { DEPTH_LIMIT, findExcess } from './bounds.ts';
import { diagnosticAt, type Place, type Source } from './source.ts';
import type { Tree, TreeEntry } from './tree.ts';

export type ParseResult = {
  readonly documents: readonly Tree[];
  readonly diagnostics: readonly Diagnostic[];
};

/** Aliases are followed by copying, so what they unfold to is what must be bounded. */
const NODE_LIMIT = 50_000;
const ALIAS_LIMIT = 100;

class TooBig extends Error {}

type Walk = {
  readonly document: Document.Parsed;
  readonly source: Source;
  readonly diagnostics: Diagnostic[];
  nodes: number;
  aliases: number;
};

const placeOf = (walk: Walk, node: Node | null | undefined, fallback: Place): Place => {
  const range = node?.range;
  return range ? { source: walk.source, start: range[0], end: range[1] } : fallback;
};

const stop = (walk: Walk, place: Place, message: string, hint: string): never => {
  walk.diagnostics.push(diagnosticAt(place, { code: 'too-big', message, hint }));
  throw new TooBig();
};

const walkScalar = (walk: Walk, value: unknown, place: Place): Tree => {
  if (value === null || value === undefined) return { kind: 'scalar', place, value: null };
  if (typeof value === 'string' || typeof value === 'boolean') return { kind: 'scalar', place, value };
  if (typeof value === 'number' && Number.isFinite(value)) return { kind: 'scalar', place, value };
  walk.diagnostics.push(
    diagnosticAt(place, {
      code: 'bad-value',
      message: `${String(value)} is not a value that a manifest can hold`,
      hint: 'Write text, a number, true, false or null.',
    }),
  );
  return { kind: 'scalar', place, value: null };
};

const walkNode = (walk: Walk, node: Node | null | undefined, fallback: Place, depth: number): Tree => {
  const place = placeOf(walk, node, fallback);
  if (++walk.nodes > NODE_LIMIT) {
    stop(walk, place, `The document unfolds to more than ${NODE_LIMIT} values`, 'Use fewer aliases (*name).');
  }
  if (depth > DEPTH_LIMIT) {
    stop(walk, place, `The document is nested deeper than ${DEPTH_LIMIT} levels`, 'Make it flatter.');
  }
  if (isAlias(node)) {
    if (++walk.aliases > ALIAS_LIMIT) {
      stop(walk, place, `The document has more than ${ALIAS_LIMIT} aliases`, 'Use fewer aliases (*name).');
    }
    return walkNode(walk, node.resolve(walk.document) as Node | undefined, place, depth + 1);
  }
  if (isSeq(node)) {
    const items = node.items.map((item) => walkNode(walk, item as Node | null, place, depth + 1));
    return { kind: 'list', place, items };
  }
  if (isMap(node)) {
    const entries = new Map<string, TreeEntry>();
    for (const pair of node.items) {
      const keyNode = pair.key as Node | null;
      const keyPlace = placeOf(walk, keyNode, place);
      if (!isScalar(keyNode)) {
        walk.diagnostics.push(
          diagnosticAt(keyPlace, {
            code: 'bad-key',
            message: 'A key must be plain text',
            hint: 'If this was meant as text, put it in quotes.',
          }),
        );
        continue;
      }
      const key = String(keyNode.value);
      const value = walkNode(walk, pair.value as Node | null, keyPlace, depth + 1);
      const first = entries.get(key);
      if (first !== undefined) {
        const { excerpt } = diagnosticAt(first.keyPlace, { code: '', message: '' });
        walk.diagnostics.push(
          diagnosticAt(keyPlace, {
            code: 'duplicate-key',
            message: `The key '${key}' stands here a second time; the first is on line ${excerpt?.line}`,
            hint: 'Keep one of them.',
          }),
        );
        continue;
      }
      entries.set(key, { keyPlace, value });
    }
    return { kind: 'map', place, entries };
  }
  return walkScalar(walk, isScalar(node) ? node.value : null, place);
};

const syntaxHints = {
  TAB_AS_INDENT: 'Indent with spaces; YAML does not allow tabs.',
  BAD_INDENT: 'Keys of one map must start in the same column.',
  MISSING_CHAR: 'Close the bracket or the quotation mark.',
  BLOCK_AS_IMPLICIT_KEY: 'Check the indentation, and put text that contains a colon in quotes.',
  MULTILINE_IMPLICIT_KEY: 'Check the indentation; a key needs a colon behind it.',
  UNEXPECTED_TOKEN: 'Put text with special characters in quotes.',
  TAG_RESOLVE_FAILED: 'Delete the tag; put text that starts with ! in quotes.',
  BAD_ALIAS: 'Put text that starts with * or & in quotes.',
} as const satisfies Partial<Record<ErrorCode, string>>;

const syntaxHint = (code: ErrorCode, message: string): string => {
  // The library calls an unclosed bracket a bad indentation.
  if (message.startsWith('Flow ')) return syntaxHints.MISSING_CHAR;
  return code in syntaxHints ? syntaxHints[code as keyof typeof syntaxHints] : 'Check the YAML syntax here.';
};

const SYNTAX_ERRORS_SHOWN = 10;

const syntaxDiagnostics = (source: Source, document: Document.Parsed): readonly Diagnostic[] =>
  [...document.errors, ...document.warnings].slice(0, SYNTAX_ERRORS_SHOWN).map(({ code, message, pos }) =>
    diagnosticAt(
      { source, start: pos[0], end: pos[1] },
      {
        code: 'syntax',
        message: message.split('\n')[0]?.replace(/[.:]$/, '') ?? message,
        hint: syntaxHint(code, message),
      },
    ),
  );

/** Reads YAML 1.2 (core schema). All errors of syntax at once; bounded in depth and in what aliases unfold to. */
export const parseSource = (source: Source): ParseResult => {
  const excess = findExcess(source.text);
  if (excess !== undefined) {
    const { offset, message, hint } = excess;
    const place: Place = { source, start: offset, end: offset + 1 };
    return { documents: [], diagnostics: [diagnosticAt(place, { code: 'too-big', message, hint })] };
  }
  // Unique keys are checked below: the library compares every key with every other.
  const found = parseAllDocuments(source.text, { uniqueKeys: false, prettyErrors: false, version: '1.2' });
  const parsed: readonly Document.Parsed[] = Array.isArray(found) ? found : [];
  const documents: Tree[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const document of parsed) {
    const syntax = syntaxDiagnostics(source, document);
    diagnostics.push(...syntax);
    if (syntax.length > 0 || document.contents === null) continue;
    const whole: Place = { source, start: document.range[0], end: document.range[1] };
    const walk: Walk = { document, source, diagnostics, nodes: 0, aliases: 0 };
    try {
      documents.push(walkNode(walk, document.contents, whole, 0));
    } catch (error) {
      if (!(error instanceof TooBig)) throw error;
    }
  }
  return { documents, diagnostics };
};
