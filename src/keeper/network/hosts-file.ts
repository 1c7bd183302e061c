import { isIP } from 'node:net';
import { canonicalHostName } from '../../lib/host-name.ts';

/** The names of a hosts file and their addresses: those of IPv4, or those of IPv6 where there are no others. */
export const parseHosts = (text: string): ReadonlyMap<string, readonly string[]> => {
  const found = new Map<string, string[]>();
  for (const line of text.split('\n')) {
    const [address = '', ...names] = line.replace(/#.*/, '').trim().split(/\s+/);
    const family = isIP(address);
    if (family === 0) continue;
    for (const one of names) {
      const name = canonicalHostName(one);
      if (name === undefined) continue;
      const before = found.get(name) ?? [];
      const isBetter = family === 4 && before.some((known) => isIP(known) === 6);
      if (isBetter) found.set(name, [address]);
      else if (before.every((known) => isIP(known) === family)) found.set(name, [...before, address]);
    }
  }
  return found;
};
