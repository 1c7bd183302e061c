import { GUEST_PROXY_PORT } from '../../keeper/protocol-files.ts';
import type { NetworkWall } from '../../model/network.ts';

const PROXY = `http://127.0.0.1:${GUEST_PROXY_PORT}`;
const VARIABLES: Readonly<Record<string, string>> = {
  http_proxy: PROXY,
  https_proxy: PROXY,
  all_proxy: PROXY,
  no_proxy: 'localhost,127.0.0.1,::1',
};

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
        environment: Object.entries(VARIABLES)
          .map(([name, value]) => `${name}=${value}\n${name.toUpperCase()}=${value}\n`)
          .join(''),
      };
  }
};
