import type { Socket as DatagramSocket } from 'node:dgram';
import type { Socket } from 'node:net';
import type { DnsService } from './dns-service.ts';

/** A message over TCP has its length in two bytes in front (RFC 1035, section 4.2.2). */
const LENGTH_BYTES = 2;
/** Questions take a few hundred bytes; what is longer is none. */
const MESSAGE_LIMIT_BYTES = 1024;
const CONNECTION_MS = 15_000;
const MESSAGES_LIMIT = 32;

/** Answers the datagrams that come to a socket, for as long as it is open. */
export const relayDatagrams = (socket: DatagramSocket, dns: DnsService): void => {
  socket.on('error', () => {});
  socket.on('message', (message, { address, port }) => {
    dns.answer(message, 'udp').then(
      (answer) => {
        // The socket may have been closed meanwhile, which send() tells by an exception.
        if (answer !== undefined) trySend(socket, answer, port, address);
      },
      () => {},
    );
  });
};

const trySend = (socket: DatagramSocket, answer: Buffer, port: number, address: string): void => {
  try {
    socket.send(answer, port, address, () => {});
  } catch {
    // Nobody waits for it.
  }
};

const withLength = (answer: Buffer): Buffer => {
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt16BE(answer.length);
  return Buffer.concat([length, answer]);
};

/** Answers the questions of one connection, one after the other. */
export const relayStream = (socket: Socket, dns: DnsService): void => {
  let pending: Buffer = Buffer.alloc(0);
  let messages = 0;
  let last: Promise<void> = Promise.resolve();
  const timer = setTimeout(() => socket.destroy(), CONNECTION_MS);
  socket.once('close', () => clearTimeout(timer));
  const answer = async (message: Buffer): Promise<void> => {
    const bytes = await dns.answer(message, 'tcp').catch(() => undefined);
    if (bytes === undefined) socket.destroy();
    else if (!socket.destroyed) socket.write(withLength(bytes));
  };
  socket.on('data', (chunk: Buffer) => {
    pending = Buffer.concat([pending, chunk]);
    while (pending.length >= LENGTH_BYTES) {
      const length = pending.readUInt16BE();
      if (length > MESSAGE_LIMIT_BYTES || messages === MESSAGES_LIMIT) {
        socket.destroy();
        return;
      }
      if (pending.length < LENGTH_BYTES + length) return;
      messages += 1;
      const message = pending.subarray(LENGTH_BYTES, LENGTH_BYTES + length);
      pending = pending.subarray(LENGTH_BYTES + length);
      last = last.then(() => answer(message));
    }
  });
  socket.on('end', () => void last.then(() => socket.end()));
};
