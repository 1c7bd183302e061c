import type { FieldDiff } from '../model/diff.ts';
import { FIELD_PATHS, type FieldId } from '../model/fields.ts';
import type { AppliedField } from '../model/machine.ts';
import { isSameValue } from './same-value.ts';

/** A field as one of two documents has it. */
type Side = Pick<AppliedField, 'path' | 'key' | 'value' | 'resolved'>;

const rank = ({ path, key = '' }: FieldDiff): readonly [number, string] => [FIELD_PATHS.indexOf(path), key];

const inOrder = (a: FieldDiff, b: FieldDiff): number => {
  const [[pathA, keyA], [pathB, keyB]] = [rank(a), rank(b)];
  return pathA - pathB || (keyA < keyB ? -1 : keyA > keyB ? 1 : 0);
};

const diffOf = (field: FieldId, before: Side | undefined, after: Side | undefined): readonly FieldDiff[] => {
  const side = after ?? before;
  if (side === undefined) return [];
  const { path, key } = side;
  const common = { field, path, ...(key === undefined ? {} : { key }) };
  if (before === undefined) return [{ ...common, action: 'add', after: side.value }];
  if (after === undefined) return [{ ...common, action: 'remove', before: side.value }];
  if (!isSameValue(before.value, after.value)) {
    return [{ ...common, action: 'change', before: before.value, after: after.value }];
  }
  const pins = [before.resolved, after.resolved] as const;
  if (pins[0] === undefined || pins[1] === undefined || isSameValue(pins[0], pins[1])) return [];
  return [{ ...common, action: 'change', before: pins[0], after: pins[1] }];
};

/** What differs between two sets of fields, in the order of a plan; for equal values what they were resolved to. */
export const diffFields = (
  before: Readonly<Record<FieldId, Side>>,
  after: Readonly<Record<FieldId, Side>>,
): readonly FieldDiff[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .flatMap((id) => diffOf(id, before[id], after[id]))
    .sort(inOrder);
