import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { createServer as createWebServer } from 'node:https';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import { createHostResolver } from '../../../src/keeper/network/host-resolver.ts';
import { openProxiedNetwork } from '../../../src/keeper/network/proxied-network.ts';
import { machineFiles } from '../../../src/keeper/protocol-files.ts';
import {
  authorityFiles,
  createIssuer,
  ensureAuthority,
  makeAuthority,
} from '../../../src/lib/certificate-authority.ts';
import type { EgressSpec, SecretSpec } from '../../../src/model/network.ts';
import { egress } from '../../support/caged-network.ts';
import { testContext } from '../../support/context.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const ownAddress = Object.values(networkInterfaces())
  .flatMap((all) => all ?? [])
  .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;

const VALUE = 'the-value-of-the-token-0123456789';
const TOKEN: SecretSpec = {
  name: 'TOKEN',
  placeholder: `agentvm-secret-${'cd'.repeat(20)}`,
  hosts: ['api.test'],
  source: { from: 'env', variable: 'TOKEN' },
};

const proxied = async (
  rules: EgressSpec,
  {
    secrets = [],
    env = {},
    hostsPath,
  }: {
    readonly secrets?: readonly SecretSpec[];
    readonly env?: Readonly<Record<string, string>>;
    readonly hostsPath?: string;
  } = {},
) => {
  const root = await tempFolder();
  const context = testContext(root, { env: { HOME: root, PATH: process.env.PATH, ...env } });
  const files = machineFiles(context.paths, '0f0f0f0f-0000-4000-8000-000000000000');
  await mkdir(files.dir, { recursive: true });
  await mkdir(files.sockets, { recursive: true });
  const network = await openProxiedNetwork(context, {
    files,
    guestSshPort: 1,
    spec: { egress: rules, secrets },
    resolve: createHostResolver({
      now: context.clock.now,
      ...(hostsPath === undefined ? {} : { hostsPath }),
    }),
    valueOf: () => Promise.resolve(VALUE),
    // This host's servers stand for another host's.
    ownAddresses: () => [],
    log: () => {},
  });
  onTestFinished(() => network.close());
  return { network, socketPath: files.proxySocket, files };
};

/** Asks the proxy for a tunnel. The status, and the tunnel where there is one. */
const tunnel = (socketPath: string, path: string): Promise<{ status: number; socket: Socket }> =>
  new Promise((resolve, reject) => {
    request({ socketPath, method: 'CONNECT', path })
      .on('connect', ({ statusCode = 0 }, socket) => {
        socket.on('error', () => {});
        resolve({ status: statusCode, socket });
      })
      .on('error', reject)
      .end();
  });

const echo = async (host = '127.0.0.1'): Promise<number> => {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
};

test('a tunnel leads to what the rules allow, and ends with them', async () => {
  const [named, other] = [await echo(), await echo()];
  const { network, socketPath } = await proxied(egress({ hostPorts: [named] }));
  expect((await tunnel(socketPath, `10.0.2.2:${other}`)).status).toBe(403);
  expect((await tunnel(socketPath, `127.0.0.2:${named}`)).status).toBe(403);
  expect((await tunnel(socketPath, 'example.com:443')).status).toBe(403);
  expect((await tunnel(socketPath, 'example.com')).status).toBe(400);
  const { status, socket } = await tunnel(socketPath, `host.agentvm.internal:${named}`);
  expect(status).toBe(200);
  socket.write('hello');
  expect(await new Promise((resolve) => socket.once('data', (chunk) => resolve(String(chunk))))).toBe(
    'hello',
  );
  const ended = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  socket.resume();
  await network.set({ egress: egress({ mode: 'none' }), secrets: [] });
  await ended;
  expect(network.status()).toEqual({
    wall: 'proxy',
    counts: { passed: 1, refused: 4, refusedHosts: 3, refusedByKernel: 0 },
  });
});

test('what is said in a tunnel is heard and passed on', async () => {
  const port = await echo(ownAddress);
  const { socketPath } = await proxied(egress({ allow: [`${ownAddress}/32:${port}`] }));
  const { status, socket } = await tunnel(socketPath, `${ownAddress}:${port}`);
  expect(status).toBe(200);
  socket.write('hello\n');
  expect(await new Promise((resolve) => socket.once('data', (chunk) => resolve(String(chunk))))).toBe(
    'hello\n',
  );
  socket.destroy();
});

test('it closes with tunnels open', async () => {
  const named = await echo();
  const { network, socketPath } = await proxied(egress({ hostPorts: [named] }));
  const { socket } = await tunnel(socketPath, `10.0.2.2:${named}`);
  const ended = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  socket.resume();
  network.close();
  await ended;
});

test('in a tunnel to its host a placeholder becomes its value; elsewhere it is refused or worth nothing', async () => {
  const folder = await tempFolder();
  const trusted = await makeAuthority('of the internet', new Date());
  const issue = await createIssuer(trusted, () => new Date());
  const [bundle, hosts] = [join(folder, 'bundle.pem'), join(folder, 'hosts')];
  await writeFile(bundle, trusted.certificate);
  await writeFile(hosts, '127.0.0.9 api.test other.test\n');
  const identity = await issue('api.test');
  const seen: string[] = [];
  const server = createWebServer({ cert: identity.certificate, key: identity.key }, (asked, response) => {
    seen.push(asked.headers.authorization ?? '');
    response.end(`you said ${seen.at(-1)}`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.9', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const { socketPath, files } = await proxied(egress({ allow: [`127.0.0.9:${port}`, `*.test:${port}`] }), {
    secrets: [TOKEN],
    env: { SSL_CERT_FILE: bundle },
    hostsPath: hosts,
  });
  const authority = await ensureAuthority(authorityFiles(files.dir), 'the machine', new Date());
  /** What comes back for a request as it is written, within TLS where a name is told. */
  const say = async (path: string, servername: string | undefined, text: string): Promise<string> => {
    const { status, socket } = await tunnel(socketPath, path);
    if (status !== 200) return String(status);
    const said =
      servername === undefined
        ? socket
        : connectTls({ socket, servername, ca: [authority.certificate, trusted.certificate] });
    said.write(text);
    return new Promise((resolve) => {
      let heard = '';
      said.on('data', (chunk) => {
        heard += chunk;
      });
      said.on('error', (error: NodeJS.ErrnoException) => {
        heard += error.code;
      });
      said.on('close', () => resolve(heard));
    });
  };
  const get = (host: string, path = '/'): string =>
    `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${TOKEN.placeholder}\r\nConnection: close\r\n\r\n`;
  const at = `api.test:${port}`;
  expect(await say(at, 'api.test', get('api.test'))).toMatch(/^HTTP\/1.1 200 .*you said Bearer \*{33}$/s);
  // Who asks for the bare address names the host in TLS all the same.
  expect(await say(`127.0.0.9:${port}`, 'api.test', get('api.test'))).toMatch(/you said Bearer \*{33}$/);
  expect(seen).toEqual([`Bearer ${VALUE}`, `Bearer ${VALUE}`]);
  expect(await say(at, 'api.test', get('api.test', `/?key=${TOKEN.placeholder}`))).toMatch(/^HTTP\/1.1 403 /);
  expect(await say(at, 'api.test', get('other.test'))).toMatch(/^HTTP\/1.1 421 /);
  expect(await say(at, undefined, get('api.test'))).toMatch(/^HTTP\/1.1 403 /);
  expect(await say(`other.test:${port}`, undefined, get('other.test'))).toMatch(/^HTTP\/1.1 403 /);
  // Another name in TLS than the tunnel was asked for: the rules for that name decide.
  expect(await say(at, 'forbidden.example', get('forbidden.example'))).toBe('EPROTO');
  expect(seen).toHaveLength(2);
  const log = await readFile(files.networkLog, 'utf8');
  expect(log.match(/"rule":"placeholder in [^"]*"/g)).toEqual([
    '"rule":"placeholder in a URL"',
    '"rule":"placeholder in a request without TLS"',
    '"rule":"placeholder in a request to other.test"',
  ]);
  expect(log).not.toContain(VALUE);
});
