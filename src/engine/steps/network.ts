import { planAgain, type StepHandler, type StepOutcome, type StepRun } from './step.ts';

/** Tells the driver of what holds from now on for a machine that runs. */
export const setNetwork = async (run: StepRun): Promise<StepOutcome> => ({
  driverState: await run.driver.updateLive(run.context, run.ref, await run.spec()),
});

/** Changes what the guest of a running machine may reach. */
export const networkSet: StepHandler<'network.set'> = { probe: planAgain, run: setNetwork };

/** Changes when a machine that nobody uses is suspended. */
export const idleSet: StepHandler<'idle.set'> = { probe: planAgain, run: setNetwork };
