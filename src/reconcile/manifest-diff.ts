import type { DiffDocument } from '../model/diff.ts';
import type { AppliedFields, Desired, MachineState } from '../model/machine.ts';
import { diffFields } from './field-diff.ts';
import { keepApplied } from './kept-values.ts';

/** What a new root disk took away, and what was begun and not ended, does not count as applied. */
const settledFields = (state: MachineState | null): AppliedFields =>
  Object.fromEntries(
    Object.entries(state?.fields ?? {}).filter(
      ([, { isUndone, isUncertain }]) => isUndone !== true && isUncertain !== true,
    ),
  );

/** A manifest held against what was last applied; what is really there has no say. */
export const manifestDiff = (desired: Desired, state: MachineState | null): DiffDocument => {
  const fields = keepApplied(desired.fields, state);
  const asked = Object.fromEntries(
    [...fields].map(([id, { path, key, value }]) => [
      id,
      { path, ...(key === undefined ? {} : { key }), value },
    ]),
  );
  const changes = diffFields(settledFields(state), asked);
  const differing = changes.filter(({ action }) => action !== 'remove').length;
  return {
    kind: 'diff',
    version: 1,
    machine: { id: state?.id ?? null, name: desired.name },
    manifest: { path: desired.manifestPath, revision: desired.revision },
    applied:
      state === null || state.appliedAt === null ? null : { at: state.appliedAt, revision: state.revision },
    changes,
    unchanged: fields.size - differing,
  };
};
