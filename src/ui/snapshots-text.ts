import { sizeText } from '../model/size-text.ts';
import type { SnapshotEntry, SnapshotsDocument } from '../model/snapshot.ts';
import { printable } from './printable.ts';
import { timeText } from './time-text.ts';

const GAP = '  ';
const HEAD = ['NAME', 'TAKEN (UTC)', 'TAKES', 'GOES'];

const rowOf = ({ name, at, sizeBytes, isAutomatic }: SnapshotEntry): readonly string[] => [
  name,
  at === null ? 'unknown' : timeText(at),
  sizeText(sizeBytes),
  isAutomatic ? 'by itself' : 'when deleted',
];

/** A machine's snapshots for people, oldest first, and what is kept. Ends in a newline. */
export const snapshotsText = ({ machine, snapshots, retention }: SnapshotsDocument): string => {
  if (snapshots.length === 0) {
    return `'${machine.name}' has no snapshots. Take one with: agentvm snapshot take NAME\n`;
  }
  const rows = [HEAD, ...snapshots.map(rowOf)];
  const widths = HEAD.map((_head, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join(GAP)
      .trimEnd(),
  );
  const { keep, maxBytes } = retention;
  const total = snapshots.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return printable(
    [
      ...lines,
      `${sizeText(total)} of ${sizeText(maxBytes)}; of agentvm's own the newest ${keep} are kept. Roll back with: agentvm rollback NAME`,
      '',
    ].join('\n'),
  );
};
