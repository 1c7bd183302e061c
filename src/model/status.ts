import type { Condition } from './condition.ts';
import type { DriverName, MachineId, PowerState } from './machine.ts';
import type { NetworkStatus } from './network.ts';

/** One machine as `agentvm status --json` and `list --json` show it: schemas/status.v1.json. */
export type MachineStatus = {
  readonly id: MachineId;
  readonly name: string;
  readonly driver: DriverName;
  readonly project: string;
  readonly manifest: string;
  readonly power: PowerState;
  readonly powerReason: string | null;
  /** Since when the running machine is suspended because nobody uses it; null while it is not. */
  readonly suspendedSince: string | null;
  readonly guestReady: boolean;
  /** RFC 3339 in UTC, as all times here. */
  readonly observedAt: string;
  readonly createdAt: string;
  readonly appliedAt: string | null;
  readonly revision: string | null;
  readonly resources: {
    readonly cpus: number | null;
    readonly memoryMiB: number | null;
    readonly diskBytes: number | null;
  };
  /** `host` is null while a free port is still to be found. */
  readonly ports: readonly {
    readonly guest: number;
    readonly host: number | null;
    readonly address: string;
  }[];
  /** `version` is what was installed at the last apply. */
  readonly agents: readonly { readonly name: string; readonly version: string }[];
  readonly labels: Readonly<Record<string, string>>;
  /** What its keeper has to tell a person, newest last: protections that were needed, mounts that cannot change. */
  readonly notes: readonly string[];
  /** What holds the traffic of a running machine, and what was held since its start; null where that is not known. */
  readonly network: NetworkStatus | null;
  /** One of each type, in the order of CONDITION_TYPES. */
  readonly conditions: readonly Condition[];
  /** The process that watches it; null where none does. */
  readonly watch: { readonly pid: number; readonly since: string } | null;
};

export type StatusDocument = {
  readonly kind: 'status';
  readonly version: 1;
  readonly machine: MachineStatus;
};

/** What `agentvm status --json` prints for several machines: schemas/statuses.v1.json. */
export type StatusesDocument = {
  readonly kind: 'statuses';
  readonly version: 1;
  readonly machines: readonly MachineStatus[];
};

export type ListDocument = {
  readonly kind: 'list';
  readonly version: 1;
  readonly machines: readonly MachineStatus[];
  /** Machines whose state cannot be read. */
  readonly broken: readonly { readonly id: string; readonly message: string; readonly hint: string }[];
};
