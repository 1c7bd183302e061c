import type { FieldPath } from './fields.ts';
import type { MachineId } from './machine.ts';
import type { Change } from './plan.ts';

/** How a field differs between two documents, in the terms of a plan. */
export type FieldDiff = Pick<Change, 'field' | 'key' | 'action' | 'before' | 'after'> & {
  readonly path: FieldPath;
};

/** What `agentvm diff --json` prints for one machine: schemas/diff.v1.json. */
export type DiffDocument = {
  readonly kind: 'diff';
  readonly version: 1;
  /** The id is null where nothing was applied yet. */
  readonly machine: { readonly id: MachineId | null; readonly name: string };
  readonly manifest: { readonly path: string; readonly revision: string };
  /** The last apply that came to its end; null where there was none. */
  readonly applied: { readonly at: string; readonly revision: string | null } | null;
  /** From what was applied to what the manifest asks for. */
  readonly changes: readonly FieldDiff[];
  /** How many fields are as they were applied. */
  readonly unchanged: number;
};

/** What it prints for several machines: schemas/diffs.v1.json. */
export type DiffsDocument = {
  readonly kind: 'diffs';
  readonly version: 1;
  readonly machines: readonly DiffDocument[];
};
