import type { Driver, MachineRef } from '../drivers/driver.ts';
import type { Context } from '../lib/context.ts';
import { machineDir } from '../lib/paths.ts';
import type { GuestOperations } from '../model/guest.ts';
import type { MachineState } from '../model/machine.ts';
import type { Ports } from './ports.ts';

/** A machine and the two that act on it. */
export type Machine = {
  readonly driver: Driver;
  readonly ref: MachineRef;
  readonly guest: GuestOperations;
};

/** A driver's handle of a machine. */
export const machineRef = (context: Context, state: MachineState): MachineRef => ({
  id: state.id,
  name: state.name,
  dir: machineDir(context.paths, state.id),
  driverState: state.driverState,
});

/** The driver's and the guest's handles of a machine, as its state tells. */
export const machineOfState = async (
  context: Context,
  ports: Ports,
  state: MachineState,
): Promise<Machine> => {
  const driver = await ports.driver(state.driver);
  const ref = machineRef(context, state);
  return { driver, ref, guest: ports.guestOf(context, driver, ref, state.project.realPath) };
};
