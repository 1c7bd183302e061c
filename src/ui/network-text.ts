import type { NetworkCounts, NetworkStatus } from '../model/network.ts';

export const countText = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;

const refusedText = ({ refused, refusedHosts, refusedByKernel }: NetworkCounts): string => {
  const seen =
    refused === 0
      ? 'none refused'
      : `${refused} refused to ${countText(refusedHosts, 'host')} (agentvm network log)`;
  return refusedByKernel === 0 ? seen : `${seen}; ${refusedByKernel} more at ports that no rule opens`;
};

/** The network of a running machine in one line: which wall stands, and what it held. */
export const networkStatusText = ({ wall, counts }: NetworkStatus): string => {
  switch (wall) {
    case 'none':
      return 'open: the guest reaches whatever this host reaches';
    case 'namespaces':
      return `caged; ${countText(counts.passed, 'connection')} passed, ${refusedText(counts)}`;
    case 'proxy':
      return `caged by the second wall, only through a proxy (agentvm doctor says why); ${countText(counts.passed, 'connection')} passed, ${refusedText(counts)}`;
  }
};
