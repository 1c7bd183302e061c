import type { GuestUser } from '../model/guest.ts';
import type { Json } from '../model/json.ts';
import type { Change } from '../model/plan.ts';
import { toPrintable } from './printable.ts';
import { isSameValue } from './same-value.ts';
import { isAtMost } from './strategies.ts';
import { egressDifference, valueText } from './value-text.ts';

/** The parts of one line of a plan; equal rows but for their value are shown as one line. */
export type Row = {
  readonly symbol: '+' | '-' | '~' | '!';
  readonly label: string;
  readonly value: string;
  /** Strategy and reason. */
  readonly cost: string;
};

/** What of a change tells how a field moves, without what that costs. */
type Described = Pick<Change, 'field' | 'path' | 'key' | 'action' | 'before' | 'after' | 'movement'>;

const SYMBOLS = { add: '+', remove: '-', change: '~' } as const;

const symbolOf = ({ movement, action }: Described): Row['symbol'] =>
  movement === 'edit' || movement === 'adopted' ? SYMBOLS[action] : '!';

/** The path without the key that stands in the value's column. */
const labelOf = ({ path, field }: Described): string =>
  path.endsWith('[]') ? path.slice(0, -'[]'.length) : toPrintable(field);

const userText = (value: Json | undefined): string => {
  if (value === undefined) return 'nobody';
  const { name, uid, gid, home } = value as GuestUser;
  return toPrintable(`${name} (${uid}:${gid}, ${home})`);
};

/** What agentvm keeps in the guest beside the manifest's fields; undefined for a field. */
const keptColumn = ({ path, key = '', before, after, action }: Described): string | undefined => {
  switch (path) {
    case 'guest.files[]':
      return action === 'add'
        ? `${toPrintable(key)} is missing in the guest; agentvm had written it`
        : `${toPrintable(key)} is not as agentvm wrote it`;
    case 'guest.shares[]':
      return `${toPrintable(key)} is not mounted; agentvm had mounted it`;
    case 'guest.hostname':
      return toPrintable(`${before} → ${after}`);
    case 'guest.user':
      return `${userText(before)} → ${userText(after)}`;
    case 'guest.route':
      return 'the guest has no default route';
    case 'guest.room':
      return 'nearly full';
    default:
      return undefined;
  }
};

/** What names the thing: the value where it tells all, else the key. */
const subjectOf = (change: Described, home: string | undefined): string => {
  const { path, key = '' } = change;
  const value = change.after ?? change.before;
  if (value === undefined) return toPrintable(key);
  switch (path) {
    case 'base.packages[]':
    case 'base.scripts[]':
    case 'env[]':
    case 'workspace.protect[]':
    case 'network.ports[]':
    case 'network.hostPorts[]':
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

const missingText = (change: Described, home: string | undefined): string => {
  const subject = subjectOf(change, home);
  switch (change.path) {
    case 'base.packages[]':
    case 'agents[].version':
      return `${subject} is missing in the guest; agentvm had installed it`;
    case 'base.scripts[]':
      return `${subject} has left no trace in the guest; agentvm had run it`;
    case 'workspace.guestPath':
      return `${subject} is not mounted in the guest; agentvm had mounted it`;
    case 'mounts[]':
      return `${subject} is not mounted in the guest; agentvm had mounted it`;
    default:
      return `${subject} is gone; agentvm had set it`;
  }
};

/** The value is the same, and something else stands behind it. */
const isElsewhere = ({ movement, before, after }: Described): boolean =>
  movement === 'drift' && before !== undefined && after !== undefined && isSameValue(before, after);

const changedText = (change: Described, home: string | undefined): string => {
  const { path, key = '', before, after } = change;
  if (isElsewhere(change)) return `${subjectOf(change, home)} leads elsewhere on the host now`;
  if (path === 'base.scripts[]') return `${toPrintable(key)}: content changed`;
  if (path === 'env[]') return `${toPrintable(key)} changed`;
  const egress = path === 'network.egress' ? egressDifference(before, after) : undefined;
  if (egress !== undefined) return egress;
  const values = [before, after].map((value) => (value === undefined ? '' : valueText(path, value, home)));
  const arrow = values.join(path === 'ports[]' || path === 'mounts[]' ? ', now ' : ' → ');
  return path.endsWith('[]') && path !== 'ports[]' && path !== 'mounts[]'
    ? `${toPrintable(key)}: ${arrow}`
    : arrow;
};

const valueColumn = (change: Described, home: string | undefined): string => {
  const kept = keptColumn(change);
  if (kept !== undefined) return kept;
  if (change.movement === 'unknown') return subjectOf(change, home);
  if (change.action === 'add' && symbolOf(change) === '!') return missingText(change, home);
  if (change.action === 'remove' && change.movement === 'drift') {
    return `${subjectOf(change, home)} is there; agentvm had not set it`;
  }
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

/** Where all of a plan is an edit of the manifest, there is nothing to tell apart. */
const costOf = (change: Change, isMixed: boolean): string => {
  const { movement, strategy, reason } = change;
  if (movement === 'unknown') return `unknown: ${toPrintable(reason.text)}`;
  if (reason.code === 'unsupported') return toPrintable(reason.text);
  // What a running machine would be spared or not says nothing of one that is not there.
  if (reason.code === 'machine-absent' && strategy === 'live') return 'create';
  const how = movement === 'edit' && !isMixed ? strategy : `${strategy} (${movement})`;
  return isReasonShown(change) ? `${how}: ${toPrintable(reason.text)}` : how;
};

/** How a field moves, on one line: its symbol, its name and its values. */
export const describeChange = (change: Described, home?: string): Omit<Row, 'cost'> => ({
  symbol: symbolOf(change),
  label: labelOf(change),
  value: valueColumn(change, home),
});

/** One line for one changed field; `isMixed` tells that not all of the plan are edits. */
export const rowOf = (change: Change, home?: string, isMixed = false): Row => ({
  ...describeChange(change, home),
  cost: costOf(change, isMixed),
});
