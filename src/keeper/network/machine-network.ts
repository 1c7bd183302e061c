import type { Socket as DatagramSocket } from 'node:dgram';
import type { Socket } from 'node:net';
import type { Context } from '../../lib/context.ts';
import type { NetworkSpec, NetworkStatus, PortRange, SecretSpec } from '../../model/network.ts';
import { decideName, listenPorts } from '../../policy/egress/decide.ts';
import type { MachineFiles } from '../protocol-files.ts';
import { createHttpGate } from '../secrets/http-gate.ts';
import { createAddressBook } from './address-book.ts';
import { createDialler } from './dialler.ts';
import { relayDatagrams, relayStream } from './dns-relay.ts';
import { createDnsService } from './dns-service.ts';
import { createGate } from './gate.ts';
import { answerWithin, type HostResolver } from './host-resolver.ts';
import { createInnerHalf } from './inner-half.ts';
import { readUnheard } from './kernel-counters.ts';
import { createListeners } from './listeners.ts';
import { createLiveRules } from './live-rules.ts';
import { enterNetworkAs } from './namespaces.ts';
import { createNetworkCounter } from './network-counts.ts';
import { createNetworkLog, type NetworkNews } from './network-log.ts';
import { openSshDoor } from './ssh-door.ts';
import { createStandIns } from './stand-ins.ts';
import { proxyFromEnvironment } from './upstream-proxy.ts';

/** The network of a caged machine: everything that passes between its namespace and this host's network. */
export type MachineNetwork = {
  /** Port of this host's loopback that leads to the guest's SSH server. */
  readonly sshPort: number;
  /** The command that runs as the host's user in the machine's network. */
  readonly enter: (command: readonly string[]) => readonly string[];
  /** A connection to the guest's SSH server. */
  readonly dialGuest: () => Promise<Socket>;
  /** Sets the rules; what they no longer allow is ended. */
  readonly set: (spec: NetworkSpec) => Promise<void>;
  /** Counts what the kernel counted. */
  readonly look: () => Promise<void>;
  readonly status: () => NetworkStatus;
  readonly close: () => void;
};

export type MachineNetworkOptions = {
  readonly files: MachineFiles;
  readonly holderPid: number;
  /** The port in the namespace that leads to the guest's SSH server; QEMU's. */
  readonly guestSshPort: number;
  /** The port of this host that did so before. */
  readonly sshPort?: number;
  readonly innerProgram: string;
  readonly spec: NetworkSpec;
  /** From names to addresses, for the guest's questions and for every host that it names. */
  readonly resolve: HostResolver;
  /** A fresh value of a secret. */
  readonly valueOf: (secret: SecretSpec) => Promise<string>;
  readonly log: (text: string) => void;
};

const DNS_PORT = 53;
const HTTPS_PORT = 443;
/** Behind a proxy there is often a resolver that never answers; the proxy knows names without it. */
const PROXIED_ANSWER_MS = 1500;
/** Listened on in every mode: what is refused there is told with its name, and the resolver answers by TCP too. */
const EVER_OPEN: readonly PortRange[] = [22, 53, 80, 443].map((port) => [port, port]);

/** Opens the gate of a namespace whose holder lives. @throws AgentvmError INNER_HALF_FAILED. */
export const openMachineNetwork = async (
  context: Context,
  options: MachineNetworkOptions,
): Promise<MachineNetwork> => {
  const { files, holderPid, guestSshPort, log } = options;
  const { now } = context.clock;
  const inner = createInnerHalf(context, {
    holderPid,
    program: options.innerProgram,
    logFile: files.keeperLog,
  });
  const book = createAddressBook(now);
  const counter = createNetworkCounter();
  const networkLog = createNetworkLog({
    path: files.networkLog,
    now,
    onError: (error) => log(`network.log: ${String(error)}`),
  });
  const record = (news: NetworkNews): void => {
    counter.count(news);
    networkLog.write(news);
  };
  const proxyFor = proxyFromEnvironment(context.env);
  const standIns = createStandIns();
  const resolve: HostResolver = (name) => {
    const resolution = options.resolve(name);
    return proxyFor(name, HTTPS_PORT) === undefined
      ? resolution
      : answerWithin(PROXIED_ANSWER_MS, resolution);
  };
  const rules = createLiveRules(options.spec.egress, now, () => gate.recheck());
  const dns = createDnsService({
    now,
    resolve,
    rules: rules.now,
    remember: book.remember,
    // A name with an address has one of IPv6 alone; for others this host's proxy may know the way.
    standInFor: (name, { kind }) =>
      kind === 'found' || proxyFor(name, HTTPS_PORT) !== undefined ? standIns.addressFor(name) : undefined,
    log: record,
  });
  let { secrets } = options.spec;
  const dial = createDialler({ rules: rules.now, resolve, proxyFor });
  const http = createHttpGate({
    decide: ({ host, port }) => decideName(rules.now(), host, port),
    dial,
    secrets: () => secrets,
    valueOf: options.valueOf,
    dir: files.dir,
    env: context.env,
    record,
    now,
  });
  const gate = createGate({
    rules: rules.now,
    dial,
    namesOf: book.namesOf,
    standsFor: standIns.nameOf,
    http,
    dns: (socket) => relayStream(socket, dns),
    record,
  });
  const listeners = createListeners(inner, gate.accept, log);
  let datagrams: DatagramSocket | undefined;

  const listen = (): Promise<void> => listeners.set([...listenPorts(rules.now()), ...EVER_OPEN]);
  const dialGuest = (): Promise<Socket> => inner.dial(guestSshPort);
  let isClosed = false;
  const close = (): void => {
    if (isClosed) return;
    isClosed = true;
    listeners.close();
    datagrams?.close();
    rules.close();
    gate.close();
    inner.close();
    networkLog.close();
  };

  try {
    datagrams = await inner.bind(DNS_PORT);
    relayDatagrams(datagrams, dns);
    await listen();
    const door = await openSshDoor(dialGuest, options.sshPort);
    return {
      sshPort: door.port,
      enter: (command) => enterNetworkAs(holderPid, command),
      dialGuest,
      set: async (spec) => {
        secrets = spec.secrets;
        rules.set(spec.egress);
        await listen();
      },
      look: async () => {
        const unheard = await readUnheard(holderPid);
        if (unheard !== undefined) counter.setRefusedByKernel(unheard);
      },
      status: () => ({ wall: 'namespaces', counts: counter.read() }),
      close: () => {
        door.close();
        close();
      },
    };
  } catch (error) {
    close();
    throw error;
  }
};
