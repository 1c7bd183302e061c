import { statfs } from 'node:fs/promises';
import type { KeeperStatus, Operation } from '../../keeper/protocol.ts';
import { machineFiles } from '../../keeper/protocol-files.ts';
import type { Context } from '../../lib/context.ts';
import { AgentvmError, ExitCode } from '../../model/errors.ts';
import type { DiskSnapshot } from '../../model/snapshot.ts';
import type { MachineRef, Snapshots } from '../driver.ts';
import { NEEDED_FREE_BYTES, QEMU_IMG_HINT } from './disk.ts';
import { type DiskUse, readDiskUse } from './qcow2.ts';
import { diskPath, mustHaveRecord, type QemuRecord, type Root, recordAsJson, recordOf } from './record.ts';

/*
 * Snapshots are internal ones of the qcow2 disk: taking one copies a table of some kilobytes, and a name is there or it
 * is not, whenever QEMU is killed. What they hold grows only as the machine writes.
 */

/** Letting go of many gigabytes on a slow disk. */
const TIMEOUT_MS = 300_000;

export type SnapshotsOptions = {
  readonly ask: (context: Context, ref: MachineRef, operation: Operation) => Promise<KeeperStatus>;
  readonly isLive: (context: Context, ref: MachineRef) => Promise<boolean>;
  readonly mustBeStopped: (context: Context, ref: MachineRef, what: string) => Promise<void>;
};

const useOf = async (path: string): Promise<DiskUse> =>
  readDiskUse(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return { activeBytes: 0, snapshots: [] };
    throw error;
  });

const pathOf = (context: Context, ref: MachineRef, root: Root): string =>
  diskPath(machineFiles(context.paths, ref.id).dir, root.generation);

const snapshotImage = async (
  context: Context,
  action: '-c' | '-a' | '-d',
  name: string,
  path: string,
): Promise<void> => {
  await context.exec('qemu-img', ['snapshot', '-q', action, name, path], {
    hint: QEMU_IMG_HINT,
    timeoutMs: TIMEOUT_MS,
    signal: context.signal,
  });
};

/** The roots of a machine, the kept one first, since its snapshots are older. */
const rootsOf = (record: QemuRecord | null): readonly Root[] =>
  record === null ? [] : [...(record.kept === null ? [] : [record.kept]), record.root];

const unknownError = (ref: MachineRef, name: string): AgentvmError =>
  new AgentvmError({
    code: 'SNAPSHOT_UNKNOWN',
    exitCode: ExitCode.usage,
    message: `'${ref.name}' has no snapshot '${name}'`,
    hint: 'See those that there are: agentvm snapshot list',
  });

/** Snapshots of the root disks of this driver's machines. */
export const createSnapshots = (options: SnapshotsOptions): Snapshots => {
  const holding = async (context: Context, ref: MachineRef, name: string): Promise<Root | undefined> => {
    for (const root of rootsOf(recordOf(ref)).toReversed()) {
      const { snapshots } = await useOf(pathOf(context, ref, root));
      if (snapshots.some((one) => one.name === name)) return root;
    }
    return undefined;
  };
  return {
    take: async (context, ref, name) => {
      const { root } = mustHaveRecord(ref);
      if ((await holding(context, ref, name)) !== undefined) return;
      if (await options.isLive(context, ref)) {
        await options.ask(context, ref, { op: 'snapshot', action: 'take', name });
      } else {
        await snapshotImage(context, '-c', name, pathOf(context, ref, root));
      }
    },
    list: async (context, ref) => {
      const all: DiskSnapshot[] = [];
      for (const root of rootsOf(recordOf(ref)))
        all.push(...(await useOf(pathOf(context, ref, root))).snapshots);
      return all;
    },
    restore: async (context, ref, name) => {
      const record = mustHaveRecord(ref);
      await options.mustBeStopped(context, ref, 'get its disk of another time back');
      const root = await holding(context, ref, name);
      if (root === undefined) throw unknownError(ref, name);
      await snapshotImage(context, '-a', name, pathOf(context, ref, root));
      // The root that it leaves is the kept one then: what a person wants back may be on it.
      return recordAsJson(root === record.root ? record : { ...record, root, kept: record.root });
    },
    remove: async (context, ref, name) => {
      const root = await holding(context, ref, name);
      if (root === undefined) return;
      if (root === recordOf(ref)?.root && (await options.isLive(context, ref))) {
        await options.ask(context, ref, { op: 'snapshot', action: 'remove', name });
      } else {
        await snapshotImage(context, '-d', name, pathOf(context, ref, root));
      }
    },
    measure: async (context, ref) => {
      const { root } = mustHaveRecord(ref);
      const path = pathOf(context, ref, root);
      const [{ activeBytes }, { bavail, bsize }] = await Promise.all([
        useOf(path),
        statfs(machineFiles(context.paths, ref.id).dir),
      ]);
      return { sizeBytes: activeBytes, freeBytes: Math.max(0, bavail * bsize - NEEDED_FREE_BYTES) };
    },
  };
};
