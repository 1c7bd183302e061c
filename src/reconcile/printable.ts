/** Control, line-breaking and direction-changing characters: what a manifest or a guest could disguise text with. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach a terminal.
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** Text that shows as it is: what a terminal would act on is written as an escape, for example `\u{1b}`. */
export const toPrintable = (text: string): string =>
  text.replace(UNPRINTABLE, (one) => `\\u{${one.codePointAt(0)?.toString(16)}}`);
