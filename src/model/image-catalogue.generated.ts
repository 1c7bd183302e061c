/* Generated from schemas/images.v1.json by `npm run generate`; change the schema instead. */

/**
 * Images by name, for base.image.
 */
export interface ImageCatalogue {
  apiVersion: 'agentvm/images/v1';
  images: {
    [k: string]: CatalogueImage;
  };
}
export interface CatalogueImage {
  /**
   * The image's name for people.
   */
  title: string;
  architectures: {
    x86_64?: ImageSources;
    aarch64?: ImageSources;
  };
}
export interface ImageSources {
  build?: ImageBuild;
  download?: ImageDownload;
}
/**
 * How the host makes the image from packages.
 */
export interface ImageBuild {
  tool: 'mmdebstrap';
  /**
   * The release's code name, as in the archive's dists folder.
   */
  suite: string;
  /**
   * @minItems 1
   */
  components: [
    'main' | 'contrib' | 'non-free' | 'non-free-firmware',
    ...('main' | 'contrib' | 'non-free' | 'non-free-firmware')[]
  ];
  /**
   * Packages besides those of manifests/base/base.yaml, the kernel among them.
   */
  packages: string[];
}
/**
 * A cloud image with a loader and cloud-init, qcow2 or raw, and its digest.
 */
export interface ImageDownload {
  url: string;
  /**
   * The algorithm that the publisher uses, and the hexadecimal digits.
   */
  digest: string;
}
