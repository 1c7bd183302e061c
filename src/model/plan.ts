import type { KeptPath } from './facets.ts';
import type { FieldId, FieldPath } from './fields.ts';
import type { Grant, Withheld } from './grant.ts';
import type { ImagePin } from './image-pin.ts';
import type { Json } from './json.ts';
import type { DriverName, MachineId, PowerState } from './machine.ts';
import type { SnapshotOffer } from './snapshot.ts';

/** What a change costs, least disruptive first. */
export const STRATEGIES = ['noop', 'live', 'reapply', 'restart', 'recreate', 'delete'] as const;
export type Strategy = (typeof STRATEGIES)[number];

/**
 * Why a driver cannot honour a field, or must raise its strategy. For `unsupported` the text goes on after the field's
 * name (`is not supported by the qemu driver yet`), for `raise` it is a clause of its own.
 */
export type FieldLimit =
  | { readonly kind: 'unsupported'; readonly text: string }
  | { readonly kind: 'raise'; readonly to: Strategy; readonly text: string };

/** How a field moved, seen three ways (desired, applied, observed). */
export type Movement = 'edit' | 'drift' | 'adopted' | 'conflict' | 'unknown';

export type FieldAction = 'add' | 'change' | 'remove';

/** One line of a plan: a field that differs, what it costs and why. */
export type Change = {
  readonly field: FieldId;
  /** A field of the manifest, or what agentvm keeps in the guest beside those. */
  readonly path: FieldPath | KeptPath;
  readonly key?: string;
  readonly movement: Movement;
  readonly action: FieldAction;
  /** What is there now; absent for an addition. */
  readonly before?: Json;
  /** What will be there; absent for a removal. */
  readonly after?: Json;
  readonly strategy: Strategy;
  readonly reason: Reason;
};

export type ReasonCode =
  | 'field-policy'
  | 'driver-limit'
  | 'unsupported'
  | 'machine-absent'
  | 'machine-stopped'
  | 'machine-crashed'
  | 'machine-paused'
  | 'drifted'
  | 'probe-failed'
  | 'resume'
  /** What comes after it may lose data; this is the way back. */
  | 'before-risk'
  | 'requested';

/** Why: a code for machines and a sentence for people. No step and no change is without one. */
export type Reason = { readonly code: ReasonCode; readonly text: string };

/** What a step does. Names, UUIDs and paths in it are chosen before it runs. */
export type StepAction =
  | {
      readonly kind: 'layer.ensure';
      readonly image: Json;
      /** What the image was resolved to before; absent where the catalogue is asked. */
      readonly pin?: ImagePin;
      readonly packages: readonly string[];
    }
  | { readonly kind: 'machine.create' }
  | { readonly kind: 'machine.start' }
  | { readonly kind: 'machine.stop' }
  | { readonly kind: 'machine.resume' }
  | { readonly kind: 'machine.rename'; readonly name: string }
  | { readonly kind: 'machine.delete' }
  | { readonly kind: 'disk.grow'; readonly sizeBytes: number }
  | {
      readonly kind: 'root.replace';
      readonly image: Json;
      readonly pin?: ImagePin;
      readonly packages: readonly string[];
      readonly sizeBytes: number;
    }
  | { readonly kind: 'port.add'; readonly key: string }
  | { readonly kind: 'port.remove'; readonly key: string }
  | { readonly kind: 'mount.add'; readonly key: string }
  | { readonly kind: 'mount.remove'; readonly key: string }
  /** Shows the project's folder at its place and with its mode, as the manifest now says. */
  | { readonly kind: 'workspace.set' }
  | { readonly kind: 'protect.set' }
  /** Sets the rules of the guest's network, as the manifest now says. */
  | { readonly kind: 'network.set' }
  /** Sets when a machine that nobody uses is suspended, as the manifest now says. */
  | { readonly kind: 'idle.set' }
  | { readonly kind: 'env.write' }
  | {
      readonly kind: 'packages.change';
      readonly install: readonly string[];
      readonly remove: readonly string[];
    }
  | { readonly kind: 'script.run'; readonly key: string }
  | { readonly kind: 'agent.install'; readonly name: string; readonly version: string }
  | { readonly kind: 'agent.remove'; readonly name: string }
  /** Makes again what agentvm keeps in the guest beside the manifest's fields; `things` are their names. */
  | { readonly kind: 'guest.mend'; readonly things: readonly string[] }
  /** Keeps the root disk as it is now. */
  | { readonly kind: 'snapshot.take'; readonly name: string }
  /** Puts the root disk back to what it was. */
  | { readonly kind: 'snapshot.restore'; readonly name: string }
  | { readonly kind: 'record' };
export type StepKind = StepAction['kind'];

export type Step = {
  /** Unique in its plan and stable between equal plans, for example `port.add:3000`. */
  readonly id: string;
  readonly action: StepAction;
  readonly strategy: Strategy;
  /** Ids of the steps that must be done before. */
  readonly after: readonly string[];
  /** The fields that force it; empty only for a reason other than a field. */
  readonly fields: readonly FieldId[];
  /**
   * The fields that are as desired once this step is done: written to state together with its `done`
   * (a field that the manifest no longer has is taken out). Each changed field is in exactly one step.
   */
  readonly records: readonly FieldId[];
  /** Applied fields that this step undoes, written with its `done`: a new root disk has had no script run. */
  readonly undoes?: readonly FieldId[];
  readonly reason: Reason;
  /** One imperative line for people, for example `install ripgrep`. */
  readonly title: string;
};

/** What keeps a plan from being carried out. */
export type Blocker = {
  readonly code:
    | 'unsupported-field'
    | 'unknown-observation'
    | 'protected'
    | 'grant-missing'
    | 'ambiguous-identity'
    | 'unfinished-delete'
    | 'no-room';
  readonly field?: FieldId;
  readonly text: string;
  readonly hint: string;
};

/** An earlier apply that stopped before its end, and where this plan goes on. */
export type Recovery = {
  /** Its 8 hex digits. */
  readonly apply: string;
  /** Id and title of the step at which it stopped. */
  readonly step: string;
  readonly title: string;
  /** 1-based place of the step in that apply, and how many steps it had. */
  readonly position: number;
  readonly total: number;
  /**
   * Whether the step was begun, so that nobody knows how far it came: apply looks first, marks it done or takes it
   * back, and plans again. Otherwise the step stands in this plan like any other.
   */
  readonly isOpen: boolean;
};

/** What `agentvm plan --json` prints for several machines: schemas/plans.v1.json. */
export type PlansDocument = {
  readonly kind: 'plans';
  readonly version: 1;
  readonly plans: readonly Plan[];
  /** Machines that could not be planned, with the exit code that each would have alone. */
  readonly failed: readonly { readonly name: string; readonly exitCode: number; readonly message: string }[];
};

/** The plan document of `agentvm plan --json`: schemas/plan.v1.json. With a blocker there are no steps. */
export type Plan = {
  readonly kind: 'plan';
  readonly version: 1;
  readonly machine: {
    readonly id: MachineId | null;
    readonly name: string;
    readonly driver: DriverName;
    readonly power: PowerState;
  };
  readonly manifest: { readonly path: string; readonly revision: string };
  /** RFC 3339 in UTC; `null` when nothing was there to look at. */
  readonly observedAt: string | null;
  /** Null where nothing is left of an earlier apply. */
  readonly recovery: Recovery | null;
  readonly changes: readonly Change[];
  readonly steps: readonly Step[];
  readonly blockers: readonly Blocker[];
  /** What the manifest asks of the host and nobody has granted yet: carrying the plan out needs the word for each. */
  readonly grants: readonly Grant[];
  /** What it asks for and does not get by this plan. */
  readonly withheld: readonly Withheld[];
  /** The snapshot that is taken before what may lose data; absent where there is no such step. */
  readonly snapshot?: Omit<SnapshotOffer, 'maxBytes'>;
  /** What a person should know that is neither a change nor an obstacle. */
  readonly notes: readonly string[];
  /** How many fields of the manifest need nothing. */
  readonly unchanged: number;
  /** The join of all strategies; `noop` for an empty plan. */
  readonly strategy: Strategy;
};
