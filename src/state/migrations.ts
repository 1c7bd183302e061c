import type { Json } from '../model/json.ts';

/** The format of `machine.json` that this release writes. */
export const STATE_FORMAT = 1;

export type Document = { readonly [key: string]: Json };

/** From each older format to the next: the key is the format that the function takes. */
export const MIGRATIONS: Readonly<Record<number, (document: Document) => Document>> = {};

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
