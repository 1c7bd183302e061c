import { canonicalJson, sha256 } from '../lib/hash.ts';
import type { ImageBuild } from '../model/image-catalogue.generated.ts';
import type { Arch } from '../model/machine.ts';

/** Raised when the code that makes layers changes what comes out of an equal recipe. */
const RECIPE_FORMAT = 1;

/** Where the root file system comes from. */
export type RecipeSource =
  | { readonly kind: 'build'; readonly build: ImageBuild }
  /** A cloud image by the digest of its file, `sha256:…`. */
  | { readonly kind: 'cloud-image'; readonly digest: string };

/** Everything that decides what a layer contains; equal recipes share a layer. */
export type Recipe = {
  readonly format: typeof RECIPE_FORMAT;
  readonly arch: Arch;
  readonly source: RecipeSource;
  /** Sorted, each once. */
  readonly packages: readonly string[];
  /** Digests of the files in `manifests/base`: the default packages, the guest's own programs and units. */
  readonly files: Readonly<Record<string, string>>;
  /** Digests of the certificates that the host's owner added. */
  readonly certificates: Readonly<Record<string, string>>;
};

export type RecipeParts = {
  readonly arch: Arch;
  readonly source: RecipeSource;
  readonly packages: readonly string[];
  readonly files: Readonly<Record<string, string>>;
  /** File name → PEM text. */
  readonly certificates: Readonly<Record<string, string>>;
};

export const makeRecipe = (parts: RecipeParts): Recipe => ({
  format: RECIPE_FORMAT,
  arch: parts.arch,
  source: parts.source,
  packages: [...new Set(parts.packages)].sort(),
  files: parts.files,
  certificates: Object.fromEntries(
    Object.entries(parts.certificates).map(([name, pem]) => [name, sha256(pem)]),
  ),
});

const ID_DIGITS = 32;

/** The layer's name: the first half of the SHA-256 of the recipe. */
export const recipeId = (recipe: Recipe): string => sha256(canonicalJson(recipe)).slice(0, ID_DIGITS);

/** The digest that an image's name stands for: that of the downloaded file, or of the way to build it. */
export const sourceDigest = (source: RecipeSource): string => {
  switch (source.kind) {
    case 'cloud-image':
      return source.digest;
    case 'build':
      return `sha256:${sha256(canonicalJson(source.build))}`;
  }
};
