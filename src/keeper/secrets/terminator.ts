import type { Socket } from 'node:net';
import { createSecureContext, createServer, type SecureContext, type TLSSocket } from 'node:tls';
import { createIssuer, type Identity, type Issuer } from '../../lib/certificate-authority.ts';

const HANDSHAKE_MS = 20_000;
/** Certificates that are kept; a secret's `*.` pattern has more names than anybody wants to remember. */
const LEAVES_KEPT = 256;
/** Leaves are good for 30 days; a keeper may live for longer. */
const LEAF_LIFE_MS = 86_400_000;

export type TerminatorOptions = {
  /** The machine's own authority. */
  readonly authority: () => Promise<Identity>;
  readonly now: () => Date;
  /** A guest's connection that speaks in clear from here on, and the name that it was made for. */
  readonly onSecure: (socket: TLSSocket, raw: Socket) => void;
  /** The guest gave up, or does not trust the authority. */
  readonly onFailure: (raw: Socket, code: string) => void;
};

/** Ends TLS of the guest's connections in the name of the servers that they are for. */
export type Terminator = {
  readonly terminate: (raw: Socket, first: Buffer, serverName: string) => void;
  readonly close: () => void;
};

type Leaf = { readonly context: Promise<SecureContext>; readonly sinceMs: number };

export const createTerminator = (options: TerminatorOptions): Terminator => {
  const leaves = new Map<string, Leaf>();
  const expected = new WeakMap<object, string>();
  let issuer: Promise<Issuer> | undefined;
  const issue = async (name: string): Promise<SecureContext> => {
    issuer ??= options.authority().then((authority) => createIssuer(authority, options.now));
    const { certificate, key } = await (await issuer)(name);
    return createSecureContext({ cert: certificate, key, minVersion: 'TLSv1.2' });
  };
  const contextFor = (name: string): Promise<SecureContext> => {
    const nowMs = options.now().getTime();
    const known = leaves.get(name);
    if (known !== undefined && nowMs - known.sinceMs < LEAF_LIFE_MS) return known.context;
    const context = issue(name);
    context.catch(() => {
      leaves.delete(name);
      issuer = undefined;
    });
    leaves.delete(name);
    leaves.set(name, { context, sinceMs: nowMs });
    const oldest = leaves.keys().next().value;
    if (leaves.size > LEAVES_KEPT && oldest !== undefined) leaves.delete(oldest);
    return context;
  };
  const server = createServer({
    ALPNProtocols: ['http/1.1'],
    handshakeTimeout: HANDSHAKE_MS,
    minVersion: 'TLSv1.2',
    SNICallback: (name, done) => {
      contextFor(name.toLowerCase()).then(
        (context) => done(null, context),
        (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
      );
    },
  });
  // Node's TLSSocket keeps the socket below it under this name.
  const rawOf = (socket: TLSSocket): Socket => (socket as unknown as { _parent?: Socket })._parent ?? socket;
  server.on('secureConnection', (socket) => {
    const raw = rawOf(socket);
    socket.on('error', () => socket.destroy());
    // The gate decided by the name in the first bytes; what TLS itself understood must be the same.
    if (typeof socket.servername !== 'string' || socket.servername.toLowerCase() !== expected.get(raw)) {
      options.onFailure(raw, 'another server name');
      socket.destroy();
      return;
    }
    options.onSecure(socket, raw);
  });
  server.on('tlsClientError', (error: NodeJS.ErrnoException, socket) => {
    options.onFailure(rawOf(socket), error.code ?? 'TLS');
    socket.destroy();
  });
  return {
    terminate: (raw, first, serverName) => {
      expected.set(raw, serverName);
      raw.unshift(first);
      server.emit('connection', raw);
    },
    close: () => server.close(),
  };
};
