import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { type ConnectionOptions, connect } from 'node:tls';
import { expect, test } from 'vitest';
import { parseClientHello } from '../../../src/keeper/network/client-hello.ts';

/** What a client sends first to a server that says nothing. */
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

const fromNode = (options: ConnectionOptions): Promise<Buffer> =>
  capture((port) => {
    const socket = connect({ host: '127.0.0.1', port, ...options });
    socket.on('error', () => {});
    return () => socket.destroy();
  });

const fromOpenssl = (...args: readonly string[]): Promise<Buffer> =>
  capture((port) => {
    const child = spawn('openssl', ['s_client', '-connect', `127.0.0.1:${port}`, ...args], {
      stdio: 'ignore',
    });
    return () => child.kill();
  });

test.each<[string, () => Promise<Buffer>, object]>([
  [
    'node, TLS 1.3',
    () => fromNode({ servername: 'API.example.com', ALPNProtocols: ['h2', 'http/1.1'] }),
    { serverName: 'api.example.com', alpn: ['h2', 'http/1.1'], hasEch: false },
  ],
  [
    'node, TLS 1.2',
    () => fromNode({ servername: 'a.example', maxVersion: 'TLSv1.2' }),
    { serverName: 'a.example', alpn: [], hasEch: false },
  ],
  ['node without a name', () => fromNode({}), { alpn: [], hasEch: false }],
  [
    'openssl, TLS 1.3',
    () => fromOpenssl('-servername', 'b.example', '-alpn', 'http/1.1'),
    { serverName: 'b.example', alpn: ['http/1.1'], hasEch: false },
  ],
  [
    'openssl, TLS 1.2',
    () => fromOpenssl('-servername', 'c.example', '-tls1_2'),
    { serverName: 'c.example', alpn: [], hasEch: false },
  ],
  ['openssl without a name', () => fromOpenssl('-noservername'), { alpn: [], hasEch: false }],
])('a hello of %s, whole and byte by byte', async (_client, hello, expected) => {
  const bytes = await hello();
  expect(parseClientHello(bytes)).toEqual({ kind: 'hello', ...expected });
  for (let length = 0; length < bytes.length; length += 1) {
    expect(parseClientHello(bytes.subarray(0, length))).toEqual({ kind: 'more' });
  }
});
