import { createServer, type IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { authorityFiles, readAuthority } from '../../lib/certificate-authority.ts';
import type { SecretSpec } from '../../model/network.ts';
import type { NetworkNews } from '../network/network-log.ts';
import { type Ask, type ExchangeTools, exchange } from './exchange.ts';
import type { HttpGate, HttpGateOptions, Origin } from './gate-options.ts';
import { createHostTrust } from './host-trust.ts';
import { formsOf } from './masking.ts';
import type { Connection } from './prepare.ts';
import { type Refusal, writeRefusal } from './refusal.ts';
import { isForHost } from './secret-hosts.ts';
import { createTerminator, type Terminator } from './terminator.ts';
import { createUpstream } from './upstream.ts';

const HEAD_BYTES = 32 * 1024;
const HEAD_MS = 20_000;
const CHECK_MS = 5000;
const KEPT_MS = 75_000;
const IDLE_MS = 3_600_000;
/** apt asks for ten things at a time; who asks for more than this before the first answer is no client. */
const PIPELINED_MOST = 100;
/** Values of a secret that are starred out of answers: the one of now and those that it had shortly before. */
const VALUES_REMEMBERED = 4;

type Remembered = { readonly value: string; readonly forms: readonly Buffer[] };

/** Makes the engine; nothing is loaded for secrets before a connection needs it. */
export const createHttpGate = (options: HttpGateOptions): HttpGate => {
  const connections = new Map<Socket, Connection>();
  const queues = new WeakMap<Connection, { last: Promise<void>; length: number }>();
  const remembered = new Map<string, readonly Remembered[]>();
  const trust = createHostTrust(options.env);
  let terminator: Terminator | undefined;

  const record = (
    connection: Connection,
    rest: Pick<NetworkNews, 'verdict' | 'rule' | 'secrets'> & { readonly address?: string | undefined },
  ): void => {
    const { target, origin, serverName } = connection;
    const { verdict, rule, address, secrets } = rest;
    const name = target?.host ?? serverName;
    options.record({
      verdict,
      protocol: serverName === undefined ? 'http' : 'tls',
      ...(name === undefined ? {} : { name }),
      ...(address === undefined ? {} : { address }),
      port: target?.port ?? origin.port,
      rule,
      ...(secrets === undefined || secrets.length === 0 ? {} : { secrets }),
    });
  };
  const recordRefused = (connection: Connection, { rule, secrets, address }: Refusal): void =>
    record(connection, {
      verdict: 'refused',
      rule,
      address: address ?? connection.origin.address,
      ...(secrets === undefined ? {} : { secrets }),
    });
  const isCovered = (name: string): boolean => options.secrets().some((secret) => isForHost(secret, name));

  const tools: ExchangeTools = {
    decide: options.decide,
    secrets: options.secrets,
    valueOf: options.valueOf,
    formsFor: (host) =>
      options
        .secrets()
        .filter((secret) => isForHost(secret, host))
        .flatMap(({ name }) => (remembered.get(name) ?? []).flatMap(({ forms }) => forms)),
    remember: ({ name }: SecretSpec, value) => {
      const known = remembered.get(name) ?? [];
      if (known[0]?.value === value) return;
      const others = known.filter((one) => one.value !== value).slice(0, VALUES_REMEMBERED - 1);
      remembered.set(name, [{ value, forms: formsOf(value) }, ...others]);
    },
    recordPassed: (connection, rule, secrets) =>
      record(connection, { verdict: 'passed', rule, secrets, address: connection.upstream.address() }),
    recordRefused,
  };

  const server = createServer({
    maxHeaderSize: HEAD_BYTES,
    insecureHTTPParser: false,
    requireHostHeader: false,
    headersTimeout: HEAD_MS,
    connectionsCheckingInterval: CHECK_MS,
    // An upload may take hours; what does not move is ended by the idle time.
    requestTimeout: 0,
    keepAliveTimeout: KEPT_MS,
  });
  // Headers beyond a count would be dropped in silence; their bytes are limited.
  server.maxHeadersCount = 0;
  // Who has said all it wants to ask may still wait for the answer; Node's types do not know of this.
  (server as unknown as { httpAllowHalfOpen: boolean }).httpAllowHalfOpen = true;
  // It listens on nothing, and only then would it begin to look at its clock.
  server.emit('listening');

  const handle = (ask: Ask): void => {
    const socket = ask.request.socket;
    const connection = connections.get(socket);
    const queue = connection === undefined ? undefined : queues.get(connection);
    if (connection === undefined || queue === undefined || queue.length >= PIPELINED_MOST) {
      socket.destroy();
      return;
    }
    queue.length += 1;
    queue.last = queue.last
      .then(async () => {
        if (socket.destroyed || connection.isOver) return;
        connection.isBusy = true;
        await exchange(tools, connection, ask);
      })
      .catch(() => void socket.destroy())
      .finally(() => {
        queue.length -= 1;
        connection.isBusy = queue.length > 0;
      });
  };
  server.on('request', (request, response) => handle({ request, response, expectsContinue: false }));
  server.on('checkContinue', (request, response) => handle({ request, response, expectsContinue: true }));
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const connection = connections.get(socket as Socket);
    if (connection === undefined) {
      socket.destroy();
      return;
    }
    if (!/^websocket$/i.test(request.headers.upgrade ?? '')) {
      readAgain(socket as Socket, request, head);
      return;
    }
    socket.on('error', () => socket.destroy());
    const response = new ServerResponse(request);
    response.assignSocket(socket as Socket);
    response.shouldKeepAlive = false;
    response.once('finish', () => (socket as Socket).destroySoon());
    handle({ request, response, upgrade: { socket, head }, expectsContinue: false });
  });
  /** A protocol that we do not change to is one that the server need not hear of: the request goes on without. */
  const readAgain = (socket: Socket, request: IncomingMessage, head: Buffer): void => {
    const lines = Array.from({ length: request.rawHeaders.length / 2 }, (_, at) => [
      request.rawHeaders[2 * at] ?? '',
      request.rawHeaders[2 * at + 1] ?? '',
    ]).filter(([name = '']) => !/^(?:upgrade|http2-settings)$/i.test(name));
    const text = `${request.method} ${request.url} HTTP/${request.httpVersion}\r\n${lines
      .map(
        ([name, value]) =>
          `${name}: ${name?.toLowerCase() === 'connection' ? value?.replace(/upgrade/gi, 'x-upgrade') : value}\r\n`,
      )
      .join('')}\r\n`;
    socket.unshift(Buffer.concat([Buffer.from(text, 'latin1'), head]));
    server.emit('connection', socket);
    socket.resume();
  };
  const refuseRaw = (socket: Socket, refusal: Refusal): void => {
    const connection = connections.get(socket);
    if (connection !== undefined) recordRefused(connection, refusal);
    writeRefusal(socket, refusal);
  };
  server.on('connect', (_request, socket) => {
    refuseRaw(socket as Socket, { status: 405, text: 'CONNECT has no meaning here', rule: 'CONNECT' });
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    // Who was refused hangs up in the middle of what it had to say.
    const isOver = connections.get(socket as Socket)?.isOver ?? false;
    const isQuiet = isOver || error.code === 'ECONNRESET' || error.code === 'EPIPE' || socket.destroyed;
    if (isQuiet) socket.destroy();
    else if (error.code === 'HPE_HEADER_OVERFLOW') {
      refuseRaw(socket as Socket, {
        status: 431,
        text: 'the head of the request is too long',
        rule: 'malformed request: too long',
      });
    } else {
      refuseRaw(socket as Socket, {
        status: 400,
        text: 'the request is not valid',
        rule: `malformed request: ${error.code ?? 'unknown'}`,
      });
    }
  });

  const serve = (socket: Socket, origin: Origin, serverName?: string): void => {
    const upstream = createUpstream({
      dial: options.dial,
      ...(options.formOf === undefined ? {} : { formOf: options.formOf }),
      ...(serverName === undefined ? {} : { trust }),
      // A guest whose server hangs up between two requests is told by the same.
      onEnd: () => {
        if (!connection.isBusy) socket.destroySoon();
      },
    });
    const connection: Connection = {
      origin,
      upstream,
      isBusy: false,
      isOver: false,
      ...(serverName === undefined ? {} : { serverName }),
    };
    connections.set(socket, connection);
    queues.set(connection, { last: Promise.resolve(), length: 0 });
    socket.on('error', () => socket.destroy());
    socket.setTimeout(IDLE_MS, () => socket.destroy());
    socket.once('close', () => {
      connections.delete(socket);
      upstream.close();
    });
    server.emit('connection', socket);
    // It was paused, and a server takes that for a wish.
    socket.resume();
  };
  const origins = new WeakMap<Socket, { readonly origin: Origin; readonly serverName: string }>();
  const terminate = (): Terminator => {
    terminator ??= createTerminator({
      authority: async () => {
        const authority = await readAuthority(authorityFiles(options.dir));
        if (authority === undefined) throw new Error('the machine has no authority');
        return authority;
      },
      now: options.now,
      onSecure: (socket, raw) => {
        const known = origins.get(raw);
        if (known === undefined) socket.destroy();
        else serve(socket, known.origin, known.serverName);
      },
      onFailure: (raw, code) => {
        const known = origins.get(raw);
        if (known === undefined) return;
        const { origin, serverName } = known;
        options.record({
          verdict: 'refused',
          protocol: 'tls',
          name: serverName,
          ...(origin.address === undefined ? {} : { address: origin.address }),
          port: origin.port,
          rule: `TLS with the guest failed: ${code}`,
        });
      },
    });
    return terminator;
  };

  return {
    plain: (socket, first, origin) => {
      socket.setNoDelay(true);
      socket.unshift(first);
      serve(socket, origin);
    },
    tls: (socket, first, origin, serverName) => {
      const name = serverName.toLowerCase();
      // The server's own option is for sockets that it accepts itself. Without it each answer whose head and body are
      // two writes waits 40 ms for the guest's acknowledgement.
      socket.setNoDelay(true);
      socket.on('error', () => socket.destroy());
      origins.set(socket, { origin, serverName: name });
      terminate().terminate(socket, first, name);
    },
    covers: (serverName) => isCovered(serverName.toLowerCase()),
    recheck: () => {
      for (const [socket, { target, serverName, upstream }] of connections) {
        const address = upstream.address();
        const isForbidden =
          target !== undefined &&
          (!options.decide(target).allowed ||
            (address !== undefined && options.mayStay?.(target, address) === false));
        if (isForbidden || (serverName !== undefined && !isCovered(serverName))) socket.destroy();
      }
      // The authority goes with the last secret; the next one has another.
      if (options.secrets().length === 0) {
        terminator?.close();
        terminator = undefined;
      }
    },
    close: () => {
      for (const socket of connections.keys()) socket.destroy();
      terminator?.close();
      server.close();
    },
  };
};
