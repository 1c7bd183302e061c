import { Agent, type AgentOptions } from 'node:http';
import type { Socket } from 'node:net';
import { connect as connectTls, type SecureContext, type TLSSocket } from 'node:tls';
import type { GateTarget, HttpGateOptions, RequestForm } from './gate-options.ts';

const HANDSHAKE_MS = 30_000;
const KEEP_ALIVE_PROBE_MS = 60_000;
/** A model may think for long, but not for longer than this without a byte. */
const IDLE_MS = 3_600_000;

const isAddress = (host: string): boolean => /^[\d.]+$/.test(host) || host.includes(':');

/** TLS to the server that a name belongs to, by what this host trusts; resolves only once it has shown that. */
const secure = (socket: Socket, host: string, secureContext: SecureContext): Promise<TLSSocket> =>
  new Promise((resolve, reject) => {
    const secured = connectTls({
      socket,
      secureContext,
      host,
      ALPNProtocols: ['http/1.1'],
      rejectUnauthorized: true,
      ...(isAddress(host) ? {} : { servername: host }),
    });
    const fail = (error: Error): void => {
      clearTimeout(timer);
      secured.destroy();
      socket.destroy();
      reject(error);
    };
    const timer = setTimeout(
      () => fail(Object.assign(new Error('TLS took too long'), { code: 'ETIMEDOUT' })),
      HANDSHAKE_MS,
    );
    secured.once('error', fail);
    secured.once('secureConnect', () => {
      clearTimeout(timer);
      secured.off('error', fail);
      secured.on('error', () => {});
      if (secured.authorized) resolve(secured);
      else fail(secured.authorizationError);
    });
  });

export type Upstream = {
  readonly agent: Agent;
  /**
   * Before a request to a target: lets go of the connection to another one, and says how the request is written, which
   * the agent is to be told in its options as `form`.
   */
  readonly turnTo: (target: GateTarget) => Promise<RequestForm>;
  /** The address of the connection to this target that was made last. */
  readonly address: () => string | undefined;
  readonly close: () => void;
};

export type UpstreamOptions = {
  readonly dial: HttpGateOptions['dial'];
  readonly formOf?: HttpGateOptions['formOf'];
  /** Absent for plain HTTP. */
  readonly trust?: () => Promise<SecureContext>;
  /** A connection to a server is over. */
  readonly onEnd: () => void;
};

/** The connections to servers that belong to one connection of the guest: one at a time, kept while it lasts. */
export const createUpstream = (options: UpstreamOptions): Upstream => {
  const abort = new AbortController();
  const agent = new Agent({
    keepAlive: true,
    maxSockets: 1,
    maxFreeSockets: 1,
    noDelay: true,
  } satisfies AgentOptions);
  // A connection to a proxy is none to a server: what one of them is told is not for the other.
  const nameOf = agent.getName.bind(agent);
  agent.getName = (given) => `${nameOf(given)} ${(given as { form?: string } | undefined)?.form}`;
  let address: string | undefined;
  let last: string | undefined;
  const open = async (target: GateTarget, form: RequestForm['kind']): Promise<Socket> => {
    const dialled = await options.dial(target, abort.signal, form);
    address = dialled.address;
    const { socket } = dialled;
    socket.on('error', () => {});
    // A server that has hung up is to be noticed while nothing is asked of it: half open, it would be asked again.
    socket.allowHalfOpen = false;
    socket.setNoDelay(true);
    socket.setKeepAlive(true, KEEP_ALIVE_PROBE_MS);
    if (abort.signal.aborted) {
      socket.destroy();
      abort.signal.throwIfAborted();
    }
    const ready =
      options.trust === undefined ? socket : await secure(socket, target.host, await options.trust());
    ready.setTimeout(IDLE_MS, () => ready.destroy());
    ready.once('close', options.onEnd);
    return ready;
  };
  // Node's types know the form that answers at once only; see https://nodejs.org/api/http.html#agentcreateconnectionoptions-callback
  type Create = (
    request: { host: string; port: number; form?: RequestForm['kind'] },
    done: (error: Error | null, socket?: Socket) => void,
  ) => void;
  (agent as unknown as { createConnection: Create }).createConnection = (
    { host, port, form = 'origin' },
    done,
  ) => {
    open({ host, port }, form).then(
      (socket) => done(null, socket),
      (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
    );
  };
  return {
    agent,
    turnTo: async (target) => {
      const place = `${target.host} ${target.port}`;
      // A client of a proxy asks for many hosts on one connection; each would leave one of ours behind.
      if (last !== undefined && last !== place) {
        for (const socket of Object.values(agent.freeSockets).flatMap((all) => all ?? [])) socket.destroy();
      }
      last = place;
      return options.trust !== undefined || options.formOf === undefined
        ? { kind: 'origin' }
        : options.formOf(target, abort.signal);
    },
    address: () => address,
    close: () => {
      abort.abort();
      agent.destroy();
    },
  };
};
