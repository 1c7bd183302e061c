import type { Context } from '../lib/context.ts';
import type { Field, FieldId, FieldPath } from '../model/fields.ts';
import type { Guest, GuestOperations, SshTarget } from '../model/guest.ts';
import type { IdleSpec } from '../model/idle.ts';
import type { Json } from '../model/json.ts';
import type { Layer } from '../model/layer.ts';
import type { Arch, DriverName, MachineId, Observation, PowerState } from '../model/machine.ts';
import type { NetworkSpec, NetworkStatus } from '../model/network.ts';
import type { FieldLimit } from '../model/plan.ts';
import type { PortForward, Share } from '../model/share.ts';
import type { DiskSnapshot } from '../model/snapshot.ts';

export type { PortForward, Share } from '../model/share.ts';

/** Everything that makes a machine what it is, from a driver's point of view. */
export type MachineSpec = {
  readonly id: MachineId;
  readonly name: string;
  readonly arch: Arch;
  readonly cpus: number;
  readonly memoryMiB: number;
  readonly diskBytes: number;
  /** Files for the guest's first minutes (user, keys, certificates), path → content; see guest/seed.ts. */
  readonly seed: Readonly<Record<string, string>>;
  readonly shares: readonly Share[];
  readonly ports: readonly PortForward[];
  readonly network: NetworkSpec;
  /** When it is suspended while nobody uses it; absent where never. */
  readonly idle?: IdleSpec;
};

/** What the driver sees from outside. */
export type Inspection = {
  readonly power: PowerState;
  readonly powerReason?: string;
  /** RFC 3339; when it was looked at (the keeper's last look, or now). */
  readonly at: string;
  readonly guestReady: boolean;
  /**
   * `resources.cpus`, `resources.memory`, `resources.disk`, `ports[…]`, `mounts[…]`, `network.…`, `secrets[…]` and
   * `lifecycle.idle` as they are.
   */
  readonly fields: Readonly<Record<FieldId, Observation>>;
  /** Paths of which `fields` has all that there is: what has no entry is absent. */
  readonly whole?: readonly FieldPath[];
  /** What a person should know, for example that a protected path could not be protected. */
  readonly notes?: readonly string[];
  /** Of a running machine whose driver holds its traffic. */
  readonly network?: NetworkStatus;
  /** RFC 3339 in UTC: the running machine is suspended since then because nobody uses it; the next use wakes it. */
  readonly suspendedSince?: string;
};

/** The place of one machine's own files and the driver's record of it. */
export type MachineRef = {
  readonly id: MachineId;
  readonly name: string;
  /** `agentvm/machines/<uuid>` under the XDG state folder; the driver keeps its files here. */
  readonly dir: string;
  readonly driverState: Json;
};

export type HostCheck = {
  readonly name: string;
  readonly status: 'ok' | 'warning' | 'missing';
  /** What was found: a version, a path, a reason. */
  readonly found: string;
  /** How to mend it; present unless ok. */
  readonly mend?: string;
};

/** Snapshots of root disks, each by a name that its machine has once. */
export type Snapshots = {
  /** Keeps the root disk of a running or stopped machine as it is; one of that name that is there is left alone. */
  readonly take: (context: Context, ref: MachineRef, name: string) => Promise<void>;
  /** Oldest first; those of the kept generation too. */
  readonly list: (context: Context, ref: MachineRef) => Promise<readonly DiskSnapshot[]>;
  /**
   * Puts the root disk of a stopped machine back to what it was; the snapshot stays. Cut off anywhere, it can be run
   * again. Returns the new driverState, which names the generation that the snapshot is of.
   * @throws AgentvmError SNAPSHOT_UNKNOWN
   */
  readonly restore: (context: Context, ref: MachineRef, name: string) => Promise<Json>;
  /** Lets go of one, also while the machine runs; one that is not there is left alone. */
  readonly remove: (context: Context, ref: MachineRef, name: string) => Promise<void>;
  /** What a snapshot taken now may grow to, and what is free where it would. */
  readonly measure: (context: Context, ref: MachineRef) => Promise<Room>;
};

export type Room = { readonly sizeBytes: number; readonly freeBytes: number };

/**
 * What makes machines. Methods are safe to run again: what is already so is left alone.
 * Every one throws AgentvmError with a mend, and leaves nothing half-made.
 */
export type Driver = {
  readonly name: DriverName;
  /** Pure: whether this driver honours a field's value, and whether it must raise its strategy. */
  readonly limit: (field: Field) => FieldLimit | undefined;
  /** Host tools and kernel features, each with its mend. */
  readonly checkHost: (context: Context) => Promise<readonly HostCheck[]>;
  readonly inspect: (
    context: Context,
    ref: MachineRef,
    options: { readonly refresh: boolean },
  ) => Promise<Inspection>;
  /** Makes the machine's disk and keys from a layer, without starting it. Returns the new driverState. */
  readonly create: (context: Context, ref: MachineRef, spec: MachineSpec, layer: Layer) => Promise<Json>;
  /** What the driver adds to the seed at each start: keys and certificates. File name → content; none where it adds nothing. */
  readonly ownSeed?: (ref: MachineRef) => Promise<Readonly<Record<string, string>>>;
  /** Makes the machine's own authority where there is none yet; from then on its certificate is in `ownSeed`. */
  readonly ensureAuthority?: (context: Context, ref: MachineRef) => Promise<void>;
  /** Does away with it, key and certificate; one that is not there is left alone. Present where `ensureAuthority` is. */
  readonly dropAuthority?: (ref: MachineRef) => Promise<void>;
  /** Starts it (or finds it running) and returns when the machine executes; the guest may not be ready yet. */
  readonly start: (context: Context, ref: MachineRef, spec: MachineSpec) => Promise<Json>;
  /** Asks the guest to power off, and after graceMs ends it. */
  readonly stop: (context: Context, ref: MachineRef, options: { readonly graceMs: number }) => Promise<void>;
  /** Lets a paused machine run on; one that is suspended too. */
  readonly resume: (context: Context, ref: MachineRef) => Promise<void>;
  /** Sets ports, shares, network rules and idle time of a running machine to what the spec says. */
  readonly updateLive: (context: Context, ref: MachineRef, spec: MachineSpec) => Promise<Json>;
  /** Grows the root disk of a stopped machine. */
  readonly growDisk: (context: Context, ref: MachineRef, sizeBytes: number) => Promise<void>;
  /**
   * Makes a new root disk beside the old one of a stopped machine and keeps the old generation. Returns the new
   * driverState. A start boots the root that `ref.driverState` names and the next generation's name follows from it,
   * so the engine's write of the state is the switch, and a run after a crash writes over the half-made root.
   */
  readonly replaceRoot: (context: Context, ref: MachineRef, spec: MachineSpec, layer: Layer) => Promise<Json>;
  /** Puts the kept generation of a stopped machine back, after the new root did not boot. Returns the new driverState. */
  readonly restoreRoot: (context: Context, ref: MachineRef) => Promise<Json>;
  /** Snapshots of the root disk; absent where the driver has none. */
  readonly snapshots?: Snapshots;
  /** Ends every process and frees every port of the machine; the caller deletes its folder. */
  readonly delete: (context: Context, ref: MachineRef) => Promise<void>;
  /**
   * How to reach the guest, or undefined while it has no address; also takes care that a master connection is up, and
   * that the machine is not suspended.
   */
  readonly connect: (context: Context, ref: MachineRef) => Promise<SshTarget | undefined>;
  /** A guest of its own making in place of SSH (the simulator). */
  readonly guest?: (context: Context, ref: MachineRef) => Guest;
  /** The engine's view of that guest; present where `guest` is. */
  readonly guestOperations?: (context: Context, ref: MachineRef) => GuestOperations;
  /** The serial console's log, or undefined when there is none. */
  readonly consoleLog: (ref: MachineRef) => string | undefined;
};
