import type { IncomingMessage } from 'node:http';
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
const NAME = /^[a-z0-9_]([a-z0-9_.-]{0,251}[a-z0-9_])?\.?$/;
const ADDRESS_6 = /^[0-9a-f:.]{2,45}$/;
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

/** `host[:port]` in its parts; the port is undefined where none is named. */
const splitAuthority = (
  text: string,
): { readonly host: string; readonly port: number | undefined } | undefined => {
  const parts = /^(\[[^\]]*\]|[^:[\]]*)(?::(\d{1,5}))?$/.exec(text.toLowerCase());
  const raw = parts?.[1];
  if (raw === undefined) return undefined;
  const host = raw.startsWith('[') ? raw.slice(1, -1) : raw.replace(/\.$/, '');
  const port = parts?.[2] === undefined ? undefined : Number(parts[2]);
  if (!(raw.startsWith('[') ? ADDRESS_6 : NAME).test(host) || (port ?? 1) < 1 || (port ?? 1) > 65_535)
    return undefined;
  return { host, port };
};

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
  const headers = headerPairs(request.rawHeaders);
  const all = (wanted: string): readonly string[] =>
    headers.filter(([name]) => name.toLowerCase() === wanted).map(([, value]) => value);
  const [hosts, lengths, encodings] = [all('host'), all('content-length'), all('transfer-encoding')];
  if (hosts.length > 1) return invalid('two Host headers');
  if (lengths.length > 1) return invalid('two Content-Length headers');
  if (lengths.length > 0 && encodings.length > 0) return invalid('Content-Length and Transfer-Encoding');
  if (encodings.length > 1 || (encodings[0] ?? 'chunked').toLowerCase() !== 'chunked') {
    return invalid('an unknown Transfer-Encoding');
  }
  if (headers.some(([, value]) => /[\0\r\n]/.test(value))) return invalid('a control character in a header');
  const url = request.url ?? '';
  const absolute = /^http:\/\/([^/?#]*)(.*)$/i.exec(url);
  const named = hosts[0] ?? absolute?.[1] ?? origin.address;
  const authority =
    named === undefined
      ? undefined
      : splitAuthority(
          named.includes(':') && hosts[0] === undefined && absolute === null ? `[${named}]` : named,
        );
  if (authority === undefined) return invalid('no valid Host header');
  if (absolute !== null) {
    const inTarget = splitAuthority(absolute[1] ?? '');
    if (inTarget?.host !== authority.host || (inTarget.port ?? 80) !== (authority.port ?? 80)) {
      return invalid('a target of another host than the Host header');
    }
  }
  const path = absolute === null ? url : (absolute[2] ?? '').replace(/^(?!\/)/, '/');
  if (!path.startsWith('/') && !(path === '*' && request.method === 'OPTIONS'))
    return invalid('no valid target');
  if (/[^\x21-\x7e\x80-\xff]/.test(path)) return invalid('a control character in the target');
  const method = request.method ?? '';
  const kept = forwarded(headers);
  const hasBody = encodings.length > 0 || (lengths[0] !== undefined && lengths[0] !== '0');
  const framing: readonly Header[] =
    encodings.length > 0
      ? [['Transfer-Encoding', 'chunked']]
      : lengths.length === 0 && !BODILESS.has(method)
        ? [['Content-Length', '0']]
        : [];
  const port = origin.address === undefined ? (authority.port ?? origin.port) : origin.port;
  return {
    kind: 'request',
    head: {
      target: { host: authority.host, port },
      path,
      headers: [...(hosts.length === 0 ? ([['Host', named ?? '']] as const) : []), ...kept, ...framing],
      hasBody,
    },
  };
};
