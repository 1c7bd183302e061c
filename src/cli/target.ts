import { realpath } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Driver, MachineRef } from '../drivers/driver.ts';
import type { Context } from '../lib/context.ts';
import { machineDir } from '../lib/paths.ts';
import { findManifest } from '../manifest/find.ts';
import { AgentvmError, ExitCode } from '../model/errors.ts';
import type { SshTarget } from '../model/guest.ts';
import type { MachineState } from '../model/machine.ts';
import { composeDriver } from './compose.ts';

/** A machine that exists in state, with what reaches it. */
export type ExistingMachine = {
  readonly state: MachineState;
  readonly driver: Driver;
  readonly ref: MachineRef;
};

/** The manifest that a command means: the named file or folder, else the nearest agentvm.yaml upwards. */
const manifestPathOf = async (context: Context, file?: string): Promise<string> => {
  const found = await findManifest(context.cwd, file);
  if (found.ok) {
    const { refusePlantedManifest } = await import('../state/manifest-place.ts');
    await refusePlantedManifest(context.paths, found.path);
    return found.path;
  }
  const { message, hint, file: where } = found.diagnostic;
  throw new AgentvmError({
    code: 'MANIFEST_MISSING',
    exitCode: ExitCode.usage,
    message: `${where}: ${message}`,
    ...(hint === undefined ? {} : { hint }),
  });
};

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
 * The machine of the project that the command was started in, without reading the manifest: the way into a machine
 * must stay open while its manifest is being edited.
 * @throws AgentvmError NO_MACHINE (exit 3), AMBIGUOUS_MACHINE when the folder has several.
 */
export const findMachineOf = async (context: Context, file?: string): Promise<ExistingMachine> => {
  const { identifyFolder, machinesOfFolder } = await import('../state/inventory.ts');
  const manifestPath = await manifestPathOf(context, file);
  const folder = await realpath(dirname(manifestPath));
  const project = await identifyFolder(folder);
  const all = project === undefined ? [] : await machinesOfFolder(context.paths, project);
  const [state, ...others] = all.filter((one) => one.phase !== 'deleting');
  if (state === undefined) {
    throw new AgentvmError({
      code: 'NO_MACHINE',
      exitCode: ExitCode.usage,
      message: `There is no machine for ${folder} yet`,
      hint: 'Make it with `agentvm apply`.',
    });
  }
  if (others.length === 0) return machineOf(context, state);
  const named = all.find((one) => one.manifestPath === manifestPath);
  if (named !== undefined && all.filter((one) => one.manifestPath === manifestPath).length === 1) {
    return machineOf(context, named);
  }
  throw new AgentvmError({
    code: 'AMBIGUOUS_MACHINE',
    exitCode: ExitCode.usage,
    message: `${folder} has several machines: ${all.map((one) => one.name).join(', ')}`,
    hint: 'Delete the one that is not needed: put its name into the manifest, then `agentvm rm`.',
  });
};

/**
 * The way into a running machine, over its open connection.
 * @throws AgentvmError NOT_RUNNING (exit 7) with how to start it.
 */
export const connect = async (context: Context, machine: ExistingMachine): Promise<SshTarget> => {
  const target = await machine.driver.connect(context, machine.ref);
  if (target !== undefined) return target;
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
