import type { Field } from '../model/fields.ts';
import type { Json } from '../model/json.ts';
import type { AppliedField, Observation } from '../model/machine.ts';
import type { FieldAction, Movement } from '../model/plan.ts';
import { type Policy, policyOf } from './field-policies.ts';
import { isSameValue } from './same-value.ts';

/** One field seen three ways; a side that says nothing is undefined. */
export type Sides = {
  readonly desired: Field | undefined;
  readonly applied: AppliedField | undefined;
  readonly observed: Observation | undefined;
};

/** How a field moved, and between which values; one is absent for an addition or a removal. */
export type Moved = {
  readonly movement: Movement;
  readonly action: FieldAction;
  readonly before?: Json;
  readonly after?: Json;
  /** Why nothing is known; present for `unknown`. */
  readonly why?: string;
};

export type Classified = { readonly movement: 'unchanged' } | Moved;

const UNCHANGED: Classified = { movement: 'unchanged' };

const matches = (policy: Policy, value: Json, observed: Json): boolean =>
  observed === true || (policy.matches ?? isSameValue)(value, observed);

/** Whether what is there is what was applied. */
const holds = (policy: Policy, applied: AppliedField, observed: Json): boolean =>
  (applied.resolved === undefined
    ? matches(policy, applied.value, observed)
    : observed === true || isSameValue(applied.resolved, observed)) ||
  policy.tolerates?.(applied, observed) === true;

const moved = (movement: Movement, before: Json | undefined, after: Json | undefined): Moved => ({
  movement,
  action: before === undefined ? 'add' : after === undefined ? 'remove' : 'change',
  ...(before === undefined ? {} : { before }),
  ...(after === undefined ? {} : { after }),
});

const classifyNew = (policy: Policy, desired: Field, observed: Observation | undefined): Classified => {
  if (observed?.kind !== 'known') return moved('edit', undefined, desired.value);
  if (!matches(policy, desired.value, observed.value)) return moved('edit', observed.value, desired.value);
  return { movement: 'adopted', action: 'add', after: desired.value };
};

/** The manifest no longer has the field. What was there before agentvm stays; see `isAdopted`. */
const classifyRemoved = (
  policy: Policy,
  applied: AppliedField,
  observed: Observation | undefined,
): Classified => {
  if (observed?.kind === 'absent' || applied.isUndone === true) {
    return { movement: 'adopted', action: 'remove', before: applied.value };
  }
  const isMoved = observed?.kind === 'known' && !holds(policy, applied, observed.value);
  return moved(isMoved ? 'conflict' : 'edit', applied.value, undefined);
};

/** Nobody knows whether it is as it was applied, so it counts only when it is seen as it is wanted. */
const classifyUncertain = (
  policy: Policy,
  applied: AppliedField,
  { desired, observed }: Sides,
): Classified => {
  if (observed?.kind === 'unknown') {
    return { ...moved('unknown', applied.value, desired?.value), why: observed.why };
  }
  const seen = observed?.kind === 'known' ? observed.value : undefined;
  if (desired === undefined) {
    return moved(observed?.kind === 'absent' ? 'adopted' : 'edit', applied.value, undefined);
  }
  const isTold = seen !== undefined && (seen !== true || desired.value === true);
  return isTold && matches(policy, desired.value, seen)
    ? moved('adopted', applied.value, desired.value)
    : moved('edit', seen, desired.value);
};

const classifyStill = (
  policy: Policy,
  desired: Field,
  applied: AppliedField,
  observed: Observation | undefined,
): Classified => {
  switch (observed?.kind) {
    case undefined:
      return UNCHANGED;
    case 'unknown':
      return { ...moved('unknown', applied.value, desired.value), why: observed.why };
    case 'absent':
      return moved('drift', undefined, desired.value);
    case 'known':
      return holds(policy, applied, observed.value)
        ? UNCHANGED
        : moved('drift', observed.value, applied.resolved ?? desired.value);
  }
};

const classifyEdited = (
  policy: Policy,
  desired: Field,
  applied: AppliedField,
  observed: Observation | undefined,
): Classified => {
  const isPinned = applied.resolved !== undefined && isSameValue(desired.value, applied.resolved);
  if (observed?.kind === 'absent') return moved('conflict', undefined, desired.value);
  if (observed?.kind !== 'known') {
    return moved(isPinned ? 'adopted' : 'edit', applied.value, desired.value);
  }
  // `true` is the observation of a thing that is there, which does not tell its value.
  const isTold = observed.value !== true || desired.value === true;
  if (isTold && matches(policy, desired.value, observed.value)) {
    return moved('adopted', applied.value, desired.value);
  }
  return holds(policy, applied, observed.value)
    ? moved('edit', applied.value, desired.value)
    : moved('conflict', observed.value, desired.value);
};

/**
 * Compares what is asked for, what was last done and what is there. A field that agentvm never set is not its own to
 * revert; a probe that failed says nothing.
 */
export const classify = (sides: Sides): Classified => {
  const path = sides.desired?.path ?? sides.applied?.path;
  const found = compare(sides);
  return found.movement === 'adopted' && path !== undefined && policyOf(path).isPartlySeen
    ? { ...found, movement: 'edit' }
    : found;
};

const compare = ({ desired, applied, observed }: Sides): Classified => {
  if (applied === undefined) {
    return desired === undefined ? UNCHANGED : classifyNew(policyOf(desired.path), desired, observed);
  }
  const policy = policyOf(applied.path);
  if (applied.isUncertain === true) return classifyUncertain(policy, applied, { desired, applied, observed });
  if (desired === undefined) return classifyRemoved(policy, applied, observed);
  if (applied.isUndone === true) return moved('edit', undefined, desired.value);
  return isSameValue(desired.value, applied.value)
    ? classifyStill(policy, desired, applied, observed)
    : classifyEdited(policy, desired, applied, observed);
};
