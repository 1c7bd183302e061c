import { type Authority, parseAuthority } from './authority.ts';

/** A request's head as any parser of HTTP/1 gives it, headers in order and not joined. */
export type RequestHead = {
  readonly method: string;
  readonly target: string;
  readonly version: '1.0' | '1.1';
  readonly headers: readonly (readonly [name: string, value: string])[];
};

/** Whom a request is for. `host` is absent for HTTP/1.0 without a Host header. */
export type RequestHost =
  | { readonly ok: true; readonly host?: Authority }
  | { readonly ok: false; readonly why: string };

const no = (why: string): RequestHost => ({ ok: false, why });

const valuesOf = (head: RequestHead, wanted: string): readonly string[] =>
  head.headers.filter(([name]) => name.toLowerCase() === wanted).map(([, value]) => value);

/** Why the length of the body could be read in two ways (RFC 9112, section 6.3), or undefined. */
const whyNoClearLength = (head: RequestHead): string | undefined => {
  const lengths = valuesOf(head, 'content-length');
  const encodings = valuesOf(head, 'transfer-encoding');
  if (lengths.length > 0 && encodings.length > 0) return 'Content-Length and Transfer-Encoding';
  if (lengths.length > 1) return 'Content-Length twice';
  if (!lengths.every((one) => /^[0-9]{1,15}$/.test(one))) return 'a Content-Length that is no number';
  if (encodings.length > 1) return 'Transfer-Encoding twice';
  if (!encodings.every((one) => one.toLowerCase() === 'chunked'))
    return 'a Transfer-Encoding that is not chunked';
  if (encodings.length > 0 && head.version === '1.0') return 'Transfer-Encoding in HTTP/1.0';
  return undefined;
};

const isSame = (a: Authority, b: Authority): boolean =>
  a.host === b.host && (a.port ?? 80) === (b.port ?? 80);

/** The authority of `http://AUTHORITY/…`. */
const authorityOfTarget = (target: string): Authority | undefined =>
  parseAuthority(/^http:\/\/([^/?#]*)/i.exec(target)?.[1] ?? '');

/**
 * Whom a request is for, or why it could be understood in two ways and so goes nowhere: more than one Host, a target
 * that names another host than Host does, a length told twice, CONNECT.
 */
export const readRequestHost = (head: RequestHead): RequestHost => {
  const unclear = whyNoClearLength(head);
  if (unclear !== undefined) return no(unclear);
  if (head.method === 'CONNECT') return no('CONNECT');
  const hosts = valuesOf(head, 'host');
  if (hosts.length > 1) return no('Host twice');
  if (hosts.length === 0 && head.version === '1.1') return no('no Host');
  const host = hosts[0] === undefined ? undefined : parseAuthority(hosts[0]);
  if (hosts[0] !== undefined && host === undefined) return no('a Host that is none');
  if (head.target.startsWith('/') || (head.target === '*' && head.method === 'OPTIONS')) {
    return host === undefined ? { ok: true } : { ok: true, host };
  }
  const named = authorityOfTarget(head.target);
  if (named === undefined) return no('a target that is no path');
  if (host !== undefined && !isSame(named, host)) return no('a target for another host than Host');
  return { ok: true, host: named };
};
