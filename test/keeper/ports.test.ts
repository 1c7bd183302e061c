import { connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createPortListeners } from '../../src/keeper/port-listeners.ts';
import type { PortForward } from '../../src/model/share.ts';
import { testContext } from '../support/context.ts';
import { eventually } from '../support/eventually.ts';
import { tempFolder } from '../support/temp-folder.ts';

const forward = (guest: number, host: number | 'auto' = 'auto'): PortForward => ({
  key: `${host}:${guest}`,
  guest,
  host,
  address: '127.0.0.1',
});

const listenOn = async (server: Server, where: string | number): Promise<void> => {
  await new Promise<void>((resolve) =>
    typeof where === 'string' ? server.listen(where, resolve) : server.listen(where, '127.0.0.1', resolve),
  );
  onTestFinished(() => void server.close());
};

const listenersIn = async (folder: string) => {
  const listeners = createPortListeners(testContext(folder), (port) => join(folder, `p${port}`));
  onTestFinished(() => listeners.close());
  return listeners;
};

const freePort = async (): Promise<number> => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
};

/** Sends a text, says that this was all, and returns what comes back until the end. */
const exchange = (port: number, text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true }, () => socket.end(text));
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    socket.on('end', () => resolve(answer));
    socket.on('error', reject);
  });

test('a request goes through whole, and the answer after the half-close comes back whole', async () => {
  const folder = await tempFolder();
  const guest = createServer({ allowHalfOpen: true }, (socket) => {
    let bytes = 0;
    socket.on('data', (chunk) => {
      bytes += chunk.length;
    });
    socket.on('end', () => setTimeout(() => socket.end(`got ${bytes}`), 20));
  });
  await listenOn(guest, join(folder, 'p80'));
  const listeners = await listenersIn(folder);
  await listeners.set([forward(80)]);
  const [status] = listeners.status();
  expect(status).toMatchObject({ key: 'auto:80', guest: 80, host: 'auto', address: '127.0.0.1' });
  expect(await exchange(status?.port ?? 0, 'x'.repeat(300_000))).toBe('got 300000');
});

test('a connection to a guest that is not there is closed', async () => {
  const listeners = await listenersIn(await tempFolder());
  await listeners.set([forward(80)]);
  const answer = await exchange(listeners.status()[0]?.port ?? 0, 'hello').catch(() => '');
  expect(answer).toBe('');
});

test('a port in use is named with who holds it, and nothing else has changed', async () => {
  const listeners = await listenersIn(await tempFolder());
  const taken = await freePort();
  await listenOn(createServer(), taken);
  await listeners.set([forward(80)]);
  const before = listeners.status();
  const failure = await listeners.set([forward(80), forward(81), forward(82, taken)]).catch((error) => error);
  expect(failure).toMatchObject({ code: 'PORT_IN_USE', hint: expect.stringContaining('"auto:82"') });
  expect(failure.message).toMatch(
    new RegExp(
      `^Port ${taken} of this host \\(127\\.0\\.0\\.1:${taken}\\) is in use by .+ \\(process ${process.pid}\\)$`,
    ),
  );
  expect(listeners.status()).toEqual(before);
});

test('a port that stays keeps its connections; one that is taken away is free again', async () => {
  const folder = await tempFolder();
  const guest = createServer((socket) => socket.pipe(socket));
  await listenOn(guest, join(folder, 'p80'));
  const listeners = await listenersIn(folder);
  const fixed = await freePort();
  await listeners.set([forward(80), forward(90, fixed)]);
  const [kept] = listeners.status();
  const socket = connect(kept?.port ?? 0, '127.0.0.1');
  await new Promise((resolve) => socket.once('connect', resolve));
  await listeners.set([forward(80), forward(91, fixed)]);
  expect(listeners.status().map(({ guest, port }) => ({ guest, port }))).toEqual([
    { guest: 80, port: kept?.port },
    { guest: 91, port: fixed },
  ]);
  socket.write('still there');
  expect(String(await new Promise((resolve) => socket.once('data', resolve)))).toBe('still there');
  socket.destroy();
});

test('an address that this host does not have is refused', async () => {
  const listeners = await listenersIn(await tempFolder());
  await expect(
    listeners.set([{ key: 'x', guest: 80, host: 'auto', address: '198.51.100.7' }]),
  ).rejects.toMatchObject({ code: 'PORT_UNAVAILABLE' });
});

test('connections wait for the machine with all they say, are counted, and are closed where it cannot be reached', async () => {
  const folder = await tempFolder();
  const guest = createServer((socket) => {
    socket.on('data', (chunk) => socket.end(`heard ${chunk}`));
  });
  await listenOn(guest, join(folder, 'p80'));
  const asked: number[] = [];
  let wake = (): void => {};
  let fail = (_error: Error): void => {};
  let woken = new Promise<void>((resolve) => {
    wake = resolve;
  });
  const listeners = createPortListeners(
    testContext(folder),
    (port) => join(folder, `p${port}`),
    (port) => {
      asked.push(port);
      return woken;
    },
  );
  onTestFinished(() => listeners.close());
  await listeners.set([forward(80)]);
  const port = listeners.status()[0]?.port ?? 0;
  const answers = [exchange(port, 'one'), exchange(port, 'two')];
  expect(await eventually(async () => listeners.connections() === 2)).toBe(true);
  wake();
  expect(await Promise.all(answers)).toEqual(['heard one', 'heard two']);
  expect(await eventually(async () => listeners.connections() === 0)).toBe(true);
  expect(asked).toEqual([80, 80]);

  woken = new Promise((_resolve, reject) => {
    fail = reject;
  });
  const refused = exchange(port, 'three').catch(() => '');
  expect(await eventually(async () => listeners.connections() === 1)).toBe(true);
  fail(new Error('it does not wake'));
  expect(await refused).toBe('');
});

test('no more than some connections wait', async () => {
  const listeners = createPortListeners(
    testContext(await tempFolder()),
    () => '/nowhere',
    () => new Promise(() => {}),
  );
  onTestFinished(() => listeners.close());
  await listeners.set([forward(80)]);
  const port = listeners.status()[0]?.port ?? 0;
  let closed = 0;
  const sockets = Array.from({ length: 260 }, () =>
    connect({ port, host: '127.0.0.1' })
      .on('error', () => {})
      .on('close', () => {
        closed += 1;
      })
      .resume(),
  );
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
  });
  expect(await eventually(async () => closed === 4)).toBe(true);
  expect(listeners.connections()).toBe(256);
});
