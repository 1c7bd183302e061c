import { realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Driver, MachineRef } from '../drivers/driver.ts';
import type { Context } from '../lib/context.ts';
import { machineDir } from '../lib/paths.ts';
import { findManifest, MANIFEST_NAME, type ManifestPlace } from '../manifest/find.ts';
import { AgentvmError, ExitCode } from '../model/errors.ts';
import type { SshTarget } from '../model/guest.ts';
import type { MachineState } from '../model/machine.ts';
import { composeDriver } from './compose.ts';
import { namesOf, type Selection, unnamedError } from './selection.ts';

/** A machine that exists in state, with what reaches it. */
export type ExistingMachine = {
  readonly state: MachineState;
  readonly driver: Driver;
  readonly ref: MachineRef;
};

/** Where the manifests are that a command means. */
export const placeOf = (context: Context, file: string | undefined): ManifestPlace => {
  const found = findManifest(context.cwd, file);
  if (found.ok) return found.place;
  const { message, hint, file: where } = found.diagnostic;
  throw new AgentvmError({
    code: 'MANIFEST_MISSING',
    exitCode: ExitCode.usage,
    message: `${where}: ${message}`,
    ...(hint === undefined ? {} : { hint }),
  });
};

/** The real path of the folder that is their project. */
export const projectFolderOf = (place: ManifestPlace): Promise<string> =>
  realpath(place.kind === 'folder' ? place.path : dirname(place.path));

const refOf = (context: Context, state: MachineState): MachineRef => ({
  id: state.id,
  name: state.name,
  dir: machineDir(context.paths, state.id),
  driverState: state.driverState,
});

/** Handles of a machine from its state. */
export const machineOf = async (context: Context, state: MachineState): Promise<ExistingMachine> => ({
  state,
  driver: await composeDriver(state.driver),
  ref: refOf(context, state),
});

/**
 * The machines that exist of a file or folder of manifests, in the order of their names, without reading a manifest: the
 * way into a machine must stay open while its manifest is being edited. Of a folder with several, those that came
 * from the file.
 * @throws AgentvmError NO_MACHINE (exit 3) when there is none.
 */
export const findMachinesOf = async (
  context: Context,
  { file, machine }: Selection,
): Promise<readonly [MachineState, ...MachineState[]]> => {
  const [{ identifyFolder, machinesOfFolder }, { refusePlantedManifests }] = await Promise.all([
    import('../state/inventory.ts'),
    import('../state/manifest-place.ts'),
  ]);
  const place = placeOf(context, file);
  const folder = await projectFolderOf(place);
  const project = await identifyFolder(folder);
  const all = project === undefined ? [] : await machinesOfFolder(context.paths, project);
  const alive = all.filter((one) => one.phase !== 'deleting');
  if (place.kind === 'file') await refusePlantedManifests(context.paths, [place.path]);
  else if (alive.length === 0) await refusePlantedManifests(context.paths, [join(folder, MANIFEST_NAME)]);
  // The folder may have moved since, so the name tells.
  const ofFile = alive.filter((one) => basename(one.manifestPath) === basename(place.path));
  const here = place.kind === 'folder' || ofFile.length === 0 ? alive : ofFile;
  const [first, ...others] = here.filter((one) => machine === undefined || one.name === machine);
  if (first !== undefined) return [first, ...others];
  throw new AgentvmError({
    code: 'NO_MACHINE',
    exitCode: ExitCode.usage,
    message:
      machine === undefined || here.length === 0
        ? `There is no machine for ${folder} yet`
        : `There is no machine '${machine}' for ${folder} yet; made are: ${namesOf(here)}`,
    hint: 'Make it with `agentvm apply`.',
  });
};

/**
 * The one machine that a command means, as findMachinesOf finds it.
 * @throws AgentvmError NO_MACHINE, MACHINE_UNNAMED (exit 3) when there are several and none is named.
 */
export const findMachineOf = async (context: Context, selection: Selection): Promise<ExistingMachine> => {
  const machines = await findMachinesOf(context, selection);
  if (machines.length > 1) throw unnamedError('made', machines);
  return machineOf(context, machines[0]);
};

/**
 * Tells what only a real machine has.
 * @throws AgentvmError SIMULATED (exit 3) where the machine is none.
 */
export const refuseSimulated = ({ driver, state }: ExistingMachine, lack: string): void => {
  if (driver.name !== 'fake') return;
  throw new AgentvmError({
    code: 'SIMULATED',
    exitCode: ExitCode.usage,
    message: `Machine '${state.name}' is simulated by the fake driver, which ${lack}`,
    hint: 'For a real machine take `driver: fake` out of the manifest; then `agentvm rm` and `agentvm apply`.',
  });
};

/**
 * A machine by its name or id, wherever its project is or was: the way to one whose folder is gone.
 * @throws AgentvmError NO_MACHINE, AMBIGUOUS_MACHINE (exit 3).
 */
export const findMachineNamed = async (context: Context, name: string): Promise<ExistingMachine> => {
  const { readAllStates } = await import('../state/store.ts');
  const { machines } = await readAllStates(context.paths);
  const [state, ...others] = machines.filter(
    (one) => one.phase !== 'deleting' && (one.id === name || one.name === name),
  );
  if (state !== undefined && others.length === 0) return machineOf(context, state);
  throw new AgentvmError(
    state === undefined
      ? {
          code: 'NO_MACHINE',
          exitCode: ExitCode.usage,
          message: `There is no machine '${name}'`,
          hint: 'See them all: agentvm list',
        }
      : {
          code: 'AMBIGUOUS_MACHINE',
          exitCode: ExitCode.usage,
          message: `Several projects have a machine '${name}'`,
          details: [state, ...others].map(({ id, project }) => `${id}  ${project.realPath}`),
          hint: 'Name it by its id.',
        },
  );
};

/**
 * The way into a running machine, over its open connection.
 * @throws AgentvmError NOT_RUNNING (exit 7) with how to start it.
 */
export const connect = async (context: Context, machine: ExistingMachine): Promise<SshTarget> => {
  const target = await machine.driver.connect(context, machine.ref);
  if (target !== undefined) return target;
  refuseSimulated(machine, 'runs no programs');
  const { power } = await machine.driver.inspect(context, machine.ref, { refresh: false });
  if (power === 'running') {
    throw new AgentvmError({
      code: 'GUEST_NOT_READY',
      exitCode: ExitCode.applyFailed,
      message: `Machine '${machine.state.name}' runs, but its guest does not answer over SSH`,
      hint: 'Its console may say why: `agentvm logs --console`. Then: `agentvm restart`.',
    });
  }
  throw new AgentvmError({
    code: 'NOT_RUNNING',
    exitCode: ExitCode.applyFailed,
    message: `Machine '${machine.state.name}' is not running`,
    hint: 'Start it with `agentvm start`.',
  });
};

/** The folder in the guest that stands for a folder of the project, and the project's own for any other. */
export const guestFolder = async (context: Context, state: MachineState): Promise<string> => {
  const guestPath = String(state.fields['workspace.guestPath']?.value ?? state.project.realPath);
  const here = await realpath(context.cwd);
  const { realPath } = state.project;
  return here === realPath || here.startsWith(`${realPath}/`)
    ? guestPath + here.slice(realPath.length)
    : guestPath;
};
