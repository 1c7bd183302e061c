import type { Context } from '../lib/context.ts';
import { AgentvmError, ExitCode } from '../model/errors.ts';
import type { MachineState } from '../model/machine.ts';
import type { StepAction } from '../model/plan.ts';
import { identifyFolder } from '../state/inventory.ts';
import { openJournal } from '../state/journal.ts';
import { readAllStates, writeState } from '../state/store.ts';
import { claimMachine } from './claim.ts';
import { emptyExpired } from './empty-trash.ts';
import type { Ports } from './ports.ts';
import { recover } from './recover.ts';
import { asApplyFailure, commitStep, type Session, stepRun } from './session.ts';
import { refuseNotGranted } from './share-targets.ts';
import { handlerOf } from './steps/registry.ts';

export type Named = Pick<MachineState, 'id' | 'name'>;

export const goneError = (machine: Named): AgentvmError =>
  new AgentvmError({
    code: 'MACHINE_GONE',
    exitCode: ExitCode.usage,
    message: `The machine '${machine.name}' was removed meanwhile`,
    hint: 'Make it again: agentvm apply',
  });

/** Does work on a machine under its lock, after settling what an earlier command left open. */
export const withMachine = async <T>(
  context: Context,
  ports: Ports,
  machine: Named,
  command: string,
  work: (session: Session, state: MachineState) => Promise<T>,
): Promise<T> => {
  await emptyExpired(context, command);
  const claim = await claimMachine(context, machine, command);
  if (claim === undefined) throw goneError(machine);
  try {
    const journal = await openJournal(context.paths, claim.state.id);
    try {
      const session: Session = { context, ports, journal, emit: () => {} };
      return await work(session, await recover(session, claim.state));
    } catch (error) {
      throw asApplyFailure(error);
    } finally {
      await journal.close();
    }
  } finally {
    await claim.lock.release();
  }
};

export const refuseUnfinished = (state: MachineState): void => {
  if (state.driverState !== null) return;
  throw new AgentvmError({
    code: 'MACHINE_UNFINISHED',
    exitCode: ExitCode.applyFailed,
    message: `'${state.name}' was never finished`,
    hint: 'Go on making it: agentvm apply',
  });
};

const refuseMoved = async (state: MachineState): Promise<void> => {
  const { realPath, inode } = state.project;
  if ((await identifyFolder(realPath))?.inode === inode) return;
  throw new AgentvmError({
    code: 'PROJECT_MOVED',
    exitCode: ExitCode.usage,
    message: `The project of '${state.name}' is no longer at ${realPath}`,
    hint: 'Run agentvm apply in the folder where it is now, or agentvm rm to remove the machine.',
  });
};

/** One step of its own, outside of a plan; it changes no field. */
const act = async (session: Session, state: MachineState, action: StepAction): Promise<MachineState> => {
  const run = await stepRun(session, state, action, {}, undefined);
  return commitStep(session.context, state, undefined, {}, await handlerOf(action.kind).run(run));
};

const start = async (session: Session, state: MachineState): Promise<MachineState> => {
  refuseUnfinished(state);
  await refuseMoved(state);
  const { context } = session;
  const run = await stepRun(session, state, { kind: 'machine.start' }, {}, undefined);
  const { power } = await run.driver.inspect(context, run.ref, { refresh: true });
  if (power !== 'running' && power !== 'paused') await refuseNotGranted((await run.spec()).shares);
  const kind = power === 'paused' ? 'machine.resume' : 'machine.start';
  return context.progress.task(`start ${state.name}`, () => act(session, state, { kind }));
};

const stop = async (session: Session, state: MachineState): Promise<MachineState> => {
  refuseUnfinished(state);
  return session.context.progress.task(`stop ${state.name}`, () =>
    act(session, state, { kind: 'machine.stop' }),
  );
};

/** Starts a machine as it was last applied and waits until its guest answers; a running one is left alone. */
export const startMachine = (
  context: Context,
  ports: Ports,
  machine: Named,
  command: string,
): Promise<MachineState> => withMachine(context, ports, machine, command, start);

/** Stops a machine gracefully; a stopped one is left alone. */
export const stopMachine = (
  context: Context,
  ports: Ports,
  machine: Named,
  command: string,
): Promise<MachineState> => withMachine(context, ports, machine, command, stop);

/** Stops and starts a machine under one lock. */
export const restartMachine = (
  context: Context,
  ports: Ports,
  machine: Named,
  command: string,
): Promise<MachineState> =>
  withMachine(context, ports, machine, command, async (session, state) => {
    const run = await stepRun(session, state, { kind: 'machine.start' }, {}, undefined);
    await refuseNotGranted((await run.spec()).shares);
    return start(session, await stop(session, state));
  });

/** Takes another text of the manifest for the applied one, if that was what stood there before. */
export const adoptRevision = (
  context: Context,
  ports: Ports,
  machine: Named,
  revision: { readonly from: string; readonly to: string },
  command: string,
): Promise<MachineState> =>
  withMachine(context, ports, machine, command, async (_session, state) =>
    state.revision === revision.from ? writeState(context.paths, { ...state, revision: revision.to }) : state,
  );

/**
 * Gives a machine another name; the manifest must then carry it too. The guest's hostname follows at the next boot.
 * @throws AgentvmError NAME_TAKEN when the same project has a machine of that name.
 */
export const renameMachine = (
  context: Context,
  ports: Ports,
  machine: Named,
  name: string,
  command: string,
): Promise<MachineState> =>
  withMachine(context, ports, machine, command, async (_session, state) => {
    const { machines } = await readAllStates(context.paths);
    const taken = machines.some(
      (one) => one.id !== state.id && one.name === name && one.project.realPath === state.project.realPath,
    );
    if (taken) {
      throw new AgentvmError({
        code: 'NAME_TAKEN',
        exitCode: ExitCode.usage,
        message: `This project has a machine named '${name}' already`,
        hint: 'Choose another name, or remove that machine: agentvm rm',
      });
    }
    const field = state.fields.name;
    return writeState(context.paths, {
      ...state,
      name,
      ...(field === undefined ? {} : { fields: { ...state.fields, name: { ...field, value: name } } }),
    });
  });
