import { distance } from 'fastest-levenshtein';

const letters = (word: string): string => [...word].sort().join('');

/** Swapped letters (`nmae`) are one slip of the fingers, but two edits. */
const slips = (a: string, b: string): number =>
  letters(a) === letters(b) ? Math.min(1, distance(a, b)) : distance(a, b);

/** The candidate that a mistyped word most likely meant, or undefined when none is near. */
export const nearestOf = (word: string, candidates: readonly string[]): string | undefined => {
  const wanted = word.toLowerCase();
  const best = candidates
    .map((candidate) => ({ candidate, edits: slips(wanted, candidate.toLowerCase()) }))
    .sort((a, b) => a.edits - b.edits)[0];
  if (best === undefined) return undefined;
  // One edit for each three letters: `prots` is ports, but `cat` is not `cpus`.
  const allowed = Math.max(1, Math.floor(Math.max(wanted.length, best.candidate.length) / 3));
  return best.edits <= allowed ? best.candidate : undefined;
};
