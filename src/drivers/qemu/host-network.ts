import type { Context } from '../../lib/context.ts';
import type { HostCheck } from '../driver.ts';
import { tryNetwork } from './namespaces.ts';

const WALL = 'cage network';
const PROXY = 'proxy';

/**
 * Which wall holds the traffic of machines here.
 * @param namespaces what the system said when other namespaces were made; undefined when that works.
 */
export const checkNetwork = async (context: Context, namespaces: string | undefined): Promise<HostCheck> => {
  const problem = namespaces ?? (await tryNetwork(context));
  if (problem === undefined) {
    return { name: WALL, status: 'ok', found: 'a namespace of its own: every connection meets the rules' };
  }
  return {
    name: WALL,
    status: 'warning',
    found: `refused (${problem}): the second wall stands, so that only programs that use a proxy reach anything`,
    mend:
      namespaces === undefined
        ? 'Install iproute2: apt-get install iproute2. In a container, run it with a seccomp profile that allows network namespaces.'
        : 'Allow user namespaces, as said above; then every program in a machine reaches what its rules allow.',
  };
};

/** Where the environment says that this host goes out through, without a password that stands in it. */
const shownProxy = (text: string): string | undefined => {
  try {
    const { protocol, host } = new URL(text.includes('://') ? text : `http://${text}`);
    return host === '' ? undefined : `${protocol}//${host}`;
  } catch {
    return undefined;
  }
};

/** Whether this host reaches the network through a proxy, which the keepers of its machines then do too. */
export const checkProxy = ({ env }: Pick<Context, 'env'>): HostCheck => {
  const set = ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY'].flatMap((name) => {
    const value = env[name.toLowerCase()] || env[name];
    return value ? [{ name, proxy: shownProxy(value) }] : [];
  });
  if (set.length === 0) return { name: PROXY, status: 'ok', found: 'none: keepers dial by themselves' };
  const bad = set.filter(({ proxy }) => proxy === undefined).map(({ name }) => name);
  if (bad.length > 0) {
    return {
      name: PROXY,
      status: 'warning',
      found: `${bad.join(' and ')} cannot be read as an address`,
      mend: 'Write it like http://proxy.example:3128.',
    };
  }
  const proxies = [...new Set(set.map(({ proxy }) => proxy))].join(' and ');
  return { name: PROXY, status: 'ok', found: `keepers dial through ${proxies}; guests need to know nothing` };
};
