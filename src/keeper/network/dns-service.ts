import { isIPv4 } from 'node:net';
import type { Answer } from 'dns-packet';
import { HOST_NAME, mayAnswer, mayResolve } from '../../policy/egress/decide.ts';
import type { EgressRules } from '../../policy/egress/rules.ts';
import { type DnsCode, type DnsQuery, encodeDnsAnswer, parseDnsQuery } from './dns-message.ts';
import type { HostResolver } from './host-resolver.ts';
import { createNameBudget } from './name-budget.ts';
import type { NetworkNews } from './network-log.ts';

/** The only resolver that the guest has. */
export type DnsService = {
  /** The answer to a message of the guest's, or undefined where it gets none. Never throws. */
  readonly answer: (message: Buffer, transport: 'udp' | 'tcp') => Promise<Buffer | undefined>;
};

export type DnsServiceOptions = {
  readonly now: () => Date;
  readonly resolve: HostResolver;
  /** The machine's rules as they are now. */
  readonly rules: () => EgressRules;
  /** Told which addresses the guest gets for which name. */
  readonly remember: (name: string, addresses: readonly string[], ttlSeconds: number) => void;
  readonly log: (news: NetworkNews) => void;
};

/** Where QEMU's user network has this host. */
const HOST_ADDRESS = '10.0.2.2';
const HOST_TTL_SECONDS = 60;

/** Questions: so many at once, so many a second for ever. */
const BURST = 300;
const QUESTIONS_PER_SECOND = 100;
/** Questions that wait for an answer. */
const WAITING_LIMIT = BURST;

const DNS_PORT = 53;

export const createDnsService = (options: DnsServiceOptions): DnsService => {
  const { now, resolve, rules, remember, log } = options;
  const budget = createNameBudget(now);
  let tokens = BURST;
  let refilledMs = now().getTime();
  let waiting = 0;

  const takeToken = (): boolean => {
    const nowMs = now().getTime();
    tokens = Math.min(BURST, tokens + (Math.max(0, nowMs - refilledMs) / 1000) * QUESTIONS_PER_SECOND);
    refilledMs = nowMs;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
  const refuse = (rule: string, name?: string, address?: string): DnsCode => {
    log({
      ...{ verdict: 'refused', protocol: 'dns', port: DNS_PORT, rule },
      ...(name === undefined ? {} : { name }),
      ...(address === undefined ? {} : { address }),
    });
    return 'REFUSED';
  };

  const addressesOf = async (
    query: DnsQuery,
  ): Promise<{ code: DnsCode; addresses: readonly string[]; ttlSeconds: number }> => {
    const end = (code: DnsCode) => ({ code, addresses: [], ttlSeconds: 0 });
    const resolution = await resolve(query.name);
    switch (resolution.kind) {
      case 'missing':
        return end('NXDOMAIN');
      case 'empty':
        return end('NOERROR');
      case 'failed':
        return end('SERVFAIL');
      case 'found': {
        const addresses: string[] = [];
        let code: DnsCode = 'NOERROR';
        for (const address of resolution.addresses) {
          const verdict = mayAnswer(rules(), address);
          if (verdict.allowed) addresses.push(address);
          else code = refuse(verdict.rule, query.name, address);
        }
        const told = addresses.filter((one) => isIPv4(one));
        if (addresses.length === 0) return end(code);
        return { code: 'NOERROR', addresses: told, ttlSeconds: resolution.ttlSeconds };
      }
    }
  };
  const recordsOf = async (query: DnsQuery): Promise<{ code: DnsCode; answers: readonly Answer[] }> => {
    const allowed = mayResolve(rules(), query.name);
    if (!allowed.allowed) return { code: refuse(allowed.rule, query.name), answers: [] };
    // There is no IPv6 in the guest, and what else a name has is of no use there: it has no such record.
    if (query.question.type !== 'A') return { code: 'NOERROR', answers: [] };
    if (query.name === HOST_NAME) {
      const data = {
        type: 'A',
        name: query.question.name,
        ttl: HOST_TTL_SECONDS,
        data: HOST_ADDRESS,
      } as const;
      return { code: 'NOERROR', answers: [data] };
    }
    if (!budget.admits(query.name)) return { code: refuse('too many names', query.name), answers: [] };
    const { code, addresses, ttlSeconds } = await addressesOf(query);
    if (addresses.length > 0) remember(query.name, addresses, ttlSeconds);
    return {
      code,
      answers: addresses.map((data) => ({ type: 'A', name: query.question.name, ttl: ttlSeconds, data })),
    };
  };

  return {
    answer: async (message, transport) => {
      if (!takeToken() || waiting >= WAITING_LIMIT) {
        refuse('too many questions');
        return undefined;
      }
      const query = parseDnsQuery(message);
      if (query.kind !== 'query') return query.kind === 'fault' ? query.answer : undefined;
      waiting += 1;
      try {
        const { code, answers } = await recordsOf(query);
        return encodeDnsAnswer(query, code, answers, transport);
      } finally {
        waiting -= 1;
      }
    },
  };
};
