import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { mayDial, mayReachHost } from '../../policy/egress/decide.ts';
import type { EgressRules } from '../../policy/egress/rules.ts';
import { joinSockets } from '../join-sockets.ts';
import { type Dialled, DialRefusedError, type HttpGate } from '../secrets/gate-options.ts';
import { decideConnection } from './connection-verdict.ts';
import type { Dial } from './dialler.ts';
import { type FirstWords, type Hearing, hearFirstWords } from './first-words.ts';
import type { NetworkNews } from './network-log.ts';
import { createPassages, type Passage } from './passages.ts';
import { failed, refuse } from './refusal.ts';

export type GateOptions = {
  readonly rules: () => EgressRules;
  readonly dial: Dial;
  /** Names for which the keeper's resolver gave an address. */
  readonly namesOf: (address: string) => readonly string[];
  /** The name for which an address stands that nobody has. */
  readonly standsFor: (address: string) => string | undefined;
  /** Takes connections whose requests are looked at one by one. */
  readonly http: HttpGate;
  /** Takes connections to the guest's resolver. */
  readonly dns: (socket: Socket) => void;
  readonly record: (news: NetworkNews) => void;
};

/** Decides what of the guest's connections reaches the network of this host. Nothing of it throws. */
export type Gate = {
  /** Takes a connection; where it was to go is its local address. */
  readonly accept: (socket: Socket) => void;
  /** Ends what the rules, as they are now, do not allow. */
  readonly recheck: () => void;
  readonly close: () => void;
};

/** Servers of some protocols speak first; their clients wait for so long at least. */
const SILENCE_MS = 300;
/** A guest under emulation takes seconds for its first words. */
const FIRST_WORDS_MS = 30_000;
/** On these no server speaks first. */
const CLIENT_FIRST_PORTS: ReadonlySet<number> = new Set([80, 443]);
const DNS_PORT = 53;
/** Where QEMU's user network has this host, and what it makes of it. */
const HOST_INSIDE = '10.0.2.2';
const HOST_LOOPBACK = '127.0.0.1';
const isHostLoopback = (address: string): boolean => address.startsWith('127.');

/** Why it cannot be told whom a client wants, where that matters: to `public` without exceptions it does not. */
const doubtOf = ({ mode, deny }: EgressRules, words: FirstWords | undefined): string | undefined => {
  if (words?.hasEch === true && mode === 'allow') return 'encrypted client hello';
  const matters = mode !== 'public' || deny.length > 0 || words?.protocol === 'http';
  return matters ? words?.unclear : undefined;
};

/** Resolves when a server has sent something, or has hung up. */
const spokenBy = (socket: Socket): Promise<void> =>
  new Promise((resolve) => {
    socket.once('data', (chunk: Buffer) => {
      socket.pause();
      socket.unshift(chunk);
      resolve();
    });
    socket.once('close', resolve);
  });

const connectToHost = async (port: number): Promise<Socket> => {
  const tryAddress = (host: string): Promise<Socket> =>
    new Promise((resolve, reject) => {
      const socket = connect({ host, port, allowHalfOpen: true }, () => resolve(socket));
      socket.once('error', reject);
    });
  // Some programs listen on the loopback of IPv6 alone.
  return tryAddress(HOST_LOOPBACK).catch(() => tryAddress('::1'));
};

export const createGate = (options: GateOptions): Gate => {
  const { rules, dial, namesOf, standsFor, http, dns, record } = options;
  const passages = createPassages((passage, rule) =>
    record({
      verdict: 'refused',
      protocol: passage.protocol,
      address: passage.address,
      port: passage.port,
      rule,
    }),
  );

  const refused = (passage: Passage, rule: string, address = passage.address): void => {
    const { protocol, name, port } = passage;
    record({ verdict: 'refused', protocol, ...(name === undefined ? {} : { name }), address, port, rule });
    refuse(passage.socket, protocol);
  };
  const join = (passage: Passage, { socket, address }: Dialled, rule: string, first?: Buffer): void => {
    const { protocol, name, port } = passage;
    if (passage.socket.destroyed || passage.signal.aborted) {
      socket.destroy();
      return;
    }
    passages.open(passage, socket);
    record({ verdict: 'passed', protocol, ...(name === undefined ? {} : { name }), address, port, rule });
    if (first !== undefined) socket.write(first);
    joinSockets(passage.socket, socket);
  };

  const serveHost = async (passage: Passage): Promise<void> => {
    passage.isAllowed = () => mayReachHost(rules(), passage.port);
    const verdict = passage.isAllowed();
    if (!verdict.allowed) return refused(passage, verdict.rule, HOST_INSIDE);
    const socket = await connectToHost(passage.port);
    return join(passage, { socket, address: HOST_LOOPBACK }, verdict.rule);
  };

  /** Decides by what is known now, and keeps how, for the day that the rules change. */
  const decide = (passage: Passage, words: FirstWords | undefined) => {
    passage.protocol = words?.protocol ?? 'tcp';
    const name = words?.name ?? standsFor(passage.address);
    passage.name = name;
    const doubt = doubtOf(rules(), words);
    const wanted = {
      address: passage.address,
      port: passage.port,
      namesOfAddress: namesOf(passage.address),
      ...(name === undefined ? {} : { name }),
      ...(doubt === undefined ? {} : { doubt }),
    };
    passage.isAllowed = () => decideConnection(rules(), wanted);
    return decideConnection(rules(), wanted);
  };

  /**
   * Servers of some protocols speak first, and then where the client dialled decides. If the client speaks after all,
   * this connection is let go of, for it may name another host. Undefined where the client was first.
   */
  const serverFirst = async (
    passage: Passage,
    { words, isSilent }: Hearing,
  ): Promise<Dialled | undefined> => {
    const { port, signal } = passage;
    if (CLIENT_FIRST_PORTS.has(port)) return undefined;
    await Promise.race([words, sleep(SILENCE_MS, undefined, { ref: false })]);
    if (!isSilent() || signal.aborted) return undefined;
    const { allowed, target } = decide(passage, undefined);
    if (!allowed) return undefined;
    const giveUp = new AbortController();
    const server = dial({ host: target, port }, giveUp.signal).then(async (dialled) => {
      giveUp.signal.addEventListener('abort', () => dialled.socket.destroy(), { once: true });
      await spokenBy(dialled.socket);
      return dialled;
    });
    const first = await Promise.race([server, words.then(() => undefined)]);
    if (first === undefined) {
      giveUp.abort(new Error('the client spoke first'));
      server.catch(() => {});
    }
    return first;
  };

  /** What names a host goes to the engine that looks at each request, where there is something to look for. */
  const handOver = (passage: Passage, words: FirstWords, name: string): boolean => {
    const origin = { address: passage.address, port: passage.port };
    if (words.protocol === 'http') {
      passages.handOver(passage);
      http.plain(passage.socket, words.bytes, origin);
      return true;
    }
    if (words.protocol === 'tls' && http.covers(name)) {
      passages.handOver(passage);
      http.tls(passage.socket, words.bytes, origin, name);
      return true;
    }
    return false;
  };

  const serve = async (passage: Passage): Promise<void> => {
    const { socket, address, port, signal } = passage;
    if (isHostLoopback(address)) {
      if (port !== DNS_PORT) return serveHost(passage);
      passages.decided(passage);
      return dns(socket);
    }
    const verdict = mayDial(rules(), address, port);
    if (!verdict.allowed && standsFor(address) === undefined) return refused(passage, verdict.rule);

    const hearing = hearFirstWords(socket, FIRST_WORDS_MS);
    const server = await serverFirst(passage, hearing);
    if (server !== undefined) {
      hearing.stop();
      return join(passage, server, decide(passage, undefined).rule);
    }
    const words = await hearing.words;
    if (signal.aborted) return;
    const decision = decide(passage, words);
    if (!decision.allowed) return refused(passage, decision.rule);
    if (words === undefined) {
      socket.destroy();
      return;
    }
    const { name } = words;
    if (name !== undefined && decision.target === name && handOver(passage, words, name)) return;
    const onward = await dial({ host: decision.target, port }, signal);
    return join(passage, onward, decision.rule, words.bytes);
  };

  return {
    accept: (socket) => {
      const passage = passages.begin(socket);
      if (passage === undefined) return;
      serve(passage).catch((error: unknown) => {
        if (passage.signal.aborted) return;
        if (error instanceof DialRefusedError) refused(passage, error.rule, error.address);
        else failed(socket, passage.protocol);
      });
    },
    recheck: () => {
      passages.recheck();
      http.recheck();
    },
    close: () => {
      passages.close();
      http.close();
    },
  };
};
