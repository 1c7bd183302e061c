import { canonicalHostName } from '../../lib/host-name.ts';
import { namesHost } from '../../lib/host-pattern.ts';
import { type IpAddress, ipText, isInBlock, isOneAddress, parseIpAddress } from '../../lib/ip-address.ts';
import type { PortRange } from '../../model/network.ts';
import { countPorts, firstPorts, isInRanges, joinRanges } from './port-ranges.ts';
import type { EgressEntry, EgressRules, Verdict } from './rules.ts';
import { carriedAddresses, isLoopbackBlock, specialAddress } from './special-address.ts';

/** Ports on which the guest's connections are taken, beside those of the host. */
export const PORT_LIMIT = 1024;

/** What leads a guest to services on this host's loopback. */
export const HOST_NAME = 'host.agentvm.internal';

const allowed = (rule: string): Verdict => ({ allowed: true, rule });
const refused = (rule: string): Verdict => ({ allowed: false, rule });

const NOT_A_NAME = refused('not a name');
const NOT_AN_ADDRESS = refused('not an address');

const isPort = (port: number): boolean => Number.isInteger(port) && port >= 1 && port <= 65_535;

const named = (
  entries: readonly EgressEntry[],
  name: string,
  port: number | undefined,
): EgressEntry | undefined =>
  entries.find((entry) => namesHost(entry, name) && (port === undefined || isInRanges(port, entry.at)));

const holds = ({ host, at }: EgressEntry, address: IpAddress, port: number): boolean =>
  host.kind === 'block' && isInBlock(address, host.block) && isInRanges(port, at);

/** Whether an entry names this host: one of its addresses alone, or its loopback. */
const namesOwn = ({ host }: EgressEntry): boolean =>
  host.kind === 'block' && (isOneAddress(host.block) || isLoopbackBlock(host.block));

/** A network that translates leads to the address inside, so a rule that takes away counts for it too. */
const denying = (rules: EgressRules, address: IpAddress, port: number): EgressEntry | undefined =>
  [address, ...carriedAddresses(address)]
    .flatMap((one) => rules.deny.filter((entry) => holds(entry, one, port)))
    .at(0);

/** What stands where no entry allows: the mode's own word. */
const unnamed = (rules: EgressRules, port: number): Verdict => {
  switch (rules.mode) {
    case 'open':
      return allowed('open');
    case 'public':
      return isInRanges(port, rules.ports) ? allowed('public') : refused(`port ${port}`);
    case 'allow':
      return refused('not in network.egress');
    case 'none':
      return refused('none');
  }
};

const isOwn = (rules: EgressRules, address: IpAddress): boolean =>
  [address, ...carriedAddresses(address)].some((one) => rules.ownAddresses.has(ipText(one)));

/** Addresses that only an entry of their own opens: those of no public host, and this host's. */
const closed = (rules: EgressRules, address: IpAddress): string | undefined =>
  specialAddress(address) ?? (isOwn(rules, address) ? 'address of this host' : undefined);

/**
 * The entry that opens an address. One of this host's own, a block around it does not open: whoever allows their
 * network does not mean the services of this host. Nor does a block of public hosts open what leads on to others.
 */
const opening = (rules: EgressRules, address: IpAddress, port: number): EgressEntry | undefined => {
  const isClosed = specialAddress(address) !== undefined;
  const own = isOwn(rules, address) || specialAddress(address) === 'loopback address';
  return rules.allow.find(
    (entry) => holds(entry, address, port) && (!isClosed || entry.isSpecial) && (!own || namesOwn(entry)),
  );
};

/**
 * Whether the guest may speak to what a TLS client hello or an HTTP head names, whatever address it dialled. An
 * address in place of a name is judged as one.
 */
export const decideName = (rules: EgressRules, text: string, port: number): Verdict => {
  if (!isPort(port)) return refused('not a port');
  const name = canonicalHostName(text);
  if (name === undefined) {
    const literal = text.replace(/^\[(.*)\]$/, '$1');
    return parseIpAddress(literal) === undefined ? NOT_A_NAME : decideAddress(rules, literal, port, []);
  }
  const denied = named(rules.deny, name, port);
  if (denied !== undefined) return refused(denied.rule);
  // Who resolves it, a proxy of this host's too, finds itself (RFC 6761, section 6.3).
  if (rules.mode !== 'open' && /(^|\.)localhost$/.test(name)) return refused('loopback address');
  const entry = named(rules.allow, name, port);
  return entry === undefined ? unnamed(rules, port) : allowed(entry.rule);
};

/**
 * Whether the keeper may dial an address that its own resolution of an allowed name gave: no special address and none
 * of this host, unless a block names it.
 */
export const mayDial = (rules: EgressRules, text: string, port: number): Verdict => {
  if (!isPort(port)) return refused('not a port');
  const address = parseIpAddress(text);
  if (address === undefined) return NOT_AN_ADDRESS;
  const denied = denying(rules, address, port);
  if (denied !== undefined) return refused(denied.rule);
  if (rules.mode === 'open') return allowed('open');
  const entry = opening(rules, address, port);
  if (entry !== undefined) return allowed(entry.rule);
  const word = closed(rules, address);
  if (word !== undefined) return refused(word);
  return rules.mode === 'none' && rules.allow.length === 0 ? refused('none') : allowed('public address');
};

/**
 * Whether the guest may speak to an address of its own choice, where it named no host.
 * @param names those for which the keeper's resolver gave the address, each within its time.
 */
export const decideAddress = (
  rules: EgressRules,
  text: string,
  port: number,
  names: readonly string[],
): Verdict => {
  const dial = mayDial(rules, text, port);
  const address = parseIpAddress(text);
  if (!dial.allowed || address === undefined) return dial;
  const entry = opening(rules, address, port);
  if (entry !== undefined) return allowed(entry.rule);
  const known = names.flatMap((name) => canonicalHostName(name) ?? []);
  const denied = known.map((name) => named(rules.deny, name, port)).find((one) => one !== undefined);
  if (denied !== undefined) return refused(denied.rule);
  const byName = known.map((name) => named(rules.allow, name, port)).find((one) => one !== undefined);
  return byName === undefined ? unnamed(rules, port) : allowed(byName.rule);
};

/** A connection of the guest's, as its first bytes and its destination tell. */
export type Approach = {
  /** What the guest dialled. */
  readonly address: string;
  readonly port: number;
  /** What a client hello or an HTTP head names. */
  readonly name?: string;
  /** Names for which the keeper's resolver gave the address, each within its time. */
  readonly names: readonly string[];
  /** Why whom it names cannot be told for sure: it may be somebody else. */
  readonly doubt?: string;
};

/** The verdict on a connection, and where it leads: to the keeper's own resolution of the name, or to the address. */
export type Passage = Verdict & { readonly to: 'name' | 'address' };

/**
 * Whether a connection passes. A name decides, but a block lets every protocol through to its addresses, so what names
 * a host that no entry knows, or one that is in doubt, goes to an address that a block holds; only what is denied by its
 * name, or names an address that is refused, never does.
 */
export const decideConnection = (
  rules: EgressRules,
  { address, port, name, names, doubt }: Approach,
): Passage => {
  if (name === undefined && doubt === undefined) {
    return { ...decideAddress(rules, address, port, names), to: 'address' };
  }
  if (name !== undefined) {
    const byName = decideName(rules, name, port);
    const known = canonicalHostName(name);
    const isDenied = known === undefined || named(rules.deny, known, port) !== undefined;
    if (byName.allowed ? doubt === undefined : isDenied) return { ...byName, to: 'name' };
  }
  const dialled = parseIpAddress(address);
  const isHeld = dialled !== undefined && opening(rules, dialled, port) !== undefined;
  if (isHeld) return { ...decideAddress(rules, address, port, []), to: 'address' };
  return { ...refused(doubt ?? decideName(rules, name ?? '', port).rule), to: 'name' };
};

/** Whether the keeper resolves a name for the guest; a name that is denied at some ports alone is resolved. */
export const mayResolve = (rules: EgressRules, text: string): Verdict => {
  const name = canonicalHostName(text);
  if (name === undefined) return NOT_A_NAME;
  if (name === HOST_NAME) return allowed('this host');
  const denied = rules.deny.find((entry) => entry.ports === undefined && namesHost(entry, name));
  if (denied !== undefined) return refused(denied.rule);
  const entry = named(rules.allow, name, undefined);
  if (entry !== undefined) return allowed(entry.rule);
  switch (rules.mode) {
    case 'open':
    case 'public':
      return allowed(rules.mode);
    case 'allow':
      return refused('not in network.egress');
    case 'none':
      return refused('none');
  }
};

/** Whether the guest may be told an address that an allowed name has: at some port it may be dialled. */
export const mayAnswer = (rules: EgressRules, address: string): Verdict => {
  const ports = new Set([...rules.ports, ...rules.allow.flatMap(({ at }) => at)].map(([first]) => first));
  let verdict = NOT_AN_ADDRESS;
  for (const port of ports) {
    verdict = mayDial(rules, address, port);
    if (verdict.allowed) break;
  }
  return verdict;
};

/** Whether the guest may speak to a port of this host's loopback. */
export const mayReachHost = ({ mode, hostPorts }: EgressRules, port: number): Verdict => {
  if (mode === 'open') return allowed('open');
  return hostPorts.has(port) ? allowed('network.hostPorts') : refused('not in network.hostPorts');
};

/** Ports that rules want, beside those of the host. */
const guestPorts = ({ mode, ports, allow }: EgressRules): readonly PortRange[] =>
  joinRanges([...(mode === 'public' || mode === 'open' ? ports : []), ...allow.flatMap((entry) => entry.at)]);

/** Every TCP port on which a connection of the guest can be allowed; a kernel without a listener refuses the rest. */
export const listenPorts = (rules: EgressRules): readonly PortRange[] => {
  const host = [...rules.hostPorts].map((port): PortRange => [port, port]);
  return joinRanges([...firstPorts(guestPorts(rules), PORT_LIMIT), ...host]);
};

/** How many ports rules want beside those of the host; beyond `PORT_LIMIT` the highest go without a listener. */
export const countGuestPorts = (rules: EgressRules): number => countPorts(guestPorts(rules));
