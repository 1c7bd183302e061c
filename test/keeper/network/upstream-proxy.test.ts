import { mkdir } from 'node:fs/promises';
import { Agent, createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createHostResolver } from '../../../src/keeper/network/host-resolver.ts';
import { openProxiedNetwork } from '../../../src/keeper/network/proxied-network.ts';
import { proxyFromEnvironment } from '../../../src/keeper/network/upstream-proxy.ts';
import { machineFiles } from '../../../src/keeper/protocol-files.ts';
import { egress } from '../../support/caged-network.ts';
import { connectProxy } from '../../support/connect-proxy.ts';
import { testContext } from '../../support/context.ts';
import { startDnsServer } from '../../support/dns-server.ts';
import { eventually } from '../../support/eventually.ts';
import { tempFolder } from '../../support/temp-folder.ts';

/** A machine's network on a host that reaches `*.test` by a proxy alone, and what its guest gets for requests. */
const behindProxy = async (tunnelPort?: number) => {
  const heard: string[] = [];
  const server = createServer((asked: IncomingMessage, response) => {
    heard.push(`${asked.method} ${asked.url} ${asked.headers.host}`);
    const password = asked.headers['proxy-authorization'] ?? '';
    asked.resume();
    asked.on('end', () => response.end(`page ${asked.url}${password}`));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const proxy = await connectProxy({ 'far.test': port, 'near.test': port }, tunnelPort);
  const dns = await startDnsServer(() => ({ code: 3 }));
  const root = await tempFolder();
  const url = proxy.url.replace('//', '//me:pass%20word@');
  const context = testContext(root, {
    env: { HOME: root, PATH: process.env.PATH, http_proxy: url, https_proxy: url },
  });
  const files = machineFiles(context.paths, '0f0f0f0f-0000-4000-8000-000000000000');
  await mkdir(files.dir, { recursive: true });
  await mkdir(files.sockets, { recursive: true });
  const network = await openProxiedNetwork(context, {
    files,
    guestSshPort: 1,
    spec: { egress: egress({ allow: ['*.test:80', '*.test:8080'] }), secrets: [] },
    resolve: createHostResolver({ now: context.clock.now, servers: [dns.address], hostsPath: '/nowhere' }),
    valueOf: () => Promise.reject(new Error('there are no secrets')),
    log: () => {},
  });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  onTestFinished(() => {
    agent.destroy();
    network.close();
    proxy.close();
    server.closeAllConnections();
    server.close();
  });
  const ask = (path: string, { method = 'GET', body = '' } = {}): Promise<string> =>
    new Promise((resolve, reject) => {
      const headers = { host: new URL(path).host };
      request({ socketPath: files.proxySocket, agent, method, path, headers }, (answer) => {
        let text = '';
        answer.on('data', (chunk) => {
          text += chunk;
        });
        answer.on('end', () => resolve(`${answer.statusCode} ${text.trim()}`));
      })
        .on('error', reject)
        .end(body);
    });
  const open = (): Promise<number> =>
    new Promise((resolve) => server.getConnections((_error, count) => resolve(count)));
  return { ask, heard, asked: proxy.asked, open };
};

const PASSWORD = `Basic ${Buffer.from('me:pass word').toString('base64')}`;

test('where a proxy makes no tunnel to its port, a request over plain HTTP names its whole URL', async () => {
  const { ask, heard, asked } = await behindProxy(443);
  expect(await ask('http://far.test/one?a=b')).toBe('200 page /one?a=b');
  expect(await ask('http://far.test/two', { method: 'POST', body: 'x'.repeat(100_000) })).toBe(
    '200 page /two',
  );
  expect(await ask('http://near.test:8080/three')).toBe('200 page /three');
  expect(await ask('http://other.example/four')).toMatch(/^403 agentvm: other.example:80 is not allowed/);
  expect(asked).toEqual([
    'far.test:80',
    `GET http://far.test/one?a=b ${PASSWORD}`,
    `POST http://far.test/two ${PASSWORD}`,
    'near.test:8080',
    `GET http://near.test:8080/three ${PASSWORD}`,
  ]);
  expect(heard).toEqual(['GET /one?a=b far.test', 'POST /two far.test', 'GET /three near.test:8080']);
});

test('a proxy is not asked to tell what it was told', async () => {
  const { ask, asked } = await behindProxy(443);
  expect(await ask('http://far.test/', { method: 'TRACE' })).toBe(
    '405 agentvm: TRACE is not passed to a proxy',
  );
  expect(asked).toEqual(['far.test:80']);
});

test('where it makes one, plain HTTP takes it too, and the server hears nothing of the proxy', async () => {
  const { ask, heard, asked } = await behindProxy();
  expect(await ask('http://far.test/one')).toBe('200 page /one');
  expect(await ask('http://far.test/two')).toBe('200 page /two');
  expect(await ask('http://near.test/three')).toBe('200 page /three');
  // The first was to find out.
  expect(asked).toEqual(['far.test:80', 'far.test:80', 'near.test:80']);
  expect(heard).toEqual(['GET /one far.test', 'GET /two far.test', 'GET /three near.test']);
});

test('one connection of a client leaves one connection to a server, for however many hosts it asks', async () => {
  const { ask, heard, open } = await behindProxy();
  for (let count = 0; count < 5; count += 1) {
    expect(await ask(`http://far.test/${count}`)).toBe(`200 page /${count}`);
    expect(await ask(`http://near.test/${count}`)).toBe(`200 page /${count}`);
  }
  expect(heard).toHaveLength(10);
  expect(await eventually(async () => (await open()) === 1)).toBe(true);
});

test('a host that the proxy does not reach is told, by whatever way', async () => {
  const { ask, asked } = await behindProxy();
  expect(await ask('http://gone.test/')).toMatch(/^502 agentvm: gone.test could not be reached/);
  expect(asked).toEqual(['gone.test:80', 'gone.test:80']);
});

test('the environment says which proxy, and for whom there is none', () => {
  const choose = proxyFromEnvironment({
    HTTP_PROXY: 'http://plain.example:3128',
    https_proxy: 'secure.example:8443',
    NO_PROXY: 'corp.example, .internal, db.test:5432',
  });
  const shown = (host: string, port: number): string | undefined => choose(host, port)?.host;
  expect([shown('a.test', 80), shown('a.test', 443), shown('a.test', 22)]).toEqual([
    'plain.example:3128',
    'secure.example:8443',
    'secure.example:8443',
  ]);
  expect([shown('corp.example', 80), shown('x.corp.example', 443), shown('a.internal', 443)]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect([shown('db.test', 5432), shown('db.test', 443)]).toEqual([undefined, 'secure.example:8443']);
});
