/** One thing that is wrong with a manifest or a file it refers to, ready to be shown. */
export type Diagnostic = {
  /** Stable lower-case identifier, for example `unknown-key`; part of the machine-readable output. */
  readonly code: string;
  /** Absolute path of the file at fault. */
  readonly file: string;
  /** Where in the file; absent when the file as a whole is at fault. */
  readonly excerpt?: Excerpt;
  /** The manifest's field, for example `resources.memory`. */
  readonly field?: string;
  /** A sentence without the file's name in front and without a full stop. */
  readonly message: string;
  /** How to mend it. */
  readonly hint?: string;
};

/** A place in a text: 1-based line and column (in UTF-16 units), the whole line, and how much of it is at fault. */
export type Excerpt = {
  readonly line: number;
  readonly column: number;
  readonly text: string;
  /** At least 1. */
  readonly length: number;
};
