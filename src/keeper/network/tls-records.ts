/** `more`: right so far, not all there. */
export type FirstMessage =
  | { readonly kind: 'message'; readonly body: Buffer }
  | { readonly kind: 'more' }
  | { readonly kind: 'not-tls' }
  | { readonly kind: 'invalid'; readonly why: string };

const RECORD_HANDSHAKE = 22;
const RECORD_HEADER_BYTES = 5;
/** RFC 8446, section 5.1. */
const RECORD_LIMIT_BYTES = 2 ** 14;
const MESSAGE_HEADER_BYTES = 4;
/** Clients use one record, those that hide from filters a few. */
const RECORD_LIMIT = 64;

const invalid = (why: string): FirstMessage => ({ kind: 'invalid', why });

/**
 * The body of the first handshake message of a TLS connection, put together from its records. It must be of the type
 * told, end where a record ends, be alone in its records, and have at most `limitBytes`.
 */
export const readFirstMessage = (bytes: Buffer, type: number, limitBytes: number): FirstMessage => {
  const pieces: Buffer[] = [];
  let have = 0;
  let at = 0;
  while (at < bytes.length) {
    const isFirst = pieces.length === 0;
    const rightSoFar = bytes[at] === RECORD_HANDSHAKE && (bytes[at + 1] ?? 3) === 3;
    if (!rightSoFar) return isFirst ? { kind: 'not-tls' } : invalid('another record stands within it');
    if (bytes.length < at + RECORD_HEADER_BYTES) break;
    if (pieces.length === RECORD_LIMIT) return invalid('it is cut into too many records');
    const length = bytes.readUInt16BE(at + 3);
    if (length === 0 || length > RECORD_LIMIT_BYTES)
      return invalid(`a record is said to have ${length} bytes`);
    const piece = bytes.subarray(at + RECORD_HEADER_BYTES, at + RECORD_HEADER_BYTES + length);
    pieces.push(piece);
    have += piece.length;
    at += RECORD_HEADER_BYTES + length;
    if (isFirst && piece.length > 0 && piece[0] !== type) return invalid('it begins with another message');
    if (have < MESSAGE_HEADER_BYTES) continue;
    const start = Buffer.concat(pieces.slice(0, MESSAGE_HEADER_BYTES));
    const total = MESSAGE_HEADER_BYTES + start.readUIntBE(1, 3);
    if (total > limitBytes) return invalid(`it is said to have ${total} bytes`);
    if (have + Math.max(0, at - bytes.length) > total)
      return invalid('another message follows in its record');
    if (have === total) {
      return { kind: 'message', body: Buffer.concat(pieces).subarray(MESSAGE_HEADER_BYTES) };
    }
  }
  return { kind: 'more' };
};
