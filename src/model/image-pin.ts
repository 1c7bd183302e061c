import type { Json } from './json.ts';

/** What `base.image` was resolved to when it was applied: a later catalogue does not move it. */
export type ImagePin = {
  /** Of the file, or of the way to build it: `sha256:…` or `sha512:…`. */
  readonly digest: string;
  /**
   * The catalogue's entry behind a name, as it was then; opaque to everyone but the maker of layers. Absent where the
   * manifest's own value says it all (a file by its digest), and where a release before format 2 applied it.
   */
  readonly source?: { readonly [key: string]: Json };
};
