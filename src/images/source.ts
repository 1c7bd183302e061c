import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '../lib/context.ts';
import { AgentvmError, ExitCode } from '../model/errors.ts';
import type { ImageValue } from '../model/field-values.ts';
import type { ImageBuild, ImageCatalogue, ImageSources } from '../model/image-catalogue.generated.ts';
import type { ImagePin } from '../model/image-pin.ts';
import type { Arch } from '../model/machine.ts';
import { findImage, readCatalogue } from './catalogue.ts';
import { type Digest, formatDigest, parseDigest } from './digest.ts';
import type { RecipeSource } from './recipe.ts';
import { withSystemPath } from './system-path.ts';

/** Where a layer comes from on this host. `title` is for people. */
export type ImageSource =
  | { readonly kind: 'build'; readonly title: string; readonly build: ImageBuild }
  | { readonly kind: 'download'; readonly title: string; readonly url: string; readonly digest: Digest }
  | { readonly kind: 'file'; readonly title: string; readonly path: string; readonly digest: Digest };

const HOST_ARCH: Readonly<Record<string, Arch>> = { x64: 'x86_64', arm64: 'aarch64' };

const isInstalled = async (context: Context, program: string): Promise<boolean> => {
  const folders = withSystemPath(context.env).PATH.split(':');
  const found = await Promise.all(
    folders.map((folder) =>
      access(join(folder, program), constants.X_OK).then(
        () => true,
        () => false,
      ),
    ),
  );
  return found.includes(true);
};

const cannotBuild = (name: string, arch: Arch): AgentvmError =>
  new AgentvmError({
    code: 'IMAGE_NOT_BUILDABLE',
    exitCode: ExitCode.applyFailed,
    message: `base.image: '${name}' for ${arch} is built with mmdebstrap, which is not installed here`,
    hint: 'On Debian and Ubuntu: `sudo apt-get install mmdebstrap fakeroot fakechroot uidmap debian-archive-keyring`. Elsewhere give a cloud image as base.image: {url, sha256}, for example the "generic" qcow2 of a dated folder at https://cloud.debian.org/images/cloud/bookworm/. Check a download of it against SHA512SUMS there; `sha256sum FILE` then prints the digest to write down.',
  });

/** A catalogue's entry as `pinImage` has kept it. */
export type PinnedEntry = { readonly title: string } & Pick<ImageSources, 'build' | 'download'>;

const entryOf = async (
  name: string,
  arch: Arch,
  { pin, catalogue = readCatalogue }: SourceOptions,
): Promise<PinnedEntry> => {
  if (pin?.source !== undefined) return pin.source as unknown as PinnedEntry;
  const { title, sources } = findImage(await catalogue(), name, arch);
  return { title, ...sources };
};

export type SourceOptions = {
  /** What a name was resolved to before; the catalogue has no say then. */
  readonly pin?: ImagePin | undefined;
  /** The one that ships with the product where absent. */
  readonly catalogue?: () => Promise<ImageCatalogue>;
};

/**
 * Decides where a layer comes from: a name is built where mmdebstrap is installed, for the host's own processor, and
 * downloaded elsewhere.
 * @throws AgentvmError IMAGE_UNKNOWN, IMAGE_NOT_FOR_ARCH (exit 3), IMAGE_NOT_BUILDABLE (exit 7).
 */
export const chooseSource = async (
  context: Context,
  image: ImageValue,
  arch: Arch,
  options: SourceOptions = {},
): Promise<ImageSource> => {
  if ('path' in image) {
    return {
      kind: 'file',
      title: image.path,
      path: image.path,
      digest: parseDigest(`sha256:${image.sha256}`),
    };
  }
  if ('url' in image) {
    const title = new URL(image.url).pathname.split('/').at(-1) || image.url;
    return { kind: 'download', title, url: image.url, digest: parseDigest(`sha256:${image.sha256}`) };
  }
  const { title, build, download } = await entryOf(image.name, arch, options);
  if (build && HOST_ARCH[process.arch] === arch && (await isInstalled(context, build.tool))) {
    return { kind: 'build', title, build };
  }
  if (download) return { kind: 'download', title, url: download.url, digest: parseDigest(download.digest) };
  throw cannotBuild(image.name, arch);
};

/** The part of the recipe that stands for a source: what it is, not where it lies. */
export const recipeSource = (source: ImageSource): RecipeSource => {
  switch (source.kind) {
    case 'build':
      return { kind: 'build', build: source.build };
    case 'download':
    case 'file':
      return { kind: 'cloud-image', digest: formatDigest(source.digest) };
  }
};
