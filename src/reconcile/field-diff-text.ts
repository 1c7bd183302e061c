import type { FieldDiff } from '../model/diff.ts';
import { describeChange } from './change-text.ts';

/** A longer label pushes its value to the right instead of widening the column. */
const MAX_LABEL_WIDTH = 30;

/** One line a field: `~ resources.memory  4GiB → 8GiB`. */
export const fieldDiffLines = (diffs: readonly FieldDiff[], home?: string): readonly string[] => {
  const rows = diffs.map((diff) => describeChange({ ...diff, movement: 'edit' }, home));
  const width = Math.max(
    0,
    ...rows.map(({ label }) => label.length).filter((length) => length <= MAX_LABEL_WIDTH),
  );
  return rows.map(({ symbol, label, value }) => `${symbol} ${label.padEnd(width)}  ${value}`);
};
