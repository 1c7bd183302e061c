import { chmod, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import type { HttpGate } from '../secrets/gate-options.ts';
import { createSocketCount } from '../socket-count.ts';
import { parseAuthority } from './authority.ts';
import type { Gate } from './gate.ts';

/** The keeper's HTTP proxy, behind the second wall the guest's only way out. */
export type ProxyDoor = { readonly connections: () => number; readonly close: () => void };

const HEAD_LIMIT_BYTES = 16 * 1024;
const HEAD_MS = 30_000;
/** A request that does not say so goes to the port of plain HTTP. */
const HTTP_PORT = 80;
const CONNECTION_LIMIT = 2048;
const HEAD_END = '\r\n\r\n';
const CONNECT = /^CONNECT (\S{1,300}) HTTP\/1\.[01]\r\n/;
const ESTABLISHED = 'HTTP/1.1 200 Connection established\r\n\r\n';
const BAD_REQUEST = 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n';

/** Reads a whole head and leaves the socket paused; undefined when none comes in time. */
const readHead = (socket: Socket): Promise<Buffer | undefined> =>
  new Promise((resolve) => {
    let bytes: Buffer = Buffer.alloc(0);
    const end = (found: Buffer | undefined): void => {
      clearTimeout(timer);
      socket.off('data', onData);
      socket.off('end', onEnd);
      socket.off('close', onEnd);
      socket.pause();
      resolve(found);
    };
    const onEnd = (): void => end(undefined);
    const onData = (chunk: Buffer): void => {
      bytes = Buffer.concat([bytes, chunk]);
      if (bytes.includes(HEAD_END)) end(bytes);
      else if (bytes.length > HEAD_LIMIT_BYTES) end(undefined);
    };
    const timer = setTimeout(onEnd, HEAD_MS);
    socket.on('data', onData);
    socket.on('end', onEnd);
    socket.on('close', onEnd);
  });

const serve = async (socket: Socket, gate: Gate, http: HttpGate): Promise<void> => {
  const head = await readHead(socket);
  if (head === undefined || socket.destroyed) {
    socket.destroy();
    return;
  }
  const asked = CONNECT.exec(head.toString('latin1'))?.[1];
  if (asked === undefined) {
    http.plain(socket, head, { port: HTTP_PORT });
    return;
  }
  const target = parseAuthority(asked);
  if (target?.port === undefined) {
    socket.end(BAD_REQUEST);
    return;
  }
  const rest = head.subarray(head.indexOf(HEAD_END) + HEAD_END.length);
  if (rest.length > 0) socket.unshift(rest);
  gate.acceptFor(socket, { host: target.host, port: target.port }, () => socket.write(ESTABLISHED));
};

/** Listens on a unix socket that only this user can open. */
export const openProxyDoor = async (path: string, gate: Gate, http: HttpGate): Promise<ProxyDoor> => {
  const sockets = createSocketCount();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    serve(socket, gate, http).catch(() => socket.destroy());
  });
  server.maxConnections = CONNECTION_LIMIT;
  // A socket that is there is a dead keeper's.
  await rm(path, { force: true });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
  server.on('error', () => {});
  await chmod(path, 0o600);
  return {
    connections: sockets.open,
    close: () => {
      server.close();
    },
  };
};
