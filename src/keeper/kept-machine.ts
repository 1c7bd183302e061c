import type { IdleSuspension } from './idle/suspension.ts';
import type { MachineNetwork } from './network/machine-network.ts';
import type { ProbePace } from './probe-pace.ts';
import type { KeeperStatus } from './protocol.ts';
import type { Launch } from './protocol-files.ts';
import type { QemuProcess } from './qemu-process.ts';
import type { ShareTree } from './shares/share-tree.ts';
import type { SshMaster } from './ssh-master.ts';

/** A machine and everything on the host that belongs to it while it runs. */
export type KeptMachine = {
  readonly isRunning: () => boolean;
  readonly status: () => KeeperStatus;
  readonly start: () => Promise<void>;
  /** Goes on with what an earlier keeper left. Returns false when nothing runs. */
  readonly takeOver: () => Promise<boolean>;
  readonly update: () => Promise<void>;
  readonly refresh: () => Promise<void>;
  readonly resume: () => Promise<void>;
  readonly connect: () => Promise<void>;
  readonly snapshot: (action: 'take' | 'remove', name: string) => Promise<void>;
  readonly stop: (graceMs: number) => Promise<void>;
  /** Leaves everything running for another keeper. */
  readonly release: () => Promise<void>;
  /** Settles when the machine that ran has ended and all its traces on the host are gone. */
  readonly ended: Promise<void>;
};

/** What belongs to a machine as long as it runs. */
export type Live = {
  readonly launch: Launch;
  readonly qemu: QemuProcess;
  readonly tree: ShareTree | undefined;
  /** Absent where nothing holds the guest's traffic. */
  readonly network: MachineNetwork | undefined;
  readonly master: SshMaster;
  readonly pace: ProbePace;
  readonly idle: IdleSuspension;
};
