import type { RollbackOffer } from '../model/snapshot.ts';
import { printable } from './printable.ts';
import { timeText } from './time-text.ts';

/** A list for people; a long one ends in how many more there are. */
const MAX_NAMES = 8;
const namesText = (names: readonly string[]): string =>
  names.length <= MAX_NAMES
    ? names.join(', ')
    : `${names.slice(0, MAX_NAMES).join(', ')} and ${names.length - MAX_NAMES} more`;

const stopText = ({ power, sessions }: RollbackOffer): readonly string[] => {
  if (power !== 'running' && power !== 'paused') return [];
  if (sessions === null)
    return ['The machine restarts; whether somebody works in it could not be found out.'];
  if (sessions.length === 0) return ['The machine restarts; nobody works in it now.'];
  const count = sessions.length === 1 ? '1 session' : `${sessions.length} sessions`;
  return [`The machine restarts, which ends ${count}: ${namesText(sessions)}.`];
};

const keptText = ({ keepAs }: RollbackOffer): string =>
  keepAs === undefined
    ? 'What is on the disk now is lost for good: no snapshot of it is taken.'
    : `What is on the disk now is kept for a while as the snapshot ${keepAs}.`;

/** What a rollback comes to, one sentence a line. */
export const rollbackText = (offer: RollbackOffer): string =>
  printable(
    [
      `Rolling ${offer.machine} back to the snapshot ${offer.name} of ${timeText(offer.at)} (UTC):`,
      ...[
        ...stopText(offer),
        'Everything written to its disk since then goes: all files but those of the project and of mounts.',
        ...(offer.lost.length === 0
          ? []
          : [`Applied since, and done again by the next apply: ${namesText(offer.lost)}.`]),
        keptText(offer),
      ].map((line) => `  ${line}`),
      '',
    ].join('\n'),
  );
