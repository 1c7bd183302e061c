import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Answer, decode, encode, type Packet, type RecordType } from 'dns-packet';
import { expect, test } from 'vitest';
import { createAddressBook } from '../../../src/keeper/network/address-book.ts';
import { createDnsService } from '../../../src/keeper/network/dns-service.ts';
import { createHostResolver } from '../../../src/keeper/network/host-resolver.ts';
import { createNameBudget } from '../../../src/keeper/network/name-budget.ts';
import type { NetworkNews } from '../../../src/keeper/network/network-log.ts';
import type { EgressSpec } from '../../../src/model/network.ts';
import { compileEgress } from '../../../src/policy/egress/rules.ts';
import { type DnsServer, startDnsServer, type ZoneReply } from '../../support/dns-server.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const PUBLIC: EgressSpec = { mode: 'public', allow: [], deny: [], ports: [], hostPorts: [], temporary: [] };

type World = {
  readonly ask: (name: string, type?: RecordType, transport?: 'udp' | 'tcp') => Promise<string>;
  readonly send: (message: Buffer, transport?: 'udp' | 'tcp') => Promise<Packet | undefined>;
  readonly refusals: readonly string[];
  readonly book: ReturnType<typeof createAddressBook>;
  readonly server: DnsServer;
  readonly pass: (ms: number) => void;
};

const a = (data: string, ttl = 60): Answer => ({ type: 'A', name: 'x.example', ttl, data });
const aaaa = (data: string): Answer => ({ type: 'AAAA', name: 'x.example', ttl: 60, data });

/** What the library reads of the flags, which its types leave out. */
const flagsOf = (packet: Packet) =>
  packet as unknown as { readonly rcode: string; readonly flag_tc: boolean };
const codeOf = (packet: Packet): string => flagsOf(packet).rcode;
const isTruncated = (packet: Packet | undefined): boolean => packet !== undefined && flagsOf(packet).flag_tc;

/** A service of a machine's with these rules, whose host asks a server that answers by name. */
const worldOf = async (
  zone: Readonly<Record<string, ZoneReply>>,
  { spec = PUBLIC, hosts = '' }: { spec?: EgressSpec; hosts?: string } = {},
): Promise<World> => {
  const server = await startDnsServer(({ name, type }) => {
    const said = zone[`${type} ${name}`] ?? zone[name];
    if (said === undefined) return { code: 3 };
    if (typeof said !== 'object' || !('answers' in said)) return said;
    // With a chain of names the whole of it is told.
    const answers = said.answers.filter((one) => one.type === type || one.type === 'CNAME');
    return { ...said, answers: answers.map((one, at) => (at === 0 ? { ...one, name } : one)) as Answer[] };
  });
  let nowMs = Date.UTC(2026, 0, 1);
  const now = (): Date => new Date(nowMs);
  const hostsPath = join(await tempFolder(), 'hosts');
  await writeFile(hostsPath, hosts);
  const refusals: string[] = [];
  const book = createAddressBook(now);
  const service = createDnsService({
    now,
    budget: createNameBudget(now),
    rules: () => compileEgress(spec, now(), []),
    resolve: createHostResolver({ now, servers: [server.address], hostsPath }),
    remember: book.remember,
    log: ({ name, address, rule }: NetworkNews) =>
      refusals.push([name, address, rule].filter(Boolean).join(' ')),
  });
  const send: World['send'] = async (message, transport = 'udp') => {
    const answer = await service.answer(message, transport);
    return answer === undefined ? undefined : decode(answer);
  };
  return {
    send,
    refusals,
    book,
    server,
    pass: (ms) => {
      nowMs += ms;
    },
    ask: async (name, type = 'A', transport = 'udp') => {
      const packet = await send(
        encode({ type: 'query', id: 7, flags: 0x100, questions: [{ type, name }] }),
        transport,
      );
      if (packet === undefined) return 'nothing';
      expect(packet.id).toBe(7);
      expect(packet.questions?.[0]).toMatchObject({ name, type });
      const told = (packet.answers ?? []).map(
        (one) => `${one.name} ${'ttl' in one ? one.ttl : ''} ${'data' in one ? String(one.data) : ''}`,
      );
      return [codeOf(packet), isTruncated(packet) ? 'truncated' : '', ...told].filter(Boolean).join(', ');
    },
  };
};

test('a name that is allowed is resolved, kept for its time, and known to the book of addresses', async () => {
  const { ask, book, server, pass, refusals } = await worldOf({
    'a.example': { answers: [a('192.0.2.1'), a('192.0.2.2')] },
  });
  expect(await ask('A.Example')).toBe('NOERROR, A.Example 60 192.0.2.1, A.Example 60 192.0.2.2');
  pass(20_000);
  expect(await ask('a.example')).toBe('NOERROR, a.example 40 192.0.2.1, a.example 40 192.0.2.2');
  expect(server.asked).toEqual(['A a.example']);
  expect(book.namesOf('192.0.2.2')).toEqual(['a.example']);
  pass(41_000);
  expect(await ask('a.example')).toMatch(/^NOERROR/);
  expect(server.asked).toEqual(['A a.example', 'A a.example']);
  expect(refusals).toEqual([]);
});

test.each<[string, ZoneReply, string, readonly string[]]>([
  ['127.0.0.1', { answers: [a('127.0.0.1')] }, 'REFUSED', ['r.example 127.0.0.1 loopback address']],
  [
    '169.254.169.254',
    { answers: [a('169.254.169.254')] },
    'REFUSED',
    ['r.example 169.254.169.254 metadata address'],
  ],
  ['10/8', { answers: [a('10.1.2.3')] }, 'REFUSED', ['r.example 10.1.2.3 private address']],
  ['100.64/10', { answers: [a('100.64.0.1')] }, 'REFUSED', ['r.example 100.64.0.1 private address']],
  ['0.0.0.0', { answers: [a('0.0.0.0')] }, 'REFUSED', ['r.example 0.0.0.0 unspecified address']],
  ['::1', { answers: [aaaa('::1')] }, 'REFUSED', ['r.example ::1 loopback address']],
  [
    '::ffff:127.0.0.1',
    { answers: [aaaa('::ffff:127.0.0.1')] },
    'REFUSED',
    ['r.example ::ffff:127.0.0.1 loopback address'],
  ],
  [
    'one public and one private',
    { answers: [a('192.168.0.1'), a('192.0.2.1')] },
    'NOERROR, r.example 60 192.0.2.1',
    ['r.example 192.168.0.1 private address'],
  ],
  [
    'a private one behind a chain of names',
    {
      answers: [
        { type: 'CNAME', name: 'r.example', ttl: 60, data: 'b.example' },
        { type: 'CNAME', name: 'b.example', ttl: 60, data: 'c.example' },
        { type: 'A', name: 'c.example', ttl: 60, data: '10.0.0.1' },
      ],
    },
    'REFUSED',
    ['r.example 10.0.0.1 private address'],
  ],
  [
    'a public one behind a chain of names',
    {
      answers: [
        { type: 'CNAME', name: 'r.example', ttl: 60, data: 'b.example' },
        { type: 'A', name: 'b.example', ttl: 20, data: '192.0.2.1' },
      ],
    },
    'NOERROR, r.example 20 192.0.2.1',
    [],
  ],
  ['no such name', { code: 3 }, 'NXDOMAIN', []],
  ['no address', { answers: [] }, 'NOERROR', []],
  ['an IPv6 address alone', { answers: [aaaa('2001:4860:4860::8888')] }, 'NOERROR', []],
  ['a failure', { code: 2 }, 'SERVFAIL', []],
  ['a refusal', { code: 5 }, 'SERVFAIL', []],
  [
    'an answer after 1.5 s',
    { answers: [a('192.0.2.1')], delayMs: 1500 },
    'NOERROR, r.example 60 192.0.2.1',
    [],
  ],
  ['a time to live of 0', { answers: [a('192.0.2.1', 0)] }, 'NOERROR, r.example 10 192.0.2.1', []],
  [
    'a time to live of a year',
    { answers: [a('192.0.2.1', 31_536_000)] },
    'NOERROR, r.example 300 192.0.2.1',
    [],
  ],
  ['bytes that are no answer', { bytes: Buffer.alloc(40, 255) }, 'SERVFAIL', []],
  ['nothing', 'silence', 'SERVFAIL', []],
])(
  'a server that answers with %s',
  async (_what, reply, expected, refused) => {
    const { ask, refusals } = await worldOf({ 'r.example': reply });
    expect(await ask('r.example')).toBe(expected);
    expect(refusals).toEqual(refused);
  },
  20_000,
);

test('an answer that is too long for UDP is fetched by TCP, cut to 32 addresses, and told over TCP', async () => {
  const addresses = Array.from({ length: 200 }, (_, at) => a(`192.0.2.${at}`));
  const { ask, server } = await worldOf({ 'many.example': { answers: addresses } });
  expect(await ask('many.example')).toBe('NOERROR, truncated');
  expect((await ask('many.example', 'A', 'tcp')).split(', ')).toHaveLength(33);
  expect(server.asked).toEqual(['A many.example', 'tcp A many.example']);
});

test('a server that is down is told as a failure, and is asked again later', async () => {
  const now = (): Date => new Date();
  const resolve = createHostResolver({ now, servers: ['127.0.0.1:1'], hostsPath: '/nowhere' });
  expect(await resolve('a.example')).toEqual({ kind: 'failed', why: 'ECONNREFUSED' });
});

test("the host's own file of names comes first", async () => {
  const { ask, refusals, server } = await worldOf(
    { 'a.example': { answers: [a('192.0.2.1')] } },
    { hosts: '# own\n198.51.100.7 a.example alias\n::1 six\n127.0.0.1 me.example\n' },
  );
  expect(await ask('a.example')).toBe('NOERROR, a.example 10 198.51.100.7');
  expect(await ask('me.example')).toBe('REFUSED');
  expect(refusals).toEqual(['me.example 127.0.0.1 loopback address']);
  expect(server.asked).toEqual([]);
});

test('in allow mode only named hosts are asked for; the host itself has a name', async () => {
  const spec: EgressSpec = {
    ...PUBLIC,
    mode: 'allow',
    allow: ['*.a.example', '10.1.0.0/16'],
    deny: ['no.a.example'],
  };
  const { ask, refusals, server } = await worldOf(
    {
      'x.a.example': { answers: [a('192.0.2.1')] },
      'in.a.example': { answers: [a('10.1.2.3')] },
      'secret.b.example': { answers: [a('192.0.2.9')] },
    },
    { spec },
  );
  expect(await ask('x.a.example')).toBe('NOERROR, x.a.example 60 192.0.2.1');
  expect(await ask('in.a.example')).toBe('NOERROR, in.a.example 60 10.1.2.3');
  expect(await ask('secret.b.example')).toBe('REFUSED');
  expect(await ask('secret.b.example', 'TXT')).toBe('REFUSED');
  expect(await ask('no.a.example', 'AAAA')).toBe('REFUSED');
  expect(await ask('x.a.example', 'AAAA')).toBe('NOERROR');
  expect(await ask('x.a.example', 'TXT')).toBe('NOERROR');
  expect(await ask('host.agentvm.internal')).toBe('NOERROR, host.agentvm.internal 60 10.0.2.2');
  expect(await ask('host.agentvm.internal', 'AAAA')).toBe('NOERROR');
  expect(server.asked).toEqual(['A x.a.example', 'A in.a.example']);
  expect(refusals).toEqual([
    'secret.b.example not in network.egress',
    'secret.b.example not in network.egress',
    'no.a.example deny no.a.example',
  ]);
});

test('names that carry data are stopped after 120 of one domain in a minute, those asked before are not', async () => {
  const zone = Object.fromEntries(
    Array.from({ length: 200 }, (_, at) => [`d${at}.t.example`, { answers: [a('192.0.2.1')] }]),
  );
  const { ask, refusals, server, pass } = await worldOf(zone);
  for (let at = 0; at < 200; at += 1) {
    pass(20);
    await ask(`d${at}.t.example`);
  }
  expect(server.asked).toHaveLength(120);
  expect(refusals).toHaveLength(80);
  expect(refusals[0]).toBe('d120.t.example too many names');
  expect(await ask('d3.t.example')).toMatch(/^NOERROR/);
  pass(60_000);
  expect(await ask('d199.t.example')).toMatch(/^NOERROR/);
});

test('of 1,000 questions at once 300 are answered, and 100 each second after', async () => {
  const { ask, pass, refusals } = await worldOf({ 'a.example': { answers: [a('192.0.2.1')] } });
  await ask('a.example');
  const answers = await Promise.all(Array.from({ length: 1000 }, () => ask('a.example')));
  expect(answers.filter((one) => one !== 'nothing')).toHaveLength(299);
  expect(new Set(refusals)).toEqual(new Set(['too many questions']));
  pass(1000);
  const later = await Promise.all(Array.from({ length: 200 }, () => ask('a.example')));
  expect(later.filter((one) => one !== 'nothing')).toHaveLength(100);
});

test.each<[string, Buffer, string]>([
  ['nothing', Buffer.alloc(0), 'nothing'],
  ['half a header', Buffer.alloc(11), 'nothing'],
  [
    'an answer',
    encode({ type: 'response', id: 1, questions: [{ type: 'A', name: 'a.example' }] }),
    'nothing',
  ],
  ['no question', encode({ type: 'query', id: 1 }), 'FORMERR'],
  [
    'two questions',
    encode({
      type: 'query',
      id: 1,
      questions: [
        { type: 'A', name: 'a' },
        { type: 'A', name: 'b' },
      ],
    }),
    'FORMERR',
  ],
  [
    'a zone transfer by notify',
    encode({ type: 'query', id: 1, flags: 4 << 11, questions: [{ type: 'A', name: 'a' }] }),
    'NOTIMP',
  ],
  [
    'class chaos',
    encode({ type: 'query', id: 1, questions: [{ type: 'TXT', name: 'version.bind', class: 'CH' }] }),
    'REFUSED',
  ],
  [
    'a name that is none',
    encode({ type: 'query', id: 1, questions: [{ type: 'A', name: 'a b.example' }] }),
    'REFUSED',
  ],
  ['the root', encode({ type: 'query', id: 1, questions: [{ type: 'NS', name: '.' }] }), 'REFUSED'],
  ['a pointer to itself', Buffer.from('000101000001000000000000c00c00010001', 'hex'), 'FORMERR'],
  [
    'a message of 2 KB',
    Buffer.concat([
      encode({ type: 'query', id: 1, questions: [{ type: 'A', name: 'a' }] }),
      Buffer.alloc(2000),
    ]),
    'FORMERR',
  ],
])('a message with %s', async (_what, message, expected) => {
  const { send, server } = await worldOf({});
  const packet = await send(message);
  expect(packet === undefined ? 'nothing' : codeOf(packet)).toBe(expected);
  expect(server.asked).toEqual([]);
});

test('EDNS is answered, and allows longer answers', async () => {
  const addresses = Array.from({ length: 30 }, (_, at) => a(`192.0.2.${at}`));
  const { send } = await worldOf({ 'many.example': { answers: addresses } });
  const query = (udpPayloadSize: number): Buffer =>
    encode({
      type: 'query',
      id: 1,
      questions: [{ type: 'A', name: 'many.example' }],
      additionals: [
        {
          type: 'OPT',
          name: '.',
          udpPayloadSize,
          extendedRcode: 0,
          ednsVersion: 0,
          flags: 0,
          flag_do: false,
          options: [],
        },
      ],
    });
  const large = await send(query(4096));
  expect([isTruncated(large), large?.answers?.length, large?.additionals?.[0]?.type]).toEqual([
    false,
    30,
    'OPT',
  ]);
  expect(isTruncated(await send(query(600)))).toBe(true);
});
