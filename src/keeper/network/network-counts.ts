import type { NetworkCounts, NetworkEvent } from '../../model/network.ts';

/** Counts what the keeper let pass and refused. */
export type NetworkCounter = {
  readonly count: (event: Pick<NetworkEvent, 'verdict' | 'name' | 'address'>) => void;
  /** Takes what the namespace's own counters say since the machine was started. */
  readonly setRefusedByKernel: (connections: number) => void;
  readonly read: () => NetworkCounts;
};

/** More hosts than these are counted as these: the guest can name as many as it likes. */
const HOST_LIMIT = 10_000;

export const createNetworkCounter = (): NetworkCounter => {
  let passed = 0;
  let refused = 0;
  let refusedByKernel = 0;
  const hosts = new Set<string>();
  return {
    count: ({ verdict, name, address }) => {
      if (verdict === 'passed') {
        passed += 1;
        return;
      }
      refused += 1;
      const host = name ?? address;
      if (host !== undefined && hosts.size < HOST_LIMIT) hosts.add(host.slice(0, 255));
    },
    setRefusedByKernel: (connections) => {
      refusedByKernel = connections;
    },
    read: () => ({ passed, refused, refusedHosts: hosts.size, refusedByKernel }),
  };
};
