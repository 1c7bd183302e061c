import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { tryNetwork } from '../../../src/drivers/qemu/namespaces.ts';
import { createStandIns } from '../../../src/keeper/network/stand-ins.ts';
import { cagedNetwork, egress } from '../../support/caged-network.ts';
import { testContext } from '../../support/context.ts';
import { startDnsServer } from '../../support/dns-server.ts';

const why = await tryNetwork(testContext('/'));
if (why !== undefined) process.stdout.write(`skipped, as this host refuses a network namespace: ${why}\n`);
const caged = test.skipIf(why !== undefined);

test('a name keeps its address, and a guest that asks for everything gets no more than there are', () => {
  const standIns = createStandIns();
  const first = standIns.addressFor('a.example');
  expect(first).toBe('198.18.0.1');
  expect(standIns.addressFor('a.example')).toBe(first);
  expect(standIns.nameOf(first)).toBe('a.example');
  expect(standIns.nameOf('192.0.2.1')).toBeUndefined();
  const given = Array.from({ length: 100_000 }, (_, count) => standIns.addressFor(`d${count}.example`));
  expect(given.every((address) => /^198\.18\.\d{1,3}\.\d{1,3}$/.test(address))).toBe(true);
  expect(standIns.nameOf(given.at(-1) ?? '')).toBe('d99999.example');
  expect(standIns.nameOf(given.at(-4096) ?? '')).toBe('d95904.example');
  expect(given.filter((address) => standIns.nameOf(address) !== undefined && address === first)).toEqual([]);
});

/** A proxy of this host's that answers for every name itself, and keeps a list of what it was asked. */
const startProxy = async (): Promise<{ url: string; asked: readonly string[] }> => {
  const asked: string[] = [];
  const proxy = createServer();
  proxy.on('connect', (request, socket) => {
    asked.push(request.url ?? '');
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    socket.on('error', () => {});
    socket.once('data', (chunk: Buffer) => socket.end(`through the proxy: ${chunk}`));
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  onTestFinished(() => {
    proxy.closeAllConnections();
    proxy.close();
  });
  return { url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, asked };
};

const resolveAndAsk = (name: string, port: number): string => `
  const resolver = new (require('node:dns').promises.Resolver)({ timeout: 3000, tries: 1 });
  resolver.setServers(['127.0.0.1']);
  resolver.resolve4('${name}').then(([address]) => {
    const socket = require('node:net').connect({ host: address, port: ${port} });
    socket.write('hello\\n');
    socket.on('data', (chunk) => console.log(address, String(chunk).trim()));
    socket.on('error', (error) => console.log(address, error.code));
  }, (error) => console.log(error.code));`;

caged('behind a proxy that alone knows names, the guest needs to know of neither', async () => {
  const { url, asked } = await startProxy();
  const dns = await startDnsServer(({ name }) => (name === 'slow.example' ? 'silence' : { code: 3 }));
  const rules = egress({ allow: ['far.example:9418', 'slow.example:9418', 'near.example:9418-9419'] });
  const env = { HTTPS_PROXY: url, NO_PROXY: 'near.example' };
  const { inside, files, network } = await cagedNetwork(rules, env, {
    servers: [dns.address],
    hostsPath: '/nowhere',
  });
  expect(await inside(resolveAndAsk('far.example', 9418))).toBe('198.18.0.1 through the proxy: hello');
  expect(await inside(resolveAndAsk('slow.example', 9418))).toBe('198.18.0.2 through the proxy: hello');
  expect(await inside(resolveAndAsk('near.example', 9418))).toBe('ENOTFOUND');
  expect(await inside(resolveAndAsk('other.example', 9418))).toBe('EREFUSED');
  expect(asked).toEqual(['far.example:9418', 'slow.example:9418']);
  expect(await inside(resolveAndAsk('far.example', 9419))).toBe('198.18.0.1 ECONNRESET');
  network.close();
  const log = await readFile(files.networkLog, 'utf8');
  // The address tells nobody anything.
  expect(log).not.toContain('198.18.');
  expect(log).toMatch(/"refused".*"name":"far\.example".*"port":9419/);
});

caged(
  'an address that stands for no name leads nowhere, and one leads to the ports of its name alone',
  async () => {
    const { url, asked } = await startProxy();
    const dns = await startDnsServer(() => ({ code: 3 }));
    const rules = egress({ allow: ['far.example:9418', 'near.example:9419'] });
    const { inside } = await cagedNetwork(
      rules,
      { HTTPS_PROXY: url },
      { servers: [dns.address], hostsPath: '/nowhere' },
    );
    expect(await inside(resolveAndAsk('far.example', 9419))).toBe('198.18.0.1 ECONNRESET');
    const unknown = `
    const socket = require('node:net').connect({ host: '198.18.7.7', port: 9418 });
    socket.write('hello\\n');
    socket.on('error', (error) => console.log(error.code));`;
    expect(await inside(unknown)).toBe('ECONNRESET');
    expect(asked).toEqual([]);
  },
);

caged('a name with IPv6 addresses alone is reached over IPv6', async () => {
  const server = createTcpServer((socket) => socket.once('data', (chunk) => socket.end(`over v6: ${chunk}`)));
  server.listen(0, '::1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const dns = await startDnsServer(({ type, name }) => ({
    answers: type === 'AAAA' ? [{ type: 'AAAA', name, ttl: 60, data: '::1' }] : [],
  }));
  // The entry of the address lets the test's own server stand for one outside.
  const rules = egress({ allow: [`six.example:${port}`, `[::1]:${port}`] });
  const { inside } = await cagedNetwork(rules, {}, { servers: [dns.address], hostsPath: '/nowhere' });
  expect(await inside(resolveAndAsk('six.example', port))).toBe('198.18.0.1 over v6: hello');
});
