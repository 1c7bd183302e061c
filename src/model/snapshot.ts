import type { FieldId } from './fields.ts';
import type { PowerState } from './machine.ts';

/** One snapshot of a root disk that a driver keeps. */
export type DiskSnapshot = {
  readonly name: string;
  /** What deleting it together with all older ones frees beyond what deleting only the older ones does. */
  readonly sizeBytes: number;
};

/** How many of its own snapshots agentvm keeps, and what all together may take. */
export type Retention = { readonly keep: number; readonly maxBytes: number };

/** A snapshot that a plan may take: named and measured before the plan is made. */
export type SnapshotOffer = {
  readonly name: string;
  /** What it may grow to, when all that is on the disk is written anew. */
  readonly sizeBytes: number;
  /** What is free on the file system that holds the disk. */
  readonly freeBytes: number;
  /** What snapshots together may take, so that one does not grow beyond it for long. */
  readonly maxBytes: number;
  /** RFC 3339 in UTC: when it was taken, for one that is there already; an apply that goes on needs no other. */
  readonly takenAt?: string;
};

/** One line of `agentvm snapshot list`. */
export type SnapshotEntry = {
  readonly name: string;
  /** Null where agentvm does not know when: its record is gone. */
  readonly at: string | null;
  readonly sizeBytes: number;
  /** Taken by an apply or a rollback, so that it goes by itself when newer ones come. */
  readonly isAutomatic: boolean;
};

/** What `agentvm snapshot list --json` prints: schemas/snapshots.v1.json. */
export type SnapshotsDocument = {
  readonly kind: 'snapshots';
  readonly version: 1;
  readonly machine: { readonly id: string; readonly name: string };
  /** Oldest first. */
  readonly snapshots: readonly SnapshotEntry[];
  readonly retention: Retention;
};

const AUTOMATIC = 'auto-';

/** Whether agentvm took it by itself; a person cannot give such a name. */
export const isAutomatic = (name: string): boolean => name.startsWith(AUTOMATIC);

/** The name of a snapshot that agentvm takes by itself. */
export const automaticName = (digits: string): string => `${AUTOMATIC}${digits}`;

/** What a rollback comes to, for the person who is to allow it. */
export type RollbackOffer = {
  readonly machine: string;
  readonly name: string;
  /** RFC 3339 in UTC: when the snapshot was taken. All that was written to the disk since goes. */
  readonly at: string;
  readonly power: PowerState;
  /** Fields that were applied since; the next apply does them again. */
  readonly lost: readonly FieldId[];
  /** What runs in the guest and is ended; null where the guest did not say. */
  readonly sessions: readonly string[] | null;
  /** The name under which what is there now is kept; absent where there is no room for it. */
  readonly keepAs?: string;
};
