import { Transform } from 'node:stream';
import { openEnd } from './placeholders.ts';

/** Shorter forms would be found everywhere. */
const SHORTEST_FORM_BYTES = 6;
const STAR = 0x2a;

/** The part of a Base64 text that is the same whatever stands before and behind a value, for each of three offsets. */
const base64Cores = (value: Buffer): readonly string[] =>
  [0, 1, 2].flatMap((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), value])
      .toString('base64')
      .replace(/=+$/, '');
    const start = Math.ceil((offset * 8) / 6);
    const end = Math.floor(((offset + value.length) * 8) / 6);
    const core = text.slice(start, end);
    return [core, core.replaceAll('+', '-').replaceAll('/', '_')];
  });

const escapeHtml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');

/** As libraries write in JSON what HTML could take for its own: Gson in lower case, .NET in upper case. */
const escapeJson = (one: string): string => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** The forms in which a server may echo a value. `value` is text of one byte a character (latin1). */
export const formsOf = (value: string): readonly Buffer[] => {
  const bytes = Buffer.from(value, 'latin1');
  const text = bytes.toString('utf8');
  const encoded = encodeURIComponent(text);
  const json = JSON.stringify(text).slice(1, -1);
  const forms = [
    text,
    encoded,
    encoded.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    json,
    json.replaceAll('/', '\\/'),
    json.replace(/[<>&='"]/g, (one) => escapeJson(one)),
    json.replace(/[<>&+'"`]/g, (one) => escapeJson(one).toUpperCase().replace('U', 'u')),
    escapeHtml(text),
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
    ...base64Cores(bytes),
  ];
  return [...new Set(forms)]
    .map((form) => Buffer.from(form))
    .filter((form) => form.length >= SHORTEST_FORM_BYTES);
};

/** The bytes with every form starred out, at the same length; the same buffer where there is none. */
const starOut = (bytes: Buffer, forms: readonly Buffer[]): Buffer => {
  let masked = bytes;
  for (const form of forms) {
    for (let at = masked.indexOf(form); at >= 0; at = masked.indexOf(form, at + form.length)) {
      if (masked === bytes) masked = Buffer.from(bytes);
      masked.fill(STAR, at, at + form.length);
    }
  }
  return masked;
};

/** A text of one byte a character (latin1) with every form starred out. */
export const maskText = (text: string, forms: readonly Buffer[]): string =>
  forms.length === 0 ? text : starOut(Buffer.from(text, 'latin1'), forms).toString('latin1');

/**
 * Stars values out of bytes that stream through, also where they come in pieces. Lengths stay, so that the framing of
 * a message does; nothing is held back but what could be the start of a value.
 */
export const maskStream = (forms: readonly Buffer[]): Transform => {
  let held: Buffer = Buffer.alloc(0);
  return new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      const bytes = starOut(held.length === 0 ? chunk : Buffer.concat([held, chunk]), forms);
      const open = openEnd(bytes, forms);
      held = Buffer.from(bytes.subarray(bytes.length - open));
      done(null, bytes.subarray(0, bytes.length - open));
    },
    flush: (done) => done(null, held),
  });
};
