import { isIP, type Socket } from 'node:net';
import { decideConnection, mayDial, mayReachHost } from '../../policy/egress/decide.ts';
import type { EgressRules } from '../../policy/egress/rules.ts';
import { joinSockets } from '../join-sockets.ts';
import { type Dialled, DialRefusedError, type GateTarget, type HttpGate } from '../secrets/gate-options.ts';
import type { Dial } from './dialler.ts';
import { type FirstWords, type Hearing, hearFirstWords } from './first-words.ts';
import { connectToHost, HOST_INSIDE, HOST_LOOPBACK, meansHost } from './host-loopback.ts';
import type { NetworkNews } from './network-log.ts';
import { createPassages, type Passage, placeOf } from './passages.ts';
import { failed, refuse } from './refusal.ts';
import { hearServerFirst } from './server-first.ts';

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
  /** Takes a connection that asked for its target in so many words; `onAllowed` may answer before anything is passed. */
  readonly acceptFor: (socket: Socket, target: GateTarget, onAllowed: () => void) => void;
  /** How many of them there are. */
  readonly connections: () => number;
  /** Ends what the rules, as they are now, do not allow. */
  readonly recheck: () => void;
  readonly close: () => void;
};

/** A guest under emulation takes seconds for its first words. */
const FIRST_WORDS_MS = 30_000;
/** On these no server speaks first. */
const CLIENT_FIRST_PORTS: ReadonlySet<number> = new Set([80, 443]);
const DNS_PORT = 53;
const isHostLoopback = (address: string): boolean => address.startsWith('127.');

/** Why it cannot be told whom a client wants, where that matters: to `public` without exceptions it does not. */
const doubtOf = ({ mode, deny }: EgressRules, words: FirstWords | undefined): string | undefined => {
  if (words?.hasEch === true && mode === 'allow') return 'encrypted client hello';
  const matters = mode !== 'public' || deny.length > 0 || words?.protocol === 'http';
  return matters ? words?.unclear : undefined;
};

const toward = (name: string | undefined, address: string): Pick<NetworkNews, 'name' | 'address'> => ({
  ...(name === undefined ? {} : { name }),
  ...(address === '' || address === name ? {} : { address }),
});

export const createGate = (options: GateOptions): Gate => {
  const { rules, dial, namesOf, standsFor, http, dns, record } = options;
  const passages = createPassages((passage, rule) =>
    record({
      ...toward(passage.name, passage.address),
      verdict: 'refused',
      protocol: passage.protocol,
      port: passage.port,
      rule,
    }),
  );

  const refused = (passage: Passage, rule: string, address = passage.address): void => {
    const { protocol, name, port } = passage;
    record({ ...toward(name, address), verdict: 'refused', protocol, port, rule });
    refuse(passage.socket, protocol);
  };
  const join = (passage: Passage, { socket, address }: Dialled, rule: string, first?: Buffer): void => {
    const { protocol, name, port } = passage;
    if (passage.socket.destroyed || passage.signal.aborted) {
      socket.destroy();
      return;
    }
    passages.open(passage, socket);
    record({ ...toward(name, address), verdict: 'passed', protocol, port, rule });
    const decided = passage.isAllowed;
    passage.isAllowed = () => {
      const verdict = decided();
      return verdict.allowed && isIP(address) !== 0 && address !== HOST_LOOPBACK
        ? mayDial(rules(), address, port)
        : verdict;
    };
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
    passage.name = words?.name ?? passage.alias;
    const doubt = doubtOf(rules(), words);
    const approach = {
      address: passage.address,
      port: passage.port,
      names: namesOf(passage.address),
      ...(passage.name === undefined ? {} : { name: passage.name }),
      ...(doubt === undefined ? {} : { doubt }),
    };
    passage.isAllowed = () => decideConnection(rules(), approach);
    return decideConnection(rules(), approach);
  };

  const hearServer = async (passage: Passage, hearing: Hearing): Promise<Dialled | undefined> => {
    const { address, alias, port, signal } = passage;
    if (CLIENT_FIRST_PORTS.has(port)) return undefined;
    return hearServerFirst(hearing, (giveUp) =>
      signal.aborted || !decide(passage, undefined).allowed
        ? undefined
        : dial({ host: alias ?? address, port }, giveUp),
    );
  };

  /** What names a host goes to the engine that looks at each request, where there is something to look for. */
  const handOver = (passage: Passage, words: FirstWords, name: string): boolean => {
    const { address, port } = passage;
    const origin = address === '' ? { port } : { address, port };
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

  const serveOthers = async (passage: Passage): Promise<void> => {
    const { socket, address, alias, port, signal } = passage;
    if (alias === undefined) {
      const verdict = mayDial(rules(), address, port);
      if (!verdict.allowed) return refused(passage, verdict.rule);
    }

    const hearing = hearFirstWords(socket, FIRST_WORDS_MS);
    const server = await hearServer(passage, hearing);
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
    const name = decision.to === 'name' ? passage.name : undefined;
    if (name !== undefined && handOver(passage, words, name)) return;
    const onward = await dial({ host: name ?? address, port }, signal);
    return join(passage, onward, decision.rule, words.bytes);
  };

  /** Within the namespace the loopback is what QEMU's user network makes of this host. */
  const serve = async (passage: Passage): Promise<void> => {
    if (!isHostLoopback(passage.address)) return serveOthers(passage);
    if (passage.port !== DNS_PORT) return serveHost(passage);
    passages.decided(passage);
    return dns(passage.socket);
  };

  const begin = (passage: Passage | undefined, work: (passage: Passage) => Promise<void>): void => {
    if (passage === undefined) return;
    work(passage).catch((error: unknown) => {
      if (passage.signal.aborted) return;
      if (error instanceof DialRefusedError) refused(passage, error.rule, error.address);
      else failed(passage.socket, passage.protocol);
    });
  };

  return {
    accept: (socket) => {
      const place = placeOf(socket);
      const alias = standsFor(place?.address ?? '');
      begin(
        passages.begin(socket, place === undefined || alias === undefined ? place : { ...place, alias }),
        serve,
      );
    },
    acceptFor: (socket, { host, port }, onAllowed) => {
      const place = meansHost(host)
        ? { address: HOST_LOOPBACK, port }
        : isIP(host) === 0
          ? { address: '', alias: host, port }
          : { address: host, port };
      begin(passages.begin(socket, place), async (passage) => {
        const verdict = meansHost(host) ? mayReachHost(rules(), port) : decide(passage, undefined);
        passage.protocol = 'http';
        if (!verdict.allowed) return refused(passage, verdict.rule);
        onAllowed();
        passage.protocol = 'tcp';
        return meansHost(host) ? serveHost(passage) : serveOthers(passage);
      });
    },
    connections: passages.count,
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
