import type { FieldId } from './fields.ts';
import type { AppliedField, MachineId, ProjectIdentity } from './machine.ts';
import type { Plan, Strategy } from './plan.ts';

/** What a plan that was approved is bound to: it is carried out on exactly this, or not at all. */
export type PlanBinding = {
  /** The state that it was made from; null where there was no machine yet. */
  readonly machine: { readonly id: MachineId; readonly lineage: string; readonly serial: number } | null;
  /** `planDigest` of its steps and values. */
  readonly digest: string;
};

/** Fields as they were asked for or applied when a plan was saved, to tell what has changed since. */
export type SavedFields = Readonly<
  Record<FieldId, Pick<AppliedField, 'path' | 'key' | 'value' | 'resolved'>>
>;

/** One machine's part of a saved plan. */
export type SavedMachine = PlanBinding & {
  readonly project: ProjectIdentity;
  readonly desired: SavedFields;
  /** Empty where there was no machine yet. */
  readonly applied: SavedFields;
  readonly plan: Plan;
};

/**
 * The file that `agentvm plan --out` writes: schemas/saved-plan.v1.json. What runs is always planned from the manifest
 * anew; the file says which plan was approved.
 */
export type SavedPlan = {
  readonly kind: 'saved-plan';
  readonly version: 1;
  /** The release of agentvm that wrote it. */
  readonly release: string;
  /** RFC 3339 in UTC. */
  readonly savedAt: string;
  /** The most disruptive thing that it may do without being allowed again. */
  readonly allow: Strategy;
  readonly machines: readonly SavedMachine[];
};
