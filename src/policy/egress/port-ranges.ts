import type { PortRange } from '../../model/network.ts';

/** As few ranges as say the same, in ascending order. */
export const joinRanges = (ranges: readonly PortRange[]): readonly PortRange[] => {
  const joined: PortRange[] = [];
  for (const [first, last] of [...ranges].sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    const before = joined.at(-1);
    if (before === undefined || first > before[1] + 1) joined.push([first, last]);
    else joined[joined.length - 1] = [before[0], Math.max(before[1], last)];
  }
  return joined;
};

export const isInRanges = (port: number, ranges: readonly PortRange[]): boolean =>
  ranges.some(([first, last]) => port >= first && port <= last);

export const countPorts = (ranges: readonly PortRange[]): number =>
  ranges.reduce((sum, [first, last]) => sum + last - first + 1, 0);

/** The lowest ports of ranges, no more than a number of them. */
export const firstPorts = (ranges: readonly PortRange[], limit: number): readonly PortRange[] => {
  let left = limit;
  return ranges.flatMap(([first, last]): readonly PortRange[] => {
    const end = Math.min(last, first + left - 1);
    if (end < first) return [];
    left -= end - first + 1;
    return [[first, end]];
  });
};
