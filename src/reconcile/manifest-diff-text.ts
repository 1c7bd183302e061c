import type { DiffDocument } from '../model/diff.ts';
import { ageText } from './age-text.ts';
import { fieldDiffLines } from './field-diff-text.ts';
import { toPrintable } from './printable.ts';

const GAP = '  ';
const WORDS = { add: 'added', change: 'changed', remove: 'removed' } as const;

const summaryText = ({ changes, unchanged }: DiffDocument): string => {
  const counts = (['add', 'change', 'remove'] as const).flatMap((action) => {
    const count = changes.filter((change) => change.action === action).length;
    return count === 0 ? [] : [`${count} ${WORDS[action]}`];
  });
  return `Diff: ${counts.length === 0 ? 'none' : counts.join(', ')}. ${unchanged} fields unchanged.`;
};

/** A diff for people: one line a field that differs, the summary, the next command. Ends in a newline. */
export const manifestDiffText = (
  diff: DiffDocument,
  options: { readonly now: string; readonly home?: string },
): string => {
  const { machine, manifest, applied, changes } = diff;
  const file = toPrintable(manifest.path.slice(manifest.path.lastIndexOf('/') + 1));
  const since =
    applied === null
      ? 'never applied'
      : `applied${applied.revision === null ? '' : ` @ ${applied.revision}`} ${ageText(applied.at, options.now)}`;
  return [
    `${toPrintable(machine.name)}${GAP}${file} @ ${manifest.revision}, ${since}`,
    ...fieldDiffLines(changes, options.home).map((line) => `${GAP}${line}`),
    summaryText(diff),
    ...(changes.length === 0 ? [] : ['Run: agentvm plan']),
    '',
  ].join('\n');
};
