import type { Context } from '../../lib/context.ts';
import type { Mutex } from '../../lib/mutex.ts';
import type { SshTarget } from '../../model/guest.ts';
import type { MachineNetwork } from '../network/machine-network.ts';
import type { Launch } from '../protocol-files.ts';
import type { QemuProcess } from '../qemu-process.ts';
import type { SshMaster } from '../ssh-master.ts';
import { setGuestClock } from './guest-clock.ts';
import { countGuestConnections } from './process-tables.ts';
import { createIdleSuspension, type IdleSuspension } from './suspension.ts';
import { readUses } from './uses.ts';

export type SuspendableOptions = {
  readonly qemu: QemuProcess;
  readonly master: SshMaster;
  readonly target: SshTarget;
  /** Absent where nothing holds the guest's traffic. */
  readonly network: MachineNetwork | undefined;
  readonly inTurn: Mutex;
  readonly launch: () => Launch | undefined;
  /** Connections of this host to the guest that the keeper has made. */
  readonly connections: () => number;
  /** Whether its guest is reached, and nobody is about to end it. */
  readonly isReady: () => boolean;
  readonly setReady: (isReady: boolean) => void;
  /** Brings its ports to the new master. */
  readonly openWays: () => Promise<void>;
  /** Writes for the next keeper since when it is suspended. */
  readonly record: (since: string | undefined) => Promise<void>;
  /** Since when an earlier keeper has had it suspended. */
  readonly since: string | undefined;
  readonly note: (text: string) => void;
  readonly log: (text: string) => void;
};

/** What suspending and waking comes to for a real machine. */
export const suspendableMachine = (context: Context, options: SuspendableOptions): IdleSuspension => {
  const { qemu, master, target, network, launch, record } = options;
  const reach = async (): Promise<void> => {
    try {
      await master.start();
      options.setReady(true);
      await options.openWays();
    } catch (error) {
      // The next look tries again.
      options.setReady(false);
      options.log(`connect: ${String(error)}`);
      return;
    }
    await setGuestClock(context, target).catch((error: unknown) => {
      options.note('The clock of the guest could not be set after it was suspended');
      options.log(String(error));
    });
  };
  return createIdleSuspension({
    inTurn: options.inTurn,
    now: context.clock.now,
    monotonicMs: () => performance.now(),
    log: options.log,
    since: options.since,
    afterMs: () => {
      const idle = launch()?.idle;
      return idle === undefined ? undefined : idle.afterSeconds * 1000;
    },
    isReady: () => options.isReady() && !qemu.isPaused(),
    uses: () =>
      readUses({
        controlPath: target.controlPath,
        qemu: qemu.identity,
        connections: options.connections,
        guestConnections: async () =>
          network?.connections() ?? countGuestConnections(await qemu.userNetwork()),
      }),
    machine: {
      hide: master.hide,
      show: master.show,
      leave: master.stop,
      halt: async (since) => {
        await record(since);
        await qemu.halt();
      },
      run: async () => {
        await qemu.resume();
        // A record of one that runs says nothing to the next keeper.
        await record(undefined).catch((error: unknown) => options.log(`run.json: ${String(error)}`));
      },
      reach,
    },
  });
};
