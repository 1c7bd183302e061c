import { stripVTControlCharacters } from 'node:util';

/**
 * Text that may come from a guest, made harmless for a terminal: escape sequences and control characters (all but
 * newline and tab) are taken out.
 */
export const printable = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: taking them out is the purpose
  stripVTControlCharacters(text).replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '');
