import type { Context } from '../../lib/context.ts';
import { type GuestWay, plainWay } from '../ssh-master.ts';
import type { MachineNetwork } from './machine-network.ts';
import { createNetworkCore, type NetworkCoreOptions } from './network-core.ts';
import { openProxyDoor } from './proxy-door.ts';

export type ProxiedNetworkOptions = NetworkCoreOptions & {
  /** QEMU's port of this host that leads to the guest's SSH server. */
  readonly guestSshPort: number;
};

/**
 * The network of a machine whose QEMU lets nothing out (restrict=on). What the guest's programs want they ask the
 * keeper's proxy for, which the SSH master brings into the guest: QEMU's own way for it (guestfwd) would start a program
 * on this host for each of the guest's connections, as many as the guest likes, and could not have the filter that
 * keeps QEMU from starting any.
 */
export const openProxiedNetwork = async (
  context: Context,
  options: ProxiedNetworkOptions,
): Promise<MachineNetwork> => {
  const core = createNetworkCore(context, options);
  const way: GuestWay = plainWay(options.guestSshPort);
  try {
    const door = await openProxyDoor(options.files.proxySocket, core.gate, core.http);
    return {
      ...way,
      proxySocket: options.files.proxySocket,
      set: async (spec) => core.set(spec),
      connections: door.connections,
      look: () => Promise.resolve(),
      status: () => ({ wall: 'proxy', counts: core.counts() }),
      rules: core.spec,
      close: () => {
        door.close();
        core.close();
      },
    };
  } catch (error) {
    core.close();
    throw error;
  }
};
