import type { Authority } from './authority.ts';
import { type RequestHead, readRequestHost } from './request-host.ts';

/** The head of the first request of a connection. */
export type HttpHead = RequestHead & {
  readonly kind: 'head';
  /** Whom it is for; absent in HTTP/1.0 without a Host header. */
  readonly host?: Authority;
  /** How many bytes it takes, the empty line included. */
  readonly length: number;
};

/** `more`: right so far, not all there. `invalid`: HTTP that could be understood in two ways, or another version. */
export type HttpHeadResult =
  | HttpHead
  | { readonly kind: 'more' }
  | { readonly kind: 'invalid'; readonly why: string };

/** As Node's own parser. */
export const HTTP_HEAD_LIMIT_BYTES = 16 * 1024;
const HEADER_LIMIT = 200;

const CR = 13;
const LF = 10;
const REQUEST_LINE = /^([!#$%&'*+.^_`|~0-9A-Za-z-]{1,32}) ([\x21-\x7e]+) HTTP\/(1\.[01])$/;
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

const invalid = (why: string): HttpHeadResult => ({ kind: 'invalid', why });

/** The first line, without the empty ones that servers let pass in front of a request. */
const firstLine = (bytes: Buffer): { readonly text: string; readonly isWhole: boolean } => {
  let start = 0;
  while (start < bytes.length && (bytes[start] === CR || bytes[start] === LF)) start += 1;
  const rest = bytes.subarray(start, HTTP_HEAD_LIMIT_BYTES);
  const end = rest.indexOf(LF);
  return { text: rest.toString('latin1', 0, end < 0 ? rest.length : end), isWhole: end >= 0 };
};

/**
 * Whether the first bytes of a connection are an HTTP request, generously: what any server could take for one is `yes`,
 * and parseHttpHead then judges it. `more`: text that may become one.
 */
export const looksLikeHttp = (bytes: Buffer): 'yes' | 'no' | 'more' => {
  const { text, isWhole } = firstLine(bytes);
  // A word that could be a method, and no byte that text does not have: git's own protocol begins so, and has a NUL.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what tells text from other protocols
  if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]*(\s|$)/.test(text) || /[\x00-\x08\x0e-\x1f]/.test(text)) return 'no';
  const hasTarget = /^\S+\s/.test(text);
  // Without a version it is HTTP/0.9, which some servers (Node's) read on as if headers followed.
  if (/^(\S+\s+(\/|\*|https?:)|CONNECT\s)/i.test(text) || (hasTarget && /HTTP\//i.test(text))) return 'yes';
  if (isWhole) return 'no';
  // A target, or empty lines, too long to wait for what follows.
  if (bytes.length >= HTTP_HEAD_LIMIT_BYTES) return hasTarget || text === '' ? 'yes' : 'no';
  return 'more';
};

/** Where the empty line ends that ends a head; undefined where it is not there yet. */
const headEnd = (bytes: Buffer): number | undefined => {
  const found = bytes.subarray(0, HTTP_HEAD_LIMIT_BYTES).indexOf('\r\n\r\n');
  return found < 0 ? undefined : found + 4;
};

/** Reads the head of a request strictly after RFC 9112: what it leaves to the mercy of servers is `invalid`. */
export const parseHttpHead = (bytes: Buffer): HttpHeadResult => {
  const end = headEnd(bytes);
  if (end === undefined) {
    return bytes.length >= HTTP_HEAD_LIMIT_BYTES ? invalid('its head is too long') : { kind: 'more' };
  }
  const [requestLine = '', ...lines] = bytes.toString('latin1', 0, end - 4).split('\r\n');
  if (lines.length > HEADER_LIMIT) return invalid('it has too many headers');
  const request = REQUEST_LINE.exec(requestLine);
  if (request === null) return invalid('its first line is not of HTTP/1');
  const headers: (readonly [string, string])[] = [];
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(0, colon));
    const value = line.slice(colon + 1);
    // Folded lines, spaces before the colon and bare line ends are among these.
    if (!HEADER_NAME.test(name) || !HEADER_VALUE.test(value)) {
      return invalid('a header has a form that servers do not agree on');
    }
    headers.push([name, value.replace(/^[\t ]+/, '').trimEnd()]);
  }
  const [, method = '', target = '', version] = request;
  const head: RequestHead = { method, target, version: version === '1.0' ? '1.0' : '1.1', headers };
  const whom = readRequestHost(head);
  if (!whom.ok) return invalid(whom.why);
  return { kind: 'head', ...head, ...(whom.host === undefined ? {} : { host: whom.host }), length: end };
};
