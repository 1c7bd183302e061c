import { imageResolution, layerOf } from './layer.ts';
import { planAgain, type StepHandler } from './step.ts';

/** Makes the machine's disk and keys. Nothing is lost by making them again before the first boot. */
export const machineCreate: StepHandler<'machine.create'> = {
  probe: planAgain,
  run: async (run) => {
    const layer = await layerOf(run);
    const driverState = await run.driver.create(run.context, run.ref, await run.spec(), layer);
    return { driverState, resolved: imageResolution(layer) };
  },
  compensate: async ({ context, driver, ref }) => {
    await driver.delete(context, ref);
    return {};
  },
};
