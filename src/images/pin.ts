import type { Context } from '../lib/context.ts';
import type { ImageValue } from '../model/field-values.ts';
import type { ImagePin } from '../model/image-pin.ts';
import type { Json } from '../model/json.ts';
import type { Arch } from '../model/machine.ts';
import { readCatalogue } from './catalogue.ts';
import { sourceDigest } from './recipe.ts';
import { chooseSource, type PinnedEntry, recipeSource } from './source.ts';

/**
 * What an image stands for today: the digest, and for a name the catalogue's entry, from which the same image is made
 * again when the catalogue has moved on.
 * @throws AgentvmError as `chooseSource`.
 */
export const pinImage = async (
  context: Context,
  image: ImageValue,
  arch: Arch,
  catalogue = readCatalogue,
): Promise<ImagePin> => {
  const source = await chooseSource(context, image, arch, { catalogue });
  const digest = sourceDigest(recipeSource(source));
  if (!('name' in image) || source.kind === 'file') return { digest };
  const { title } = source;
  const entry: PinnedEntry =
    source.kind === 'build'
      ? { title, build: source.build }
      : { title, download: { url: source.url, digest } };
  return { digest, source: entry as unknown as Record<string, Json> };
};
