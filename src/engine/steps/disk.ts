import { rememberRoot } from '../kept.ts';
import { imageResolution, layerOf } from './layer.ts';
import { planAgain, type StepHandler } from './step.ts';

/** Grows the root disk of the stopped machine; the guest grows its file system at the next boot. */
export const diskGrow: StepHandler<'disk.grow'> = {
  probe: planAgain,
  keepsFields: true,
  run: async ({ context, driver, ref, action }) => {
    await driver.growDisk(context, ref, action.sizeBytes);
    return {};
  },
};

/**
 * Makes a new root disk beside the old one. The next start boots it; until that has worked, what was applied on the
 * old root is kept, so that a failed boot goes back to it.
 */
export const rootReplace: StepHandler<'root.replace'> = {
  probe: planAgain,
  keepsFields: true,
  run: async (run) => {
    const { layer, pin } = await layerOf(run, run.action.pin);
    const driverState = await run.driver.replaceRoot(run.context, run.ref, await run.spec(), layer);
    await rememberRoot(run);
    return { driverState, resolved: imageResolution(pin), unprovenRoot: run.state.fields };
  },
};
