import type { PowerState } from '../model/machine.ts';
import { type Plan, STRATEGIES } from '../model/plan.ts';
import { sizeText } from '../model/size-text.ts';
import { ageText } from './age-text.ts';
import { hasWork, requiredApproval, YES_ALLOWS } from './approval.ts';
import { type Row, rowOf } from './change-text.ts';
import { toPrintable } from './printable.ts';
import { deletionText, isDeletion } from './prune-text.ts';
import { isAtMost } from './strategies.ts';

/** Colours a part of a plan without changing its text. */
export type Paint = (
  part: 'name' | Row['symbol'] | 'cost' | 'blocked' | 'grant' | 'command',
  text: string,
) => string;

export type PlanTextOptions = {
  /** RFC 3339; with it the header tells the age of what was observed. */
  readonly now?: string;
  /** The user's home folder, shown as `~`. */
  readonly home?: string;
  readonly paint?: Paint;
};

/** A value longer than this pushes what follows it to the right instead of widening the column. */
const MAX_VALUE_WIDTH = 36;
const GAP = '  ';

/** The states of a machine in words. */
export const POWER_TEXT: Record<PowerState, string> = {
  absent: 'not created',
  stopped: 'stopped',
  running: 'running',
  paused: 'paused',
  crashed: 'crashed',
  unknown: 'state unknown',
};

const observedText = ({ observedAt }: Plan, now: string | undefined): string => {
  if (observedAt === null || now === undefined) return '';
  return `, observed ${ageText(observedAt, now)}`;
};

const isCreation = (plan: Plan): boolean =>
  plan.changes.some(({ reason }) => reason.code === 'machine-absent');

/** The line for a machine that is to be there or to run again although no field changed. */
const powerRow = ({ steps, machine, observedAt }: Plan): readonly Row[] => {
  const step = steps.find(({ action }) =>
    ['machine.create', 'machine.start', 'machine.resume'].includes(action.kind),
  );
  const reason = step?.reason;
  const cost = `live: ${toPrintable(reason?.text ?? '')}`;
  switch (reason?.code) {
    case 'machine-stopped':
    case 'machine-paused':
      return [{ symbol: '~', label: 'machine', value: `${machine.power} → running`, cost }];
    case 'machine-crashed':
      return [{ symbol: '!', label: 'machine', value: 'crashed → running', cost }];
    case 'machine-absent':
      return observedAt === null
        ? []
        : [
            {
              symbol: '!',
              label: 'machine',
              value: 'absent → running',
              cost: `create: ${toPrintable(reason.text)}`,
            },
          ];
    default:
      return [];
  }
};

/** Lines that differ only in what they name become one, where many say the same: a creation, a guest that is silent. */
const merged = (rows: readonly Row[]): readonly Row[] => {
  const lines = new Map<string, Row>();
  for (const row of rows) {
    const id = [row.symbol, row.label, row.cost].join('\n');
    const line = lines.get(id);
    lines.set(id, line === undefined ? row : { ...line, value: `${line.value}, ${row.value}` });
  }
  return [...lines.values()];
};

const rowsOf = (plan: Plan, home: string | undefined): readonly Row[] => {
  const isMixed = plan.changes.some(({ movement }) => movement !== 'edit');
  const rowsFor = (changes: Plan['changes']) => changes.map((change) => rowOf(change, home, isMixed));
  if (isCreation(plan)) return [...powerRow(plan), ...merged(rowsFor(plan.changes))];
  const unknown = plan.changes.filter(({ movement }) => movement === 'unknown');
  const known = plan.changes.filter(({ movement }) => movement !== 'unknown');
  return [...powerRow(plan), ...rowsFor(known), ...merged(rowsFor(unknown))];
};

const APPLY_DIGITS = 4;

/** Where an apply that stopped is gone on with; the start of its name is enough to know it again. */
const recoveryLines = ({ recovery }: Plan): readonly string[] => {
  if (recovery === null) return [];
  const { apply, position, total, title, isOpen } = recovery;
  const how = isOpen ? ' (cut off; apply looks at it first)' : '';
  return [
    toPrintable(`resume apply ${apply.slice(0, APPLY_DIGITS)} at step ${position}/${total}: ${title}${how}`),
  ];
};

const fieldsText = (count: number): string => `${count} ${count === 1 ? 'field' : 'fields'}`;

const summaryText = (plan: Plan): string => {
  const changes = plan.changes.filter(({ movement }) => movement !== 'unknown');
  const unknown = plan.changes.length - changes.length;
  const starts = powerRow(plan).length > 0;
  const counts = STRATEGIES.toReversed().flatMap((strategy) => {
    const count = changes.filter((change) => change.strategy === strategy).length;
    return count === 0 ? [] : [`${count} ${strategy}`];
  });
  const resumed = plan.steps.some(({ reason }) => reason.code === 'resume');
  const parts = isCreation(plan)
    ? [`create the machine with ${fieldsText(plan.changes.filter(({ action }) => action === 'add').length)}`]
    : [
        ...(plan.recovery?.isOpen ? ['settle the step that was cut off'] : []),
        ...(starts ? [plan.machine.power === 'paused' ? 'resume the machine' : 'start the machine'] : []),
        ...counts,
        ...(resumed && counts.length === 0 && !starts ? ['finish the creation'] : []),
      ];
  return [
    parts.length > 0 ? `Plan: ${parts.join(', ')}.` : 'Plan: nothing to do.',
    ...(isCreation(plan) ? [] : [`${fieldsText(plan.unchanged)} unchanged.`]),
    ...(unknown > 0 ? [`${fieldsText(unknown)} could not be looked at.`] : []),
  ].join(' ');
};

const snapshotText = (
  { name, sizeBytes, freeBytes, takenAt }: NonNullable<Plan['snapshot']>,
  now: string | undefined,
): string => {
  if (takenAt === undefined)
    return `snapshot ${toPrintable(name)} first (about ${sizeText(sizeBytes)}, ${sizeText(freeBytes)} free)`;
  const age = now === undefined ? '' : `, ${ageText(takenAt, now)}`;
  return `snapshot ${toPrintable(name)} is there already (taken before the apply that stopped${age})`;
};

const commandOf = (plan: Plan): string | undefined => {
  if (!hasWork(plan)) return undefined;
  const needs = requiredApproval(plan);
  return needs === 'none' || isAtMost(needs, YES_ALLOWS) ? 'agentvm apply' : `agentvm apply --allow ${needs}`;
};

const idTable = (
  head: string,
  lines: readonly { readonly id: string; readonly text: string }[],
): readonly string[] => {
  if (lines.length === 0) return [];
  const width = Math.max(
    ...lines.map(({ id }) => toPrintable(id).length).filter((one) => one <= MAX_VALUE_WIDTH),
    0,
  );
  return [
    head,
    ...lines.map(({ id, text }) => `${GAP}${toPrintable(id).padEnd(width)}${GAP}${toPrintable(text)}`),
  ];
};

/** What of the host a plan opens, or does not. */
const grantLines = ({ grants, withheld }: Plan, paint: Paint): readonly string[] => [
  ...idTable(paint('grant', 'Needs your word:'), grants),
  ...idTable(
    paint('grant', 'Withheld:'),
    withheld.map(({ grant, text }) => ({ id: grant, text })),
  ),
];

/** A plan for people: one line a changed field, the summary, and the next command as the last line. Ends in a newline. */
export const planText = (plan: Plan, options: PlanTextOptions = {}): string => {
  if (isDeletion(plan)) return deletionText(plan);
  const paint: Paint = options.paint ?? ((_part, text) => text);
  const rows = rowsOf(plan, options.home);
  const labelWidth = Math.max(0, ...rows.map(({ label }) => label.length));
  const valueWidth = Math.max(
    0,
    ...rows.map(({ value }) => value.length).filter((width) => width <= MAX_VALUE_WIDTH),
  );
  const { machine, manifest } = plan;
  const name = toPrintable(machine.name);
  const state = `${GAP}${machine.driver}, ${POWER_TEXT[machine.power]}`;
  const costColumn = rows.length === 0 ? 0 : GAP.length * 3 + 2 + labelWidth + valueWidth;
  const file = toPrintable(manifest.path.slice(manifest.path.lastIndexOf('/') + 1));
  const right = `${file} @ ${manifest.revision}${observedText(plan, options.now)}`;
  const gap = ' '.repeat(Math.max(GAP.length, costColumn - name.length - state.length));
  const lines = rows.map(({ symbol, label, value, cost }) =>
    [
      `${GAP}${paint(symbol, symbol)} ${label.padEnd(labelWidth)}`,
      value.padEnd(valueWidth),
      paint('cost', cost),
    ].join(GAP),
  );
  const blocked = plan.blockers.flatMap(({ text, hint }) => [
    `${paint('blocked', 'Blocked:')} ${toPrintable(text)}`,
    `${GAP}${toPrintable(hint)}`,
  ]);
  const command = commandOf(plan);
  return [
    `${paint('name', name)}${state}${gap}${right}`,
    ...recoveryLines(plan).map((line) => `${GAP}${line}`),
    ...lines,
    ...(plan.snapshot === undefined ? [] : [`${GAP}${snapshotText(plan.snapshot, options.now)}`]),
    ...plan.notes.map((note) => `${GAP}${toPrintable(note)}`),
    ...(plan.blockers.length > 0 && rows.length === 0 ? [] : [summaryText(plan)]),
    ...blocked,
    ...grantLines(plan, paint),
    ...(command === undefined ? [] : [`Run: ${paint('command', command)}`]),
    '',
  ].join('\n');
};
