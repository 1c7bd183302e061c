import type { DriverName, MachineId } from './machine.ts';

/** What `agentvm trash --json` prints: schemas/trash.v1.json. */
export type TrashDocument = {
  readonly kind: 'trash';
  readonly version: 1;
  readonly machines: readonly {
    readonly id: MachineId;
    readonly name: string;
    readonly driver: DriverName;
    readonly project: string;
    readonly manifest: string;
    /** RFC 3339 in UTC, as all times here. */
    readonly trashedAt: string;
    readonly why: string;
    readonly expiresAt: string;
    /** Rounded up; 0 when the next command that changes something deletes it. */
    readonly daysLeft: number;
  }[];
  /** Folders that cannot be read as a machine; they are not deleted. */
  readonly broken: readonly { readonly id: string; readonly message: string; readonly hint: string }[];
};
