import { createHash, randomBytes } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { type RequestListener, request } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectThrough, proxyFromEnvironment } from '../../src/keeper/network/upstream-proxy.ts';
import { createIssuer, makeAuthority } from '../../src/lib/certificate-authority.ts';
import { exec } from '../../src/lib/exec.ts';
import { type ConnectProxy, connected, connectProxy } from './connect-proxy.ts';
import { gitServer } from './git-server.ts';
import { startModelServer } from './model-server.ts';

/** The servers of a company, and what its hosts set to reach and to trust them. */
export type Outside = {
  /** For the environment of commands: the company's proxy, which alone knows its names, and its authority. */
  readonly env: Readonly<Record<string, string>>;
  readonly proxy: ConnectProxy;
  /** The Authorization headers that the model was sent, empty for none; a test may clear them. */
  readonly keysSeen: Set<string>;
  /** The bare repository `one.git` of git.example. */
  readonly repository: string;
  /** The SHA-256 of what https://files.example/BYTES has told, by number of bytes. */
  readonly digests: ReadonlyMap<number, string>;
  readonly close: () => Promise<void>;
};

export type OutsideOptions = {
  readonly modelKey: string;
  readonly gitToken: string;
  /** An address at which the files are too. */
  readonly alsoAt: string;
};

const CHUNK_BYTES = 2 ** 20;

/** Reaches what is not the company's as this host does. */
const beyond = async (host: string, port: number): Promise<Socket> => {
  const proxy = proxyFromEnvironment(process.env)(host, port);
  if (proxy === undefined) return connected(port, host);
  return (await connectThrough(proxy, { host, port }, AbortSignal.timeout(30_000))).socket;
};

/** `/BYTES` is so many of them, no MiB like another. */
const fileServer = (digests: Map<number, string>): RequestListener => {
  const chunk = randomBytes(CHUNK_BYTES);
  return async (asked, response) => {
    const bytes = Number(asked.url?.slice(1));
    response.writeHead(200, { 'Content-Length': bytes });
    const hash = createHash('sha256');
    for (let sent = 0; sent < bytes; sent += CHUNK_BYTES) {
      const piece = Buffer.from(chunk.subarray(0, Math.min(CHUNK_BYTES, bytes - sent)));
      piece.writeUInt32BE(sent / CHUNK_BYTES);
      hash.update(piece);
      if (!response.write(piece)) await new Promise((drained) => response.once('drain', drained));
    }
    digests.set(bytes, hash.digest('hex'));
    response.end();
  };
};

/** Answers those who have the key; `/events` goes on to its next event once somebody has asked for `/arrived`. */
const modelServer = (port: number, key: string, keysSeen: Set<string>): RequestListener => {
  let arrived = (): void => {};
  return async (asked, response) => {
    const { authorization = '' } = asked.headers;
    if (asked.url === '/arrived') {
      response.end();
      arrived();
      return;
    }
    keysSeen.add(authorization);
    if (authorization !== `Bearer ${key}`) {
      asked.resume();
      response.writeHead(401).end(`${authorization} is no key\n`);
      return;
    }
    if (asked.url === '/events') {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      for (const token of ['one', 'two', 'three']) {
        const next = new Promise<void>((resolve) => {
          arrived = resolve;
        });
        response.write(`data: ${token}\n\n`);
        await next;
      }
      response.end();
      return;
    }
    const onward = request({
      port,
      path: asked.url,
      method: asked.method,
      headers: asked.headers,
      agent: false,
    });
    onward.on('error', () => response.destroy());
    onward.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    asked.pipe(onward);
  };
};

export const startOutside = async ({ modelKey, gitToken, alsoAt }: OutsideOptions): Promise<Outside> => {
  const folder = await mkdtemp(join(tmpdir(), 'outside-'));
  await chmod(folder, 0o755);
  const now = (): Date => new Date();
  const authority = await makeAuthority('a company', now());
  const issue = await createIssuer(authority, now);
  const known = await readFile(process.env.NODE_EXTRA_CA_CERTS ?? '/nowhere', 'utf8').catch(() => '');
  const trusted = join(folder, 'company.pem');
  await writeFile(trusted, `${known}\n${authority.certificate}`);
  const repository = join(folder, 'repositories/one.git');
  await mkdir(join(folder, 'repositories'));
  await exec('git', ['init', '--bare', '--quiet', '--initial-branch=main', repository]);
  await exec('git', ['-C', repository, 'config', 'http.receivepack', 'true']);
  const keysSeen = new Set<string>();
  const digests = new Map<number, string>();
  const model = await startModelServer();
  const servers: Server[] = [];
  const ports: Record<string, number> = {};
  for (const [name, listener] of [
    ['model.example', modelServer(model.port, modelKey, keysSeen)],
    ['git.example', gitServer(join(folder, 'repositories'), `me:${gitToken}`)],
    ['files.example', fileServer(digests)],
    [alsoAt, fileServer(digests)],
  ] as const) {
    const { certificate, key } = await issue(name);
    const server = createServer({ cert: certificate, key }, listener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    servers.push(server);
    ports[name] = (server.address() as AddressInfo).port;
  }
  const proxy = await connectProxy(ports, undefined, beyond);
  return {
    env: { https_proxy: proxy.url, NODE_EXTRA_CA_CERTS: trusted },
    proxy,
    keysSeen,
    repository,
    digests,
    close: async () => {
      proxy.close();
      model.stop();
      for (const server of servers) {
        server.closeAllConnections();
        server.close();
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
};
