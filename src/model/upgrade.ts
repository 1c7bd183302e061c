import type { FieldId, FieldPath } from './fields.ts';
import type { Json } from './json.ts';
import type { MachineId } from './machine.ts';
import type { Plan, Strategy } from './plan.ts';

/** Pins to be moved, and what to; null where this release has no default any more. */
export type Upgrades = ReadonlyMap<FieldId, Json>;

/** Something that was resolved when a manifest was applied and has stayed so since. */
export type Pin = {
  readonly field: FieldId;
  readonly path: FieldPath;
  /** `version`: behind `latest` or `host`. `image`: a catalogue's entry. `default`: of the release that applied it. */
  readonly kind: 'version' | 'image' | 'default';
  /** Absent for a default that the release had not. */
  readonly now?: Json;
  /** Absent for one that this release has not, or where it could not be looked up. */
  readonly newest?: Json;
  readonly isNewest: boolean;
  /** Why it could not be looked up. */
  readonly problem?: string;
};

/** What `agentvm upgrade --dry-run --json` prints: schemas/upgrade.v1.json. */
export type UpgradeDocument = {
  readonly kind: 'upgrade';
  readonly version: 1;
  readonly machine: { readonly id: MachineId; readonly name: string };
  /** Each pin with what moving it costs; the strategy is absent where nothing moves. */
  readonly pins: readonly (Pin & { readonly strategy?: Strategy })[];
  /** What would be done, edits of the manifest that wait to be applied among them. */
  readonly plan: Plan;
};
