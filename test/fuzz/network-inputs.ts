import { encode } from 'dns-packet';
import fc from 'fast-check';
import { handmadeMessage, helloOfNode, inRecords, messageOf, serverNames } from '../support/client-hello.ts';
import { fraction } from '../support/fraction.ts';

/** Where to cut how many bytes, and what to put there. */
type Cut = { readonly at: number; readonly cut: number; readonly insert: Buffer };

const damage = (bytes: Buffer, cuts: readonly Cut[]): Buffer =>
  cuts.reduce((now, { at, cut, insert }) => {
    const from = Math.floor(at * now.length);
    return Buffer.concat([now.subarray(0, from), insert, now.subarray(from + cut)]);
  }, bytes);

const random = fc.uint8Array({ maxLength: 64 }).map((bytes) => Buffer.from(bytes));

/** Right messages with wrong bytes in them, cut anywhere; one in ten is rubbish. */
const damaged = (samples: readonly Buffer[], tokens: readonly Buffer[]): fc.Arbitrary<Buffer> => {
  const cuts = fc.array(
    fc.record({
      at: fraction,
      cut: fc.oneof(fc.constant(0), fc.nat(2), fc.nat(100)),
      insert: fc.oneof(fc.constantFrom(...tokens), random),
    }),
    { maxLength: 4 },
  );
  const end = fc.oneof({ weight: 3, arbitrary: fc.constant(1) }, fraction);
  return fc.oneof(
    {
      weight: 9,
      arbitrary: fc.tuple(fc.constantFrom(...samples), cuts, end).map(([sample, list, part]) => {
        const bytes = damage(sample, list);
        return bytes.subarray(0, Math.ceil(part * bytes.length));
      }),
    },
    { weight: 1, arbitrary: random },
  );
};

const hex = (...texts: readonly string[]): readonly Buffer[] => texts.map((text) => Buffer.from(text, 'hex'));
const latin1 = (...texts: readonly string[]): readonly Buffer[] =>
  texts.map((text) => Buffer.from(text, 'latin1'));

/** First bytes of connections that are nearly a TLS client's, in one record and in several. */
export const hellos = async (): Promise<fc.Arbitrary<Buffer>> => {
  const real = await Promise.all([
    helloOfNode({ servername: 'a.example', ALPNProtocols: ['h2', 'http/1.1'] }),
    helloOfNode({ servername: 'a.example', maxVersion: 'TLSv1.2' }),
    helloOfNode({}),
  ]);
  const messages = [...real.map(messageOf), handmadeMessage(serverNames('b.example')), handmadeMessage()];
  const tokens = [
    ...hex(
      '00',
      'ff',
      'ffff',
      '0000',
      '16030100',
      '1603010001',
      '150303000201',
      '0000',
      'fe0d0000',
      '00100000',
    ),
    ...hex('010000', '01ffffff', '0000000e000c0000'),
    ...[serverNames('c.example'), serverNames(), Buffer.alloc(20_000, 1)],
  ];
  const whole = damaged(real, tokens);
  const cut = fc
    .tuple(damaged(messages, tokens), fc.array(fc.integer({ min: 1, max: 300 }), { maxLength: 8 }))
    .map(([message, sizes]) => inRecords(message.subarray(0, 65_000), sizes));
  return fc.oneof(whole, cut);
};

/** First bytes of connections that are nearly a request. */
export const heads: fc.Arbitrary<Buffer> = damaged(
  latin1(
    'GET / HTTP/1.1\r\nHost: a.example\r\nUser-Agent: curl/8\r\nAccept: */*\r\n\r\n',
    'POST /x?y=z HTTP/1.1\r\nHost: a.example:8080\r\nContent-Length: 5\r\nConnection: keep-alive\r\n\r\nhello',
    'POST /x HTTP/1.1\r\nHost: a.example\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n',
    'GET http://a.example/x HTTP/1.1\r\nHost: a.example\r\nCookie: a=b; c=d\r\n\r\n',
    'GET /chat HTTP/1.1\r\nHost: [2001:db8::1]:80\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
    'OPTIONS * HTTP/1.0\r\n\r\n',
  ),
  latin1(
    ...[
      '\r\n',
      '\n',
      '\r',
      ' ',
      '\t',
      ':',
      '\0',
      '\x7f',
      '\xff',
      '\r\n\r\n',
      '\r\n ',
      '\n\n',
      '/',
      '@',
      '?',
      '#',
      ',',
    ],
    ...['Host: b.example\r\n', 'hOsT:b.example\r\n', 'Host : b\r\n', 'Host:\r\n', 'Content-Length: 5\r\n'],
    ...['Content-Length: 0\r\n', 'Content-Length: -1\r\n', 'Transfer-Encoding: chunked\r\n', 'chunked, '],
    ...[
      'Transfer-Encoding: identity\r\n',
      'HTTP/1.1',
      'HTTP/1.0',
      'HTTP/2.0',
      'GET ',
      'http://b.example',
      'CONNECT b:1 ',
    ],
    ...['a'.repeat(5000), 'a: b\r\n'.repeat(300), ' '.repeat(9000), ':'.repeat(9000)],
  ),
);

const query = (...args: readonly ['A' | 'AAAA' | 'TXT' | 'PTR' | 'SRV', string]): Buffer => {
  const [type, name] = args;
  return encode({ type: 'query', id: 7, flags: 0x100, questions: [{ type, name }] });
};

/** Messages that are nearly a question for a name. */
export const questions: fc.Arbitrary<Buffer> = damaged(
  [
    query('A', 'a.example'),
    query('AAAA', 'www.some.longer.name.of.a.example'),
    query('TXT', 'a.example'),
    query('SRV', '_http._tcp.a.example'),
    query('PTR', '1.2.0.192.in-addr.arpa'),
    encode({
      type: 'query',
      id: 9,
      flags: 0x100,
      questions: [{ type: 'A', name: 'missing.example' }],
      additionals: [
        {
          ...{
            type: 'OPT',
            name: '.',
            udpPayloadSize: 4096,
            extendedRcode: 0,
            ednsVersion: 0,
            flags: 0x8000,
          },
          ...{ flag_do: true, options: [{ code: 12, length: 30 }] },
        },
      ],
    }),
  ],
  hex(
    ...[
      '00',
      'ff',
      'c00c',
      'c000',
      'c0ff',
      'ffff',
      '3f',
      '40',
      '80',
      '0001',
      '00000000',
      '000029',
      '0000290000000000000000',
    ],
    ...['0000', '0100', '8180', '2800', '000a0008', '00ff', '00fc', '0161'.repeat(200), '00'.repeat(2000)],
    ...[
      '0000290200000000000008000a0000',
      '0000290200000000ffff00ffff',
      '08000700012000c0a8',
      '3f'.repeat(64),
    ],
  ),
);
