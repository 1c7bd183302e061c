import { rememberRoot } from '../kept.ts';
import { imageResolution, layerOf } from './layer.ts';
import type { StepHandler } from './step.ts';

/** Makes the machine's disk and keys. Nothing is lost by making them again before the first boot. */
export const machineCreate: StepHandler<'machine.create'> = {
  probe: async () => ({ kind: 'failed' }),
  keepsFields: true,
  run: async (run) => {
    const { layer, pin } = await layerOf(run);
    // Where there was a machine that is gone, its record says nothing about the new one.
    const ref = { ...run.ref, driverState: null };
    const driverState = await run.driver.create(run.context, ref, await run.spec(), layer);
    await rememberRoot(run);
    return { driverState, resolved: imageResolution(pin) };
  },
  compensate: async ({ context, driver, ref }) => {
    await driver.delete(context, ref);
    return {};
  },
};
