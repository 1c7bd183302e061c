/** Begins a control sequence (ECMA-48). */
const INTRODUCER = '\u001b[';
/** Changes only colours or whether the cursor is shown (SGR, and DEC's private mode 25). */
const INVISIBLE = /^(?:[\d;]*m|\?25[hl])/;
const MOVE = /^(\d*)([AGK])/;

/**
 * What stands on a terminal after all this was written to it: lines without colours. Knows the few sequences that our
 * progress uses; any other is garbage and throws.
 */
export const screenOf = (output: string): string => {
  const lines: string[] = [''];
  let row = 0;
  let column = 0;
  let rest = output;
  while (rest !== '') {
    const sequence = rest.startsWith(INTRODUCER) ? rest.slice(INTRODUCER.length) : '';
    const invisible = INVISIBLE.exec(sequence)?.[0];
    const move = MOVE.exec(sequence);
    if (invisible !== undefined) {
      rest = sequence.slice(invisible.length);
    } else if (move !== null) {
      const [whole, count, kind] = move;
      if (kind === 'A') row = Math.max(0, row - Number(count || 1));
      if (kind === 'G') column = Number(count || 1) - 1;
      if (kind === 'K') lines[row] = count === '2' ? '' : (lines[row] ?? '').slice(0, column);
      rest = sequence.slice(whole.length);
    } else {
      const [character = ''] = rest;
      rest = rest.slice(character.length);
      if (character === '\r') column = 0;
      else if (character === '\n') {
        row += 1;
        lines[row] ??= '';
      } else if (character < ' ') {
        throw new Error(`the terminal was sent ${JSON.stringify(character + rest.slice(0, 20))}`);
      } else {
        lines[row] =
          (lines[row] ?? '').padEnd(column).slice(0, column) +
          character +
          (lines[row] ?? '').slice(column + 1);
        column += 1;
      }
    }
  }
  return lines.map((line) => line.trimEnd()).join('\n');
};
