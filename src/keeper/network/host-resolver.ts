import { Resolver } from 'node:dns/promises';
import { createFileMemory } from './file-memory.ts';
import { parseHosts } from './hosts-file.ts';

/** What this host's resolver says of a name. */
export type Resolution =
  /** IPv4 addresses, or those of IPv6 where there are no others. */
  | { readonly kind: 'found'; readonly addresses: readonly string[]; readonly ttlSeconds: number }
  /** There is no such name. */
  | { readonly kind: 'missing' }
  /** The name has no address. */
  | { readonly kind: 'empty' }
  | { readonly kind: 'failed'; readonly why: string };

/** This host's way from names to addresses. It never throws, and ends within `ANSWER_LIMIT_MS`. */
export type HostResolver = (name: string) => Promise<Resolution>;

export type HostResolverOptions = {
  readonly now: () => Date;
  /** `ADDRESS:PORT` of servers in place of this host's own. */
  readonly servers?: readonly string[];
  readonly hostsPath?: string;
};

const ANSWER_LIMIT_MS = 8000;
const TIMEOUT_MS = 2000;
const TRIES = 2;
const CACHE_LIMIT = 2000;
/** Questions to servers that are under way; the guest can ask faster than any server answers. */
const UNDER_WAY_LIMIT = 100;
const ADDRESS_LIMIT = 32;
/** The times that are kept: a server may say 0, or a year. */
const LEAST_TTL_SECONDS = 10;
const MOST_TTL_SECONDS = 300;
const MISSING_SECONDS = 10;
const FAILED_SECONDS = 2;

const secondsOf = (resolution: Resolution): number => {
  switch (resolution.kind) {
    case 'found':
      return resolution.ttlSeconds;
    case 'missing':
    case 'empty':
      return MISSING_SECONDS;
    case 'failed':
      return FAILED_SECONDS;
  }
};

type Told = { readonly address: string; readonly ttl: number };

const found = (records: readonly Told[]): Resolution => {
  const least = Math.min(MOST_TTL_SECONDS, ...records.map(({ ttl }) => ttl));
  return {
    kind: 'found',
    addresses: records.slice(0, ADDRESS_LIMIT).map(({ address }) => address),
    ttlSeconds: Math.max(LEAST_TTL_SECONDS, least),
  };
};

const failed = (error: unknown): Resolution => {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  if (code === 'ENOTFOUND') return { kind: 'missing' };
  if (code === 'ENODATA') return { kind: 'empty' };
  return { kind: 'failed', why: code ?? String(error) };
};

const ask = async (resolver: Resolver, name: string): Promise<Resolution> => {
  const v4 = await resolver.resolve4(name, { ttl: true }).then(found, failed);
  if (v4.kind !== 'empty') return v4;
  return resolver.resolve6(name, { ttl: true }).then(found, failed);
};

const TOO_SLOW: Resolution = { kind: 'failed', why: 'no answer in time' };

/** An answer, or the word that there was none in time; the question goes on, and its answer is kept. */
export const answerWithin = (limitMs: number, work: Promise<Resolution>): Promise<Resolution> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => resolve(TOO_SLOW), limitMs);
    timer.unref();
    void work.then((resolution) => {
      clearTimeout(timer);
      resolve(resolution);
    });
  });

/**
 * Asks as this host's programs do: /etc/hosts first, then the servers of /etc/resolv.conf, both read anew when they
 * change (a laptop moves between networks). Not by getaddrinfo: a server that is silent would hold the few threads that
 * Node has for files too. Answers are kept for their time; equal questions wait for one answer.
 */
export const createHostResolver = ({ now, servers, hostsPath }: HostResolverOptions): HostResolver => {
  const hosts = createFileMemory(hostsPath ?? '/etc/hosts', now, parseHosts);
  const channel = createFileMemory('/etc/resolv.conf', now, () => {
    const resolver = new Resolver({ timeout: TIMEOUT_MS, tries: TRIES });
    if (servers !== undefined) resolver.setServers(servers);
    return resolver;
  });
  const cache = new Map<string, { readonly resolution: Resolution; readonly untilMs: number }>();
  const underWay = new Map<string, Promise<Resolution>>();

  const keep = (name: string, resolution: Resolution): void => {
    cache.delete(name);
    cache.set(name, { resolution, untilMs: now().getTime() + secondsOf(resolution) * 1000 });
    const [oldest] = cache.keys();
    if (cache.size > CACHE_LIMIT && oldest !== undefined) cache.delete(oldest);
  };
  const askOnce = (name: string): Promise<Resolution> => {
    const same = underWay.get(name);
    if (same !== undefined) return same;
    if (underWay.size >= UNDER_WAY_LIMIT) {
      return Promise.resolve({ kind: 'failed', why: 'too many questions at once' });
    }
    const asked = ask(channel.read(), name).then((resolution) => {
      underWay.delete(name);
      keep(name, resolution);
      return resolution;
    });
    underWay.set(name, asked);
    return asked;
  };

  return async (name) => {
    const own = hosts.read().get(name);
    if (own !== undefined) return { kind: 'found', addresses: own, ttlSeconds: LEAST_TTL_SECONDS };
    const known = cache.get(name);
    const nowMs = now().getTime();
    if (known === undefined || known.untilMs <= nowMs) return answerWithin(ANSWER_LIMIT_MS, askOnce(name));
    if (known.resolution.kind !== 'found') return known.resolution;
    // What is left of its time, or the guest would hold it longer than we do.
    return { ...known.resolution, ttlSeconds: Math.ceil((known.untilMs - nowMs) / 1000) };
  };
};
