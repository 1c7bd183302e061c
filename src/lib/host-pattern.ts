import { hostNameAsWritten } from './host-name.ts';
import { type IpBlock, ipBlockText, networkOf, parseIpBlock } from './ip-address.ts';

/** First and last port, both included. */
type Ports = readonly [first: number, last: number];

/** What an entry names: a host, all hosts below one, or a block of addresses; and at which ports, if it says so. */
export type HostPattern = {
  readonly host:
    | { readonly kind: 'name'; readonly name: string }
    | { readonly kind: 'below'; readonly name: string }
    | { readonly kind: 'block'; readonly block: IpBlock };
  readonly ports?: Ports;
};

/** Why a text is no entry, as the end of a sentence, and how to write it instead. */
export type PatternFault = { readonly why: string; readonly hint: string };

const FORMS =
  'Write a name (github.com), all below one (*.github.com), an address or a block (10.1.0.0/16), each with :PORT or :FIRST-LAST where it needs one.';

const HIGHEST_PORT = 65_535;

const portOf = (text: string): number | undefined => {
  const port = /^[1-9][0-9]{0,4}$/.test(text) ? Number(text) : HIGHEST_PORT + 1;
  return port <= HIGHEST_PORT ? port : undefined;
};

const parsePorts = (text: string): Ports | PatternFault => {
  const [from = '', to = from, ...rest] = text.split('-');
  const [first, last] = [portOf(from), portOf(to)];
  if (first === undefined || last === undefined || rest.length > 0) {
    return {
      why: `has no port from 1 to ${HIGHEST_PORT} behind its colon`,
      hint: 'Write :443, or :8000-8100 for a range.',
    };
  }
  return first <= last
    ? [first, last]
    : { why: 'has a range of ports that ends before it begins', hint: `Write :${last}-${first}.` };
};

/** Host and ports of `host`, `host:ports`, `[v6]`, `[v6]:ports`; an IPv6 address without brackets has no ports. */
const split = (text: string): { readonly host: string; readonly ports?: string } | undefined => {
  const bracketed = /^\[([^[\]]*)\](?::(.*))?$/.exec(text);
  if (bracketed !== null) {
    const [, host = '', ports] = bracketed;
    return host.includes(':') ? { host, ...(ports === undefined ? {} : { ports }) } : undefined;
  }
  const colon = text.indexOf(':');
  if (colon === -1 || text.includes(':', colon + 1)) return { host: text };
  return { host: text.slice(0, colon), ports: text.slice(colon + 1) };
};

/** What people write in place of a host, and what they mean. */
const mistakenHost = (text: string): PatternFault | undefined => {
  const url = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/@]*@)?([^/?#]*)/i.exec(text);
  if (url !== null) return { why: 'is a URL', hint: `Name its host alone: ${url[1] || 'github.com'}` };
  if (text === '*') {
    return {
      why: 'names every host',
      hint: 'Name those that are needed; for every public address there is network.egress: public.',
    };
  }
  if (/^\[?[^/]*%/.test(text)) {
    return { why: 'has a zone id', hint: 'Write the address without % and what follows it.' };
  }
  if (text.includes('*') && !/^\*\.[^*]+$/.test(text)) {
    return {
      why: 'has a * elsewhere than at its start',
      hint: 'Write *.example.com for all names below it.',
    };
  }
  return undefined;
};

const parseHost = (host: string): HostPattern['host'] | PatternFault => {
  const block = parseIpBlock(host);
  if (block !== undefined) {
    const network = networkOf(block);
    if (ipBlockText(network) === ipBlockText(block)) return { kind: 'block', block };
    return {
      why: 'has bits behind those of its block',
      hint: `Write ${ipBlockText(network)} for the block, or the address without /${block.bits}.`,
    };
  }
  const isBelow = host.startsWith('*.');
  const name = hostNameAsWritten(isBelow ? host.slice(2) : host);
  if (name === undefined) return { why: 'is no name, address or block', hint: FORMS };
  if (name === 'localhost' || name.endsWith('.localhost') || name === 'host.agentvm.internal') {
    return {
      why: `names ${name === 'host.agentvm.internal' ? 'this host' : 'the guest itself'}`,
      hint: "For a service on this host's loopback write its port under network.hostPorts.",
    };
  }
  return { kind: isBelow ? 'below' : 'name', name };
};

export const isPatternFault = (value: object): value is PatternFault => 'why' in value;

/**
 * Reads an entry of a list of hosts: a name, `*.name`, an address or a CIDR block, each with an optional `:PORT` or
 * `:FIRST-LAST`.
 */
export const parseHostPattern = (text: string): HostPattern | PatternFault => {
  const mistaken = mistakenHost(text);
  if (mistaken !== undefined) return mistaken;
  const parts = split(text);
  if (parts === undefined) return { why: 'has brackets around no IPv6 address', hint: FORMS };
  const host = parseHost(parts.host);
  if (isPatternFault(host)) return host;
  if (parts.ports === undefined) return { host };
  const ports = parsePorts(parts.ports);
  return isPatternFault(ports) ? ports : { host, ports };
};

/** The one text of a pattern: two entries that mean the same have the same. */
export const hostPatternText = ({ host, ports }: HostPattern): string => {
  const range = ports === undefined ? '' : `:${ports[0] === ports[1] ? ports[0] : `${ports[0]}-${ports[1]}`}`;
  if (host.kind === 'name') return `${host.name}${range}`;
  if (host.kind === 'below') return `*.${host.name}${range}`;
  const text = ipBlockText(host.block);
  return range !== '' && text.includes(':') ? `[${text}]${range}` : `${text}${range}`;
};

/** Whether a name, as `canonicalHostName` has it, is one that a pattern names. */
export const namesHost = ({ host }: HostPattern, name: string): boolean =>
  (host.kind === 'name' && host.name === name) || (host.kind === 'below' && name.endsWith(`.${host.name}`));
