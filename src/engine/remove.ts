import { readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { syncDir } from '../lib/atomic-file.ts';
import type { Context } from '../lib/context.ts';
import { isDiskFull } from '../lib/disk-full.ts';
import { machineDir, socketDir } from '../lib/paths.ts';
import { AgentvmError, ExitCode } from '../model/errors.ts';
import type { MachineState } from '../model/machine.ts';
import { readAllStates, writeState } from '../state/store.ts';
import { claimMachine } from './claim.ts';
import { emptyExpired } from './empty-trash.ts';
import { machineOfState } from './machine.ts';
import type { Ports } from './ports.ts';

/** Name of a folder that is on its way out; no machine has it. */
const LEAVING = '.trash-';

const deleteLeaving = async (context: Context): Promise<void> => {
  const machines = join(context.paths.state, 'machines');
  const names = await readdir(machines).catch(() => []);
  for (const name of names.filter((one) => one.startsWith(LEAVING))) {
    await rm(join(machines, name), { recursive: true, force: true });
  }
};

/** A removal that is cut off goes on by itself then; without room for that mark it must be asked for again. */
const markDeleting = async (context: Context, state: MachineState): Promise<void> => {
  try {
    await writeState(context.paths, { ...state, phase: 'deleting' });
  } catch (error) {
    if (!isDiskFull(error)) throw error;
  }
};

/** Ends everything of a machine whose lock is held, and deletes its files. May follow one that was cut off anywhere. */
export const eraseMachine = async (context: Context, ports: Ports, state: MachineState): Promise<void> => {
  if (state.phase !== 'deleting') await markDeleting(context, state);
  const { driver, ref } = await machineOfState(context, ports, state);
  await driver.delete(context, ref);
  await rm(socketDir(context.paths, state.id), { recursive: true, force: true });
  const machines = join(context.paths.state, 'machines');
  // One rename takes it out of sight; deleting its many files may be cut off.
  await rename(machineDir(context.paths, state.id), join(machines, `${LEAVING}${state.id}`));
  await syncDir(machines);
  await deleteLeaving(context);
};

export const refuseProtected = (state: MachineState): void => {
  if (state.fields['lifecycle.protect']?.value !== true) return;
  throw new AgentvmError({
    code: 'MACHINE_PROTECTED',
    exitCode: ExitCode.approvalMissing,
    message: `'${state.name}' is protected`,
    hint: `Set lifecycle: {protect: false} in ${state.manifestPath}, run agentvm apply, then remove it.`,
  });
};

/**
 * Removes a machine: its processes, ports, disk, keys and record. The project's folder stays.
 * @throws AgentvmError LOCKED, MACHINE_PROTECTED (exit 4).
 */
export const removeMachine = async (
  context: Context,
  ports: Ports,
  machine: Pick<MachineState, 'id' | 'name'>,
  command: string,
): Promise<void> => {
  await emptyExpired(context, command);
  const claim = await claimMachine(context, machine, command);
  if (claim === undefined) return deleteLeaving(context);
  try {
    refuseProtected(claim.state);
    await context.progress.task(`remove ${claim.state.name}`, () =>
      eraseMachine(context, ports, claim.state),
    );
  } finally {
    await claim.lock.release();
  }
};

/** Ends removals that were cut off. One that another process is at right now is left to it. */
export const finishRemovals = async (context: Context, ports: Ports, command: string): Promise<void> => {
  await deleteLeaving(context);
  await emptyExpired(context, command);
  const { machines } = await readAllStates(context.paths);
  for (const state of machines.filter((one) => one.phase === 'deleting')) {
    try {
      const claim = await claimMachine(context, state, command);
      if (claim === undefined) continue;
      await eraseMachine(context, ports, claim.state).finally(() => claim.lock.release());
    } catch (error) {
      if (!(error instanceof AgentvmError) || error.code !== 'LOCKED') throw error;
    }
  }
};
