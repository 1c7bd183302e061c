import { readFile } from 'node:fs/promises';
import { closest } from 'fastest-levenshtein';
import { parse } from 'yaml';
import { packageFile } from '../lib/package-files.ts';
import { AgentvmError, ExitCode } from '../model/errors.ts';
import type { ImageCatalogue, ImageSources } from '../model/image-catalogue.generated.ts';
import type { Arch } from '../model/machine.ts';

/** Reads the catalogue that ships with the product; a test holds it against its schema. */
export const readCatalogue = async (): Promise<ImageCatalogue> =>
  parse(await readFile(packageFile('manifests/images.yaml'), 'utf8')) as ImageCatalogue;

export type NamedImage = { readonly title: string; readonly sources: ImageSources };

/**
 * What the catalogue says of an image.
 * @throws AgentvmError IMAGE_UNKNOWN (exit 3) with the nearest name, IMAGE_NOT_FOR_ARCH.
 */
export const findImage = (catalogue: ImageCatalogue, name: string, arch: Arch): NamedImage => {
  const image = catalogue.images[name];
  if (image === undefined) {
    const names = Object.keys(catalogue.images);
    throw new AgentvmError({
      code: 'IMAGE_UNKNOWN',
      exitCode: ExitCode.usage,
      message: `base.image: there is no image '${name}'`,
      hint: `Did you mean '${closest(name, names)}'? There are: ${names.join(', ')}. Any other cloud image can be given as {url, sha256} or {path}.`,
    });
  }
  const sources = image.architectures[arch];
  if (sources === undefined) {
    throw new AgentvmError({
      code: 'IMAGE_NOT_FOR_ARCH',
      exitCode: ExitCode.usage,
      message: `base.image: '${name}' is not available for ${arch}`,
      hint: `It is available for ${Object.keys(image.architectures).join(', ')}. A cloud image for ${arch} can be given as {url, sha256} or {path}.`,
    });
  }
  return { title: image.title, sources };
};
