import {
  type HostPattern,
  hostPatternText,
  isPatternFault,
  parseHostPattern,
} from '../../lib/host-pattern.ts';
import { type IpBlock, isBlockInBlock, isOneAddress } from '../../lib/ip-address.ts';
import type { EgressList } from '../../model/field-values.ts';
import type { Json } from '../../model/json.ts';
import type { PortRange } from '../../model/network.ts';
import { USUAL_PORTS } from './rules.ts';
import { isLoopbackBlock, touchesSpecial } from './special-address.ts';

/** Something of `network.egress` that reaches further than `public` does, and so wants a person's word. */
export type FurtherReach = {
  /** `open`, or an entry in its one notation. */
  readonly entry: string;
  /** A clause for people. */
  readonly text: string;
};

const OPEN: FurtherReach = {
  entry: 'open',
  text: 'the guest reaches whatever this host reaches, the services on its loopback among them',
};

const asList = (value: Json): EgressList | undefined =>
  value !== null && typeof value === 'object' && 'allow' in value && Array.isArray(value.allow)
    ? (value as unknown as EgressList)
    : undefined;

const patternOf = (entry: string): HostPattern | undefined => {
  const pattern = parseHostPattern(entry);
  return isPatternFault(pattern) ? undefined : pattern;
};

const isUsual = ([first, last]: PortRange): boolean =>
  first === last && USUAL_PORTS.some((port) => port === first);

/**
 * What a block holds beside public hosts. One address opens this host's own too, and whose it is can change: that it is
 * another's today is no word for the day that it is this host's.
 */
const whatOfBlock = (block: IpBlock): string | undefined => {
  if (!touchesSpecial(block)) return isOneAddress(block) ? 'even where that is this host' : undefined;
  return isOneAddress(block) ? 'which is no public host' : 'where not only public hosts are';
};

const furtherOf = (written: string): FurtherReach | undefined => {
  const pattern = patternOf(written);
  if (pattern === undefined) return undefined;
  const entry = hostPatternText(pattern);
  if (pattern.host.kind === 'block') {
    const what = whatOfBlock(pattern.host.block);
    if (what !== undefined) return { entry, text: `the guest reaches ${entry}, ${what}` };
  }
  // What it means without a port, `public` reaches too, or network.ports has asked for.
  return pattern.ports === undefined || isUsual(pattern.ports)
    ? undefined
    : { entry, text: `the guest reaches ${entry}` };
};

/** What a value of `network.egress` reaches beyond any public address at the usual ports. */
export const furtherReach = (value: Json): readonly FurtherReach[] =>
  value === 'open' ? [OPEN] : (asList(value)?.allow ?? []).flatMap((entry) => furtherOf(entry) ?? []);

/** The value without some of what reaches further; what is left of `open` is `public`. */
export const withoutReach = (value: Json, gone: readonly string[]): Json => {
  if (value === 'open') return gone.includes('open') ? 'public' : value;
  const list = asList(value);
  if (list === undefined) return value;
  const allow = list.allow.filter((written) => !gone.includes(furtherOf(written)?.entry ?? ''));
  return { ...list, allow };
};

/** An address alone may be one of this host's, and loopback is: a block around them does not open those. */
const coversBlock = (approved: IpBlock, needed: IpBlock): boolean => {
  if (!isBlockInBlock(needed, approved)) return false;
  if (isLoopbackBlock(needed)) return isLoopbackBlock(approved);
  return !isOneAddress(needed) || isOneAddress(approved);
};

const coversHost = (approved: HostPattern['host'], needed: HostPattern['host']): boolean => {
  switch (approved.kind) {
    case 'name':
      return needed.kind === 'name' && needed.name === approved.name;
    case 'below':
      return (
        (needed.kind === 'below' && needed.name === approved.name) ||
        (needed.kind !== 'block' && needed.name.endsWith(`.${approved.name}`))
      );
    case 'block':
      return needed.kind === 'block' && coversBlock(approved.block, needed.block);
  }
};

/** An entry without a port is approved for the usual ones. */
const coversPorts = (approved: PortRange | undefined, needed: PortRange | undefined): boolean => {
  if (needed === undefined)
    return approved === undefined || USUAL_PORTS.every((port) => isPortIn(port, approved));
  if (approved === undefined) return isUsual(needed);
  return needed[0] >= approved[0] && needed[1] <= approved[1];
};

const isPortIn = (port: number, [first, last]: PortRange): boolean => port >= first && port <= last;

/** Whether an entry of `deny` takes all of what another one would allow; without a port it means every port. */
export const denies = (deny: string, entry: string): boolean => {
  const [wide, narrow] = [patternOf(deny), patternOf(entry)];
  if (wide === undefined || narrow === undefined) return false;
  const isWithin =
    wide.host.kind === 'block' && narrow.host.kind === 'block'
      ? isBlockInBlock(narrow.host.block, wide.host.block)
      : coversHost(wide.host, narrow.host);
  if (!isWithin) return false;
  return wide.ports === undefined || coversPorts(wide.ports, narrow.ports);
};

/** Whether what was approved reaches at least as far: `open` covers all, an entry those within it. */
export const coversReach = (approved: string, needed: string): boolean => {
  if (approved === needed || approved === 'open') return true;
  const [wide, narrow] = [patternOf(approved), patternOf(needed)];
  if (wide === undefined || narrow === undefined) return false;
  return coversHost(wide.host, narrow.host) && coversPorts(wide.ports, narrow.ports);
};
