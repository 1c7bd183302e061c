import { planAgain, type StepHandler } from './step.ts';

/** Gives the machine another name; its guest takes it for its hostname at the next boot. */
export const machineRename: StepHandler<'machine.rename'> = {
  probe: planAgain,
  keepsFields: true,
  run: async ({ action }) => ({ name: action.name }),
};

/** Ends the machine's processes and takes its disk; its folder goes with the record of it. */
export const machineDelete: StepHandler<'machine.delete'> = {
  probe: planAgain,
  keepsFields: true,
  run: async ({ context, driver, ref }) => {
    await driver.delete(context, ref);
    return { driverState: null };
  },
};

/** Nothing to do but to write down what holds. */
export const record: StepHandler<'record'> = {
  probe: planAgain,
  keepsFields: true,
  run: async () => ({}),
};
