import { mkdir } from 'node:fs/promises';
import { request } from 'node:http';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { expect, onTestFinished, test } from 'vitest';
import { createHostResolver } from '../../../src/keeper/network/host-resolver.ts';
import { openProxiedNetwork } from '../../../src/keeper/network/proxied-network.ts';
import { machineFiles } from '../../../src/keeper/protocol-files.ts';
import type { EgressSpec } from '../../../src/model/network.ts';
import { egress } from '../../support/caged-network.ts';
import { testContext } from '../../support/context.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const ownAddress = Object.values(networkInterfaces())
  .flatMap((all) => all ?? [])
  .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;

const proxied = async (rules: EgressSpec) => {
  const context = testContext(await tempFolder());
  const files = machineFiles(context.paths, '0f0f0f0f-0000-4000-8000-000000000000');
  await mkdir(files.dir, { recursive: true });
  await mkdir(files.sockets, { recursive: true });
  const network = await openProxiedNetwork(context, {
    files,
    guestSshPort: 1,
    spec: { egress: rules, secrets: [] },
    resolve: createHostResolver({ now: context.clock.now }),
    valueOf: () => Promise.reject(new Error('there are no secrets')),
    // This host's servers stand for another host's.
    ownAddresses: () => [],
    log: () => {},
  });
  onTestFinished(() => network.close());
  return { network, socketPath: files.proxySocket };
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
