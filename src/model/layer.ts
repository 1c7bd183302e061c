import type { Arch } from './machine.ts';

/** A base disk, named by the hash of its recipe, shared read-only by every machine cloned from it. */
export type Layer = {
  /** 32 hex digits: the first half of the SHA-256 of the recipe. */
  readonly id: string;
  readonly arch: Arch;
  /** qcow2, read-only; the backing file of machines' overlays. */
  readonly disk: string;
  readonly virtualSizeBytes: number;
  readonly kernel: string;
  readonly initrd: string;
  /** What the kernel needs to find its root, for example `root=/dev/vda rw`. */
  readonly kernelArgs: string;
  /** Digest that the image's name or file was resolved to. */
  readonly imageDigest: string;
};
