import type { Change } from '../model/plan.ts';
import { toPrintable } from './printable.ts';
import { isSameValue } from './same-value.ts';
import { isAtMost } from './strategies.ts';
import { valueText } from './value-text.ts';

/** The parts of one line of a plan; equal rows but for their value are shown as one line. */
export type Row = {
  readonly symbol: '+' | '-' | '~' | '!';
  readonly label: string;
  readonly value: string;
  /** Strategy and reason. */
  readonly cost: string;
};

const SYMBOLS = { add: '+', remove: '-', change: '~' } as const;

const symbolOf = ({ movement, action }: Change): Row['symbol'] =>
  movement === 'edit' || movement === 'adopted' ? SYMBOLS[action] : '!';

/** The path without the key that stands in the value's column. */
const labelOf = ({ path, field }: Change): string =>
  path.endsWith('[]') ? path.slice(0, -'[]'.length) : toPrintable(field);

/** What names the thing: the value where it tells all, else the key. */
const subjectOf = (change: Change, home: string | undefined): string => {
  const { path, key = '' } = change;
  const value = change.after ?? change.before;
  if (value === undefined) return toPrintable(key);
  switch (path) {
    case 'base.packages[]':
    case 'base.scripts[]':
    case 'env[]':
    case 'workspace.protect[]':
      return toPrintable(key);
    case 'ports[]':
    case 'mounts[]':
      return valueText(path, value, home);
    default: {
      const text = valueText(path, value, home);
      return path.endsWith('[]') && value !== true ? `${toPrintable(key)}: ${text}` : text;
    }
  }
};

const missingText = (change: Change, home: string | undefined): string => {
  const subject = subjectOf(change, home);
  switch (change.path) {
    case 'base.packages[]':
    case 'agents[].version':
      return `${subject} is missing in the guest; agentvm had installed it`;
    default:
      return `${subject} is gone; agentvm had set it`;
  }
};

/** The value is the same, and something else stands behind it. */
const isElsewhere = ({ movement, before, after }: Change): boolean =>
  movement === 'drift' && before !== undefined && after !== undefined && isSameValue(before, after);

const changedText = (change: Change, home: string | undefined): string => {
  const { path, key = '', before, after } = change;
  if (isElsewhere(change)) return `${subjectOf(change, home)} leads elsewhere on the host now`;
  if (path === 'base.scripts[]') return `${toPrintable(key)}: content changed`;
  if (path === 'env[]') return `${toPrintable(key)} changed`;
  const values = [before, after].map((value) => (value === undefined ? '' : valueText(path, value, home)));
  const arrow = values.join(path === 'ports[]' || path === 'mounts[]' ? ', now ' : ' → ');
  return path.endsWith('[]') && path !== 'ports[]' && path !== 'mounts[]'
    ? `${toPrintable(key)}: ${arrow}`
    : arrow;
};

const valueColumn = (change: Change, home: string | undefined): string => {
  if (change.movement === 'unknown') return subjectOf(change, home);
  if (change.action === 'add' && symbolOf(change) === '!') return missingText(change, home);
  if (change.action === 'change') return changedText(change, home);
  if (change.path !== 'env[]') return subjectOf(change, home);
  return `${subjectOf(change, home)} ${change.action === 'add' ? 'set' : 'removed'}`;
};

/** A reason is worth a person's time where work stops for it or where it is not the manifest that moved. */
const isReasonShown = ({ movement, strategy, reason }: Change): boolean =>
  reason.code !== 'machine-absent' &&
  (movement === 'adopted' ||
    !isAtMost(strategy, 'reapply') ||
    (reason.code !== 'field-policy' && reason.code !== 'drifted') ||
    strategy === 'noop');

const costOf = (change: Change): string => {
  const { movement, strategy, reason } = change;
  if (movement === 'unknown') return `unknown: ${toPrintable(reason.text)}`;
  if (reason.code === 'unsupported') return toPrintable(reason.text);
  // What a running machine would be spared or not says nothing of one that is not there.
  if (reason.code === 'machine-absent' && strategy === 'live') return 'create';
  const how = movement === 'drift' || movement === 'conflict' ? `${strategy} (${movement})` : strategy;
  return isReasonShown(change) ? `${how}: ${toPrintable(reason.text)}` : how;
};

/** One line for one changed field. */
export const rowOf = (change: Change, home?: string): Row => ({
  symbol: symbolOf(change),
  label: labelOf(change),
  value: valueColumn(change, home),
  cost: costOf(change),
});
