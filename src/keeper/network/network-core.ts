import { isIP } from 'node:net';
import type { Context } from '../../lib/context.ts';
import type { NetworkCounts, NetworkSpec, SecretSpec } from '../../model/network.ts';
import { decideName, mayDial, mayReachHost } from '../../policy/egress/decide.ts';
import type { EgressRules } from '../../policy/egress/rules.ts';
import type { MachineFiles } from '../protocol-files.ts';
import { DialRefusedError, type GateTarget, type HttpGate } from '../secrets/gate-options.ts';
import { createHttpGate } from '../secrets/http-gate.ts';
import { createAddressBook } from './address-book.ts';
import { createDialler, type Dial } from './dialler.ts';
import { relayStream } from './dns-relay.ts';
import { createDnsService, type DnsService } from './dns-service.ts';
import { createGate, type Gate } from './gate.ts';
import { connectToHost, HOST_INSIDE, HOST_LOOPBACK, meansHost } from './host-loopback.ts';
import { answerWithin, type HostResolver } from './host-resolver.ts';
import { createLiveRules } from './live-rules.ts';
import { createNameBudget, namesBelow, TOO_MANY_NAMES } from './name-budget.ts';
import { createNetworkCounter } from './network-counts.ts';
import { createNetworkLog, type NetworkNews } from './network-log.ts';
import { createRequestForms } from './request-forms.ts';
import { createStandIns } from './stand-ins.ts';
import { proxyFromEnvironment } from './upstream-proxy.ts';

export type NetworkCoreOptions = {
  readonly files: MachineFiles;
  readonly spec: NetworkSpec;
  /** A fresh value of a secret. */
  readonly valueOf: (secret: SecretSpec) => Promise<string>;
  readonly resolve: HostResolver;
  /** This host's own addresses; those of its interfaces where nothing else is said. */
  readonly ownAddresses?: () => readonly string[];
  readonly log: (text: string) => void;
};

const HTTPS_PORT = 443;

/** Behind a proxy there is often a resolver that never answers; the proxy knows names without it. */
const PROXIED_ANSWER_MS = 1500;

/** What decides about a guest's connections and dials for it, behind either wall. */
export type NetworkCore = {
  readonly rules: () => EgressRules;
  readonly gate: Gate;
  readonly http: HttpGate;
  readonly dns: DnsService;
  readonly set: (spec: NetworkSpec) => void;
  /** What holds now. */
  readonly spec: () => NetworkSpec;
  readonly counts: () => NetworkCounts;
  readonly setRefusedByKernel: (connections: number) => void;
  readonly close: () => void;
};

/** A request can name this host as well as any other; see host-loopback.ts. */
const withHost =
  (rules: () => EgressRules, dial: Dial): Dial =>
  async (target, signal, form) => {
    if (!meansHost(target.host)) return dial(target, signal, form);
    const verdict = mayReachHost(rules(), target.port);
    if (!verdict.allowed) throw new DialRefusedError(verdict.rule, HOST_INSIDE);
    return { socket: await connectToHost(target.port), address: HOST_LOOPBACK };
  };

export const createNetworkCore = (context: Context, options: NetworkCoreOptions): NetworkCore => {
  const { files, log } = options;
  const { now } = context.clock;
  const book = createAddressBook(now);
  const counter = createNetworkCounter();
  const networkLog = createNetworkLog({
    path: files.networkLog,
    now,
    onError: (error) => log(`network.log: ${String(error)}`),
  });
  const standIns = createStandIns();
  /** What stands for a name means nothing to who reads the log. */
  const named = (news: NetworkNews): NetworkNews => {
    const { address = '', ...rest } = news;
    const alias = standIns.nameOf(address);
    return alias === undefined ? news : { ...rest, name: rest.name ?? alias };
  };
  const record = (unnamed: NetworkNews): void => {
    const given = named(unnamed);
    // Of a tunnel's names the first tells all, and the rest would fill the log in place of what else happens.
    const isFlood = given.rule === TOO_MANY_NAMES && given.name !== undefined;
    const news = isFlood ? { ...given, name: namesBelow(given.name) } : given;
    counter.count(news);
    networkLog.write(news);
  };
  const rules = createLiveRules(options.spec.egress, now, () => gate.recheck(), options.ownAddresses);
  let { spec } = options;
  const proxyFor = proxyFromEnvironment(context.env);
  const budget = createNameBudget(now);
  const resolve: HostResolver = (name) => {
    const resolution = options.resolve(name);
    return proxyFor(name, HTTPS_PORT) === undefined
      ? resolution
      : answerWithin(PROXIED_ANSWER_MS, resolution);
  };
  const dns = createDnsService({
    now,
    resolve,
    budget,
    rules: rules.now,
    remember: book.remember,
    // A name with an address has one of IPv6 alone; for others this host's proxy may know the way.
    standInFor: (name, { kind }) =>
      kind === 'found' || proxyFor(name, HTTPS_PORT) !== undefined ? standIns.addressFor(name) : undefined,
    log: record,
  });
  const dial = createDialler({ rules: rules.now, resolve, budget, proxyFor });
  const decide = ({ host, port }: GateTarget) =>
    meansHost(host) ? mayReachHost(rules.now(), port) : decideName(rules.now(), host, port);
  const http = createHttpGate({
    decide,
    // Behind a proxy of this host's it is known by its name alone.
    mayStay: (target, address) =>
      meansHost(target.host) || isIP(address) === 0 || mayDial(rules.now(), address, target.port).allowed,
    dial: withHost(rules.now, dial),
    formOf: createRequestForms({ proxyFor, dial, now }),
    secrets: () => spec.secrets,
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
  return {
    rules: rules.now,
    gate,
    http,
    dns,
    set: (next) => {
      spec = next;
      rules.set(next.egress);
    },
    spec: () => spec,
    counts: counter.read,
    setRefusedByKernel: counter.setRefusedByKernel,
    close: () => {
      rules.close();
      gate.close();
      networkLog.close();
    },
  };
};
