import { appendFileSync, renameSync, statSync } from 'node:fs';
import type { NetworkEvent } from '../../model/network.ts';
import { printable } from './printable.ts';

/** What happened, as the log is told. */
export type NetworkNews = Omit<NetworkEvent, 'at' | 'repeated'>;

/** The log of a machine's network. Nothing of it throws: a full disk must not end the keeper. */
export type NetworkLog = {
  /** Writes an event, or counts it where one like it was written within the last minute. */
  readonly write: (news: NetworkNews) => void;
  /** Writes what was only counted so far. */
  readonly flush: () => void;
  readonly close: () => void;
};

export type NetworkLogOptions = {
  readonly path: string;
  readonly now: () => Date;
  /** Told once of a file that cannot be written. */
  readonly onError?: (error: unknown) => void;
};

/** With one rotation at most twice as much lies on the disk. */
const FILE_LIMIT_BYTES = 4 * 1024 * 1024;
/** Of events that are alike, one is written in so much time, with the number of the others behind it. */
const WINDOW_MS = 60_000;
const FLUSH_MS = 10_000;
/** Kinds of events that are watched for repetition; the one seen first makes room. */
const KIND_LIMIT = 1000;
/** Lines of all kinds: so many at once, so many a second for ever. */
const BURST_LINES = 500;
const LINES_PER_SECOND = 10;
/** Beside them, of what a placeholder did: a guest that floods the log would hide that. */
const SECRET_BURST_LINES = 100;
const SECRET_LINES_PER_SECOND = 1;
const SECRETS_LIMIT = 16;

type Allowance = { lines: number; readonly most: number; readonly perSecond: number };

type Kind = { readonly news: NetworkNews; readonly untilMs: number; repeated: number };

const clean = (news: NetworkNews): NetworkNews => ({
  verdict: news.verdict,
  protocol: news.protocol,
  ...(news.name === undefined ? {} : { name: printable(news.name) }),
  ...(news.address === undefined ? {} : { address: printable(news.address, 64) }),
  ...(news.port === undefined ? {} : { port: news.port }),
  rule: printable(news.rule, 300),
  ...(news.secrets === undefined
    ? {}
    : { secrets: news.secrets.slice(0, SECRETS_LIMIT).map((one) => printable(one)) }),
});

/** Of what the limit of lines kept back, the sum is told. */
const OVERFLOW = 'more than the log takes';

/** A log in a file of mode 0600; `network.log` becomes `network.log.1` at 4 MiB. */
export const createNetworkLog = ({ path, now, onError }: NetworkLogOptions): NetworkLog => {
  const kinds = new Map<string, Kind>();
  const common: Allowance = { lines: BURST_LINES, most: BURST_LINES, perSecond: LINES_PER_SECOND };
  const ofSecrets: Allowance = {
    lines: SECRET_BURST_LINES,
    most: SECRET_BURST_LINES,
    perSecond: SECRET_LINES_PER_SECOND,
  };
  let refilledMs = now().getTime();
  const unwritten = { refused: 0, passed: 0 };
  let hasFailed = false;

  const append = (news: NetworkNews, repeated: number): void => {
    const event: NetworkEvent = { at: now().toISOString(), ...news, ...(repeated > 0 ? { repeated } : {}) };
    try {
      if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > FILE_LIMIT_BYTES)
        renameSync(path, `${path}.1`);
      appendFileSync(path, `${JSON.stringify(event)}\n`, { mode: 0o600 });
    } catch (error) {
      if (!hasFailed) onError?.(error);
      hasFailed = true;
    }
  };
  const refill = (): void => {
    const nowMs = now().getTime();
    const seconds = Math.max(0, nowMs - refilledMs) / 1000;
    for (const one of [common, ofSecrets])
      one.lines = Math.min(one.most, one.lines + seconds * one.perSecond);
    refilledMs = nowMs;
  };
  const tell = (news: NetworkNews, repeated: number): void => {
    refill();
    const allowance = news.verdict === 'refused' && news.secrets !== undefined ? ofSecrets : common;
    if (allowance.lines < 1) {
      unwritten[news.verdict] += repeated === 0 ? 1 : repeated;
      return;
    }
    allowance.lines -= 1;
    append(news, repeated);
  };
  const end = (key: string, { news, repeated }: Kind): void => {
    kinds.delete(key);
    if (repeated > 0) tell(news, repeated);
  };
  const flush = (): void => {
    const nowMs = now().getTime();
    for (const [key, kind] of kinds) if (kind.untilMs <= nowMs) end(key, kind);
    refill();
    for (const verdict of ['refused', 'passed'] as const) {
      if (unwritten[verdict] === 0 || common.lines < 1) continue;
      append({ verdict, protocol: 'tcp', rule: OVERFLOW }, unwritten[verdict]);
      unwritten[verdict] = 0;
    }
  };
  const timer = setInterval(flush, FLUSH_MS);
  timer.unref();

  return {
    write: (unsafe) => {
      const news = clean(unsafe);
      const key = JSON.stringify(news);
      const nowMs = now().getTime();
      const known = kinds.get(key);
      if (known !== undefined && known.untilMs > nowMs) {
        known.repeated += 1;
        return;
      }
      if (known !== undefined) end(key, known);
      const [oldest] = kinds;
      if (kinds.size >= KIND_LIMIT && oldest !== undefined) end(...oldest);
      kinds.set(key, { news, untilMs: nowMs + WINDOW_MS, repeated: 0 });
      tell(news, 0);
    },
    flush,
    close: () => {
      clearInterval(timer);
      for (const [key, kind] of kinds) end(key, kind);
      flush();
    },
  };
};
