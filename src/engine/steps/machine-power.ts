import { makePrivateDir } from '../../lib/atomic-file.ts';
import { AgentvmError } from '../../model/errors.ts';
import { prepareAuthority } from '../guest-secrets.ts';
import { rememberSeed } from '../kept.ts';
import { packagesDir } from '../machine-spec.ts';
import { portResolutions } from './ports.ts';
import { planAgain, type StepHandler, type StepOutcome, type StepRun } from './step.ts';

/** Debian needs some 20 s to power off under software emulation; a busy host may take four times as long. */
export const STOP_GRACE_MS = 90_000;

const startAndWait = async (run: StepRun): Promise<StepOutcome> => {
  const { context, driver, guest, ref } = run;
  await makePrivateDir(packagesDir(context.paths));
  const spec = await run.spec();
  const { power } = await driver.inspect(context, ref, { refresh: false });
  // One that runs already was seeded when it was started.
  if (power !== 'running' && power !== 'paused') {
    await prepareAuthority(run, spec);
    await rememberSeed(run, spec.seed);
  }
  const driverState = await driver.start(context, ref, spec);
  await guest.waitUntilReady();
  return { driverState, resolved: await portResolutions(run), unprovenRoot: null };
};

/** Starts the machine and waits until its guest answers. */
export const machineStart: StepHandler<'machine.start'> = {
  probe: async (run) => {
    const { power } = await run.driver.inspect(run.context, run.ref, { refresh: true });
    if (power !== 'running') return { kind: 'open' };
    try {
      return { kind: 'done', outcome: await startAndWait(run) };
    } catch (error) {
      if (!(error instanceof AgentvmError)) throw error;
      return { kind: 'failed' };
    }
  },
  run: startAndWait,
  compensate: async (run) => {
    const { context, driver, ref, state } = run;
    // An old root that does not come up is left for a person to look at: agentvm logs --console.
    if (state.unprovenRoot === null) return {};
    await driver.stop(context, ref, { graceMs: STOP_GRACE_MS });
    const driverState = await driver.restoreRoot(context, ref);
    return { driverState, fields: state.unprovenRoot, unprovenRoot: null };
  },
};

export const machineStop: StepHandler<'machine.stop'> = {
  probe: async ({ context, driver, ref }) => {
    const { power } = await driver.inspect(context, ref, { refresh: true });
    return power === 'stopped' ? { kind: 'done', outcome: {} } : { kind: 'open' };
  },
  run: async ({ context, driver, ref }) => {
    await driver.stop(context, ref, { graceMs: STOP_GRACE_MS });
    return {};
  },
};

export const machineResume: StepHandler<'machine.resume'> = {
  probe: planAgain,
  run: async ({ context, driver, ref, guest }) => {
    await driver.resume(context, ref);
    await guest.waitUntilReady();
    return {};
  },
};
