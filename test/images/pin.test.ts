import { expect, test } from 'vitest';
import { pinImage } from '../../src/images/pin.ts';
import { makeRecipe, recipeId } from '../../src/images/recipe.ts';
import { chooseSource, recipeSource } from '../../src/images/source.ts';
import type { ImageCatalogue } from '../../src/model/image-catalogue.generated.ts';
import type { ImagePin } from '../../src/model/image-pin.ts';
import { testContext } from '../support/context.ts';

/** A processor that this host has not, so that a name is downloaded whether mmdebstrap is installed or not. */
const ARCH = process.arch === 'arm64' ? 'x86_64' : 'aarch64';
const IMAGE = { name: 'debian-12' };

const catalogueOf = (release: string) => async (): Promise<ImageCatalogue> => {
  const download = { url: `https://example.org/${release}.qcow2`, digest: `sha256:${release.repeat(64)}` };
  return {
    apiVersion: 'agentvm/images/v1',
    images: { 'debian-12': { title: `Debian 12, ${release}`, architectures: { [ARCH]: { download } } } },
  };
};

test('a pin leads to the same layer when the catalogue has moved on, or knows the name no more', async () => {
  const context = testContext('/');
  const layerOf = async (catalogue: () => Promise<ImageCatalogue>, pin?: ImagePin): Promise<string> => {
    const source = recipeSource(await chooseSource(context, IMAGE, ARCH, { catalogue, pin }));
    return recipeId(makeRecipe({ arch: ARCH, source, packages: [], files: {}, certificates: {} }));
  };
  const then = catalogueOf('1');
  const pin = await pinImage(context, IMAGE, ARCH, then);
  expect(pin).toEqual({
    digest: `sha256:${'1'.repeat(64)}`,
    source: {
      title: 'Debian 12, 1',
      download: { url: 'https://example.org/1.qcow2', digest: `sha256:${'1'.repeat(64)}` },
    },
  });
  const now = catalogueOf('2');
  expect(await layerOf(now)).not.toBe(await layerOf(then));
  expect(await layerOf(now, pin)).toBe(await layerOf(then));
  const empty = async (): Promise<ImageCatalogue> => ({ apiVersion: 'agentvm/images/v1', images: {} });
  expect(await layerOf(empty, pin)).toBe(await layerOf(then));
  // What an older release has kept says only which image it was, so the catalogue of today is asked.
  expect(await layerOf(now, { digest: pin.digest })).toBe(await layerOf(now));
});

test('an image by its digest is its own pin', async () => {
  const sha256 = 'a'.repeat(64);
  for (const image of [
    { url: 'https://example.org/x.qcow2', sha256 },
    { path: '/images/x.qcow2', sha256 },
  ]) {
    expect(await pinImage(testContext('/'), image, ARCH)).toEqual({ digest: `sha256:${sha256}` });
  }
});
