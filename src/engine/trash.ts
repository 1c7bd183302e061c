import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { moveDir } from '../lib/atomic-file.ts';
import type { Context } from '../lib/context.ts';
import { withLock } from '../lib/lock.ts';
import { machineDir, socketDir } from '../lib/paths.ts';
import { AgentvmError, ExitCode } from '../model/errors.ts';
import type { MachineState } from '../model/machine.ts';
import { readAllStates } from '../state/store.ts';
import { type TrashedMachine, trashedDir, writeTrashNote } from '../state/trash.ts';
import { claimMachine, inventoryRequest, lockRequest } from './claim.ts';
import { emptyExpired } from './empty-trash.ts';
import { machineOfState } from './machine.ts';
import type { Ports } from './ports.ts';
import { eraseMachine, refuseProtected } from './remove.ts';
import { STOP_GRACE_MS } from './steps/machine-power.ts';

const setAside = async (context: Context, ports: Ports, state: MachineState, why: string): Promise<void> => {
  const { driver, ref } = await machineOfState(context, ports, state);
  await driver.stop(context, ref, { graceMs: STOP_GRACE_MS });
  await rm(socketDir(context.paths, state.id), { recursive: true, force: true });
  await writeTrashNote(ref.dir, { at: context.clock.now().toISOString(), why });
  await moveDir(ref.dir, trashedDir(context.paths, state.id));
};

/**
 * Stops a machine and sets it aside with its disk: it is no machine any more until it is restored. A run that is cut
 * off before the last moment leaves a machine, which may be stopped. One of which nothing was made is removed.
 * @throws AgentvmError LOCKED, MACHINE_PROTECTED (exit 4).
 */
export const trashMachine = async (
  context: Context,
  ports: Ports,
  machine: Pick<MachineState, 'id' | 'name'>,
  { command, why }: { readonly command: string; readonly why: string },
): Promise<void> => {
  await emptyExpired(context, command);
  const claim = await claimMachine(context, machine, command);
  if (claim === undefined) return;
  const { state, lock } = claim;
  try {
    refuseProtected(state);
    await context.progress.task(`set ${state.name} aside`, () =>
      state.driverState === null || state.phase === 'deleting'
        ? eraseMachine(context, ports, state)
        : setAside(context, ports, state, why),
    );
  } finally {
    await lock.release();
  }
};

const refuseTaken = async (context: Context, { state }: TrashedMachine): Promise<void> => {
  const { machines } = await readAllStates(context.paths);
  const { name, project } = state;
  const taken = machines.find((one) => one.name === name && one.project.realPath === project.realPath);
  if (taken === undefined) return;
  throw new AgentvmError({
    code: 'NAME_TAKEN',
    exitCode: ExitCode.usage,
    message: `${project.realPath} has another machine named '${name}' by now`,
    hint: `Give that one another name (agentvm mv NAME -f ${taken.manifestPath} --machine ${name}) or remove it (agentvm rm), then restore this one.`,
  });
};

const refuseOccupied = (dir: string): void => {
  if (!existsSync(dir)) return;
  throw new AgentvmError({
    code: 'FOLDER_TAKEN',
    exitCode: ExitCode.stalled,
    message: `${dir} is there already, and the machine's folder has to go there`,
    hint: `Look what it is, and move it away: mv ${dir} ${dir}.other`,
  });
};

/**
 * Makes a machine of the trash one of the machines again, stopped, as it was.
 * @throws AgentvmError LOCKED, NAME_TAKEN (exit 3), FOLDER_TAKEN (exit 8), TRASH_GONE (exit 3).
 */
export const restoreMachine = async (
  context: Context,
  trashed: TrashedMachine,
  command: string,
): Promise<void> => {
  const { id, name } = trashed.state;
  await withLock(context, inventoryRequest(context, command), () =>
    withLock(context, lockRequest(context, id, name, command), async () => {
      const [from, to] = [trashedDir(context.paths, id), machineDir(context.paths, id)];
      if (!existsSync(from)) {
        throw new AgentvmError({
          code: 'TRASH_GONE',
          exitCode: ExitCode.usage,
          message: `'${name}' is not in the trash any more`,
          hint: 'See what is there: agentvm list, agentvm trash',
        });
      }
      await refuseTaken(context, trashed);
      refuseOccupied(to);
      await moveDir(from, to);
      // Cut off here, it stays behind; outside of the trash it means nothing.
      await rm(join(to, 'trash-note.json'), { force: true });
    }),
  );
};
