import type { Socket as DatagramSocket } from 'node:dgram';
import type { Socket } from 'node:net';
import type { Context } from '../../lib/context.ts';
import type { NetworkSpec, NetworkStatus, PortRange } from '../../model/network.ts';
import { listenPorts } from '../../policy/egress/decide.ts';
import type { GuestWay } from '../ssh-master.ts';
import { relayDatagrams } from './dns-relay.ts';
import { createInnerHalf } from './inner-half.ts';
import { readUnheard } from './kernel-counters.ts';
import { createListeners } from './listeners.ts';
import { enterNetworkAs } from './namespaces.ts';
import { createNetworkCore, type NetworkCoreOptions } from './network-core.ts';

/** The network of a machine behind a wall: everything that passes between the guest and this host's network. */
export type MachineNetwork = GuestWay & {
  /** The keeper's proxy, where the guest needs one. */
  readonly proxySocket?: string;
  /** Sets the rules; what they no longer allow is ended. */
  readonly set: (spec: NetworkSpec) => Promise<void>;
  /** How many connections of the guest's are open. */
  readonly connections: () => number;
  /** Counts what the kernel counted. */
  readonly look: () => Promise<void>;
  readonly status: () => NetworkStatus;
  /** What holds now; undefined where nothing can pass, whatever the rules. */
  readonly rules: () => NetworkSpec | undefined;
  readonly close: () => void;
};

export type MachineNetworkOptions = NetworkCoreOptions & {
  readonly holderPid: number;
  /** The port in the namespace that leads to the guest's SSH server; QEMU's. */
  readonly guestSshPort: number;
  readonly innerProgram: string;
};

const DNS_PORT = 53;
/** Listened on in every mode: what is refused there is told with its name, and the resolver answers by TCP too. */
const EVER_OPEN: readonly PortRange[] = [22, 53, 80, 443].map((port) => [port, port]);

/** Opens the gate of a namespace whose holder lives. @throws AgentvmError INNER_HALF_FAILED. */
export const openMachineNetwork = async (
  context: Context,
  options: MachineNetworkOptions,
): Promise<MachineNetwork> => {
  const { files, holderPid, guestSshPort, log } = options;
  const inner = createInnerHalf(context, {
    holderPid,
    program: options.innerProgram,
    logFile: files.keeperLog,
  });
  const core = createNetworkCore(context, options);
  const listeners = createListeners(inner, core.gate.accept, log);
  let datagrams: DatagramSocket | undefined;

  const listen = (): Promise<void> => listeners.set([...listenPorts(core.rules()), ...EVER_OPEN]);
  const dialGuest = (): Promise<Socket> => inner.dial(guestSshPort);
  let isClosed = false;
  const close = (): void => {
    if (isClosed) return;
    isClosed = true;
    listeners.close();
    datagrams?.close();
    core.close();
    inner.close();
  };

  try {
    datagrams = await inner.bind(DNS_PORT);
    relayDatagrams(datagrams, core.dns);
    await listen();
    return {
      enter: (command) => enterNetworkAs(holderPid, command),
      dialGuest,
      set: async (spec) => {
        core.set(spec);
        await listen();
      },
      connections: core.gate.connections,
      look: async () => {
        const unheard = await readUnheard(holderPid);
        if (unheard !== undefined) core.setRefusedByKernel(unheard);
      },
      status: () => ({ wall: 'namespaces', counts: core.counts() }),
      rules: core.spec,
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
};
