import type { Socket } from 'node:net';
import type { Verdict } from '../../policy/egress/rules.ts';
import { breakOff } from '../break-off.ts';

/** One connection of the guest's, from the moment that it was taken. */
export type Passage = {
  readonly socket: Socket;
  /** Where the guest wanted to go. */
  readonly address: string;
  readonly port: number;
  /** The name that it asked for in place of an address, which is empty or means nothing then. */
  readonly alias: string | undefined;
  /** Aborted when it is ended from our side. */
  readonly signal: AbortSignal;
  protocol: 'tcp' | 'tls' | 'http';
  /** Whom it named. */
  name: string | undefined;
  /** The decision again, by the rules as they are when it is asked. */
  isAllowed: () => Verdict;
};

/** Where a connection was to go. */
export type Place = { readonly address: string; readonly port: number; readonly alias?: string };

/** Within the namespace every address is local, so that this is what the guest dialled. */
export const placeOf = ({ localAddress, localPort }: Socket): Place | undefined =>
  localAddress === undefined || localPort === undefined
    ? undefined
    : { address: localAddress, port: localPort };

export type Passages = {
  /** Undefined where there are too many; the connection is ended then. */
  readonly begin: (socket: Socket, place: Place | undefined) => Passage | undefined;
  /** It no longer waits for a decision. */
  readonly decided: (passage: Passage) => void;
  /** It is joined with a connection to where it goes. */
  readonly open: (passage: Passage, onward: Socket) => void;
  /** Others see to it from here on. */
  readonly handOver: (passage: Passage) => void;
  readonly count: () => number;
  readonly recheck: () => void;
  readonly close: () => void;
};

/** In all. Programs that fetch much hold some dozens; each takes some 20 KiB here. */
const LIMIT = 2048;
/** Of those that have not said yet whom they want; the oldest makes room for a new one. */
const UNDECIDED_LIMIT = 512;
const SWEEP_MS = 60_000;
/** Without a byte either way; longer than the keep-alives of SSH and databases. */
const IDLE_LIMIT_MS = 2 * 60 * 60_000;

type Entry = {
  readonly passage: Passage;
  readonly abort: AbortController;
  onward: Socket | undefined;
  /** Others decide about it; it only counts. */
  isElsewhere: boolean;
  bytes: number;
  idleMs: number;
};

/** Keeps count of connections within limits. `onEnded` is told of each that is ended from our side, with the reason. */
export const createPassages = (onEnded: (passage: Passage, rule: string) => void): Passages => {
  const entries = new Map<Socket, Entry>();
  const undecided = new Set<Entry>();

  const end = (entry: Entry): void => {
    entry.abort.abort(new Error('ended'));
    entry.onward?.destroy();
    breakOff(entry.passage.socket);
  };
  const sweep = (): void => {
    for (const entry of entries.values()) {
      if (entry.isElsewhere) continue;
      const { bytesRead, bytesWritten } = entry.passage.socket;
      const isMoving = bytesRead + bytesWritten !== entry.bytes;
      entry.bytes = bytesRead + bytesWritten;
      entry.idleMs = isMoving ? 0 : entry.idleMs + SWEEP_MS;
      if (entry.idleMs >= IDLE_LIMIT_MS) end(entry);
    }
  };
  const timer = setInterval(sweep, SWEEP_MS);
  timer.unref();

  const decided = (passage: Passage): void => {
    const entry = entries.get(passage.socket);
    if (entry !== undefined) undecided.delete(entry);
  };

  return {
    begin: (socket, place) => {
      socket.on('error', () => socket.destroy());
      if (place === undefined) {
        socket.destroy();
        return undefined;
      }
      socket.allowHalfOpen = true;
      const abort = new AbortController();
      const passage: Passage = {
        socket,
        address: place.address,
        port: place.port,
        alias: place.alias,
        signal: abort.signal,
        protocol: 'tcp',
        name: place.alias,
        isAllowed: () => ({ allowed: true, rule: 'not decided yet' }),
      };
      if (entries.size >= LIMIT) {
        breakOff(socket);
        onEnded(passage, 'too many connections');
        return undefined;
      }
      const [oldest] = undecided;
      if (undecided.size >= UNDECIDED_LIMIT && oldest !== undefined) {
        undecided.delete(oldest);
        end(oldest);
        onEnded(oldest.passage, 'too many connections that say nothing');
      }
      const entry: Entry = { passage, abort, onward: undefined, isElsewhere: false, bytes: 0, idleMs: 0 };
      entries.set(socket, entry);
      undecided.add(entry);
      socket.once('close', () => {
        undecided.delete(entry);
        entries.delete(socket);
        abort.abort(new Error('the guest hung up'));
      });
      return passage;
    },
    decided,
    open: (passage, onward) => {
      decided(passage);
      const entry = entries.get(passage.socket);
      if (entry !== undefined) entry.onward = onward;
    },
    handOver: (passage) => {
      decided(passage);
      const entry = entries.get(passage.socket);
      if (entry !== undefined) entry.isElsewhere = true;
    },
    count: () => entries.size,
    recheck: () => {
      for (const entry of entries.values()) {
        if (entry.isElsewhere) continue;
        const { allowed, rule } = entry.passage.isAllowed();
        if (allowed) continue;
        onEnded(entry.passage, rule);
        end(entry);
      }
    },
    close: () => {
      clearInterval(timer);
      for (const entry of entries.values()) end(entry);
    },
  };
};
