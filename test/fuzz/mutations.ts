import fc from 'fast-check';
import { fraction } from '../support/fraction.ts';
import { applyEdits, type Edit } from '../support/manifest-edits.ts';

/** Pieces that JSON, the schemas or paths take for something. */
const TOKENS = [
  ...['null', 'true', '0', '-1', '1e999', '1e15', '""', '[]', '{}', '[', ']', '{', '}', '"', ',', ':', '\\'],
  ...['\n', '\r\n', '\0', '\ufeff', '\ud800', '😀', '"__proto__":{}', '"constructor":1', '/', '..', '../..'],
  ...['"format":99', '"kind":"intent"', '"path":"mounts[]"', 'a'.repeat(5000), '['.repeat(3000)],
];

const edits: fc.Arbitrary<readonly Edit[]> = fc.array(
  fc.record({
    at: fraction,
    cut: fc.oneof(fc.constant(0), fc.nat(4), fc.nat(300)),
    insert: fc.oneof(
      fc.constantFrom(...TOKENS),
      fc.string({ maxLength: 5, unit: 'binary' }),
      fc.constant(''),
    ),
  }),
  { minLength: 1, maxLength: 4 },
);

type Doc = { [key: string]: unknown };

const VALUES: readonly unknown[] = [
  ...[null, '', 0, -1, 1.5, 1e300, true, false, [], {}, [null], [[]], [{}], { path: null }, 'latest', '/etc'],
  ...[
    '..',
    '../../x',
    'auto',
    ['a', 'a'],
    { host: null },
    { guest: '/', host: '/', mode: 'rw' },
    '\n\u001b[2J',
  ],
  ...['mounts[]', 'ports[]', 'base.image', 'env[]', 'toString', '__proto__'],
];

/** Puts a value at some place of a document, or takes what is there away. */
const replaceSomewhere = (doc: Doc, steps: readonly number[], value: unknown, isRemoval: boolean): void => {
  let here = doc;
  for (const [index, step] of steps.entries()) {
    const keys = Object.keys(here);
    const key = keys[step % Math.max(1, keys.length)];
    if (key === undefined) return;
    const child = here[key];
    if (index < steps.length - 1 && child !== null && typeof child === 'object') {
      here = child as Doc;
      continue;
    }
    if (isRemoval) delete here[key];
    else here[key] = value;
    return;
  }
};

const replacements = fc.array(
  fc.record({
    steps: fc.array(fc.nat(30), { minLength: 1, maxLength: 6 }),
    value: fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...VALUES) }, fc.jsonValue({ maxDepth: 2 })),
    isRemoval: fc.boolean(),
  }),
  { minLength: 1, maxLength: 4 },
);

/** A document of lines of JSON, damaged as text or with wrong values in right places; one in ten is rubbish. */
export const damaged = (lines: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 4, arbitrary: edits.map((list) => applyEdits(`${lines.join('\n')}\n`, list)) },
    {
      weight: 5,
      arbitrary: fc
        .tuple(fc.nat(lines.length - 1), fc.nat(lines.length), replacements)
        .map(([at, cut, list]) => {
          const docs = lines.map((line) => JSON.parse(line) as Doc);
          const doc = docs[at];
          if (doc !== undefined) {
            for (const { steps, value, isRemoval } of list) {
              replaceSomewhere(doc, steps, structuredClone(value), isRemoval);
            }
          }
          // A journal that ends anywhere: the last intent is an open one.
          return `${docs
            .slice(0, Math.max(at + 1, cut))
            .map((one) => JSON.stringify(one))
            .join('\n')}\n`;
        }),
    },
    { weight: 1, arbitrary: fc.oneof(fc.string({ unit: 'binary' }), fc.json()) },
  );

/** What may come through a socket: bytes, JSON, and messages that are nearly right. */
export const frames = (near: fc.Arbitrary<unknown>): fc.Arbitrary<readonly Uint8Array[]> =>
  fc.array(
    fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.json().map((text) => Buffer.from(`${text}\n`)),
      near.map((value) => Buffer.from(`${JSON.stringify(value)}\n`)),
      near.map((value) => Buffer.from(JSON.stringify(value).slice(1))),
      fc.constant(Buffer.alloc(600 * 1024, 'x')),
    ),
    { maxLength: 6 },
  );
