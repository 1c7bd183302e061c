import { createServer, type IncomingMessage } from 'node:http';
import { Duplex } from 'node:stream';
import { decode } from 'dns-packet';
import type fc from 'fast-check';
import { CLIENT_HELLO_LIMIT_BYTES, parseClientHello } from '../../src/keeper/network/client-hello.ts';
import { createDnsService } from '../../src/keeper/network/dns-service.ts';
import { HTTP_HEAD_LIMIT_BYTES, looksLikeHttp, parseHttpHead } from '../../src/keeper/network/http-head.ts';
import { createNameBudget } from '../../src/keeper/network/name-budget.ts';
import { compileEgress } from '../../src/policy/egress/rules.ts';
import { heads, hellos, questions } from './network-inputs.ts';

/** What reads bytes of the guest's: `use` tells how it ended, and throws where what must hold does not. */
export type NetworkTarget = {
  readonly inputs: fc.Arbitrary<Buffer>;
  readonly use: (bytes: Buffer) => Promise<string>;
};

const must = (holds: boolean, what: string): void => {
  if (!holds) throw new Error(what);
};

/** Room for the headers of the records that a message is cut into. */
const RECORDS_BYTES = 1024;

const useHello = async (bytes: Buffer): Promise<string> => {
  const result = parseClientHello(bytes);
  if (result.kind === 'more') {
    must(bytes.length < CLIENT_HELLO_LIMIT_BYTES + RECORDS_BYTES, 'waits for ever');
  }
  if (result.kind === 'hello') {
    must(/^[a-z0-9._-]*$/.test(result.serverName ?? ''), 'a name of other characters');
    // Whatever is cut off is missed, and whatever follows changes nothing.
    const more = parseClientHello(Buffer.concat([bytes, Buffer.from([21, 3, 3, 0, 2, 1, 0])]));
    must(JSON.stringify(more) === JSON.stringify(result), 'what follows a hello changes it');
  }
  return result.kind;
};

/** How Node's own strict parser reads the first request; undefined where it does not. */
const readByNode = (bytes: Buffer): Promise<IncomingMessage | undefined> =>
  new Promise((resolve) => {
    const socket = new Duplex({ read: () => {}, write: (_chunk, _encoding, done) => done() });
    const end = (message: IncomingMessage | undefined): void => {
      resolve(message);
      socket.destroy();
    };
    const server = createServer((request) => end(request));
    server.on('clientError', () => end(undefined));
    server.on('upgrade', (request) => end(request));
    server.on('connect', (request) => end(request));
    server.on('checkContinue', (request) => end(request));
    server.on('checkExpectation', (request) => end(request));
    server.emit('connection', socket);
    socket.push(bytes);
    socket.push(null);
    socket.on('close', () => resolve(undefined));
  });

const useHead = async (bytes: Buffer): Promise<string> => {
  const looks = looksLikeHttp(bytes);
  const result = parseHttpHead(bytes);
  if (result.kind === 'more') must(bytes.length < HTTP_HEAD_LIMIT_BYTES, 'waits for ever');
  if (looks === 'more') must(bytes.length < HTTP_HEAD_LIMIT_BYTES, 'looks for ever');
  if (result.kind !== 'head') {
    if (looks === 'no') must((await readByNode(bytes)) === undefined, 'Node takes it for a request');
    return looks === 'yes' ? result.kind : looks;
  }
  must(looks === 'yes', 'a head does not look like one');
  const again = parseHttpHead(bytes.subarray(0, result.length));
  must(JSON.stringify(again) === JSON.stringify(result), 'what follows a head changes it');
  const other = await readByNode(bytes);
  // Node refuses more: methods that it does not know, for one.
  if (other === undefined) return 'head-for-us-alone';
  must(other.method === result.method && other.url === result.target, 'Node reads another request');
  const host = other.headers.host?.toLowerCase() ?? '';
  must(
    result.host === undefined || result.target.startsWith('http') || host.includes(result.host.host),
    'Node reads another host',
  );
  return 'head';
};

const ADDRESSES = ['192.0.2.1', '10.0.0.1', '::1', '127.0.0.1', '2001:4860:4860::8888'];

const createUseQuestion = (): NetworkTarget['use'] => {
  // A second for each question, so that limits by time are not what is met.
  let nowMs = 0;
  const now = (): Date => new Date(nowMs);
  const spec = {
    mode: 'public',
    allow: [],
    deny: ['denied.example'],
    ports: [],
    hostPorts: [],
    temporary: [],
  } as const;
  const rules = compileEgress(spec, now(), []);
  const service = createDnsService({
    now,
    budget: createNameBudget(now),
    rules: () => rules,
    resolve: async (name) =>
      name.startsWith('m')
        ? { kind: 'missing' }
        : { kind: 'found', addresses: ADDRESSES.slice(name.length % 3), ttlSeconds: 60 },
    remember: (name) => must(/^[a-z0-9._-]+$/.test(name), 'a name of other characters'),
    log: () => {},
  });
  return async (bytes) => {
    nowMs += 1000;
    const transport = bytes.length % 2 === 0 ? 'udp' : 'tcp';
    const answer = await service.answer(bytes, transport);
    if (answer === undefined) return 'dropped';
    must(answer.length <= (transport === 'udp' ? 1232 : 65_535), 'an answer that is too long');
    must(answer.subarray(0, 2).equals(bytes.subarray(0, 2)), 'an answer to another question');
    const packet = decode(answer) as unknown as { type: string; rcode: string; answers: { data: string }[] };
    must(packet.type === 'response', 'a question in place of an answer');
    for (const { data } of packet.answers) must(data === '192.0.2.1', `it told ${data}`);
    return packet.rcode;
  };
};

/** Parsers of what a guest sends, each made anew for a run. */
export const NETWORK_TARGETS: Readonly<Record<string, () => Promise<NetworkTarget>>> = {
  'TLS hellos': async () => ({ inputs: await hellos(), use: useHello }),
  'HTTP heads': async () => ({ inputs: heads, use: useHead }),
  'DNS questions': async () => ({ inputs: questions, use: createUseQuestion() }),
};
