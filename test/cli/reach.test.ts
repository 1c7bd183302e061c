import { createServer } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseTarget, reachOf } from '../../src/cli/reach.ts';
import type { EgressSpec } from '../../src/model/network.ts';
import { networkCheckText } from '../../src/ui/network-check-text.ts';
import { testContext } from '../support/context.ts';
import { failureOf } from '../support/failure.ts';
import { schemaErrors } from '../support/schema-check.ts';
import { tempFolder } from '../support/temp-folder.ts';

const server = createServer((socket) => socket.end());
let port = 0;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as { readonly port: number }).port;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const SPEC: EgressSpec = { mode: 'public', allow: [], deny: [], ports: [], hostPorts: [], temporary: [] };

/** What the command prints, with the port and the time taken out. */
const check = async (spec: Partial<EgressSpec>, target: string): Promise<string> => {
  const context = testContext(await tempFolder());
  const reach = await reachOf(context, { ...SPEC, ...spec }, parseTarget(target));
  const document = { kind: 'network-check', version: 1, machine: 'shop', ...reach } as const;
  expect(schemaErrors(document)).toEqual([]);
  return networkCheckText(document)
    .replaceAll(String(port), 'PORT')
    .replace(/\d+ ms/, 'N ms');
};

test('a target as people write it', async () => {
  expect(
    [
      ...['github.com', 'GitHub.com.:22', '203.0.113.7', '203.0.113.7:80'],
      ...['2001:db8::1', '[2001:db8::1]:8080', 'xn--mnchen-3ya.example'],
    ].map(parseTarget),
  ).toEqual([
    { host: 'github.com', port: 443 },
    { host: 'github.com', port: 22 },
    { host: '203.0.113.7', port: 443 },
    { host: '203.0.113.7', port: 80 },
    { host: '2001:db8::1', port: 443 },
    { host: '2001:db8::1', port: 8080 },
    { host: 'xn--mnchen-3ya.example', port: 443 },
  ]);
  for (const text of [
    '',
    'https://github.com',
    'a b',
    'x:0',
    'x:65536',
    'x:y',
    '0x7f.1',
    '[::1',
    '*.x.org',
  ]) {
    const parsing = Promise.resolve().then(() => parseTarget(text));
    expect((await failureOf(parsing)).code).toBe('HOST_INVALID');
  }
});

test('a URL is answered with its host', async () => {
  const failure = await failureOf(Promise.resolve().then(() => parseTarget('https://github.com/me/it')));
  expect([failure.message, failure.hint]).toEqual([
    "'https://github.com/me/it' is a URL",
    'Name its host alone: github.com',
  ]);
});

test('what the rules allow is really tried', async () => {
  const hostPorts = [port, 1];
  expect(await check({ hostPorts }, `host.agentvm.internal:${port}`)).toMatchInlineSnapshot(`
    "host.agentvm.internal:PORT is allowed: network.hostPorts
      answers      after N ms, at 127.0.0.1
    "
  `);
  expect(await check({ hostPorts }, '10.0.2.2:1')).toMatchInlineSnapshot(`
    "10.0.2.2:1 is allowed: network.hostPorts
      answers      not: ECONNREFUSED
    "
  `);
});

test('what they refuse is told by its rule, with what would open it', async () => {
  expect(await check({ deny: ['*.example.org'] }, 'a.example.org')).toMatchInlineSnapshot(`
    "a.example.org:443 is refused: deny *.example.org
    Take '*.example.org' out of network.egress.deny.
    "
  `);
  expect(await check({ mode: 'allow', allow: ['github.com'] }, 'gitlab.com:22')).toMatchInlineSnapshot(`
    "gitlab.com:22 is refused: not in network.egress
    Run: agentvm network allow gitlab.com
    "
  `);
  expect(await check({}, 'db.example:5432')).toMatchInlineSnapshot(`
    "db.example:5432 is refused: port 5432
    Run: agentvm network allow db.example:5432 --for 1h
    "
  `);
  expect(await check({}, 'localhost')).toMatchInlineSnapshot(`
    "localhost:443 is refused: loopback address
    Add 443 to network.hostPorts; the guest then finds it at host.agentvm.internal:443.
    "
  `);
  expect(await check({}, '169.254.169.254:80')).toMatchInlineSnapshot(`
    "169.254.169.254:80 is refused: metadata address
    Run: agentvm network allow 169.254.169.254 --for 1h
    "
  `);
  expect(await check({}, '10.0.2.2:8080')).toMatchInlineSnapshot(`
    "10.0.2.2:8080 is refused: not in network.hostPorts
    Add 8080 to network.hostPorts.
    "
  `);
});
