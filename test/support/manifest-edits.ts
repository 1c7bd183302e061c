import fc from 'fast-check';
import { fraction } from './fraction.ts';

/** Pieces that YAML, the schema or paths take for something. */
const TOKENS = [
  ...[
    'null',
    '~',
    '{}',
    '[]',
    '{',
    '}',
    '[',
    ']',
    ': ',
    '- ',
    ', ',
    '? ',
    '|',
    '>',
    '#',
    '%',
    '---\n',
    '...\n',
    '!x ',
  ],
  ...[
    '&a ',
    '*a',
    '<<: *a',
    '"',
    "'",
    '\t',
    '\n',
    '\r\n',
    '  ',
    '\0',
    '\ufeff',
    '\u2028',
    '\ud800',
    '😀',
    '.inf',
    '.nan',
  ],
  ...[
    '0',
    '-1',
    '1e999',
    '99999999999999999999',
    '0x1f',
    'true',
    'yes',
    '8GB',
    '1TiB',
    '/',
    '/etc',
    '..',
    '../..',
    '~/x',
  ],
  ...[
    '__proto__',
    'constructor',
    'auto:1',
    '1:2:3',
    '[::1]',
    'a'.repeat(2000),
    'extends: [agentvm.yaml]\n',
    'name',
  ],
];

/** Where to cut how much of a text, and what to put there. */
export type Edit = { readonly at: number; readonly cut: number; readonly insert: string };

/** Damage that still looks like a manifest. */
export const manifestEdits: fc.Arbitrary<readonly Edit[]> = fc.array(
  fc.record({
    at: fraction,
    cut: fc.oneof(fc.constant(0), fc.nat(4), fc.nat(200)),
    insert: fc.oneof(
      fc.constantFrom(...TOKENS),
      fc.string({ maxLength: 5, unit: 'binary' }),
      fc.constant(''),
    ),
  }),
  { minLength: 1, maxLength: 8 },
);

export const applyEdits = (text: string, list: readonly Edit[]): string =>
  list.reduce((now, { at, cut, insert }) => {
    const from = Math.floor(at * now.length);
    return now.slice(0, from) + insert + now.slice(from + cut);
  }, text);
