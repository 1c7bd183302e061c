import type { UpgradeDocument } from '../model/upgrade.ts';
import { toPrintable } from './printable.ts';
import { valueText } from './value-text.ts';

const GAP = '  ';
/** A longer text pushes what follows it to the right instead of widening the column. */
const MAX_WIDTH = 36;
const WORDS = { version: '', image: '', default: ', a default' } as const;

type Row = { readonly symbol: string; readonly label: string; readonly value: string; readonly cost: string };

const rowOf = (pin: UpgradeDocument['pins'][number]): Row => {
  const textOf = (value: typeof pin.now): string =>
    value === undefined ? 'none' : valueText(pin.path, value);
  const label = toPrintable(pin.field);
  const now = textOf(pin.now);
  if (pin.problem !== undefined) {
    return { symbol: '?', label, value: now, cost: `unknown: ${toPrintable(pin.problem)}` };
  }
  if (pin.isNewest) return { symbol: ' ', label, value: now, cost: 'newest' };
  const cost = pin.strategy === undefined ? 'stays' : pin.strategy;
  return { symbol: '~', label, value: `${now} → ${textOf(pin.newest)}`, cost: `${cost}${WORDS[pin.kind]}` };
};

const summaryOf = ({ pins }: UpgradeDocument): string => {
  const moving = pins.filter(({ strategy }) => strategy !== undefined).length;
  const unknown = pins.filter(({ problem }) => problem !== undefined).length;
  return [
    moving === 0 ? 'Upgrade: nothing to move.' : `Upgrade: ${moving} of ${pins.length} pins to move.`,
    ...(unknown === 0 ? [] : [`${unknown} could not be looked up.`]),
  ].join(' ');
};

/** Pins for people: now → newest, and what that costs. Ends in a newline. */
export const upgradeText = (document: UpgradeDocument): string => {
  const rows = document.pins.map(rowOf);
  const width = (part: 'label' | 'value'): number =>
    Math.max(0, ...rows.map((row) => row[part].length).filter((length) => length <= MAX_WIDTH));
  const [labels, values] = [width('label'), width('value')];
  return [
    toPrintable(document.machine.name),
    ...rows.map(({ symbol, label, value, cost }) =>
      `${GAP}${symbol} ${label.padEnd(labels)}${GAP}${value.padEnd(values)}${GAP}${cost}`.trimEnd(),
    ),
    summaryOf(document),
    '',
  ].join('\n');
};
