import { GUEST_PROXY_PORT } from '../../keeper/protocol-files.ts';
import type { NetworkWall } from '../../model/network.ts';

const PROXY = `http://127.0.0.1:${GUEST_PROXY_PORT}`;
const UNPROXIED = 'localhost,127.0.0.1,::1';

/**
 * What the seed says of proxies within a wall: this host's own are none of the guest's business there. In the cage it
 * needs none; behind the second wall the keeper's is its only way out.
 */
export const wallSeed = (wall: NetworkWall): Readonly<Record<string, string>> => {
  switch (wall) {
    case 'none':
      return {};
    case 'namespaces':
      return { environment: '' };
    case 'proxy':
      return {
        environment: ['http_proxy', 'https_proxy', 'all_proxy']
          .map((name) => [name, PROXY] as const)
          .concat([['no_proxy', UNPROXIED]])
          .map(([name, value]) => `${name}=${value}\n${name.toUpperCase()}=${value}\n`)
          .join(''),
      };
  }
};
