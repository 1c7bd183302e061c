import { domainToASCII } from 'node:url';

const NAME_LIMIT = 253;
const LABEL = /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/;
/** What a resolver or a URL parser would take for (a part of) an IPv4 address: `127.1`, `2130706433`, `0x7f.1`. */
const LAST_OF_ADDRESS = /^([0-9]+|0x[0-9a-f]*)$/;

/**
 * A host name as it is compared: lower case, no dot at its end. Undefined for what is none: addresses in any notation,
 * letters beyond ASCII (on the wire a name is punycode), empty or overlong labels.
 */
export const canonicalHostName = (text: string): string | undefined => {
  if (text.length > NAME_LIMIT + 1) return undefined;
  const name = text.toLowerCase().replace(/\.$/, '');
  const labels = name.split('.');
  // `toLowerCase` makes ASCII of a few letters that are not: the Kelvin sign is a k.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  if (/[^\x00-\x7f]/.test(text) || name.length > NAME_LIMIT || !labels.every((one) => LABEL.test(one))) {
    return undefined;
  }
  return LAST_OF_ADDRESS.test(labels.at(-1) ?? '') ? undefined : name;
};

/** A host name as people write it, `münchen.example` too; undefined for what is none. */
export const hostNameAsWritten = (text: string): string | undefined =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  /[^\x00-\x7f]/.test(text) ? canonicalHostName(domainToASCII(text)) : canonicalHostName(text);
