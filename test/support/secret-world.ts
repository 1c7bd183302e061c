import { writeFile } from 'node:fs/promises';
import type { Server as HttpServer, RequestListener } from 'node:http';
import { createServer as createHttp } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { NetworkNews } from '../../src/keeper/network/network-log.ts';
import { DialRefusedError, type HttpGate } from '../../src/keeper/secrets/gate-options.ts';
import { createHttpGate } from '../../src/keeper/secrets/http-gate.ts';
import { createSecretValues } from '../../src/keeper/secrets/source.ts';
import {
  authorityFiles,
  createIssuer,
  ensureAuthority,
  type Identity,
  type Issuer,
  makeAuthority,
} from '../../src/lib/certificate-authority.ts';
import { exec } from '../../src/lib/exec.ts';
import type { SecretSpec } from '../../src/model/network.ts';
import { testContext } from './context.ts';
import { tempFolder } from './temp-folder.ts';

/** The value that the secret TOKEN of such a world has. */
export const VALUE = 's3cr3t/Value+with=marks-0123456789';
export const PLACEHOLDER = `agentvm-secret-${'ab'.repeat(32)}`;

export type SecretWorld = {
  readonly dir: string;
  readonly gate: HttpGate;
  readonly events: NetworkNews[];
  /** Names that the rules allow; served names are. */
  readonly allowed: Set<string>;
  readonly secrets: SecretSpec[];
  readonly handed: Map<string, string>;
  readonly trusted: Identity;
  /** Certificates of the authority that this host trusts. */
  readonly issue: Issuer;
  readonly authority: Identity;
  readonly authorityFile: string;
  /** A server for a name, with TLS unless told; returns its port. */
  readonly serve: (
    name: string,
    handler: RequestListener,
    options?: { readonly plain?: boolean; readonly identity?: Identity },
  ) => Promise<HttpServer>;
  /** A server of any kind for a name. */
  readonly place: (name: string, server: Server) => Promise<number>;
  /** Where the guest's connections come in: a port on which everything goes through the gate. */
  readonly door: (serverName?: string) => Promise<number>;
  /** curl as in the guest. */
  readonly curl: (
    args: readonly string[],
    options?: { readonly serverName?: string },
  ) => Promise<{ readonly exitCode: number; readonly stdout: string; readonly stderr: string }>;
};

const listen = (server: Server): Promise<number> =>
  new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)),
  );

/** A gate between a guest's clients and servers, all on this host's loopback, with the secret TOKEN for api.test. */
export const secretWorld = async (): Promise<SecretWorld> => {
  const dir = await tempFolder();
  const now = (): Date => new Date();
  const trusted = await makeAuthority('the authority of the internet', now());
  const issue = await createIssuer(trusted, now);
  const bundle = join(dir, 'bundle.pem');
  await writeFile(bundle, trusted.certificate);
  const authority = await ensureAuthority(authorityFiles(dir), 'agentvm test', now());
  const places = new Map<string, number>();
  const allowed = new Set<string>();
  const events: NetworkNews[] = [];
  const handed = new Map([['TOKEN', VALUE]]);
  const secrets: SecretSpec[] = [
    {
      name: 'TOKEN',
      placeholder: PLACEHOLDER,
      hosts: ['api.test', '*.git.test'],
      source: { from: 'env', variable: 'TOKEN' },
    },
  ];
  const sockets = new Set<Socket>();
  const values = createSecretValues({
    context: testContext(dir),
    variable: (name) => handed.get(name),
    shared: () => [join(dir, 'project')],
  });
  const gate = createHttpGate({
    decide: ({ host }) =>
      allowed.has(host) ? { allowed: true, rule: `allow ${host}` } : { allowed: false, rule: 'not allowed' },
    dial: ({ host }, signal) =>
      new Promise((resolve, reject) => {
        const port = places.get(host);
        if (port === undefined) {
          reject(new DialRefusedError('private address', '10.0.0.1'));
          return;
        }
        const socket = connect({ port, host: '127.0.0.1', signal, allowHalfOpen: true });
        socket.once('error', reject);
        socket.once('connect', () => resolve({ socket, address: '127.0.0.1' }));
      }),
    secrets: () => secrets,
    valueOf: values.valueOf,
    dir,
    env: { SSL_CERT_FILE: bundle },
    record: (event) => void events.push(event),
    now,
  });
  const servers: Server[] = [];
  const place = async (name: string, server: Server): Promise<number> => {
    servers.push(server);
    server.on('connection', (socket: Socket) => {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.once('close', () => sockets.delete(socket));
    });
    const port = await listen(server);
    places.set(name, port);
    allowed.add(name);
    return port;
  };
  const door = async (serverName = 'api.test'): Promise<number> => {
    const server = createServer({ pauseOnConnect: false }, (socket) => {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
      socket.on('error', () => socket.destroy());
      socket.once('data', (first) => {
        socket.pause();
        const isTls = first[0] === 0x16;
        if (isTls) gate.tls(socket, first, { address: '198.51.100.1', port: 443 }, serverName);
        else gate.plain(socket, first, { address: '198.51.100.1', port: 80 });
      });
    });
    servers.push(server);
    return listen(server);
  };
  onTestFinished(() => {
    gate.close();
    for (const socket of sockets) socket.destroy();
    for (const server of servers) server.close();
  });
  const authorityFile = authorityFiles(dir).certificate;
  return {
    dir,
    gate,
    events,
    allowed,
    secrets,
    handed,
    trusted,
    issue,
    authority,
    authorityFile,
    place,
    door,
    serve: async (name, handler, options = {}) => {
      const server = options.plain
        ? createHttp(handler)
        : createHttps(
            {
              cert: (options.identity ?? (await issue(name))).certificate,
              key: (options.identity ?? (await issue(name))).key,
            },
            handler,
          );
      await place(name, server);
      return server;
    },
    curl: async (args, options = {}) => {
      const port = await door(options.serverName);
      return exec(
        'curl',
        [
          '--silent',
          '--show-error',
          '--max-time',
          '20',
          '--noproxy',
          '*',
          '--cacert',
          authorityFile,
          '--connect-to',
          `::127.0.0.1:${port}`,
          ...args,
        ],
        {
          accept: 'any',
        },
      );
    },
  };
};
