import type { Json } from '../model/json.ts';

/** The format of `machine.json` that this release writes. */
export const STATE_FORMAT = 2;

export type Document = { readonly [key: string]: Json };

/** Format 1 did not say by which release it was written; there was one. */
const FIRST_RELEASE = '0.1.0';

const IMAGE = 'base.image';

/** Format 1 kept of an image only its digest; since 2 the catalogue's entry stands beside it. */
const imageToPin = (fields: Json | undefined): Json => {
  const all = (fields ?? null) as { readonly [id: string]: Document } | null;
  const resolved = all?.[IMAGE]?.resolved;
  return typeof resolved === 'string' && all !== null
    ? { ...all, [IMAGE]: { ...all[IMAGE], resolved: { digest: resolved } } }
    : all;
};

/** From each older format to the next: the key is the format that the function takes. */
export const MIGRATIONS: Readonly<Record<number, (document: Document) => Document>> = {
  1: (document) => ({
    ...document,
    release: FIRST_RELEASE,
    fields: imageToPin(document.fields),
    unprovenRoot: imageToPin(document.unprovenRoot),
  }),
};

/**
 * Brings a document of an older format to this release's, one format at a time.
 * @throws RangeError when a format between has no migration: a release is missing its part of the table.
 */
export const migrate = (
  document: Document,
  format: number,
  migrations = MIGRATIONS,
  target = STATE_FORMAT,
): Document => {
  let current = document;
  for (let from = format; from < target; from++) {
    const step = migrations[from];
    if (step === undefined) throw new RangeError(`no migration from state format ${from}`);
    current = { ...step(current), format: from + 1 };
  }
  return current;
};
