import type { NetworkCounts, NetworkEvent, NetworkStatus } from '../model/network.ts';
import { printable } from './printable.ts';

export const countText = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;

const refusedText = ({ refused, refusedHosts, refusedByKernel }: NetworkCounts): string => {
  const seen =
    refused === 0
      ? 'none refused'
      : `${refused} refused to ${countText(refusedHosts, 'host')} (agentvm network log)`;
  return refusedByKernel === 0 ? seen : `${seen}; ${refusedByKernel} more at ports that no rule opens`;
};

const wallText = ({ wall, counts }: NetworkStatus): string => {
  switch (wall) {
    case 'none':
      return 'open: the guest reaches whatever this host reaches';
    case 'namespaces':
      return `caged; ${countText(counts.passed, 'connection')} passed, ${refusedText(counts)}`;
    case 'proxy':
      return `caged by the second wall, only through a proxy (agentvm doctor says why); ${countText(counts.passed, 'connection')} passed, ${refusedText(counts)}`;
  }
};

/** The network of a running machine in one line: which wall stands, what it held, and what it waits for. */
export const networkStatusText = (status: NetworkStatus): string => {
  const { unsetSecrets = [] } = status;
  const waits = unsetSecrets.length === 0 ? '' : `; no value yet for ${unsetSecrets.join(', ')}`;
  return `${wallText(status)}${waits}`;
};

const PROTOCOL_WIDTH = 'http'.length;
const VERDICT_WIDTH = 'refused'.length;

/** What was wanted: the name where the guest gave one, and where that leads. */
const targetText = ({ protocol, name, address, port }: NetworkEvent): string => {
  if (protocol === 'dns') return `${name ?? '?'} (lookup)${address === undefined ? '' : ` → ${address}`}`;
  const where = port === undefined ? '' : `:${port}`;
  if (name === undefined) return `${address?.includes(':') ? `[${address}]` : (address ?? '?')}${where}`;
  // A proxy of this host is given the name alone.
  const led = address === undefined || address === name ? '' : ` (${address})`;
  return `${name}${where}${led}`;
};

/** One connection of the log in one line, safe for a terminal. Ends in a newline. */
export const networkEventText = (event: NetworkEvent): string => {
  const { at, verdict, protocol, rule, secrets = [], repeated } = event;
  const columns = [
    `${at.slice(0, 19)}Z`,
    verdict.padEnd(VERDICT_WIDTH),
    protocol.padEnd(PROTOCOL_WIDTH),
    targetText(event),
    rule,
    ...(secrets.length === 0 ? [] : [`secret ${secrets.join(', ')}`]),
    ...(repeated === undefined ? [] : [`${countText(repeated, 'time')} more`]),
  ];
  return `${printable(columns.join('  ')).replaceAll(/\s*[\n\t]\s*/g, ' ')}\n`;
};

const timesOf = (events: readonly NetworkEvent[]): number =>
  events.reduce((sum, { repeated = 1 }) => sum + repeated, 0);

/**
 * What was refused in one sentence, `3 connections to 1 host were refused`; undefined where nothing was.
 * @param counted what the keeper has counted; the log is behind it by what is alike.
 */
export const refusedSummary = (events: readonly NetworkEvent[], counted = 0): string | undefined => {
  const refused = events.filter(({ verdict }) => verdict === 'refused');
  const all = Math.max(timesOf(refused), counted);
  if (all === 0) return undefined;
  const verb = all === 1 ? 'was' : 'were';
  const hosts = new Set(refused.map(({ name, address }) => name ?? address ?? '')).size;
  if (hosts === 0) return `${countText(all, 'connection')} ${verb} refused`;
  return refused.every(({ protocol }) => protocol === 'dns')
    ? `${countText(all, 'lookup')} of ${countText(hosts, 'name')} ${verb} refused`
    : `${countText(all, 'connection')} to ${countText(hosts, 'host')} ${verb} refused`;
};
