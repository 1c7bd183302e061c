import type { IncomingMessage } from 'node:http';
import type { Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { maskStream, maskText } from './masking.ts';
import type { Header } from './placeholders.ts';
import { headerPairs } from './request-head.ts';

const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);
/** Characters of a reason phrase, RFC 9112 4. */
const REASON = /^[\t\x20-\x7e\x80-\xff]*$/;

const decoderOf = (encoding: string): Transform | undefined => {
  switch (encoding) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'deflate':
      return createInflate();
    case 'br':
      return createBrotliDecompress();
    default:
      return undefined;
  }
};

export type ResponseHead = {
  readonly status: number;
  readonly reason: string;
  readonly headers: readonly Header[];
  /** What the body goes through on its way. */
  readonly stages: readonly Transform[];
};

/**
 * How an answer is passed on, or undefined where it is packed in a way that cannot be looked into although it must be
 * (`mustSee`: a value went out to this server, which was asked for answers that can be).
 */
export const passOn = (
  answer: IncomingMessage,
  forms: readonly Buffer[],
  options: { readonly mustSee: boolean; readonly hasBody: boolean },
): ResponseHead | undefined => {
  const encoding = (answer.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  const isPacked = encoding !== 'identity' && encoding !== '';
  const mustUnpack = isPacked && options.mustSee && options.hasBody;
  const decoder = mustUnpack ? decoderOf(encoding) : undefined;
  if (mustUnpack && decoder === undefined) return undefined;
  const dropped = (name: string): boolean =>
    HOP_BY_HOP.has(name) ||
    (decoder !== undefined && (name === 'content-encoding' || name === 'content-length'));
  return {
    status: answer.statusCode ?? 502,
    reason: reasonOf(answer, forms),
    headers: maskedHeaders(answer, forms).filter(([name]) => !dropped(name.toLowerCase())),
    stages: [
      ...(decoder === undefined ? [] : [decoder]),
      ...(forms.length > 0 && options.hasBody && (!isPacked || decoder !== undefined)
        ? [maskStream(forms)]
        : []),
    ],
  };
};

const reasonOf = (answer: IncomingMessage, forms: readonly Buffer[]): string => {
  const reason = maskText(answer.statusMessage ?? '', forms);
  return REASON.test(reason) ? reason : '';
};

/** The headers of an answer with values starred out. */
export const maskedHeaders = (answer: IncomingMessage, forms: readonly Buffer[]): readonly Header[] =>
  headerPairs(answer.rawHeaders).map(
    ([name, value]): Header => [maskText(name, forms), maskText(value, forms)],
  );

/** The head of an answer that changes the protocol, as it is written to the guest. */
export const upgradeHead = (answer: IncomingMessage, forms: readonly Buffer[]): string => {
  const lines = maskedHeaders(answer, forms).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 101 ${reasonOf(answer, forms)}\r\n${lines.join('')}\r\n`;
};
