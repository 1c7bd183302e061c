import type { ServerResponse } from 'node:http';
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

/** Answers with a refusal and ends the connection: what comes behind a refused request is not read. */
export const answerRefusal = (response: ServerResponse, { status, text }: Refusal): void => {
  const body = `agentvm: ${text}\n`;
  response.sendDate = false;
  response.writeHead(status, REASONS[status] ?? 'Refused', [
    'Content-Type',
    'text/plain; charset=utf-8',
    'Content-Length',
    String(Buffer.byteLength(body)),
    'Connection',
    'close',
  ]);
  response.end(body);
};

/** The same where there is no request to answer to. */
export const writeRefusal = (socket: Socket, { status, text }: Refusal): void => {
  const body = `agentvm: ${text}\n`;
  const head = `HTTP/1.1 ${status} ${REASONS[status] ?? 'Refused'}\r\nContent-Type: text/plain; charset=utf-8\r\n`;
  if (socket.writable)
    socket.write(`${head}Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`);
  socket.destroySoon();
};
