import { type Field, type Fields, fieldId } from '../model/fields.ts';
import type { AppliedField, AppliedFields } from '../model/machine.ts';
import { policyOf } from './field-policies.ts';

const kept = (field: Field, applied: AppliedField | undefined): Field =>
  field.source === undefined && applied?.isDefault === true && policyOf(field.path).keepsDefault === true
    ? { ...field, value: applied.value }
    : field;

const PROTECT = fieldId('lifecycle.protect');

/**
 * What the manifest asks for in the light of what was applied; every reader of desired fields starts from this.
 * A default stays the one of the release that applied it, so that a newer agentvm changes nothing by itself.
 * `lifecycle.protect: true` stays when its line is taken out; only `protect: false` lifts it.
 */
export const keepApplied = (desired: Fields, applied: AppliedFields): Fields => {
  const fields = new Map([...desired].map(([id, field]) => [id, kept(field, applied[id])]));
  if (applied[PROTECT]?.value === true && desired.get(PROTECT)?.source === undefined) {
    fields.set(PROTECT, { path: 'lifecycle.protect', value: true });
  }
  return fields;
};
