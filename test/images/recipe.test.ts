import { expect, test } from 'vitest';
import { makeRecipe, type RecipeParts, recipeId } from '../../src/images/recipe.ts';

const PARTS: RecipeParts = {
  arch: 'x86_64',
  source: {
    kind: 'build',
    build: { tool: 'mmdebstrap', suite: 'bookworm', components: ['main'], packages: ['linux-image-amd64'] },
  },
  packages: ['jq', 'git'],
  files: { 'base.yaml': 'a', 'rootfs/usr/local/lib/agentvm/seed*': 'b' },
  certificates: { 'company.crt': 'PEM' },
};

const idOf = (changes: Partial<RecipeParts> = {}): string => recipeId(makeRecipe({ ...PARTS, ...changes }));

test('an equal recipe has an equal name, in whatever order it is told', () => {
  expect(idOf()).toMatchInlineSnapshot(`"dc3df7f7e37b61ac95a5a173260b8d8e"`);
  expect(idOf({ packages: ['git', 'jq', 'git'] })).toBe(idOf());
  expect(idOf({ files: { 'rootfs/usr/local/lib/agentvm/seed*': 'b', 'base.yaml': 'a' } })).toBe(idOf());
});

test.each<[string, Partial<RecipeParts>]>([
  ['the processor', { arch: 'aarch64' }],
  ['the source', { source: { kind: 'cloud-image', digest: 'sha256:00' } }],
  ['a package', { packages: ['git'] }],
  ['a file of ours', { files: { 'base.yaml': 'c' } }],
  ['a certificate', { certificates: { 'company.crt': 'other' } }],
])('%s makes it another layer', (_what, changes) => {
  expect(idOf(changes)).not.toBe(idOf());
});
