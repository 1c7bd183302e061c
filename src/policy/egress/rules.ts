import {
  type HostPattern,
  hostPatternText,
  isPatternFault,
  parseHostPattern,
} from '../../lib/host-pattern.ts';
import { ipText, parseIpAddress } from '../../lib/ip-address.ts';
import type { EgressMode, EgressSpec, PortRange } from '../../model/network.ts';
import { joinRanges } from './port-ranges.ts';
import { touchesSpecial } from './special-address.ts';

/** What decided, and how: the entry, or the word for a built-in rule. */
export type Verdict = { readonly allowed: boolean; readonly rule: string };

export type EgressEntry = HostPattern & {
  /** The ports that it means, those that it does not write too. */
  readonly at: readonly PortRange[];
  /** Whether it names addresses that are no public host's. */
  readonly isSpecial: boolean;
  /** The entry as a log has it: `allow github.com`. */
  readonly rule: string;
};

/** Rules of one machine, ready to be asked. */
export type EgressRules = {
  readonly mode: EgressMode;
  readonly allow: readonly EgressEntry[];
  readonly deny: readonly EgressEntry[];
  /** What an entry without a port means: 22, 80, 443 and `network.ports`. */
  readonly ports: readonly PortRange[];
  readonly hostPorts: ReadonlySet<number>;
  /** This host's own addresses, which lead to its services past the rules for its loopback. */
  readonly ownAddresses: ReadonlySet<string>;
  /** When the first temporary rule ends, in milliseconds since the epoch: time to compile again. */
  readonly endsAtMs: number | undefined;
};

/** TCP ports of SSH, HTTP and HTTPS. */
export const USUAL_PORTS: readonly number[] = [22, 80, 443];
const ALL_PORTS: PortRange = [1, 65_535];

const entryOf = (text: string, at: readonly PortRange[], rule: string): readonly EgressEntry[] => {
  const pattern = parseHostPattern(text);
  // The manifest refuses such an entry; one that comes by another way opens nothing.
  if (isPatternFault(pattern)) return [];
  const { host, ports } = pattern;
  const isSpecial = host.kind === 'block' && touchesSpecial(host.block);
  return [{ ...pattern, at: ports === undefined ? at : [ports], isSpecial, rule }];
};

const canonical = (text: string): string => {
  const pattern = parseHostPattern(text);
  return isPatternFault(pattern) ? text : hostPatternText(pattern);
};

/**
 * Makes rules of what a machine may reach. A temporary rule counts in every mode until its time; a deny without a port
 * means every port.
 * @param ownAddresses of this host, as they are now; what leads to them is refused like its loopback.
 */
export const compileEgress = (
  spec: EgressSpec,
  now: Date,
  ownAddresses: readonly string[] = [],
): EgressRules => {
  const ports = joinRanges([...USUAL_PORTS, ...spec.ports].map((port) => [port, port]));
  const temporary = spec.temporary.filter(({ until }) => Date.parse(until) > now.getTime());
  const ends = temporary.map(({ until }) => Date.parse(until));
  return {
    mode: spec.mode,
    ports,
    allow: [
      ...(spec.mode === 'allow' ? spec.allow : []).flatMap((text) =>
        entryOf(text, ports, `allow ${canonical(text)}`),
      ),
      ...temporary.flatMap(({ entry, until }) =>
        entryOf(entry, ports, `allow ${canonical(entry)} until ${until}`),
      ),
    ],
    deny: spec.deny.flatMap((text) => entryOf(text, [ALL_PORTS], `deny ${canonical(text)}`)),
    hostPorts: new Set(spec.hostPorts),
    ownAddresses: new Set(ownAddresses.flatMap((text) => parseIpAddress(text) ?? []).map(ipText)),
    endsAtMs: ends.length === 0 ? undefined : Math.min(...ends),
  };
};
