import { CST, Lexer } from 'yaml';

/** A manifest of every field has a depth of 5; an agent's own configuration may go deeper. */
export const DEPTH_LIMIT = 64;

/** A manifest of a thousand packages and a thousand ports has some 20,000. */
const LEXEME_LIMIT = 50_000;

export type Excess = { readonly offset: number; readonly message: string; readonly hint: string };

const tooDeep = (offset: number): Excess => ({
  offset,
  message: `The document is nested deeper than ${DEPTH_LIMIT} levels`,
  hint: 'Make it flatter.',
});

/**
 * Where a YAML text goes beyond what may be parsed. The lexer is linear; the parser recurses with the depth and
 * can end the process on a text of a few hundred kilobytes, so this looks first.
 */
export const findExcess = (text: string): Excess | undefined => {
  const indents: number[] = [];
  let offset = 0;
  let lexemes = 0;
  let brackets = 0;
  let indicators = 0;
  let lineStart = true;
  for (const lexeme of new Lexer().lex(text)) {
    const type = CST.tokenType(lexeme);
    if (++lexemes > LEXEME_LIMIT) {
      return {
        offset,
        message: `The file has more than ${LEXEME_LIMIT} words and signs`,
        hint: 'Check that it is the right file.',
      };
    }
    if (lineStart && type !== 'newline') {
      const indent = type === 'space' ? lexeme.length : 0;
      while (indents.length > 0 && (indents.at(-1) ?? 0) >= indent) indents.pop();
      indents.push(indent);
      indicators = 0;
      lineStart = false;
    }
    if (type === 'newline') lineStart = true;
    if (type === 'flow-map-start' || type === 'flow-seq-start') brackets++;
    if (type === 'flow-map-end' || type === 'flow-seq-end') brackets = Math.max(0, brackets - 1);
    if (type === 'seq-item-ind' || type === 'explicit-key-ind' || type === 'map-value-ind') indicators++;
    // A list item's indicator and its map's colon may share a line, so inline indicators count half.
    if (brackets + indents.length + (brackets > 0 ? 0 : indicators / 2) > DEPTH_LIMIT) return tooDeep(offset);
    // The lexer's own marks (document start, BOM, flow error, scalar) take no place in the text.
    if (!['\u0002', '\u0018', '\u001f'].includes(lexeme)) offset += lexeme.length;
  }
  return undefined;
};
