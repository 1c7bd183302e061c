import { stripVTControlCharacters } from 'node:util';

/**
 * Text that may come from a guest, made harmless for a terminal: escape sequences, control characters (all but newline
 * and tab) and those that are invisible or change the direction of text are taken out.
 */
export const printable = (text: string): string =>
  stripVTControlCharacters(text).replace(/[\p{Cc}\p{Cf}]/gu, (one) =>
    one === '\n' || one === '\t' ? one : '',
  );
