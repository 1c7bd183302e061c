import type { Snapshots } from '../../drivers/driver.ts';
import { AgentvmError, ExitCode } from '../../model/errors.ts';
import { diskFields, fieldsAfterRollback } from '../../reconcile/disk-fields.ts';
import { changeKept, readKept } from '../../state/kept-record.ts';
import { readSnapshots, writeSnapshots } from '../../state/snapshots.ts';
import type { Finding, StepHandler, StepOutcome, StepRun } from './step.ts';

/** The driver's way with snapshots. @throws AgentvmError SNAPSHOTS_UNSUPPORTED (exit 3). */
export const snapshotsOf = ({ driver }: Pick<StepRun, 'driver'>): Snapshots => {
  if (driver.snapshots !== undefined) return driver.snapshots;
  throw new AgentvmError({
    code: 'SNAPSHOTS_UNSUPPORTED',
    exitCode: ExitCode.usage,
    message: `The ${driver.name} driver takes no snapshots`,
    hint: 'Use `driver: qemu` for machines whose disk can be rolled back.',
  });
};

type TakeRun = StepRun<'snapshot.take'>;

/** Writes beside the state what lies on the disk that was kept. */
const remember = async ({ context, state, action: { name } }: TakeRun): Promise<void> => {
  const others = (await readSnapshots(context.paths, state.id)).filter((one) => one.name !== name);
  const taken = {
    name,
    at: context.clock.now().toISOString(),
    fields: diskFields(state.fields),
    kept: await readKept(context.paths, state.id),
  };
  await writeSnapshots(context.paths, state.id, [...others, taken]);
};

/** Keeps the root disk as it is; a running guest holds still for the moment that it takes. */
export const snapshotTake: StepHandler<'snapshot.take'> = {
  probe: async (run): Promise<Finding> => {
    const there = await snapshotsOf(run).list(run.context, run.ref);
    if (!there.some(({ name }) => name === run.action.name)) return { kind: 'open' };
    await remember(run);
    return { kind: 'done', outcome: {} };
  },
  run: async (run) => {
    const { context, driver, ref, guest, action } = run;
    const take = (): Promise<void> => snapshotsOf(run).take(context, ref, action.name);
    const { power } = await driver.inspect(context, ref, { refresh: true });
    if (power === 'running') await guest.quiesce(take);
    else await take();
    await remember(run);
    return {};
  },
  compensate: async (run) => {
    await snapshotsOf(run).remove(run.context, run.ref, run.action.name);
    return {};
  },
};

const putBack = async (run: StepRun<'snapshot.restore'>): Promise<StepOutcome> => {
  const { context, ref, state, action } = run;
  const record = (await readSnapshots(context.paths, state.id)).find(({ name }) => name === action.name);
  if (record === undefined) {
    throw new AgentvmError({
      code: 'SNAPSHOT_UNKNOWN',
      exitCode: ExitCode.usage,
      message: `What was applied when the snapshot '${action.name}' was taken is not known`,
      hint: 'See the snapshots that there are: agentvm snapshot list',
    });
  }
  const driverState = await snapshotsOf(run).restore(context, ref, action.name);
  await changeKept(context.paths, state.id, () => record.kept);
  return { driverState, fields: fieldsAfterRollback(state.fields, record.fields), unprovenRoot: null };
};

/**
 * Puts the root disk back to what it was, and what is recorded with it: one write names both. Nobody can tell a disk
 * that was put back from one that was half put back, so that a run which was cut off is finished.
 */
export const snapshotRestore: StepHandler<'snapshot.restore'> = {
  probe: async (run) => ({ kind: 'done', outcome: await putBack(run) }),
  run: putBack,
};
