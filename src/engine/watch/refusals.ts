import { machineDir, type Paths } from '../../lib/paths.ts';
import type { MachineId } from '../../model/machine.ts';
import type { NetworkEvent } from '../../model/network.ts';
import type { WatchHappening } from '../../model/watch.ts';
import { endOfNetworkLog, type LogPlace, readNetworkEvents } from '../../state/network-events.ts';

type Refused = Extract<WatchHappening, { readonly event: 'refused' }>;

/** More hosts than these are only counted: the guest can name as many as it likes. */
const HOSTS_SHOWN = 10;

const hostsOf = (events: readonly NetworkEvent[]): Refused['hosts'] => {
  const hosts = new Map<string, Refused['hosts'][number]>();
  for (const { name, address, protocol, port, rule } of events) {
    // A lookup's port is the resolver's, not one of the host.
    const one = { host: name ?? address ?? '', port: protocol === 'dns' ? null : (port ?? null), rule };
    hosts.set(JSON.stringify(one), one);
  }
  return [...hosts.values()];
};

/**
 * Tells what a machine was refused since the last look; the first look only takes the place from which on it counts.
 * @returns what is to be called at each look.
 */
export const createRefusalWatch = (
  paths: Paths,
  emit: (happening: WatchHappening) => void,
): ((id: MachineId | undefined) => Promise<void>) => {
  let of: MachineId | undefined;
  let place: LogPlace | undefined;
  return async (id) => {
    if (id === undefined) return;
    const dir = machineDir(paths, id);
    if (id !== of || place === undefined) {
      of = id;
      place = await endOfNetworkLog(dir);
      return;
    }
    const { events, end } = await readNetworkEvents(dir, place);
    place = end;
    const refused = events.filter(({ verdict }) => verdict === 'refused');
    if (refused.length === 0) return;
    const count = refused.reduce((sum, { repeated = 1 }) => sum + repeated, 0);
    const hosts = hostsOf(refused);
    emit({
      event: 'refused',
      count,
      hosts: hosts.slice(0, HOSTS_SHOWN),
      moreHosts: Math.max(0, hosts.length - HOSTS_SHOWN),
    });
  };
};
