import type { FieldId } from './fields.ts';
import type { ApprovedGrant } from './grant.ts';
import type { MachineId } from './machine.ts';

/** What of the host one machine was granted. */
export type MachineTrust = {
  readonly id: MachineId;
  readonly name: string;
  readonly project: string;
  readonly manifest: string;
  readonly grants: readonly (ApprovedGrant & {
    /** The applied fields that need it; none where it is not in use. */
    readonly fields: readonly FieldId[];
  })[];
};

/** What `agentvm trust --json` prints: schemas/trust.v1.json. */
export type TrustDocument = {
  readonly kind: 'trust';
  readonly version: 1;
  readonly machines: readonly MachineTrust[];
  /** Machines of which it cannot be read what was granted. */
  readonly broken: readonly { readonly id: string; readonly message: string; readonly hint: string }[];
};
