import type { Diagnostic, Excerpt } from '../model/diagnostic.ts';

const LINE_WIDTH = 100;
/** How much of a long line stays visible in front of the caret. */
const BEFORE_CARET = 60;

/** The file is written by others: a control character in it must not reach the terminal. */
const printable = (text: string): string =>
  text.replace(/\t/g, ' ').replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, '\u{fffd}');

const renderExcerpt = ({ line, column, text, length }: Excerpt): readonly string[] => {
  const skipped = column > LINE_WIDTH ? column - BEFORE_CARET : 0;
  const shown = printable(text.slice(skipped, skipped + LINE_WIDTH)).trimEnd();
  const head = skipped > 0 ? '…' : '';
  const tail = text.length > skipped + LINE_WIDTH ? '…' : '';
  const gutter = `  ${String(line).padStart(4)} | `;
  const caretColumn = column - 1 - skipped + head.length;
  const carets = '^'.repeat(Math.max(1, Math.min(length, LINE_WIDTH - (column - 1 - skipped))));
  return [
    `${gutter}${head}${shown}${tail}`,
    `${' '.repeat(gutter.length - 2)}| ${' '.repeat(caretColumn)}${carets}`,
  ];
};

const renderOne = ({ file, excerpt, message, hint }: Diagnostic, folder: string): string => {
  const inside = folder !== '' && file.startsWith(`${folder}/`);
  const name = printable(inside ? file.slice(folder.length + 1) : file);
  const place = excerpt === undefined ? name : `${name}:${excerpt.line}:${excerpt.column}`;
  return [
    `${place}: ${printable(message)}`,
    ...(excerpt === undefined ? [] : renderExcerpt(excerpt)),
    ...(hint === undefined ? [] : [`  ${printable(hint)}`]),
  ].join('\n');
};

/** A person mends these first and runs the command again. */
const SHOWN_AT_MOST = 50;

/**
 * Every diagnostic with its place, the line at fault with carets below, and how to mend it.
 * @param folder the current folder; files below it are shown relative to it.
 */
export const renderDiagnostics = (diagnostics: readonly Diagnostic[], folder = ''): string => {
  const shown = diagnostics.slice(0, SHOWN_AT_MOST).map((one) => renderOne(one, folder));
  const more = diagnostics.length - shown.length;
  return `${[...shown, ...(more > 0 ? [`… and ${more} more`] : [])].join('\n\n')}\n`;
};
