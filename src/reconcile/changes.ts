import {
  FIELD_PATHS,
  type Field,
  type FieldId,
  type Fields,
  fieldId,
  parseFieldId,
} from '../model/fields.ts';
import type { Json } from '../model/json.ts';
import type { AppliedField, AppliedFields, Observation, Observed } from '../model/machine.ts';
import type { Change, FieldLimit, Reason, Strategy } from '../model/plan.ts';
import type { Upgrades } from '../model/upgrade.ts';
import { classify, type Moved } from './classify.ts';
import { policyOf, type Work } from './field-policies.ts';
import { isSameValue } from './same-value.ts';
import { isAtMost } from './strategies.ts';

/** What a driver says of a field. */
export type Limit = (field: Field) => FieldLimit | undefined;

/** A change with what has to be done for it; `none` where a record is enough. */
export type PlannedChange = { readonly change: Change; readonly work: Work };

export type ChangesInput = {
  readonly desired: Fields;
  readonly applied: AppliedFields;
  readonly observed: Observed;
  readonly limit: Limit;
  /** The machine's creation was begun and not finished, so what is there is agentvm's own doing. */
  readonly isUnfinished: boolean;
  /** Applied fields that lead elsewhere on the host now although their value is the same. */
  readonly moved: ReadonlySet<FieldId>;
  /** Pins that an upgrade moves, and what to. */
  readonly upgrades: Upgrades;
};

const isRunning = (observed: Observed): boolean =>
  observed.power === 'running' || observed.power === 'paused';

/** Only a disk can be looked at while the machine is down. */
export const observationOf = (observed: Observed, id: FieldId): Observation | undefined =>
  isRunning(observed) || id === 'resources.disk' ? observed.fields[id] : undefined;

const unsupportedReason = (limit: FieldLimit | undefined): Reason | undefined =>
  limit?.kind === 'unsupported' ? { code: 'unsupported', text: limit.text } : undefined;

const fieldReason = (
  field: Field,
  moved: Moved,
  input: ChangesInput,
): { readonly strategy: Strategy; readonly reason: Reason } => {
  const { strategy, why } = policyOf(field.path).cost(moved);
  const limit = input.limit(field);
  const refused = unsupportedReason(limit);
  if (refused !== undefined) return { strategy: 'noop', reason: refused };
  const isRaised = limit?.kind === 'raise' && !isAtMost(limit.to, strategy);
  const cost = isRaised ? limit.to : strategy;
  if (cost === 'restart' && !isRunning(input.observed)) {
    return {
      strategy: 'live',
      reason: { code: 'machine-stopped', text: 'the machine is not running; it starts with the new value' },
    };
  }
  if (isRaised) return { strategy: cost, reason: { code: 'driver-limit', text: limit.text } };
  const isDrift = moved.movement === 'drift' || moved.movement === 'conflict';
  const isUpgrade = input.upgrades.has(fieldId(field.path, field.key));
  const code = isUpgrade ? 'requested' : isDrift ? 'drifted' : 'field-policy';
  return { strategy: cost, reason: { code, text: why } };
};

const NOT_ENDED: Reason = { code: 'resume', text: 'an earlier step for it did not come to its end' };

const planField = (
  field: Field,
  applied: AppliedField | undefined,
  moved: Moved,
  input: ChangesInput,
): PlannedChange => {
  const { movement, action, before, after, why } = moved;
  const common = {
    field: fieldId(field.path, field.key),
    path: field.path,
    ...(field.key === undefined ? {} : { key: field.key }),
    movement,
    action,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  };
  const recordOnly = (code: Reason['code'], text: string): PlannedChange => ({
    change: { ...common, strategy: 'noop', reason: { code, text } },
    work: 'none',
  });
  if (movement === 'unknown') return recordOnly('probe-failed', why ?? 'it could not be looked at');
  if (movement === 'adopted') {
    const { change, work } = recordOnly('field-policy', 'it is so already');
    return { change: input.isUnfinished ? { ...change, movement: 'edit' } : change, work };
  }
  if (action === 'remove' && applied?.isAdopted === true && policyOf(field.path).isOurs !== true) {
    return recordOnly('field-policy', 'it was there before agentvm and stays');
  }
  const { strategy, reason: ownReason } = fieldReason(field, moved, input);
  const reason = applied?.isUncertain && ownReason.code === 'field-policy' ? NOT_ENDED : ownReason;
  const { work } = policyOf(field.path);
  return { change: { ...common, strategy, reason }, work: strategy === 'noop' ? 'none' : work };
};

/** The order of fields: that of FIELD_PATHS, then of their keys. */
export const isBefore = (a: Field, b: Field): number =>
  FIELD_PATHS.indexOf(a.path) - FIELD_PATHS.indexOf(b.path) ||
  ((a.key ?? '') < (b.key ?? '') ? -1 : (a.key ?? '') > (b.key ?? '') ? 1 : 0);

/** What is there of agentvm's own that nobody applied, as fields of their own. */
export const surplusFields = (observed: Observed, applied: AppliedFields): readonly Field[] =>
  !isRunning(observed)
    ? []
    : Object.entries(observed.fields).flatMap(([id, seen]) => {
        const field = applied[id] === undefined && seen.kind === 'known' ? parseFieldId(id) : undefined;
        const isSurplus = field !== undefined && policyOf(field.path).isOurs === true;
        return isSurplus && seen.kind === 'known' ? [{ ...field, value: seen.value }] : [];
      });

/** Every field that the manifest has or had or that is there of ours, in the order of FIELD_PATHS. */
const allFields = (
  desired: Fields,
  applied: AppliedFields,
  surplus: readonly Field[] = [],
): readonly Field[] => {
  const known = surplus.map((field) => [fieldId(field.path, field.key), field] as const);
  return [...new Map<FieldId, Field>([...known, ...Object.entries(applied), ...desired]).values()].sort(
    isBefore,
  );
};

/** A pin that an upgrade moves: the manifest asks for the same, and gets what that stands for today. */
const upgraded = (
  desired: Field | undefined,
  applied: AppliedField | undefined,
  newest: Json | undefined,
): Moved | undefined => {
  if (desired === undefined || applied?.resolved === undefined || newest === undefined) return undefined;
  return isSameValue(desired.value, applied.value)
    ? { movement: 'edit', action: 'change', before: applied.resolved, after: newest }
    : undefined;
};

const surplus = ({ value }: Field): Moved => ({ movement: 'drift', action: 'remove', before: value });

/** What differs in a machine that is there, and what each difference costs. */
export const changesOf = (input: ChangesInput): readonly PlannedChange[] =>
  allFields(input.desired, input.applied, surplusFields(input.observed, input.applied)).flatMap((field) => {
    const id = fieldId(field.path, field.key);
    const applied = input.applied[id];
    const observed = observationOf(input.observed, id);
    const desired = input.desired.get(id);
    if (desired === undefined && applied === undefined)
      return [planField(field, applied, surplus(field), input)];
    const moved =
      upgraded(desired, applied, input.upgrades.get(id)) ?? classify({ desired, applied, observed });
    if (moved.movement !== 'unchanged') return [planField(field, applied, moved, input)];
    if (!input.moved.has(id)) return [];
    const elsewhere: Moved = { movement: 'drift', action: 'change', before: field.value, after: field.value };
    return [planField(field, applied, elsewhere, input)];
  });

/** Every field of a machine that is to be made; what an earlier machine had is only taken out of the record. */
export const creationChanges = (
  { desired, applied, limit }: Pick<ChangesInput, 'desired' | 'applied' | 'limit'>,
  reason: Reason,
): readonly PlannedChange[] =>
  allFields(desired, applied).map((field): PlannedChange => {
    const { path, key, value } = field;
    const id = fieldId(path, key);
    const common = { field: id, path, ...(key === undefined ? {} : { key }), movement: 'edit' as const };
    if (!desired.has(id)) {
      return {
        change: { ...common, action: 'remove', before: value, strategy: 'noop', reason },
        work: 'none',
      };
    }
    const added = { ...common, action: 'add' as const, after: value };
    const refused = unsupportedReason(limit(field));
    return refused === undefined
      ? { change: { ...added, strategy: 'live', reason }, work: policyOf(path).work }
      : { change: { ...added, strategy: 'noop', reason: refused }, work: 'none' };
  });
