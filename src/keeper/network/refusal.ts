import type { Socket } from 'node:net';
import { breakOff } from '../break-off.ts';

/** A fatal alert `access_denied` (RFC 8446, section 6): TLS clients tell their user in these words. */
const TLS_ALERT = Buffer.from([0x15, 3, 3, 0, 2, 2, 49]);

const httpAnswer = (status: string, text: string): string =>
  [
    `HTTP/1.1 ${status}`,
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(text)}`,
    'Connection: close',
    '',
    text,
  ].join('\r\n');

const REFUSED_TEXT =
  'This connection was refused by the network rules of this machine. On its host: agentvm network log\n';
const FAILED_TEXT = 'This machine’s host cannot reach that server.\n';

/** Ends a connection so that its program can tell a refusal from a fault of the network, where its protocol has words. */
export const refuse = (socket: Socket, protocol: 'tls' | 'http' | 'tcp'): void => {
  if (socket.destroyed) return;
  switch (protocol) {
    case 'tls':
      socket.end(TLS_ALERT);
      break;
    case 'http':
      socket.end(httpAnswer('403 Forbidden', REFUSED_TEXT));
      break;
    case 'tcp':
      breakOff(socket);
      return;
  }
  // What the client goes on to say is not kept, and it does not decide how long this takes.
  socket.resume();
  setTimeout(() => socket.destroy(), 2000).unref();
};

/** The rules allow it, but the server does not answer. */
export const failed = (socket: Socket, protocol: 'tls' | 'http' | 'tcp'): void => {
  if (socket.destroyed) return;
  if (protocol !== 'http') {
    breakOff(socket);
    return;
  }
  socket.end(httpAnswer('502 Bad Gateway', FAILED_TEXT));
  socket.resume();
  setTimeout(() => socket.destroy(), 2000).unref();
};
