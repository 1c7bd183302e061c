import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { type Answer, decode, encode, type Question } from 'dns-packet';
import { onTestFinished } from 'vitest';

/** What a server answers: records, a code of failure (RFC 1035), silence, or bytes of its own. */
export type ZoneReply =
  | { readonly answers: readonly Answer[]; readonly delayMs?: number }
  | { readonly code: 1 | 2 | 3 | 5 }
  | { readonly bytes: Buffer }
  | 'silence';

export type DnsServer = {
  /** `ADDRESS:PORT`, as resolvers take it. */
  readonly address: string;
  /** What was asked so far, `A a.example`, and `tcp A a.example` over TCP. */
  readonly asked: readonly string[];
};

const TRUNCATED = 0x0200;
const RECURSION = 0x0180;
const UDP_LIMIT_BYTES = 512;

/** A real server of names on this host's loopback, UDP and TCP, for the running test. */
export const startDnsServer = async (zone: (question: Question) => ZoneReply): Promise<DnsServer> => {
  const asked: string[] = [];
  const reply = (message: Buffer, isTcp: boolean): { bytes: Buffer; delayMs: number } | undefined => {
    const { id, questions = [] } = decode(message);
    const [question] = questions;
    if (question === undefined) return undefined;
    asked.push(`${isTcp ? 'tcp ' : ''}${question.type} ${question.name}`);
    const said = zone(question);
    if (said === 'silence') return undefined;
    if ('bytes' in said) {
      const bytes = Buffer.from(said.bytes);
      bytes.writeUInt16BE(id ?? 0, 0);
      return { bytes, delayMs: 0 };
    }
    const make = (flags: number, answers: readonly Answer[]): Buffer =>
      encode({
        type: 'response',
        id: id ?? 0,
        flags: flags | RECURSION,
        questions: [question],
        answers: [...answers],
      });
    if ('code' in said) return { bytes: make(said.code, []), delayMs: 0 };
    const whole = make(0, said.answers);
    const isTooLong = !isTcp && whole.length > UDP_LIMIT_BYTES;
    return { bytes: isTooLong ? make(TRUNCATED, []) : whole, delayMs: said.delayMs ?? 0 };
  };

  const tcp = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('data', (chunk: Buffer) => {
      const said = reply(chunk.subarray(2), true);
      if (said === undefined) return;
      const length = Buffer.alloc(2);
      length.writeUInt16BE(said.bytes.length);
      socket.write(Buffer.concat([length, said.bytes]));
    });
  });
  const sockets = new Set<Socket>();
  tcp.listen(0, '127.0.0.1');
  await once(tcp, 'listening');
  const { port } = tcp.address() as AddressInfo;
  const udp = createSocket('udp4', (message, { port: to, address }) => {
    const said = reply(message, false);
    if (said === undefined) return;
    setTimeout(() => udp.send(said.bytes, to, address, () => {}), said.delayMs);
  });
  udp.bind(port, '127.0.0.1');
  await once(udp, 'listening');
  onTestFinished(() => {
    udp.close();
    tcp.close();
    for (const socket of sockets) socket.destroy();
  });
  return { address: `127.0.0.1:${port}`, asked };
};
