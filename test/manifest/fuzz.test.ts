import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseSource } from '../../src/manifest/parse.ts';
import { treeToJson } from '../../src/manifest/tree.ts';
import { renderDiagnostics } from '../../src/ui/diagnostics-text.ts';
import { applyEdits, manifestEdits } from '../support/manifest-edits.ts';
import { manifestProject } from '../support/manifest-project.ts';

const EXAMPLE = (await readFile(join(import.meta.dirname, '../../agentvm.yaml.example'), 'utf8'))
  .split('\n')
  .filter((line) => !/^\s*#/.test(line))
  .join('\n');

test('a mutated manifest ends in what it asks for or in diagnostics, soon, and never in a crash', async () => {
  const project = await manifestProject({
    'team.yaml': 'apiVersion: agentvm/v1\nagent: codex\nmounts: [{host: /srv, guest: /data}]\n',
    'scripts/setup.sh': 'true\n',
    '.env.agent': 'A=1\n',
  });
  const ends = { valid: 0, invalid: 0 };
  await fc.assert(
    fc.asyncProperty(manifestEdits, async (list) => {
      await writeFile(join(project.folder, 'agentvm.yaml'), applyEdits(EXAMPLE, list));
      const start = performance.now();
      const result = await project.load();
      expect(performance.now() - start).toBeLessThan(2000);
      ends[result.ok ? 'valid' : 'invalid']++;
      if (result.ok) {
        for (const field of result.desired[0]?.fields.values() ?? []) expect(field.value).toBeDefined();
      } else {
        expect(renderDiagnostics(result.diagnostics, project.folder)).not.toContain('undefined');
        expect(result.diagnostics.every((one) => one.message !== '' && one.hint !== '')).toBe(true);
      }
    }),
    { numRuns: 1000 },
  );
  // Mutations that only ever end one way would prove nothing.
  expect(ends.valid).toBeGreaterThan(10);
  expect(ends.invalid).toBeGreaterThan(100);
}, 120_000);

type Doc = { [key: string]: unknown };

const VALUES = [
  ...[
    null,
    '',
    '~',
    0,
    -1,
    1.5,
    70_000,
    true,
    [],
    {},
    [null],
    [[]],
    [{}],
    { name: null },
    'latest',
    'debian-12',
    '8GiB',
    '/',
  ],
  ...[
    '/etc',
    '..',
    'auto',
    '1:1',
    { guest: 1, host: null },
    { guest: '/x', host: null },
    { host: null },
    ['a', 'a'],
    'claude',
  ],
];

/** Puts a value at a random place of a document, or takes what is there away. */
const replaceSomewhere = (doc: Doc, steps: readonly number[], value: unknown, remove: boolean): void => {
  let here: Doc = doc;
  for (const [index, step] of steps.entries()) {
    const keys = Object.keys(here);
    const key = keys[step % Math.max(1, keys.length)];
    if (key === undefined) return;
    const child = here[key];
    const last = index === steps.length - 1 || child === null || typeof child !== 'object';
    if (!last) {
      here = child as Doc;
      continue;
    }
    if (remove) delete here[key];
    else here[key] = value;
    return;
  }
};

const replacements = fc.array(
  fc.record({
    steps: fc.array(fc.nat(30), { minLength: 1, maxLength: 4 }),
    value: fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...VALUES) }, fc.jsonValue({ maxDepth: 3 })),
    remove: fc.boolean(),
    inLayer: fc.boolean(),
  }),
  { minLength: 1, maxLength: 6 },
);

test('so does one of wrong values in the right places, alone and in a layer', async () => {
  const [tree] = parseSource({ path: 'agentvm.yaml.example', text: EXAMPLE }).documents;
  if (tree === undefined) throw new Error('the example does not parse');
  const project = await manifestProject({ 'scripts/setup.sh': 'true\n', '.env.agent': 'A=1\n' });
  const ends = { valid: 0, invalid: 0 };
  await fc.assert(
    fc.asyncProperty(replacements, async (list) => {
      const manifest = treeToJson(tree) as Doc;
      const layer = { ...(treeToJson(tree) as Doc), extends: [] };
      for (const { steps, value, remove, inLayer } of list) {
        replaceSomewhere(inLayer ? layer : manifest, steps, structuredClone(value), remove);
      }
      // JSON is YAML.
      await writeFile(join(project.folder, 'agentvm.yaml'), JSON.stringify(manifest));
      await writeFile(join(project.folder, 'team.yaml'), JSON.stringify(layer));
      const result = await project.load();
      ends[result.ok ? 'valid' : 'invalid']++;
      if (result.ok) {
        for (const field of result.desired[0]?.fields.values() ?? []) expect(field.value).toBeDefined();
      } else {
        expect(renderDiagnostics(result.diagnostics, project.folder)).not.toMatch(/undefined|NaN|\[object/);
      }
    }),
    { numRuns: 300 },
  );
  expect(ends.valid).toBeGreaterThan(10);
  expect(ends.invalid).toBeGreaterThan(50);
}, 120_000);
