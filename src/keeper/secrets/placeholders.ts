import { Transform, type TransformCallback } from 'node:stream';
import type { SecretSpec } from '../../model/network.ts';

const BASIC = /^(Basic\s+)([A-Za-z0-9+/_-]+={0,2})\s*$/i;

/**
 * Headers that frame a message or lead it somewhere, that repeat a URL, or that servers keep and show to others: values
 * go into none of these. All others may carry one: bearer, basic, `x-api-key`, cookies.
 */
const NEVER = new Set([
  'host',
  'transfer-encoding',
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'upgrade',
  'expect',
  'range',
  'referer',
  'origin',
  'from',
  'user-agent',
  'via',
  'forwarded',
  'date',
  'expires',
  'cache-control',
  'pragma',
  'link',
  'slug',
  'destination',
  'x-original-url',
  'x-rewrite-url',
  'x-http-method-override',
  'x-amz-tagging',
  'x-amz-website-redirect-location',
]);
/**
 * What describes a body is kept with it, and storages keep what is said of an object (`x-amz-meta-`, `x-goog-meta-`):
 * a storage is many people's, and an object in another one's place would tell them the value.
 */
const NEVER_FORM = /^(?:content|accept|if|x-forwarded)-|-(?:meta|metadata|copy-source)(?:-|$)/;

const mayCarry = (name: string): boolean => !NEVER.has(name) && !NEVER_FORM.test(name);

export type Header = readonly [name: string, value: string];

/** What a header's value says in clear: the credentials of `Basic`, else itself. */
const clearText = (value: string): string => {
  const basic = BASIC.exec(value);
  return basic === null ? value : Buffer.from(basic[2] ?? '', 'base64').toString('latin1');
};

/** Secrets whose placeholder stands in a text, percent-encoded or not. */
export const secretsInText = (text: string, secrets: readonly SecretSpec[]): readonly SecretSpec[] => {
  const plain = text.replace(/%([0-9a-f]{2})/gi, (_all, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return secrets.filter(({ placeholder }) => text.includes(placeholder) || plain.includes(placeholder));
};

export type Placement = {
  /** Secrets whose value these headers are to carry. */
  readonly wanted: readonly SecretSpec[];
  /** Secrets whose placeholder stands where no value goes, with the place. */
  readonly misplaced: readonly { readonly secret: SecretSpec; readonly place: string }[];
};

/** Where the placeholders stand in the headers of a request. */
export const findInHeaders = (headers: readonly Header[], secrets: readonly SecretSpec[]): Placement => {
  const wanted = new Set<SecretSpec>();
  const misplaced: { readonly secret: SecretSpec; readonly place: string }[] = [];
  for (const [name, value] of headers) {
    for (const secret of secretsInText(name, secrets))
      misplaced.push({ secret, place: 'the name of a header' });
    const clear = clearText(value);
    for (const secret of secrets.filter(({ placeholder }) => clear.includes(placeholder))) {
      if (!mayCarry(name.toLowerCase())) misplaced.push({ secret, place: `the header ${name}` });
      else wanted.add(secret);
    }
  }
  return { wanted: [...wanted], misplaced };
};

/** The headers with values in place of placeholders. A value is text of UTF-8 bytes, one a character (latin1). */
export const putIn = (
  headers: readonly Header[],
  values: readonly { readonly placeholder: string; readonly value: string }[],
): readonly Header[] => {
  const fill = (text: string): string =>
    values.reduce((filled, { placeholder, value }) => filled.replaceAll(placeholder, () => value), text);
  return headers.map(([name, value]): Header => {
    const basic = BASIC.exec(value);
    if (basic === null) return [name, fill(value)];
    const clear = clearText(value);
    const filled = fill(clear);
    // What carries nothing of ours stays as it was written.
    return filled === clear
      ? [name, value]
      : [name, `${basic[1]}${Buffer.from(filled, 'latin1').toString('base64')}`];
  });
};

/** How many of the last bytes could be the start of one of the patterns. */
export const openEnd = (bytes: Buffer, patterns: readonly Buffer[]): number => {
  const longest = Math.max(0, ...patterns.map((pattern) => pattern.length - 1));
  for (let at = Math.max(0, bytes.length - longest); at < bytes.length; at++) {
    const length = bytes.length - at;
    for (const pattern of patterns) {
      if (pattern.length <= length || pattern[0] !== bytes[at]) continue;
      if (bytes.compare(pattern, 0, length, at, bytes.length) === 0) return length;
    }
  }
  return 0;
};

/** A placeholder in what a request carries. */
export class PlaceholderFoundError extends Error {
  readonly secret: SecretSpec;
  constructor(secret: SecretSpec) {
    super(`the placeholder of ${secret.name}`);
    this.name = 'PlaceholderFoundError';
    this.secret = secret;
  }
}

/** Passes bytes on as they come, until a placeholder comes: fails then, with PlaceholderFoundError, before its end. */
export const placeholderScan = (secrets: readonly SecretSpec[]): Transform => {
  const patterns = secrets.map(({ placeholder }) => Buffer.from(placeholder));
  let held: Buffer = Buffer.alloc(0);
  return new Transform({
    transform: (chunk: Buffer, _encoding, done: TransformCallback) => {
      const bytes = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
      const found = secrets[patterns.findIndex((pattern) => bytes.includes(pattern))];
      if (found !== undefined) {
        done(new PlaceholderFoundError(found));
        return;
      }
      const open = openEnd(bytes, patterns);
      held = Buffer.from(bytes.subarray(bytes.length - open));
      done(null, bytes.subarray(0, bytes.length - open));
    },
    flush: (done) => done(null, held),
  });
};
