import type { Context } from '../lib/context.ts';
import { canonicalJson } from '../lib/hash.ts';
import { realTarget } from '../lib/real-target.ts';
import type { Field, FieldId, Fields } from '../model/fields.ts';
import type { ApprovedGrant, Grant, GrantWord, Withheld } from '../model/grant.ts';
import type { AppliedField, AppliedFields, Desired, MachineState } from '../model/machine.ts';
import {
  type Asking,
  grantsInUse,
  hostPathsIn,
  isLasting,
  missingGrants,
  neededGrants,
  type Places,
  withholdFields,
} from '../policy/grants.ts';
import { readGrants, writeGrants } from '../state/grants.ts';

/** What the host paths of fields lead to now. */
export const placesOf = async (project: string, ...fields: readonly Iterable<Asking>[]): Promise<Places> => {
  const paths = [...new Set(fields.flatMap((one) => hostPathsIn(one)))];
  const targets = new Map(
    await Promise.all(paths.map(async (path) => [path, await realTarget(path)] as const)),
  );
  return { project, realOf: (path) => targets.get(path) ?? path };
};

/** Everything that a manifest asks of the host beyond its folder, granted or not. */
export const grantsAskedBy = async ({ fields, project }: Desired): Promise<readonly Grant[]> =>
  neededGrants(fields.values(), await placesOf(project.realPath, fields.values()));

/** What was applied before grants were kept, a person had seen in a plan: it counts as granted. */
const earlierGrants = async (state: MachineState, fallback: string): Promise<readonly ApprovedGrant[]> => {
  const applied = Object.values(state.fields);
  const needed = neededGrants(applied, await placesOf(state.project.realPath, applied));
  const at = state.appliedAt ?? fallback;
  return needed.map(({ fields: _, ...grant }) => ({ ...grant, at, word: 'earlier-apply' }));
};

export type Approved = { readonly grants: readonly ApprovedGrant[]; readonly isKept: boolean };

/** Before there was a cage, `egress: open` asked for no grant: a machine that was applied with it has the word for it. */
const earlierOpen = (state: MachineState, kept: readonly ApprovedGrant[]): readonly ApprovedGrant[] => {
  const egress = state.fields['network.egress'];
  if (egress?.value !== 'open') return [];
  const needed = neededGrants([egress], { project: state.project.realPath, realOf: (path) => path });
  const at = state.appliedAt ?? state.createdAt;
  return missingGrants(needed, kept).map(({ fields: _, ...grant }) => ({
    ...grant,
    at,
    word: 'earlier-apply',
  }));
};

/** What was granted to a machine; `isKept` tells that the document of it is there. */
export const approvedGrants = async (context: Context, state: MachineState): Promise<Approved> => {
  const kept = await readGrants(context.paths, state.id);
  return kept === undefined
    ? { grants: await earlierGrants(state, state.createdAt), isKept: false }
    : { grants: [...kept, ...earlierOpen(state, kept)], isKept: true };
};

/** The same, and writes it where it was not kept yet. The caller holds the machine's lock. */
export const ensureGrants = async (
  context: Context,
  state: MachineState,
): Promise<readonly ApprovedGrant[]> => {
  const { grants, isKept } = await approvedGrants(context, state);
  if (!isKept) await writeGrants(context.paths, state.id, grants);
  return grants;
};

/** A manifest in the light of what was granted. */
export type Granting = {
  /** The manifest; without what is withheld. */
  readonly desired: Desired;
  /** What it asks for and nobody has granted yet; empty where that is withheld. */
  readonly grants: readonly Grant[];
  readonly withheld: readonly Withheld[];
  /** Applied fields whose value is the same and leads elsewhere now, so that they are to be done again. */
  readonly moved: ReadonlySet<FieldId>;
  /** Granted ones that nothing needs any more. */
  readonly hasUnused: boolean;
  /** Ids of what was applied before grants were kept and counts as granted. */
  readonly earlier: readonly string[];
};

const movedFields = (
  grants: readonly Grant[],
  desired: Fields,
  applied: AppliedFields,
): ReadonlySet<FieldId> =>
  new Set(
    grants
      .flatMap((grant) => grant.fields)
      .filter((id) => {
        const field = desired.get(id);
        return applied[id] !== undefined && field !== undefined && !isLasting(field);
      }),
  );

/** What was made with it is there already, and nothing more is asked of the host. */
const isDone = (field: Field | undefined, applied: AppliedField | undefined): boolean =>
  field !== undefined &&
  applied !== undefined &&
  isLasting(field) &&
  canonicalJson(field.value) === canonicalJson(applied.value);

/** Compares what a manifest asks of the host with what was granted; withholds the rest when told to. */
export const grantManifest = async (
  context: Context,
  desired: Desired,
  state: MachineState | null,
  withhold: boolean,
): Promise<Granting> => {
  const applied = state?.fields ?? {};
  const approved = state === null ? { grants: [], isKept: true } : await approvedGrants(context, state);
  const places = await placesOf(desired.project.realPath, desired.fields.values(), Object.values(applied));
  const missing = missingGrants(neededGrants(desired.fields.values(), places), approved.grants).filter(
    (grant) => !grant.fields.every((id) => isDone(desired.fields.get(id), applied[id])),
  );
  const held = withhold
    ? withholdFields(desired.fields, applied, missing, approved.grants, places)
    : { fields: desired.fields, withheld: [] };
  const inUse = grantsInUse(approved.grants, neededGrants(held.fields.values(), places));
  return {
    desired: withhold ? { ...desired, fields: held.fields } : desired,
    grants: withhold ? [] : missing,
    withheld: held.withheld,
    moved: withhold ? new Set() : movedFields(missing, desired.fields, applied),
    hasUnused: inUse.length < approved.grants.length,
    earlier: approved.isKept ? [] : approved.grants.map(({ id }) => id),
  };
};

/** Keeps the new grants that were given the word. The caller holds the machine's lock. */
export const keepGrants = async (
  context: Context,
  state: MachineState,
  given: readonly Grant[],
  words: Readonly<Record<string, GrantWord>>,
): Promise<void> => {
  const at = context.clock.now().toISOString();
  const before = await ensureGrants(context, state);
  const added = given.map(({ fields: _, ...grant }): ApprovedGrant => {
    const word = words[grant.id];
    if (word === undefined) throw new Error(`nobody gave the word for ${grant.id}`);
    return { ...grant, at, word };
  });
  if (added.length > 0) await writeGrants(context.paths, state.id, [...before, ...added]);
};

/** Revokes what nothing in the manifest needs any more. The caller holds the machine's lock. */
export const dropUnusedGrants = async (
  context: Context,
  state: MachineState,
  { fields, project }: Desired,
): Promise<void> => {
  const before = await ensureGrants(context, state);
  const places = await placesOf(project.realPath, fields.values());
  const inUse = grantsInUse(before, neededGrants(fields.values(), places));
  if (inUse.length < before.length) await writeGrants(context.paths, state.id, inUse);
};
