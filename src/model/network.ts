/** The form of `network.egress`: everything, any public address, nothing, or what is named. */
export type EgressMode = 'open' | 'public' | 'none' | 'allow';

/** First and last TCP port, both included. */
export type PortRange = readonly [first: number, last: number];

/** A rule that holds for a while, beside the manifest's. */
export type TemporaryRule = {
  /** An entry as in `network.egress.allow`. */
  readonly entry: string;
  /** RFC 3339 in UTC. */
  readonly until: string;
};

/**
 * What a guest may reach, as its driver and keeper get it. Entries are canonical texts: a name or `*.name` in lower
 * case, an address or a CIDR, each with an optional `:PORT` or `:FIRST-LAST`; policy/egress compiles them.
 */
export type EgressSpec = {
  readonly mode: EgressMode;
  readonly allow: readonly string[];
  readonly deny: readonly string[];
  /** TCP ports beside 22, 80 and 443 that an entry without a port, and `public`, mean. */
  readonly ports: readonly number[];
  /** Ports of this host's loopback that the guest reaches at 10.0.2.2 and host.agentvm.internal. */
  readonly hostPorts: readonly number[];
  readonly temporary: readonly TemporaryRule[];
};

/** Where a secret's value comes from, each time that it is used. */
export type SecretSource =
  | { readonly from: 'env'; readonly variable: string }
  | { readonly from: 'file'; readonly path: string }
  | { readonly from: 'keyring'; readonly service: string; readonly account: string }
  | { readonly from: 'command'; readonly command: readonly string[]; readonly cwd: string };

/** A secret of a machine; its value is nowhere in it. */
export type SecretSpec = {
  /** The variable in the guest that holds the placeholder. */
  readonly name: string;
  /** What the guest has in place of the value. */
  readonly placeholder: string;
  /** Names and `*.` names, in lower case, whose requests may carry the value. */
  readonly hosts: readonly string[];
  readonly source: SecretSource;
};

/** The network of a machine: `launch.json` carries it to the keeper. */
export type NetworkSpec = {
  readonly egress: EgressSpec;
  readonly secrets: readonly SecretSpec[];
};

/** Whatever this host reaches, as before there was a cage. */
export const OPEN_NETWORK: NetworkSpec = {
  egress: { mode: 'open', allow: [], deny: [], ports: [], hostPorts: [], temporary: [] },
  secrets: [],
};

/** What holds the guest's traffic: `namespaces` is the cage, `proxy` QEMU's restricted network, `none` is `open`. */
export type NetworkWall = 'namespaces' | 'proxy' | 'none';

/** One line of `network.log`, NDJSON: what the keeper refused or let pass. */
export type NetworkEvent = {
  /** RFC 3339 in UTC. */
  readonly at: string;
  readonly verdict: 'refused' | 'passed';
  readonly protocol: 'tcp' | 'tls' | 'http' | 'dns';
  /** What the guest named, printable and at most 255 characters; absent where it named nothing. */
  readonly name?: string;
  /** What the guest (refused) or the keeper (passed) dialled; absent for names that were not resolved. */
  readonly address?: string;
  readonly port?: number;
  /** The entry, or the word for a built-in rule, that decided: `deny gist.github.com`, `public`, `private address`. */
  readonly rule: string;
  /** Names of secrets whose value was put in, or whose placeholder stood where it may not. */
  readonly secrets?: readonly string[];
  /** How many of the same came and were not written one by one: this line stands for these alone. */
  readonly repeated?: number;
};

/** What the keeper counts since the machine was started. */
export type NetworkCounts = {
  readonly passed: number;
  readonly refused: number;
  /** Hosts (names, else addresses) among the refused. */
  readonly refusedHosts: number;
  /** Connections to ports without a listener, by the namespace's own counters. */
  readonly refusedByKernel: number;
};

/** How the network of a running machine stands. */
export type NetworkStatus = {
  readonly wall: NetworkWall;
  readonly counts: NetworkCounts;
  /** Secrets from the environment whose value no command has handed over; absent where there is none. */
  readonly unsetSecrets?: readonly string[];
};

/** The keeper's log of connections in the folder of a machine; the one before it has `.1` behind its name. */
export const NETWORK_LOG = 'network.log';
