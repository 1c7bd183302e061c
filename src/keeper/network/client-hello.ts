import { isIP } from 'node:net';
import { canonicalHostName } from '../../lib/host-name.ts';
import { type ByteReader, createByteReader } from './byte-reader.ts';
import { readFirstMessage } from './tls-records.ts';

/** What a TLS client says first, in clear text (RFC 8446, section 4.1.2). */
export type ClientHello = {
  readonly kind: 'hello';
  /** The server's name in its canonical form; absent where there is none, or an address, which RFC 6066 forbids. */
  readonly serverName?: string;
  readonly alpn: readonly string[];
  /** It may carry another, encrypted hello (ECH, or ESNI before it): the name in clear may then be a cover. */
  readonly hasEch: boolean;
};

/** `more`: right so far, not all there. `not-tls`: another protocol. `invalid`: TLS that no client of ours speaks. */
export type ClientHelloResult =
  | ClientHello
  | { readonly kind: 'more' }
  | { readonly kind: 'not-tls' }
  | { readonly kind: 'invalid'; readonly why: string };

/** The most bytes a hello may take without its record headers; those of browsers with post-quantum keys take 2 KiB. */
export const CLIENT_HELLO_LIMIT_BYTES = 16 * 1024;

const HANDSHAKE_CLIENT_HELLO = 1;
const EXTENSION_SERVER_NAME = 0;
const EXTENSION_ALPN = 16;
const EXTENSION_ECH = 0xfe0d;
const EXTENSION_ESNI = 0xffce;
const NAME_TYPE_HOST = 0;
const RANDOM_BYTES = 32;

const invalid = (why: string): ClientHelloResult => ({ kind: 'invalid', why });

/** Type → body; undefined when the list is cut short or one comes twice, which would leave open which one counts. */
const readExtensions = (list: Buffer): ReadonlyMap<number, Buffer> | undefined => {
  const reader = createByteReader(list);
  const found = new Map<number, Buffer>();
  while (reader.left() > 0) {
    const type = reader.number(2);
    const body = reader.vector(2);
    if (type === undefined || body === undefined || found.has(type)) return undefined;
    found.set(type, body);
  }
  return found;
};

/** Undefined when there is not exactly one, or it is no name. An address counts as no name was given: ''. */
const readServerName = (extension: Buffer): string | undefined => {
  const outer = createByteReader(extension);
  const list = outer.vector(2);
  if (list === undefined || outer.left() > 0) return undefined;
  const reader = createByteReader(list);
  const type = reader.number(1);
  const text = reader.vector(2)?.toString('latin1');
  if (type !== NAME_TYPE_HOST || text === undefined || reader.left() > 0) return undefined;
  return isIP(text) === 0 ? canonicalHostName(text) : '';
};

const readAlpn = (extension: Buffer): readonly string[] | undefined => {
  const outer = createByteReader(extension);
  const list = outer.vector(2);
  if (list === undefined || list.length === 0 || outer.left() > 0) return undefined;
  const reader = createByteReader(list);
  const names: string[] = [];
  while (reader.left() > 0) {
    const name = reader.vector(1);
    if (name === undefined || name.length === 0) return undefined;
    names.push(name.toString('latin1'));
  }
  return names;
};

const hasEvenLength = (bytes: Buffer | undefined): boolean =>
  bytes !== undefined && bytes.length > 0 && bytes.length % 2 === 0;

/** Everything in front of the extensions; false where it has another form. */
const skipHead = (reader: ByteReader): boolean => {
  const version = reader.number(2);
  const random = reader.bytes(RANDOM_BYTES);
  const session = reader.vector(1);
  const suites = reader.vector(2);
  const compressions = reader.vector(1);
  return (
    version !== undefined &&
    version >> 8 === 3 &&
    random !== undefined &&
    session !== undefined &&
    session.length <= 32 &&
    hasEvenLength(suites) &&
    compressions !== undefined &&
    compressions.length > 0
  );
};

const readHello = (body: Buffer): ClientHelloResult => {
  const reader = createByteReader(body);
  if (!skipHead(reader)) return invalid('it has no right head');
  if (reader.left() === 0) return { kind: 'hello', alpn: [], hasEch: false };
  const list = reader.vector(2);
  const extensions = list === undefined || reader.left() > 0 ? undefined : readExtensions(list);
  if (extensions === undefined) return invalid('its extensions are cut short or come twice');
  const name = extensions.get(EXTENSION_SERVER_NAME);
  const serverName = name === undefined ? '' : readServerName(name);
  if (serverName === undefined) return invalid('its server name is none');
  const protocols = extensions.get(EXTENSION_ALPN);
  const alpn = protocols === undefined ? [] : readAlpn(protocols);
  if (alpn === undefined) return invalid('its list of protocols is none');
  return {
    kind: 'hello',
    ...(serverName === '' ? {} : { serverName }),
    alpn,
    hasEch: extensions.has(EXTENSION_ECH) || extensions.has(EXTENSION_ESNI),
  };
};

/**
 * Reads the first bytes of a connection as a TLS ClientHello, in one record or several. Strict, so that no server could
 * understand it otherwise than the rules do: what has a doubtful form is `invalid`, and never `not-tls`.
 */
export const parseClientHello = (bytes: Buffer): ClientHelloResult => {
  if (bytes.length === 0) return { kind: 'more' };
  const first = readFirstMessage(bytes, HANDSHAKE_CLIENT_HELLO, CLIENT_HELLO_LIMIT_BYTES);
  return first.kind === 'message' ? readHello(first.body) : first;
};
