import { type DiskSnapshot, isAutomatic, type Retention } from '../model/snapshot.ts';

/**
 * The snapshots that are to go, oldest first: beyond the number that is kept, and while all together take more than
 * they may. Those that a person named always stay, and so does the newest, unless none is to be kept.
 */
export const expired = (
  snapshots: readonly DiskSnapshot[],
  { keep, maxBytes }: Retention,
): readonly string[] => {
  const own = snapshots.filter(({ name }) => isAutomatic(name));
  const candidates = keep === 0 ? own : own.slice(0, -1);
  let sum = snapshots.reduce((total, { sizeBytes }) => total + sizeBytes, 0);
  return candidates.flatMap(({ name, sizeBytes }, index) => {
    const left = own.length - index;
    if (left <= keep && sum <= maxBytes) return [];
    sum -= sizeBytes;
    return [name];
  });
};
