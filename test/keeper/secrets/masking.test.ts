import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formsOf, maskStream, maskText } from '../../../src/keeper/secrets/masking.ts';
import { placeholderScan } from '../../../src/keeper/secrets/placeholders.ts';
import type { SecretSpec } from '../../../src/model/network.ts';

const VALUE = 's3cr3t/Value+with=marks';
const pieces = (text: string, cuts: readonly number[]): readonly Buffer[] => {
  const bytes = Buffer.from(text);
  const at = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  return at.slice(1).map((end, index) => bytes.subarray(at[index], end));
};

test('a value is starred out at its length wherever a stream is cut; all else comes through as it was', async () => {
  const noise = fc.constantFrom('', 's3c', 'abc', VALUE.slice(0, -1), VALUE, VALUE + VALUE, '\n', 'ü');
  await fc.assert(
    fc.asyncProperty(
      fc.array(noise, { maxLength: 8 }),
      fc.array(fc.nat(400), { maxLength: 12 }),
      async (parts, cuts) => {
        const text = parts.join('');
        const out = await buffer(Readable.from(pieces(text, cuts)).pipe(maskStream(formsOf(VALUE))));
        expect(out.toString()).toBe(text.replaceAll(VALUE, '*'.repeat(VALUE.length)));
      },
    ),
  );
});

test('nothing is held back but what may be the start of a value', async () => {
  const stream = maskStream(formsOf(VALUE));
  const out: string[] = [];
  stream.on('data', (chunk: Buffer) => out.push(chunk.toString()));
  for (const part of ['data: one\n\n', 'data: s3c', 'ond\n\n']) {
    stream.write(part);
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(out).toEqual(['data: one\n\n', 'data: ', 's3cond\n\n']);
});

test('a value in JSON is found however its marks are escaped', () => {
  const forms = formsOf('a+b/c=d&e-f');
  for (const text of ['a+b/c=d&e-f', 'a+b\\/c=d&e-f', 'a+b/c\\u003dd\\u0026e-f', 'a\\u002Bb/c=d\\u0026e-f']) {
    expect(maskText(`{"v":"${text}"}`, forms)).toBe(`{"v":"${'*'.repeat(text.length)}"}`);
  }
});

test('Base64 of the value is found behind and before whatever stands there', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 9 }),
      fc.string({ unit: 'binary', maxLength: 9 }),
      (before, behind) => {
        const encoded = Buffer.from(`${before}${VALUE}${behind}`).toString('base64');
        const masked = maskText(encoded, formsOf(VALUE));
        expect(masked.length).toBe(encoded.length);
        expect(Buffer.from(masked.replaceAll('*', 'A'), 'base64').toString('latin1')).not.toContain(
          VALUE.slice(2, -2),
        );
      },
    ),
  );
});

test('a placeholder is found wherever a body is cut, before its last byte is out', async () => {
  const placeholder = `agentvm-secret-${'0f'.repeat(20)}`;
  const secret: SecretSpec = { name: 'T', placeholder, hosts: [], source: { from: 'env', variable: 'T' } };
  await fc.assert(
    fc.asyncProperty(fc.string(), fc.array(fc.nat(300), { maxLength: 10 }), async (noise, cuts) => {
      const scan = placeholderScan([secret]);
      let out = '';
      scan.on('data', (chunk: Buffer) => {
        out += chunk;
      });
      const failed = new Promise((resolve) => scan.once('error', resolve));
      Readable.from(pieces(noise + placeholder + noise, cuts)).pipe(scan);
      expect(await failed).toMatchObject({ secret });
      expect(out).not.toContain(placeholder);
    }),
    { numRuns: 50 },
  );
});
