import { type Field, type FieldId, type Fields, fieldId } from '../model/fields.ts';
import type { AppliedField, MachineState } from '../model/machine.ts';
import { policyOf } from './field-policies.ts';

/** What was applied, as far as it says which values stay. */
export type KeptFrom = Pick<MachineState, 'fields' | 'phase'>;

const NOTHING: KeptFrom = { fields: {}, phase: 'creating' };
const PROTECT = fieldId('lifecycle.protect');

/** Whether both manifests have what the field is a part of: itself, or for `agents[claude].args` that agent. */
const isOfBoth = ({ path, key }: Field, desired: Fields, { fields }: KeptFrom): boolean => {
  if (key === undefined) return true;
  if (!path.startsWith('agents[].')) return false;
  const agent = fieldId('agents[].version', key);
  return desired.has(agent) && fields[agent] !== undefined;
};

/** A default of this release for what the release that applied the manifest had no default for. */
const isNewDefault = (field: Field, desired: Fields, from: KeptFrom): boolean =>
  field.source === undefined &&
  from.phase === 'ready' &&
  policyOf(field.path).keepsDefault === true &&
  isOfBoth(field, desired, from);

const kept = (field: Field, applied: AppliedField): Field =>
  field.source === undefined && applied.isDefault === true && policyOf(field.path).keepsDefault === true
    ? { ...field, value: applied.value }
    : field;

const withoutDefaultMark = ({ path, key, value }: AppliedField): Field => ({
  path,
  ...(key === undefined ? {} : { key }),
  value,
});

/**
 * What the manifest asks for in the light of what was applied; every reader of desired fields starts from this.
 * Defaults stay those of the release that applied them, so that a newer agentvm changes nothing by itself, whether
 * it has another default, one more or one less; `moved` are those that an upgrade takes over.
 * `lifecycle.protect: true` stays when its line is taken out; only `protect: false` lifts it.
 */
export const keepApplied = (
  desired: Fields,
  applied: KeptFrom | null,
  moved: ReadonlySet<FieldId> = new Set(),
): Fields => {
  const from = applied ?? NOTHING;
  const fields = new Map<FieldId, Field>();
  for (const [id, field] of desired) {
    const was = from.fields[id];
    if (moved.has(id)) fields.set(id, field);
    else if (was !== undefined) fields.set(id, kept(field, was));
    else if (!isNewDefault(field, desired, from)) fields.set(id, field);
  }
  for (const [id, field] of Object.entries(from.fields)) {
    const isDropped = field.isDefault === true && !desired.has(id) && !moved.has(id);
    if (isDropped && policyOf(field.path).keepsDefault === true && isOfBoth(field, desired, from)) {
      fields.set(id, withoutDefaultMark(field));
    }
  }
  if (from.fields[PROTECT]?.value === true && desired.get(PROTECT)?.source === undefined) {
    fields.set(PROTECT, { path: 'lifecycle.protect', value: true });
  }
  return fields;
};
