import type { DriftDocument, DriftItem, FacetReport } from '../model/drift.ts';
import { FACETS, type Facet, type FacetLook, facetOf, keptId } from '../model/facets.ts';
import { type Field, type Fields, fieldId } from '../model/fields.ts';
import type { AppliedField, Desired, Kept, MachineState, Observed } from '../model/machine.ts';
import type { Movement } from '../model/plan.ts';
import { isBefore, observationOf, surplusFields } from './changes.ts';
import { classify } from './classify.ts';
import { itemText } from './drift-item-text.ts';
import { isHealedByStep, isKept, roomNotes } from './kept-changes.ts';
import { keepApplied } from './kept-values.ts';

export type DriftInput = {
  readonly state: MachineState;
  readonly observed: Observed;
  /** The manifest as it stands now; undefined where it cannot be read. */
  readonly desired: Desired | undefined;
  readonly isDeep: boolean;
};

type Found = Omit<DriftItem, 'text'> & { readonly facet: Facet };

const asField = ({ path, key, value }: AppliedField): Field => ({
  path,
  value,
  ...(key === undefined ? {} : { key }),
});

/** Whether reality moved away from what was applied, and how that stands to the manifest. */
const movementOf = (
  id: string,
  applied: AppliedField,
  observed: Observed,
  fields: Fields | undefined,
): Movement | undefined => {
  const seen = observationOf(observed, id);
  if (seen === undefined || applied.isUndone === true) return undefined;
  const alone = classify({ desired: asField(applied), applied, observed: seen });
  if (alone.movement !== 'drift') return alone.movement === 'unknown' ? 'unknown' : undefined;
  if (fields === undefined) return 'drift';
  const { movement } = classify({ desired: fields.get(id), applied, observed: seen });
  return movement === 'unchanged' || movement === 'edit' ? 'drift' : movement;
};

const fieldItems = ({ state, observed }: DriftInput, fields: Fields | undefined): readonly Found[] =>
  Object.values(state.fields)
    .toSorted(isBefore)
    .flatMap((applied) => {
      const facet = facetOf(applied.path);
      const id = fieldId(applied.path, applied.key);
      const movement = movementOf(id, applied, observed, fields);
      const found = observed.fields[id];
      if (facet === undefined || movement === undefined || found === undefined) return [];
      const isHealed = movement === 'drift' || movement === 'conflict';
      return [{ facet, field: id, movement, applied: applied.resolved ?? applied.value, found, isHealed }];
    });

/** What the manifest asks for since, and is in the machine already. */
const adoptedItems = ({ state, observed }: DriftInput, fields: Fields | undefined): readonly Found[] =>
  [...(fields ?? [])].flatMap(([id, desired]) => {
    const facet = facetOf(desired.path);
    if (facet === undefined || state.fields[id] !== undefined) return [];
    const seen = observationOf(observed, id);
    const { movement } = classify({ desired, applied: undefined, observed: seen });
    return movement === 'adopted' && seen !== undefined
      ? [{ facet, field: id, movement, applied: null, found: seen, isHealed: false }]
      : [];
  });

/** What nobody applied and nobody asks for, and which only agentvm puts there. */
const surplusItems = ({ state, observed }: DriftInput, fields: Fields | undefined): readonly Found[] =>
  surplusFields(observed, state.fields).flatMap(({ path, key, value }) => {
    const facet = facetOf(path);
    const field = fieldId(path, key);
    if (facet === undefined || fields?.has(field)) return [];
    const found = { kind: 'known', value } as const;
    return [{ facet, field, movement: 'drift' as const, applied: null, found, isHealed: true }];
  });

const keptItem = (kept: Kept): readonly Found[] => {
  const { path, key, applied, found } = kept;
  const facet = facetOf(path);
  if (facet === undefined || (found.kind !== 'unknown' && isKept(kept))) return [];
  const movement = found.kind === 'unknown' ? 'unknown' : 'drift';
  const isHealed = movement === 'drift' && isHealedByStep(path);
  return [{ facet, field: keptId(path, key), movement, applied, found, isHealed }];
};

/** A machine that was stopped is as somebody wanted it; one that ended or waits by itself is not. */
const powerItems = ({ state, observed }: DriftInput): readonly Found[] => {
  const { power } = observed;
  const isOff = power === 'crashed' || power === 'paused' || (power === 'absent' && state.phase === 'ready');
  return isOff
    ? [
        {
          facet: 'power',
          field: 'power',
          movement: 'drift',
          applied: 'running',
          found: { kind: 'known', value: power },
          isHealed: true,
        },
      ]
    : [];
};

const editsOf = ({ state, observed }: DriftInput, fields: Fields | undefined): readonly string[] =>
  fields === undefined
    ? []
    : [...new Set([...Object.keys(state.fields), ...fields.keys()])]
        .filter((id) => {
          const sides = { desired: fields.get(id), applied: state.fields[id] };
          return classify({ ...sides, observed: observationOf(observed, id) }).movement === 'edit';
        })
        .sort();

const NEVER_LOOKED: FacetLook = { kind: 'unknown', why: 'it was not looked at' };

const COUNTED: readonly Movement[] = ['drift', 'conflict'];

const reportOf = (facet: Facet, input: DriftInput, found: readonly Found[]): FacetReport => {
  const look = input.observed.facets?.[facet] ?? NEVER_LOOKED;
  // Where nothing of a facet could be looked at, that is said once.
  const items = found
    .filter((one) => one.facet === facet && !(look.kind === 'unknown' && one.movement === 'unknown'))
    .map(({ facet: _facet, ...item }) => ({ ...item, text: itemText(item, input.observed.powerReason) }));
  return { facet, look, items };
};

/**
 * Holds what is really there against what was last applied, facet by facet. The manifest only tells how a thing that
 * moved stands to what is asked for now: drift where it asks for what was applied, conflict where it moved elsewhere,
 * adopted where it moved to the same.
 */
export const driftOf = (input: DriftInput): DriftDocument => {
  const { state, observed, desired, isDeep } = input;
  const fields = desired === undefined ? undefined : keepApplied(desired.fields, state);
  const kept = observed.power === 'running' ? (observed.kept ?? []) : [];
  const found = [
    ...powerItems(input),
    ...fieldItems(input, fields),
    ...adoptedItems(input, fields),
    ...surplusItems(input, fields),
    ...kept.flatMap(keptItem),
  ];
  return {
    kind: 'drift',
    version: 1,
    machine: { id: state.id, name: state.name, driver: state.driver, power: observed.power },
    appliedAt: state.appliedAt,
    revision: state.revision,
    isDeep,
    facets: FACETS.map((facet) => reportOf(facet, input, found)),
    edits: editsOf(input, fields),
    notes: [...(observed.notes ?? []), ...roomNotes(observed)],
    drifted: found.filter(({ movement }) => COUNTED.includes(movement)).length,
  };
};
