import type { Facet, FacetLook, KeptPath } from './facets.ts';
import type { FieldId, FieldPath, Fields } from './fields.ts';
import type { Json } from './json.ts';
import type { NetworkStatus } from './network.ts';

export type MachineId = string & { readonly __brand: 'MachineId' };
export type DriverName = 'qemu' | 'lima' | 'vfkit' | 'incus' | 'fake';
export type Arch = 'x86_64' | 'aarch64';

/** Where a project's folder is, so that a moved folder can be told from a copied one. */
export type ProjectIdentity = { readonly realPath: string; readonly device: number; readonly inode: number };

/** What the manifest asks for, after layers, defaults and resolution. Everything that planning needs. */
export type Desired = {
  readonly name: string;
  readonly driver: DriverName;
  readonly project: ProjectIdentity;
  /** Absolute real path of the manifest's file. */
  readonly manifestPath: string;
  /** First 6 hex digits of the SHA-256 of the manifest and its layers, for people. */
  readonly revision: string;
  readonly fields: Fields;
  /** The environment of sessions in clear text; the fields `env[NAME]` hold only keyed digests of it. Never written to state. */
  readonly environment: Readonly<Record<string, string>>;
  /** Absolute real paths of every file that the manifest refers to (layers, scripts, env files, images). */
  readonly inputs: readonly string[];
};

/** A value that was verified as done. */
export type AppliedField = {
  readonly path: FieldPath;
  readonly key?: string;
  /** What the manifest asked for. A secret or env value is a keyed digest here. */
  readonly value: Json;
  /** What it was resolved to where that differs: the version behind `latest`, the digest behind an image's name. */
  readonly resolved?: Json;
  /** The value came from this release's defaults: a newer release with another default changes nothing. */
  readonly isDefault?: true;
  /** It was so already when the manifest began to ask for it, so it is not agentvm's to take away. */
  readonly isAdopted?: true;
  /** A new root disk took it away: it is to be done again, with what was resolved. */
  readonly isUndone?: true;
  /** A step for it was cut off or failed: this may hold, or what held before, or half of it. It is done again. */
  readonly isUncertain?: true;
};

export type AppliedFields = Readonly<Record<FieldId, AppliedField>>;

export type MachinePhase = 'creating' | 'ready' | 'deleting';

/** The state document `machine.json`: what was last verified as done. */
export type MachineState = {
  readonly format: 2;
  /** The release of agentvm that wrote it; each write says so anew. */
  readonly release: string;
  readonly id: MachineId;
  /** Drawn once when the machine is made; a saved plan names it. */
  readonly lineage: string;
  /** Counts every write. */
  readonly serial: number;
  readonly name: string;
  readonly driver: DriverName;
  readonly project: ProjectIdentity;
  readonly manifestPath: string;
  readonly phase: MachinePhase;
  /** RFC 3339 in UTC. */
  readonly createdAt: string;
  readonly appliedAt: string | null;
  readonly revision: string | null;
  readonly fields: AppliedFields;
  /** The driver's own record (layer id, generation, MAC, SSH port): opaque to everyone else. */
  readonly driverState: Json;
  /** The last step whose effect stands in this document, so that `done` and the applied values are one write. */
  readonly lastStep: StepMark | null;
  /** What was applied before a new root disk that has not booted yet; null when the root has proven itself. */
  readonly unprovenRoot: AppliedFields | null;
};

/** A step of one apply: `apply` is its 8 hex digits, `step` the step's id. */
export type StepMark = { readonly apply: string; readonly step: string };

/** One observed value. `unknown` is not `absent`: a probe that failed says nothing. */
export type Observation =
  | { readonly kind: 'known'; readonly value: Json }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unknown'; readonly why: string };

/**
 * One thing that agentvm keeps in the guest as it made it. A file's value is the start of a keyed digest of its content,
 * a share's its mode, the rest is what it says.
 */
export type Kept = {
  readonly path: KeptPath;
  readonly key?: string;
  /** What agentvm made of it. */
  readonly applied: Json;
  /** What is there. */
  readonly found: Observation;
};

export type PowerState = 'absent' | 'stopped' | 'running' | 'paused' | 'crashed' | 'unknown';

/** What is really there. A field that was not looked at has no entry. */
export type Observed = {
  readonly power: PowerState;
  /** Why it crashed or is unknown, for people. */
  readonly powerReason?: string;
  /** Whether SSH answered; only meaningful while running. */
  readonly guestReady: boolean;
  /** RFC 3339 in UTC: when this was looked at. */
  readonly at: string;
  readonly fields: Readonly<Record<FieldId, Observation>>;
  /** Paths of which `fields` has all that there is: what has no entry is absent. */
  readonly whole?: readonly FieldPath[];
  /** What agentvm keeps as it made it beside the manifest's fields; only a look inside tells. */
  readonly kept?: readonly Kept[];
  /** How each facet was looked at. */
  readonly facets?: Readonly<Record<Facet, FacetLook>>;
  /** What a person should know, for example that a protected path could not be protected. */
  readonly notes?: readonly string[];
  /** Of a running machine whose driver holds its traffic. */
  readonly network?: NetworkStatus;
  /** RFC 3339 in UTC: the running machine is suspended since then because nobody uses it; the next use wakes it. */
  readonly suspendedSince?: string;
};

export const nothingObserved = (at: string): Observed => ({
  power: 'absent',
  guestReady: false,
  at,
  fields: {},
});
