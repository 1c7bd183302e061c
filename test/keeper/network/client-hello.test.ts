import { expect, test } from 'vitest';
import { CLIENT_HELLO_LIMIT_BYTES, parseClientHello } from '../../../src/keeper/network/client-hello.ts';
import {
  extension,
  handmadeMessage,
  helloOfNode,
  helloOfOpenssl,
  inRecords,
  messageOf,
  serverNames,
  vector,
} from '../../support/client-hello.ts';

test.each<[string, () => Promise<Buffer>, object]>([
  [
    'node, TLS 1.3',
    () => helloOfNode({ servername: 'API.example.com', ALPNProtocols: ['h2', 'http/1.1'] }),
    { serverName: 'api.example.com', alpn: ['h2', 'http/1.1'], hasEch: false },
  ],
  [
    'node, TLS 1.2',
    () => helloOfNode({ servername: 'a.example', maxVersion: 'TLSv1.2' }),
    { serverName: 'a.example', alpn: [], hasEch: false },
  ],
  ['node without a name', () => helloOfNode({}), { alpn: [], hasEch: false }],
  [
    'openssl, TLS 1.3',
    () => helloOfOpenssl('-servername', 'b.example', '-alpn', 'http/1.1'),
    { serverName: 'b.example', alpn: ['http/1.1'], hasEch: false },
  ],
  [
    'openssl, TLS 1.2',
    () => helloOfOpenssl('-servername', 'c.example', '-tls1_2'),
    { serverName: 'c.example', alpn: [], hasEch: false },
  ],
  ['openssl without a name', () => helloOfOpenssl('-noservername'), { alpn: [], hasEch: false }],
])('a hello of %s, whole and byte by byte', async (_client, hello, expected) => {
  const bytes = await hello();
  expect(parseClientHello(bytes)).toEqual({ kind: 'hello', ...expected });
  for (let length = 0; length < bytes.length; length += 1) {
    expect(parseClientHello(bytes.subarray(0, length))).toEqual({ kind: 'more' });
  }
  // What early data would follow it is not looked at.
  expect(parseClientHello(Buffer.concat([bytes, Buffer.from([23, 3, 3, 0, 1, 0])]))).toMatchObject(expected);
});

test.each([[[1]], [[1, 1, 1, 1, 1]], [[3, 100]], [[200, 1, 1]], [[50, 50, 50, 50]]])(
  'a real hello in records of %j bytes',
  async (sizes) => {
    const message = messageOf(await helloOfNode({ servername: 'a.example' }));
    const bytes = inRecords(message, sizes);
    expect(parseClientHello(bytes)).toMatchObject({ kind: 'hello', serverName: 'a.example' });
    for (let length = 0; length < bytes.length; length += 1) {
      expect(parseClientHello(bytes.subarray(0, length))).toEqual({ kind: 'more' });
    }
  },
);

const HELLO = { kind: 'hello', alpn: [], hasEch: false };
const invalid = (why: string): object => ({ kind: 'invalid', why });
const name = serverNames('a.example');
const NO_NAME = invalid('its server name is none');
const NO_LIST = invalid('its extensions are cut short or come twice');

test.each<[string, Buffer, object]>([
  ['no extensions', handmadeMessage(), HELLO],
  ['a name', handmadeMessage(name), { ...HELLO, serverName: 'a.example' }],
  [
    'a name with a dot at its end',
    handmadeMessage(serverNames('A.example.')),
    { ...HELLO, serverName: 'a.example' },
  ],
  ['an IPv4 address as name', handmadeMessage(serverNames('192.0.2.1')), HELLO],
  ['an IPv6 address as name', handmadeMessage(serverNames('::1')), HELLO],
  [
    'ECH',
    handmadeMessage(name, extension(0xfe0d, Buffer.alloc(9))),
    { ...HELLO, serverName: 'a.example', hasEch: true },
  ],
  [
    'ESNI',
    handmadeMessage(name, extension(0xffce, Buffer.alloc(9))),
    { ...HELLO, serverName: 'a.example', hasEch: true },
  ],
  ['two names', handmadeMessage(serverNames('a.example', 'b.example')), NO_NAME],
  ['a list without a name', handmadeMessage(serverNames()), NO_NAME],
  ['an empty name', handmadeMessage(serverNames('')), NO_NAME],
  ['an address in other notation', handmadeMessage(serverNames('127.1')), NO_NAME],
  ['a name with NUL', handmadeMessage(serverNames('a.example\0.b.example')), NO_NAME],
  ['a name with a line end', handmadeMessage(serverNames('a.example\n')), NO_NAME],
  ['a name beyond ASCII', handmadeMessage(serverNames('\xe4.example')), NO_NAME],
  ['a name of 300 characters', handmadeMessage(serverNames(`${'a.'.repeat(150)}a`)), NO_NAME],
  ['the extension of names twice', handmadeMessage(name, serverNames('b.example')), NO_LIST],
  [
    'another extension twice',
    handmadeMessage(name, extension(9, Buffer.alloc(0)), extension(9, Buffer.alloc(0))),
    NO_LIST,
  ],
  ['an extension cut short', handmadeMessage(Buffer.from([0, 9, 0, 5, 1])), NO_LIST],
  [
    'bytes behind the name',
    handmadeMessage(extension(0, Buffer.concat([vector(2, Buffer.from([0, 0, 1, 97])), Buffer.from([1])]))),
    NO_NAME,
  ],
  [
    'an empty list of protocols',
    handmadeMessage(extension(16, vector(2))),
    invalid('its list of protocols is none'),
  ],
  [
    'an empty protocol',
    handmadeMessage(extension(16, vector(2, vector(1)))),
    invalid('its list of protocols is none'),
  ],
])('a hello with %s', (_what, message, expected) => {
  expect(parseClientHello(inRecords(message))).toEqual(expected);
});

test.each<[string, string | Buffer, object]>([
  ['nothing', '', { kind: 'more' }],
  ['SSH', 'SSH-2.0-OpenSSH_9.2p1\r\n', { kind: 'not-tls' }],
  ['HTTP', 'GET / HTTP/1.1\r\n', { kind: 'not-tls' }],
  ['another version', Buffer.from([22, 2, 0]), { kind: 'not-tls' }],
  ['the first byte', Buffer.from([22]), { kind: 'more' }],
  ['an empty record', Buffer.from([22, 3, 1, 0, 0]), invalid('a record is said to have 0 bytes')],
  [
    'a record of 65,535 bytes',
    Buffer.from([22, 3, 1, 255, 255]),
    invalid('a record is said to have 65535 bytes'),
  ],
  ['a server hello', inRecords(Buffer.from([2, 0, 0, 1, 0])), invalid('it begins with another message')],
  [
    'a hello of 16 MiB',
    inRecords(Buffer.from([1, 255, 255, 255])),
    invalid('it is said to have 16777219 bytes'),
  ],
  ['no head', inRecords(Buffer.from([1, 0, 0, 1, 0])), invalid('it has no right head')],
  [
    'a second hello in the same record',
    inRecords(Buffer.concat([handmadeMessage(name), handmadeMessage(serverNames('b.example'))])),
    invalid('another message follows in its record'),
  ],
  [
    'a record that promises more behind it',
    Buffer.concat([Buffer.from([22, 3, 1, 255 >> 2, 255]), handmadeMessage(name)]),
    invalid('another message follows in its record'),
  ],
  [
    'an alert within it',
    Buffer.concat([
      inRecords(handmadeMessage(name)).subarray(0, 5 + 20),
      Buffer.from([21, 3, 3, 0, 2, 1, 0]),
    ]),
    { kind: 'more' },
  ],
  [
    'an alert between its records',
    Buffer.concat([inRecords(handmadeMessage(name).subarray(0, 20)), Buffer.from([21, 3, 3, 0, 2, 1, 0])]),
    invalid('another record stands within it'),
  ],
  [
    'a record a byte',
    inRecords(
      handmadeMessage(name),
      Array.from({ length: 500 }, () => 1),
    ),
    invalid('it is cut into too many records'),
  ],
])('first bytes: %s', (_what, bytes, expected) => {
  expect(parseClientHello(Buffer.from(bytes as Buffer))).toEqual(expected);
});

test('a hello as large as allowed is taken, and one byte more is refused before it is there', () => {
  const overhead = handmadeMessage(name, extension(21, Buffer.alloc(0))).length;
  const padded = (bytes: number): Buffer =>
    inRecords(handmadeMessage(name, extension(21, Buffer.alloc(bytes - overhead))), [9000]);
  expect(parseClientHello(padded(CLIENT_HELLO_LIMIT_BYTES))).toMatchObject({ kind: 'hello' });
  const tooLong = padded(CLIENT_HELLO_LIMIT_BYTES + 1).subarray(0, 9);
  expect(parseClientHello(tooLong)).toEqual(invalid('it is said to have 16385 bytes'));
});
