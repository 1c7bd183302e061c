import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '../lib/context.ts';
import { addedCertificates } from '../lib/host-certificates.ts';
import type { ImageValue } from '../model/field-values.ts';
import type { ImagePin } from '../model/image-pin.ts';
import type { Layer } from '../model/layer.ts';
import type { Arch } from '../model/machine.ts';
import { digestBaseFiles, PREPARE_IMAGE, readBaseDefinition } from './base-files.ts';
import { buildLayer } from './built-layer.ts';
import type { CloudImage, fetchCloudImage } from './cloud-image.ts';
import { virtualSize } from './disk-image.ts';
import { checkDiskSpace } from './disk-space.ts';
import { findLayer, LAYER_FILES, layersDir, makeLayer } from './layer-store.ts';
import { packOverlay } from './overlay.ts';
import { makeRecipe, recipeId, sourceDigest } from './recipe.ts';
import { chooseSource, recipeSource } from './source.ts';

export type LayerRequest = {
  readonly image: ImageValue;
  readonly arch: Arch;
  /** What the image was resolved to before. */
  readonly pin?: ImagePin;
  /** `base.packages` of the manifest: in the layer they cost less than in the guest. */
  readonly packages: readonly string[];
  /** What runs the preparation boot of a cloud image; looked at only then. Default: tcg. */
  readonly accelerator?: () => Promise<string>;
};

/**
 * What the guest's kernel is told: the disk is the root file system, which nobody changes the times of, and whose unused
 * parts nobody fills with zeros (that would write them all into the machine's overlay).
 */
const KERNEL_ARGS = 'root=/dev/vda rw rootflags=noatime,noinit_itable quiet';

/** Measured: a build of the default packages takes 3.4 GB at its largest, all in the layers' folder. */
const BUILD_BYTES = 5 * 1024 ** 3;

const fetchImage = async (...args: Parameters<typeof fetchCloudImage>): Promise<CloudImage> =>
  (await import('./cloud-image.ts')).fetchCloudImage(...args);

/**
 * Finds the layer of a recipe, or makes it: builds the named image from packages where mmdebstrap is installed, otherwise
 * prepares a cloud image by booting it once. Processes that want the same layer make it once. Shows its progress; a
 * failure or a kill leaves nothing behind.
 * @throws AgentvmError as the parts say: IMAGE_UNKNOWN (3), PACKAGE_UNKNOWN, BUILD_FAILED, DOWNLOAD_FAILED,
 * DIGEST_MISMATCH, PREPARATION_FAILED, DISK_FULL (7).
 */
export const ensureLayer = async (context: Context, request: LayerRequest): Promise<Layer> => {
  const { arch } = request;
  const source = await chooseSource(context, request.image, arch, { pin: request.pin });
  // In the layer already, they cost the first boot nothing; the seed brings all others. Those that one shell names make
  // no layer of its own, but where an image is prepared within: its programs may need them for the network.
  const certificates = await addedCertificates(source.kind === 'build' ? {} : context.env);
  const base = await readBaseDefinition();
  const recipe = makeRecipe({
    arch,
    source: recipeSource(source),
    packages: [
      ...base.packages,
      ...(source.kind === 'build' ? source.build.packages : []),
      ...request.packages,
    ],
    files: await digestBaseFiles(source.kind === 'build' ? PREPARE_IMAGE : undefined),
    certificates,
  });
  const id = recipeId(recipe);
  const present = await findLayer(context.paths, id);
  if (present !== undefined) return present;
  await checkDiskSpace(layersDir(context.paths), BUILD_BYTES);
  return context.progress.task(`Make the layer of ${source.title}`, (task) =>
    makeLayer(context, id, async (folder) => {
      const work = join(folder, 'work');
      await mkdir(work);
      // First what somebody else must supply: a wrong digest is told before anything is worked out.
      const image = source.kind === 'build' ? undefined : await fetchImage(context, source, task.update);
      const files = {
        disk: join(folder, LAYER_FILES.disk),
        kernel: join(folder, LAYER_FILES.kernel),
        initrd: join(folder, LAYER_FILES.initrd),
      };
      task.update('downloading Node');
      const overlay = await packOverlay(context, { arch, base, certificates, folder: work });
      const parts = { arch, base, files, onStage: task.update, overlay, packages: recipe.packages, work };
      if (source.kind === 'build') {
        await buildLayer(context, { ...parts, title: source.title, build: source.build });
      } else if (image !== undefined) {
        const { prepareLayer } = await import('./prepared-layer.ts');
        await prepareLayer(context, {
          ...parts,
          title: source.title,
          image,
          accelerator: request.accelerator,
        });
      }
      await rm(work, { recursive: true, force: true });
      return {
        format: 1,
        arch,
        virtualSizeBytes: await virtualSize(context, files.disk),
        kernelArgs: KERNEL_ARGS,
        imageDigest: sourceDigest(recipe.source),
      };
    }),
  );
};
