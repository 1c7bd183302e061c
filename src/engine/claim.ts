import { mkdir, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { makePrivateDir, removeDeadTemporaries } from '../lib/atomic-file.ts';
import type { Context } from '../lib/context.ts';
import { acquireLock, type Lock, type LockRequest } from '../lib/lock.ts';
import { machineDir } from '../lib/paths.ts';
import { RELEASE } from '../lib/release.ts';
import type { Desired, MachineId, MachineState } from '../model/machine.ts';
import { findMachine } from '../state/inventory.ts';
import { findStateless, machineLockPath, readState, writeState } from '../state/store.ts';

/** A machine whose lock we hold. */
export type Claim = {
  readonly state: MachineState;
  readonly lock: Lock;
  /** It was given its place just now; nothing of it is made yet. */
  readonly isNew: boolean;
};

const LINEAGE_DIGITS = 8;

/** The lock that whoever changes a machine holds, wherever the machine's folder is. */
export const lockRequest = (context: Context, id: MachineId, name: string, command: string): LockRequest => ({
  path: machineLockPath(context.paths, id),
  what: `the machine '${name}'`,
  command,
});

/** The lock of which machines there are; it is held for moments, so others wait for it. */
export const inventoryRequest = (context: Context, command: string): LockRequest => ({
  path: join(context.paths.state, 'locks', 'inventory.lock'),
  what: 'the list of machines',
  command,
  wait: true,
});

/**
 * Takes a machine's lock and reads its state under it.
 * @throws AgentvmError LOCKED. Undefined when the machine is gone meanwhile.
 */
export const claimMachine = async (
  context: Context,
  machine: Pick<MachineState, 'id' | 'name'>,
  command: string,
): Promise<Claim | undefined> => {
  const lock = await acquireLock(context, lockRequest(context, machine.id, machine.name, command));
  try {
    const state = await readState(context.paths, machine.id);
    if (state !== undefined) return { state, lock, isNew: false };
  } catch (error) {
    await lock.release();
    throw error;
  }
  await lock.release();
  return undefined;
};

/** The state of a machine that is about to be made. Its id is drawn here, so that all it leaves can be found. */
export const draftState = (context: Context, desired: Desired): MachineState => ({
  format: 2,
  release: RELEASE,
  id: context.ids.uuid() as MachineId,
  lineage: context.ids.hex(LINEAGE_DIGITS),
  serial: 0,
  name: desired.name,
  driver: desired.driver,
  project: desired.project,
  manifestPath: desired.manifestPath,
  phase: 'creating',
  createdAt: context.clock.now().toISOString(),
  appliedAt: null,
  revision: null,
  fields: {},
  driverState: null,
  lastStep: null,
  unprovenRoot: null,
});

/**
 * Removes the folders of machines that were to be made by commands which were killed before they wrote anything. The
 * caller holds the lock of the inventory, so nobody is just about to write. A folder that holds something stays.
 */
const removeEmptyDrafts = async (context: Context): Promise<void> => {
  for (const id of await findStateless(context.paths)) {
    const dir = machineDir(context.paths, id);
    await removeDeadTemporaries(dir);
    await rmdir(dir).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'ENOENT') throw error;
    });
  }
};

/**
 * Finds the manifest's machine, or gives it a place, and takes its lock. Of two commands that would make it at once,
 * the second finds the first one's and is refused.
 * @throws AgentvmError LOCKED.
 */
export const claimForManifest = async (
  context: Context,
  desired: Desired,
  command: string,
): Promise<Claim> => {
  const inventory = await acquireLock(context, inventoryRequest(context, command));
  try {
    const match = await findMachine(context.paths, desired.project, desired.name);
    if (match.kind !== 'none') {
      const claim = await claimMachine(context, match.state, command);
      if (claim !== undefined) return claim;
    }
    await removeEmptyDrafts(context);
    const draft = draftState(context, desired);
    const lock = await acquireLock(context, lockRequest(context, draft.id, draft.name, command));
    await makePrivateDir(join(context.paths.state, 'machines'));
    await mkdir(machineDir(context.paths, draft.id), { mode: 0o700 });
    try {
      return { state: await writeState(context.paths, draft), lock, isNew: true };
    } catch (error) {
      await rm(machineDir(context.paths, draft.id), { recursive: true, force: true });
      await lock.release();
      throw error;
    }
  } finally {
    await inventory.release();
  }
};
