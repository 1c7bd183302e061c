import type { NetworkCheckDocument } from '../model/network-check.ts';
import { printable } from './printable.ts';

type Check = NetworkCheckDocument;

const LABEL_WIDTH = 'resolves to'.length;

const row = (label: string, value: string): string => `  ${label.padEnd(LABEL_WIDTH)}  ${value}`;

const targetText = ({ host, port }: Pick<Check, 'host' | 'port'>): string =>
  `${host.includes(':') ? `[${host}]` : host}:${port}`;

const resolutionRows = ({ resolution, addresses }: Check): readonly string[] => {
  switch (resolution?.kind) {
    case undefined:
      return [];
    case 'found':
      return addresses.map(({ address, allowed, rule }, index) =>
        row(index === 0 ? 'resolves to' : '', allowed ? address : `${address} (refused: ${rule})`),
      );
    case 'missing':
      return [row('resolves to', 'nothing: there is no such name')];
    case 'empty':
      return [row('resolves to', 'nothing: the name has no address')];
    case 'failed':
      return [row('resolves to', `nothing: this host's resolver failed (${resolution.why})`)];
  }
};

const answerRows = ({ answer }: Check): readonly string[] => {
  switch (answer?.kind) {
    case undefined:
      return [];
    case 'answered':
      return [row('answers', `after ${answer.elapsedMs} ms, at ${answer.address}`)];
    case 'failed':
      return [row('answers', `not: ${answer.why}`)];
  }
};

const USUAL_PORTS: readonly number[] = [22, 80, 443];

const ON_THIS_HOST: readonly string[] = ['loopback address', 'address of this host'];

/** What opens the way; a host that is denied by name is only opened by taking that away. */
const nextOf = ({ allowed, rule, host, port, addresses }: Check): readonly string[] => {
  if (allowed) return [];
  if (rule.startsWith('deny ')) return [`Take '${rule.slice('deny '.length)}' out of network.egress.deny.`];
  if (rule === 'not in network.hostPorts') return [`Add ${port} to network.hostPorts.`];
  if (ON_THIS_HOST.includes(rule)) {
    return [`Add ${port} to network.hostPorts; the guest then finds it at host.agentvm.internal:${port}.`];
  }
  // Where a name led only to addresses that are refused, no rule about the name opens them.
  const entry = { host: addresses[0]?.address ?? host, port };
  const written = USUAL_PORTS.includes(port) ? entry.host : targetText(entry);
  // Only to a list can an entry be added for good.
  return [`Run: agentvm network allow ${written}${rule === 'not in network.egress' ? '' : ' --for 1h'}`];
};

/** What was found of one host, line by line, the next command last. Ends in a newline. */
export const networkCheckText = (check: Check): string =>
  printable(
    [
      `${targetText(check)} is ${check.allowed ? 'allowed' : 'refused'}: ${check.rule}`,
      ...resolutionRows(check),
      ...answerRows(check),
      ...nextOf(check),
      '',
    ].join('\n'),
  );
