import { canonicalJson } from '../lib/hash.ts';
import { type Field, type FieldId, type Fields, fieldId } from '../model/fields.ts';
import type { Json } from '../model/json.ts';
import type { AppliedField, AppliedFields, MachineState } from '../model/machine.ts';
import type { Change, Step, StepKind } from '../model/plan.ts';
import type { FieldsPatch } from '../state/journal.ts';

const REMOVALS: readonly StepKind[] = ['port.remove', 'mount.remove', 'agent.remove'];

/** What the manifest asks for, in the shape of applied fields. */
export const appliedFrom = (fields: Fields): AppliedFields =>
  Object.fromEntries(
    [...fields.values()].map(({ path, key, value }) => [
      fieldId(path, key),
      { path, ...(key === undefined ? {} : { key }), value },
    ]),
  );

const isSame = (a: Json, b: Json): boolean => canonicalJson(a) === canonicalJson(b);

const recordedField = (field: Field, change: Change | undefined, state: MachineState): AppliedField => {
  const { path, key, value, source } = field;
  const before = state.fields[fieldId(path, key)];
  // While a machine is being made, what is found there is what an earlier try has put there.
  const isAdopted =
    change?.movement === 'adopted' &&
    state.phase === 'ready' &&
    (before === undefined || before.isAdopted === true);
  return {
    path,
    ...(key === undefined ? {} : { key }),
    value,
    ...(source === undefined ? { isDefault: true } : {}),
    ...(isAdopted ? { isAdopted } : {}),
  };
};

/**
 * What is written to state together with a step's `done`. `desired` are the fields in the light of what was applied
 * (`keepApplied`).
 */
export const patchWhenDone = (
  step: Step,
  changes: readonly Change[],
  desired: Fields,
  state: MachineState,
): FieldsPatch => {
  const patch: Record<FieldId, AppliedField | null> = {};
  for (const id of step.undoes ?? []) {
    const field = state.fields[id];
    if (field !== undefined) patch[id] = { ...field, isUndone: true };
  }
  for (const id of step.records) {
    const field = desired.get(id);
    const change = changes.find((one) => one.field === id);
    patch[id] = field === undefined ? null : recordedField(field, change, state);
  }
  return patch;
};

/**
 * What is written to state when a step for these fields did not come to its end. What was applied before keeps its
 * value, so that going back to it in the manifest is seen as something to do.
 */
export const patchWhenCutOff = (patch: FieldsPatch, state: MachineState): FieldsPatch =>
  Object.fromEntries(
    Object.entries(patch).flatMap(([id, field]) => {
      const known = state.fields[id] ?? field;
      return known === null || known.isUndone === true ? [] : [[id, { ...known, isUncertain: true }]];
    }),
  );

/**
 * What must hold for the machine while a step runs, beside what was applied before: what is there or gone already and
 * only waits to be recorded, the fields that force the step (a start needs the new memory, which may be another step's to
 * record) and, for a creation, everything.
 */
export const patchForRun = (
  step: Step,
  changes: readonly Change[],
  desiredFields: Fields,
  recorded: FieldsPatch,
): FieldsPatch => {
  const desired = appliedFrom(desiredFields);
  if (step.action.kind === 'machine.create') return { ...desired, ...recorded };
  const isRemoval = REMOVALS.includes(step.action.kind);
  const adopted = changes
    .filter(({ movement }) => movement === 'adopted')
    .map(({ field }) => [field, desired[field] ?? null] as const);
  const own = step.fields.map((id) => [id, isRemoval ? null : (desired[id] ?? null)] as const);
  return { ...Object.fromEntries([...adopted, ...own]), ...(isRemoval ? {} : recorded) };
};

/** The applied fields after a patch. What a field was resolved to stays while its value does. */
export const applyPatch = (
  fields: AppliedFields,
  patch: FieldsPatch,
  resolved: Readonly<Record<FieldId, Json>> = {},
): AppliedFields => {
  const next: Record<FieldId, AppliedField> = { ...fields };
  for (const [id, field] of Object.entries(patch)) {
    if (field === null) {
      delete next[id];
      continue;
    }
    const before = fields[id];
    const kept = before !== undefined && isSame(before.value, field.value) ? before.resolved : undefined;
    const resolution = resolved[id] ?? field.resolved ?? kept;
    next[id] = { ...field, ...(resolution === undefined ? {} : { resolved: resolution }) };
  }
  return next;
};
