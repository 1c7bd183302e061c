import { readFile } from 'node:fs/promises';
import { createServer as createWebServer } from 'node:http';
import { type AddressInfo, connect, createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { tryNetwork } from '../../../src/drivers/qemu/namespaces.ts';
import { openSshDoor } from '../../../src/keeper/ssh-door.ts';
import { cagedNetwork, egress, GUEST_SSH_PORT } from '../../support/caged-network.ts';
import { testContext } from '../../support/context.ts';
import { startDnsServer } from '../../support/dns-server.ts';
import { eventually } from '../../support/eventually.ts';

const why = await tryNetwork(testContext('/'));
if (why !== undefined) process.stdout.write(`skipped, as this host refuses a network namespace: ${why}\n`);
const caged = test.skipIf(why !== undefined);

/** An address of this host that is not its loopback: the only server outside that a test can have everywhere. */
const ownAddress = Object.values(networkInterfaces())
  .flatMap((all) => all ?? [])
  .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;

/** A server on this host that says what it hears, behind a word of its own. */
const server = async (host: string, greeting = ''): Promise<number> => {
  const sockets = new Set<{ destroy: () => void }>();
  const listening = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    if (greeting !== '') socket.write(greeting);
    socket.on('data', (chunk) => socket.write(`heard ${chunk}`));
    socket.on('end', () => socket.end());
  });
  await new Promise<void>((resolve) => listening.listen({ host, port: 0 }, resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    listening.close();
  });
  return (listening.address() as AddressInfo).port;
};

/** Says something to an address and prints what came back, or how it failed. */
const ask = (host: string, port: number, words: string): string => `
  const socket = require('node:net').connect({ host: '${host}', port: ${port}, allowHalfOpen: true });
  let heard = '';
  socket.on('connect', () => socket.end(${JSON.stringify(words)}));
  socket.on('data', (chunk) => { heard += chunk; });
  socket.on('error', (error) => { heard += error.code; });
  socket.on('close', () => console.log(heard));`;

const events = async (path: string): Promise<readonly string[]> =>
  (await readFile(path, 'utf8').catch(() => ''))
    .trim()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const { verdict, protocol, name, address, port, rule } = JSON.parse(line);
      return [verdict, protocol, name, address, port, rule].filter((one) => one !== undefined).join(' ');
    });

caged('a block of the manifest lets through, everything else is refused or has no listener', async () => {
  const port = await server(ownAddress ?? '');
  const { network, files, inside } = await cagedNetwork(egress({ allow: [`${ownAddress}/32:${port}`] }));
  expect(await inside(ask(ownAddress ?? '', port, 'hello'))).toBe('heard hello');
  expect(await inside(ask('203.0.113.9', port, 'hello'))).toBe('ECONNRESET');
  expect(await inside(ask('203.0.113.9', 1, 'hello'))).toBe('ECONNREFUSED');
  expect(await events(files.networkLog)).toEqual([
    `passed tcp ${ownAddress} ${port} allow ${ownAddress}:${port}`,
    `refused tcp 203.0.113.9 ${port} not in network.egress`,
  ]);
  await network.look();
  expect(network.status()).toEqual({
    wall: 'namespaces',
    counts: { passed: 1, refused: 1, refusedHosts: 1, refusedByKernel: 1 },
  });
});

caged(
  'the host’s loopback is reached at the ports that are named, and at its other addresses never',
  async () => {
    const [named, other] = [await server('127.0.0.1'), await server('127.0.0.1')];
    const { inside, files } = await cagedNetwork(
      egress({ mode: 'public', hostPorts: [named], ports: [other] }),
      {},
      {},
      () => [ownAddress ?? ''],
    );
    expect(await inside(ask('127.0.0.1', named, 'hello'))).toBe('heard hello');
    expect(await inside(ask('127.0.0.1', other, 'hello'))).toBe('ECONNRESET');
    expect(await inside(ask(ownAddress ?? '', other, 'hello'))).toBe('ECONNRESET');
    expect((await events(files.networkLog)).slice(1)).toEqual([
      `refused tcp 10.0.2.2 ${other} not in network.hostPorts`,
      expect.stringMatching(`^refused tcp ${ownAddress} ${other} (private address|address of this host)$`),
    ]);
  },
);

caged(
  'an address of this host is refused whoever leads to it, from the moment that it has it; an entry of it opens it',
  async () => {
    const port = await server(ownAddress ?? '');
    const own = new Set(['203.0.113.9', ownAddress ?? '']);
    const dns = await startDnsServer(({ name, type }) => ({
      answers: type === 'A' ? [{ type: 'A', name, ttl: 60, data: `203.0.113.${name.slice(1, 2)}` }] : [],
    }));
    const { inside, files, network } = await cagedNetwork(
      egress({ mode: 'public' }),
      {},
      { servers: [dns.address], hostsPath: '/nowhere' },
      () => [...own],
    );
    /** The status of a page of a host, at an address that nobody has. */
    const get = (host: string): string => `
      require('node:http').get({ host: '198.51.100.7', headers: { host: '${host}' } }, (answer) => {
        console.log(answer.statusCode);
        process.exit();
      }).on('error', (error) => console.log(error.code));`;
    const refusals = async (): Promise<readonly string[]> =>
      (await events(files.networkLog)).filter((line) => line.startsWith('refused'));
    expect(await inside(ask('203.0.113.9', 443, 'hello'))).toBe('ECONNRESET');
    expect(await inside(get('203.0.113.9'))).toBe('403');
    expect(await inside(get('n9.example'))).toBe('403');
    expect(
      await inside(
        `require('node:dns').promises.resolve4('n9.example').then(console.log, (error) => console.log(error.code))`,
      ),
    ).toBe('EREFUSED');
    expect(await refusals()).toEqual([
      'refused tcp 203.0.113.9 443 address of this host',
      'refused http 203.0.113.9 198.51.100.7 80 address of this host',
      'refused http n9.example 203.0.113.9 80 address of this host',
      'refused dns n9.example 203.0.113.9 53 address of this host',
    ]);

    // It moves to another network.
    own.add('203.0.113.8');
    await sleep(300);
    expect(await inside(get('n8.example'))).toBe('403');
    expect((await refusals()).at(-1)).toBe('refused http n8.example 203.0.113.8 80 address of this host');

    await network.set({ egress: egress({ allow: [`0.0.0.0/0:${port}`] }), secrets: [] });
    expect(await inside(ask(ownAddress ?? '', port, 'hello'))).toBe('ECONNRESET');
    await network.set({ egress: egress({ allow: [`${ownAddress}:${port}`] }), secrets: [] });
    expect(await inside(ask(ownAddress ?? '', port, 'hello'))).toBe('heard hello');
  },
);

caged('a server that speaks first is heard, and so is a client that waits for it', async () => {
  const port = await server(ownAddress ?? '', 'welcome ');
  const { inside } = await cagedNetwork(egress({ allow: [`${ownAddress}/32:${port}`] }));
  const patient = `
    const socket = require('node:net').connect(${port}, '${ownAddress}');
    socket.once('data', (chunk) => { console.log(String(chunk)); socket.destroy(); });
    socket.on('error', (error) => console.log(error.code));`;
  expect(await inside(patient)).toBe('welcome');
});

caged('a rule that is taken away ends the connections that it let through', async () => {
  const port = await server(ownAddress ?? '');
  const { network, inside, files } = await cagedNetwork(egress({ allow: [`${ownAddress}/32:${port}`] }));
  const held = inside(`
    const socket = require('node:net').connect(${port}, '${ownAddress}');
    socket.write('hello\\n');
    socket.on('data', (chunk) => console.log(String(chunk).trim()));
    socket.on('error', (error) => console.log(error.code));`);
  await eventually(async () => (await events(files.networkLog)).length === 1);
  const none = { egress: egress({ mode: 'none' }), secrets: [] };
  await network.set(none);
  expect(network.rules()).toEqual(none);
  expect(await held).toBe('heard hello\nECONNRESET');
  expect((await events(files.networkLog)).at(-1)).toBe(`refused tcp ${ownAddress} ${port} none`);
  expect(await inside(ask(ownAddress ?? '', port, 'hello'))).toBe('ECONNREFUSED');
});

caged('an address that is denied ends the requests that its name let through', async () => {
  const web = createWebServer((request, response) => {
    if (request.url === '/held') response.write('held ');
    else response.end('page');
  });
  await new Promise<void>((resolve) => web.listen({ host: ownAddress, port: 0 }, resolve));
  onTestFinished(() => {
    web.closeAllConnections();
    web.close();
  });
  const { port } = web.address() as AddressInfo;
  const dns = await startDnsServer(({ name, type }) => ({
    answers: type === 'A' ? [{ type: 'A', name, ttl: 60, data: ownAddress ?? '' }] : [],
  }));
  const allow = [`web.example:${port}`, `${ownAddress}:${port}`];
  const { network, inside } = await cagedNetwork(
    egress({ allow }),
    {},
    { servers: [dns.address], hostsPath: '/nowhere' },
  );
  let isHeld = false;
  web.on('request', ({ url }) => {
    isHeld ||= url === '/held';
  });
  const held = inside(`
    const host = 'web.example:${port}';
    require('node:http').get({ host: '198.51.100.7', port: ${port}, headers: { host }, path: '/held' }, (answer) => {
      answer.resume();
      answer.on('error', (error) => console.log(error.code));
    }).on('error', (error) => console.log(error.code));`);
  expect(await eventually(async () => isHeld)).toBe(true);
  await network.set({ egress: egress({ allow, deny: [ownAddress ?? ''] }), secrets: [] });
  expect(await held).toBe('ECONNRESET');
});

caged('without its keeper nothing passes, and another one opens the same namespace again', async () => {
  const port = await server(ownAddress ?? '');
  const { network, reopen, inside } = await cagedNetwork(egress({ allow: [`${ownAddress}/32:${port}`] }));
  network.close();
  expect(await inside(ask(ownAddress ?? '', port, 'hello'))).toBe('ECONNREFUSED');
  await reopen();
  expect(await inside(ask(ownAddress ?? '', port, 'hello'))).toBe('heard hello');
});

caged('requests over plain HTTP are answered, kept alive, and refused in words', async () => {
  const web = createWebServer((request, response) => response.end(`page ${request.url}`));
  await new Promise<void>((resolve) => web.listen({ host: ownAddress, port: 0 }, resolve));
  onTestFinished(() => void web.close());
  const { port } = web.address() as AddressInfo;
  const { inside, files } = await cagedNetwork(egress({ allow: [`${ownAddress}/32:${port}`] }));
  expect(
    await inside(`
      const http = require('node:http');
      const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
      const get = (host, path) => new Promise((resolve) => {
        http.get({ agent, host: '${ownAddress}', port: ${port}, headers: { host }, path }, (answer) => {
          let text = '';
          answer.on('data', (chunk) => { text += chunk; });
          answer.on('end', () => resolve(answer.statusCode + ' ' + text.trim().split('\\n')[0]));
        }).on('error', (error) => resolve(error.code));
      });
      (async () => {
        console.log(await get('${ownAddress}', '/one'));
        console.log(await get('${ownAddress}', '/two'));
        console.log((await get('forbidden.example', '/three')).slice(0, 3));
        process.exit();
      })();`),
  ).toBe('200 page /one\n200 page /two\n403');
  // Who has said all it asks may wait for the answer.
  expect(
    await inside(ask(ownAddress ?? '', port, `GET /four HTTP/1.1\r\nHost: ${ownAddress}\r\n\r\n`)),
  ).toMatch(/^HTTP\/1.1 200 OK.*page \/four$/s);
  expect((await events(files.networkLog)).filter((line) => line.startsWith('refused'))).toEqual([
    expect.stringContaining('forbidden.example'),
  ]);
});

caged('the door leads to the guest’s SSH server, both ways, with half-close', async () => {
  const { network, inside } = await cagedNetwork(egress({ mode: 'none' }));
  const door = await openSshDoor(network.dialGuest, undefined);
  onTestFinished(door.close);
  const guest = inside(`
    require('node:net').createServer({ allowHalfOpen: true }, (socket) => {
      let heard = '';
      socket.on('data', (chunk) => { heard += chunk; });
      socket.on('end', () => { socket.end('echo ' + heard); process.exit; setTimeout(() => process.exit(), 200); });
    }).listen(${GUEST_SSH_PORT}, '127.0.0.1')`);
  const answer = () =>
    new Promise<string>((resolve) => {
      const socket = connect({ port: door.port, host: '127.0.0.1', allowHalfOpen: true }, () =>
        socket.end('hello'),
      );
      let heard = '';
      socket.on('data', (chunk) => {
        heard += chunk;
      });
      socket.on('error', () => {});
      socket.on('close', () => resolve(heard));
    });
  expect(await eventually(async () => (await answer()) === 'echo hello')).toBe(true);
  await guest;
});

caged('names are resolved by the keeper alone, at whatever address the guest asks', async () => {
  const { inside, files } = await cagedNetwork(egress({ allow: ['example.com'] }));
  const lookUp = (name: string, resolver: string): string => `
    const resolver = new (require('node:dns').promises.Resolver)({ timeout: 3000, tries: 1 });
    resolver.setServers(['${resolver}']);
    resolver.resolve4('${name}').then((all) => console.log(all.join()), (error) => console.log(error.code));`;
  expect(await inside(lookUp('host.agentvm.internal', '127.0.0.1'))).toBe('10.0.2.2');
  expect(await inside(lookUp('host.agentvm.internal', '8.8.8.8'))).toBe('10.0.2.2');
  expect(await inside(lookUp('example.org', '127.0.0.1'))).toBe('EREFUSED');
  expect(await events(files.networkLog)).toEqual(['refused dns example.org 53 not in network.egress']);
});

caged('names in requests carry no more to their domain than those in questions do', async () => {
  const dns = await startDnsServer(({ name, type }) => ({
    answers: type === 'A' ? [{ type: 'A', name, ttl: 0, data: '10.0.0.1' }] : [],
  }));
  const { inside, files } = await cagedNetwork(
    egress({ mode: 'public' }),
    {},
    { servers: [dns.address], hostsPath: '/nowhere' },
  );
  expect(
    await inside(`
      const http = require('node:http');
      const agent = new http.Agent({ keepAlive: false, maxSockets: 20 });
      const get = (host) => new Promise((resolve) => {
        http.get({ agent, host: '198.51.100.7', headers: { host } }, (answer) => {
          answer.resume();
          answer.on('end', () => resolve(answer.statusCode));
        }).on('error', (error) => resolve(error.code));
      });
      (async () => {
        const all = await Promise.all(Array.from({ length: 300 }, (_, count) => get('d' + count + '.tunnel.example')));
        console.log(...new Set(all));
        process.exit();
      })();`),
  ).toBe('403');
  expect(new Set(dns.asked.filter((one) => one.startsWith('A '))).size).toBe(120);
  expect((await events(files.networkLog)).filter((line) => line.includes('too many'))).toEqual([
    'refused http *.tunnel.example 198.51.100.7 80 too many names',
  ]);
});
