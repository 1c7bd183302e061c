import type { IncomingMessage } from 'node:http';
import { readRequestHost } from '../network/request-host.ts';
import type { GateTarget, Origin } from './gate-options.ts';
import type { Header } from './placeholders.ts';

/** What one connection says, by RFC 9110 7.6.1, and what we answer for ourselves. */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'http2-settings',
  'expect',
]);
const BODILESS = new Set(['GET', 'HEAD', 'OPTIONS', 'DELETE']);

export type RequestHead = {
  readonly target: GateTarget;
  readonly path: string;
  /** Without those of the connection, but with the framing of the body. */
  readonly headers: readonly Header[];
  readonly hasBody: boolean;
};

export type Checked =
  | { readonly kind: 'request'; readonly head: RequestHead }
  | { readonly kind: 'invalid'; readonly why: string };

export const headerPairs = (raw: readonly string[]): readonly Header[] =>
  Array.from(
    { length: raw.length / 2 },
    (_, index): Header => [raw[2 * index] ?? '', raw[2 * index + 1] ?? ''],
  );

/** The headers that only this connection is meant to read are those, and what `Connection` names beside them. */
const forwarded = (headers: readonly Header[]): readonly Header[] => {
  const named = headers
    .filter(([name]) => name.toLowerCase() === 'connection')
    .flatMap(([, value]) => value.split(',').map((token) => token.trim().toLowerCase()))
    .filter((token) => token !== 'host' && token !== 'content-length');
  return headers.filter(
    ([name]) => !HOP_BY_HOP.has(name.toLowerCase()) && !named.includes(name.toLowerCase()),
  );
};

/**
 * A request as it is to be sent on, or why it is not: everything that two readers could understand in two ways is
 * refused, although what is sent on is written anew by us and so has one meaning only.
 */
export const checkRequest = (
  request: Pick<IncomingMessage, 'method' | 'url' | 'rawHeaders' | 'httpVersion'>,
  origin: Origin,
): Checked => {
  const invalid = (why: string): Checked => ({ kind: 'invalid', why });
  const { method = '', url = '', httpVersion } = request;
  const headers = headerPairs(request.rawHeaders);
  const whom = readRequestHost({
    method,
    target: url,
    version: httpVersion === '1.0' ? '1.0' : '1.1',
    headers,
  });
  if (!whom.ok) return invalid(whom.why);
  if (headers.some(([, value]) => /[\0\r\n]/.test(value))) return invalid('a control character in a header');
  const path = url.replace(/^http:\/\/[^/?#]*/i, '').replace(/^(?![/*])/, '/');
  if (/[^\x21-\x7e\x80-\xff]/.test(path)) return invalid('a control character in the target');
  const host = whom.host?.host ?? origin.address;
  if (host === undefined) return invalid('no Host');
  const isChunked = headers.some(([name]) => name.toLowerCase() === 'transfer-encoding');
  const length = headers.find(([name]) => name.toLowerCase() === 'content-length')?.[1];
  const framing: readonly Header[] = isChunked
    ? [['Transfer-Encoding', 'chunked']]
    : length === undefined && !BODILESS.has(method)
      ? [['Content-Length', '0']]
      : [];
  const port = origin.address === undefined ? (whom.host?.port ?? origin.port) : origin.port;
  const hasHost = headers.some(([name]) => name.toLowerCase() === 'host');
  const named: readonly Header[] = hasHost ? [] : [['Host', host.includes(':') ? `[${host}]` : host]];
  return {
    kind: 'request',
    head: {
      target: { host, port },
      path,
      headers: [...named, ...forwarded(headers), ...framing],
      hasBody: isChunked || (length !== undefined && !/^0+$/.test(length)),
    },
  };
};
