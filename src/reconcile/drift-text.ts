import type { DriftDocument, FacetReport } from '../model/drift.ts';
import { ageText } from './age-text.ts';
import { type Paint, POWER_TEXT } from './plan-text.ts';
import { toPrintable } from './printable.ts';

export type DriftTextOptions = {
  /** RFC 3339; the ages of what was seen count from it. */
  readonly now: string;
  readonly paint?: Paint;
};

type Row = {
  readonly symbol: ' ' | '!' | '?' | '~';
  readonly facet: string;
  readonly text: string;
  readonly word: string;
  readonly age: string;
};

const SYMBOLS = { drift: '!', conflict: '!', unknown: '?', adopted: '~', edit: '~' } as const;

const rowsOf = ({ facet, look, items }: FacetReport, now: string): readonly Row[] => {
  const age = look.kind === 'unknown' ? '' : ageText(look.at, now);
  const rows = items.map(
    ({ movement, text }): Row => ({ symbol: SYMBOLS[movement], facet, text, word: movement, age }),
  );
  if (look.kind === 'unknown') {
    const text = `not looked at: ${toPrintable(look.why)}`;
    return [...rows, { symbol: '?', facet, text, word: 'unknown', age }];
  }
  if (rows.length > 0) return rows;
  return [
    { symbol: ' ', facet, text: look.kind === 'absent' ? 'nothing applied' : 'as applied', word: '', age },
  ];
};

const countText = (count: number, one: string, many: string): string =>
  `${count} ${count === 1 ? one : many}`;

const summaryOf = ({ drifted, facets }: DriftDocument): string => {
  const unseen = facets.filter(({ look }) => look.kind === 'unknown').length;
  return [
    drifted === 0 ? 'No drift in what was looked at.' : `Drift: ${countText(drifted, 'thing', 'things')}.`,
    ...(unseen === 0 ? [] : [`${countText(unseen, 'facet was', 'facets were')} not looked at.`]),
  ].join(' ');
};

const nextOf = ({ facets, isDeep, machine }: DriftDocument): string | undefined => {
  if (facets.some(({ items }) => items.some(({ isHealed }) => isHealed))) return 'agentvm apply';
  if (machine.power === 'stopped') return 'agentvm start';
  const isUnseen = facets.some(({ look }) => look.kind === 'unknown');
  return isUnseen && !isDeep && machine.power === 'running' ? 'agentvm drift --deep' : undefined;
};

const GAP = '  ';
/** A text longer than this pushes what follows it to the right instead of widening the column. */
const MAX_TEXT_WIDTH = 60;

/** A report for people: a line a facet, or a line a thing that moved; the next command last. Ends in a newline. */
export const driftText = (
  report: DriftDocument,
  { now, paint = (_part, text) => text }: DriftTextOptions,
): string => {
  const rows = report.facets.flatMap((facet) => rowsOf(facet, now));
  const widthOf = (pick: (row: Row) => string): number =>
    Math.max(0, ...rows.map((row) => pick(row).length).filter((width) => width <= MAX_TEXT_WIDTH));
  const [facetWidth, textWidth, wordWidth] = [widthOf((row) => row.facet), widthOf((row) => row.text), 8];
  const { machine, appliedAt, revision, edits, notes } = report;
  const applied =
    appliedAt === null ? 'never wholly applied' : `applied @ ${revision} ${ageText(appliedAt, now)}`;
  const next = nextOf(report);
  return [
    `${paint('name', toPrintable(machine.name))}${GAP}${machine.driver}, ${POWER_TEXT[machine.power]}${GAP}${applied}`,
    ...rows.map(({ symbol, facet, text, word, age }) =>
      [
        `${GAP}${symbol === '!' || symbol === '~' ? paint(symbol, symbol) : symbol} ${facet.padEnd(facetWidth)}`,
        text.padEnd(textWidth),
        paint('cost', word.padEnd(wordWidth)),
        age,
      ]
        .join(GAP)
        .trimEnd(),
    ),
    ...notes.map((note) => `${GAP}${toPrintable(note)}`),
    ...(edits.length === 0
      ? []
      : [`Changed in the manifest since (edit): ${toPrintable(edits.join(', '))}. See: agentvm plan`]),
    summaryOf(report),
    ...(next === undefined ? [] : [`Run: ${paint('command', next)}`]),
    '',
  ].join('\n');
};
