import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { removeDeadTemporaries, writeFileAtomic } from '../../lib/atomic-file.ts';
import type { Context } from '../../lib/context.ts';
import { canonicalJson, sha256 } from '../../lib/hash.ts';
import type { ImagePin } from '../../model/image-pin.ts';
import type { Json } from '../../model/json.ts';
import type { Layer } from '../../model/layer.ts';
import type { Arch } from '../../model/machine.ts';
import { FIRST_RELEASE, readFakeCatalogue } from './catalogue.ts';
import { withFaults } from './faults.ts';

const LAYER_ID_DIGITS = 32;
const VIRTUAL_SIZE_BYTES = 4 * 1024 ** 3;

/** What a simulated image stands for: its name in the release that the simulated catalogue has of it. */
export const pinFakeImage = async (context: Context, image: Json): Promise<ImagePin> => {
  const { images } = await readFakeCatalogue(context);
  const name = (image as { readonly name?: string }).name;
  const release = name === undefined ? undefined : (images[name] ?? FIRST_RELEASE);
  const digest = `sha256:${sha256(canonicalJson([image, release ?? null]))}`;
  return release === undefined ? { digest } : { digest, source: { title: `${name}, release ${release}` } };
};

/** Makes a simulated layer: its disk is a JSON list of the packages in it. */
export const ensureFakeLayer = (
  context: Context,
  request: {
    readonly image: Json;
    readonly arch: Arch;
    readonly pin: ImagePin;
    readonly packages: readonly string[];
  },
): Promise<Layer> =>
  withFaults(context, 'layer', async () => {
    const id = sha256(canonicalJson(request)).slice(0, LAYER_ID_DIGITS);
    const disk = join(context.paths.data, 'layers', `fake-${id}.json`);
    await removeDeadTemporaries(dirname(disk));
    await writeFileAtomic(disk, JSON.stringify(request.packages));
    return {
      id,
      arch: request.arch,
      disk,
      virtualSizeBytes: VIRTUAL_SIZE_BYTES,
      kernel: disk,
      initrd: disk,
      kernelArgs: '',
      imageDigest: request.pin.digest,
    };
  });

/** The packages in a layer; none for a layer that another maker made. */
export const packagesOfLayer = async (layer: Layer): Promise<readonly string[]> => {
  const text = await readFile(layer.disk, 'utf8').catch(() => '[]');
  try {
    return JSON.parse(text) as readonly string[];
  } catch {
    return [];
  }
};
