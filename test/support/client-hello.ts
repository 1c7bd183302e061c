import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { type ConnectionOptions, connect } from 'node:tls';

/** What a TLS client sends first to a server that says nothing. `start` runs the client and tells how to end it. */
const capture = async (start: (port: number) => () => void): Promise<Buffer> => {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const stop = start((server.address() as AddressInfo).port);
  const [socket] = await once(server, 'connection');
  let bytes = Buffer.alloc(0);
  const isWhole = (): boolean => bytes.length >= 5 && bytes.length >= 5 + bytes.readUInt16BE(3);
  while (!isWhole()) bytes = Buffer.concat([bytes, (await once(socket, 'data'))[0] as Buffer]);
  socket.destroy();
  stop();
  server.close();
  return bytes;
};

/** The hello of this Node's own TLS client. */
export const helloOfNode = (options: ConnectionOptions): Promise<Buffer> =>
  capture((port) => {
    const socket = connect({ host: '127.0.0.1', port, ...options });
    socket.on('error', () => {});
    return () => socket.destroy();
  });

/** The hello of the host's openssl, whose options are those of `s_client`. */
export const helloOfOpenssl = (...args: readonly string[]): Promise<Buffer> =>
  capture((port) => {
    const child = spawn('openssl', ['s_client', '-connect', `127.0.0.1:${port}`, ...args], {
      stdio: 'ignore',
    });
    return () => child.kill();
  });

const RECORD_HEADER_BYTES = 5;

/** A handshake message in records of so many bytes each; the last takes what is left. */
export const inRecords = (message: Buffer, sizes: readonly number[] = []): Buffer => {
  const records: Buffer[] = [];
  let at = 0;
  for (const size of [...sizes, message.length]) {
    const piece = message.subarray(at, at + size);
    if (piece.length === 0) break;
    at += piece.length;
    const header = Buffer.from([22, 3, 1, piece.length >> 8, piece.length & 255]);
    records.push(header, piece);
  }
  return Buffer.concat(records);
};

/** The handshake message in a hello of one record. */
export const messageOf = (hello: Buffer): Buffer => hello.subarray(RECORD_HEADER_BYTES);

/** Bytes with their length in front. */
export const vector = (lengthBytes: 1 | 2 | 3, ...parts: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  const length = Buffer.alloc(lengthBytes);
  length.writeUIntBE(body.length, 0, lengthBytes);
  return Buffer.concat([length, body]);
};

/** An extension of a hello. */
export const extension = (type: number, body: Buffer): Buffer =>
  Buffer.concat([Buffer.from([type >> 8, type & 255]), vector(2, body)]);

/** The extension that names hosts: one entry for each. */
export const serverNames = (...names: readonly string[]): Buffer =>
  extension(
    0,
    vector(
      2,
      ...names.map((name) => Buffer.concat([Buffer.from([0]), vector(2, Buffer.from(name, 'latin1'))])),
    ),
  );

/** A hello of TLS 1.2's form with these extensions. */
export const handmadeMessage = (...extensions: readonly Buffer[]): Buffer =>
  Buffer.concat([
    Buffer.from([1]),
    vector(
      3,
      Buffer.from([3, 3]),
      Buffer.alloc(32, 7),
      vector(1, Buffer.alloc(32, 9)),
      vector(2, Buffer.from([0x13, 0x01])),
      vector(1, Buffer.from([0])),
      ...(extensions.length === 0 ? [] : [vector(2, ...extensions)]),
    ),
  ]);
