import type { Facet, FacetLook } from './facets.ts';
import type { FieldId } from './fields.ts';
import type { Json } from './json.ts';
import type { DriverName, MachineId, Observation, PowerState } from './machine.ts';
import type { Movement } from './plan.ts';

/** One thing in which a machine is not as it was applied, or of which nobody knows. */
export type DriftItem = {
  /** A field of the manifest, `power`, or what agentvm keeps in the guest: `guest.files[/etc/hosts]`. */
  readonly field: FieldId;
  readonly movement: Movement;
  /** What agentvm applied; null where it applied nothing. */
  readonly applied: Json;
  readonly found: Observation;
  /** Whether `agentvm apply` brings it back. */
  readonly isHealed: boolean;
  /** The same for people, for example `jq: installed → missing`. */
  readonly text: string;
};

export type FacetReport = {
  readonly facet: Facet;
  readonly look: FacetLook;
  readonly items: readonly DriftItem[];
};

/** What `agentvm drift --json` prints: schemas/drift.v1.json. */
export type DriftDocument = {
  readonly kind: 'drift';
  readonly version: 1;
  readonly machine: {
    readonly id: MachineId;
    readonly name: string;
    readonly driver: DriverName;
    readonly power: PowerState;
  };
  /** RFC 3339 in UTC, and the manifest's revision then; null before anything was applied. */
  readonly appliedAt: string | null;
  readonly revision: string | null;
  /** Whether the guest was to be looked into. */
  readonly isDeep: boolean;
  readonly facets: readonly FacetReport[];
  /** Fields that the manifest has moved since; they are not drift. */
  readonly edits: readonly FieldId[];
  readonly notes: readonly string[];
  /** How many items are drift or conflict. */
  readonly drifted: number;
};

/** The same for several machines: schemas/drifts.v1.json. */
export type DriftsDocument = {
  readonly kind: 'drifts';
  readonly version: 1;
  readonly machines: readonly DriftDocument[];
};
