import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

/** What a request gets in place of an answer. */
export type Refusal = {
  readonly status: number;
  /** For the guest, one line; holds nothing but our own words and names of secrets and hosts. */
  readonly text: string;
  /** For the log: the rule that decided. */
  readonly rule: string;
  readonly secrets?: readonly string[];
  /** What was dialled, where anything was. */
  readonly address?: string;
};

const REASONS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  403: 'Forbidden',
  405: 'Method Not Allowed',
  421: 'Misdirected Request',
  431: 'Request Header Fields Too Large',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
};

const textOf = ({ status, text }: Refusal): string => {
  const body = `agentvm: ${text}\n`;
  return [
    `HTTP/1.1 ${status} ${REASONS[status] ?? 'Refused'}`,
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
    '',
    body,
  ].join('\r\n');
};

/** How long a client may go on with what it had begun to send, so that it comes to read why nobody wants it. */
const LINGER_MS = 3000;

/** Answers what is no request, or the last one of a connection, and ends the connection. */
export const writeRefusal = (socket: Socket, refusal: Refusal): void => {
  if (socket.writable) socket.end(textOf(refusal));
  socket.resume();
  const timer = setTimeout(() => socket.destroy(), LINGER_MS);
  socket.once('close', () => clearTimeout(timer));
};

/** The same for a request, the rest of which is read and thrown away. What comes behind it is not looked at. */
export const refuseRequest = (request: IncomingMessage, refusal: Refusal): void => {
  const { socket } = request;
  request.once('end', () => socket.destroySoon());
  request.on('error', () => {});
  request.resume();
  writeRefusal(socket, refusal);
};
