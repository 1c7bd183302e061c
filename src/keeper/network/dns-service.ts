import { isIPv4 } from 'node:net';
import type { Answer } from 'dns-packet';
import { HOST_NAME, mayAnswer, mayResolve } from '../../policy/egress/decide.ts';
import type { EgressRules } from '../../policy/egress/rules.ts';
import { type DnsCode, type DnsQuery, encodeDnsAnswer, parseDnsQuery } from './dns-message.ts';
import type { HostResolver, Resolution } from './host-resolver.ts';
import { type NameBudget, TOO_MANY_NAMES } from './name-budget.ts';
import type { NetworkNews } from './network-log.ts';

/** The only resolver that the guest has. */
export type DnsService = {
  /** The answer to a message of the guest's, or undefined where it gets none. Never throws. */
  readonly answer: (message: Buffer, transport: 'udp' | 'tcp') => Promise<Buffer | undefined>;
};

export type DnsServiceOptions = {
  readonly now: () => Date;
  readonly resolve: HostResolver;
  /** How many names the guest can have asked, in whatever way. */
  readonly budget: NameBudget;
  /** The machine's rules as they are now. */
  readonly rules: () => EgressRules;
  /** Told which addresses the guest gets for which name. */
  readonly remember: (name: string, addresses: readonly string[], ttlSeconds: number) => void;
  /** An address that stands for an allowed name of which the guest can use none; undefined where none shall. */
  readonly standInFor?: (name: string, resolution: Resolution) => string | undefined;
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
const STAND_IN_TTL_SECONDS = 60;

type Told = {
  readonly code: DnsCode;
  readonly addresses: readonly string[];
  readonly ttlSeconds: number;
};

export const createDnsService = (options: DnsServiceOptions): DnsService => {
  const { now, resolve, budget, rules, remember, standInFor, log } = options;
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

  /** What the guest is told where there is no address that it could use. */
  const withoutAddress = (name: string, resolution: Resolution, code: DnsCode): Told => {
    const standIn = standInFor?.(name, resolution);
    return standIn === undefined
      ? { code, addresses: [], ttlSeconds: 0 }
      : { code: 'NOERROR', addresses: [standIn], ttlSeconds: STAND_IN_TTL_SECONDS };
  };
  const addressesOf = async ({ name }: DnsQuery): Promise<Told> => {
    const resolution = await resolve(name);
    switch (resolution.kind) {
      case 'missing':
        return withoutAddress(name, resolution, 'NXDOMAIN');
      case 'empty':
        return { code: 'NOERROR', addresses: [], ttlSeconds: 0 };
      case 'failed':
        return withoutAddress(name, resolution, 'SERVFAIL');
      case 'found': {
        const allowed: string[] = [];
        for (const address of resolution.addresses) {
          const verdict = mayAnswer(rules(), address);
          if (verdict.allowed) allowed.push(address);
          else refuse(verdict.rule, name, address);
        }
        const { ttlSeconds } = resolution;
        if (allowed.length === 0) return { code: 'REFUSED', addresses: [], ttlSeconds };
        const addresses = allowed.filter((one) => isIPv4(one));
        if (addresses.length === 0) return withoutAddress(name, resolution, 'NOERROR');
        remember(name, addresses, ttlSeconds);
        return { code: 'NOERROR', addresses, ttlSeconds };
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
    if (!budget.admits(query.name)) return { code: refuse(TOO_MANY_NAMES, query.name), answers: [] };
    const { code, addresses, ttlSeconds } = await addressesOf(query);
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
