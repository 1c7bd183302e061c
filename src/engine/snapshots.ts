import type { Context } from '../lib/context.ts';
import { AgentvmError, ExitCode } from '../model/errors.ts';
import type { MachineState } from '../model/machine.ts';
import { isAutomatic, type SnapshotEntry, type SnapshotsDocument } from '../model/snapshot.ts';
import { takeSteps } from '../reconcile/disk-steps.ts';
import { expired } from '../reconcile/retention.ts';
import { readSnapshots, writeSnapshots } from '../state/snapshots.ts';
import { executePlan } from './execute.ts';
import { type Named, refuseUnfinished, withMachine } from './lifecycle.ts';
import { machineOfState } from './machine.ts';
import type { Ports } from './ports.ts';
import type { Session } from './session.ts';
import { retentionOf } from './snapshot-offer.ts';
import { snapshotsOf } from './steps/snapshots.ts';

/** Begins with a letter, since QEMU takes digits for a snapshot's number. */
const NAME = /^[a-z][a-z0-9._-]{0,40}$/;

const checkName = (name: string): void => {
  if (NAME.test(name) && !isAutomatic(name)) return;
  throw new AgentvmError({
    code: 'SNAPSHOT_NAME',
    exitCode: ExitCode.usage,
    message: `'${name}' is no name for a snapshot`,
    hint: 'Use up to 41 lower-case letters, digits, dots and hyphens, a letter first, and not auto- in front.',
  });
};

const appliedRetention = ({ fields }: MachineState) => retentionOf((path) => fields[path]?.value);

const entriesOf = async (
  context: Context,
  ports: Ports,
  state: MachineState,
): Promise<readonly SnapshotEntry[]> => {
  if (state.driverState === null) return [];
  const machine = await machineOfState(context, ports, state);
  const [there, records] = await Promise.all([
    snapshotsOf(machine).list(context, machine.ref),
    readSnapshots(context.paths, state.id),
  ]);
  const ageOf = (name: string): number => records.findIndex((one) => one.name === name);
  const sorted = [...there].sort((a, b) => ageOf(a.name) - ageOf(b.name));
  return sorted.map(({ name, sizeBytes }) => ({
    name,
    at: records.find((one) => one.name === name)?.at ?? null,
    sizeBytes,
    isAutomatic: isAutomatic(name),
  }));
};

/** The snapshots of a machine, oldest first. */
export const listSnapshots = async (
  context: Context,
  ports: Ports,
  state: MachineState,
): Promise<SnapshotsDocument> => ({
  kind: 'snapshots',
  version: 1,
  machine: { id: state.id, name: state.name },
  snapshots: await entriesOf(context, ports, state),
  retention: appliedRetention(state),
});

/**
 * Keeps a machine's root disk as it is now under a name of the person's, until they delete it.
 * @throws AgentvmError SNAPSHOT_NAME, SNAPSHOT_EXISTS (exit 3).
 */
export const takeSnapshot = async (
  context: Context,
  ports: Ports,
  machine: Named,
  name: string,
  command: string,
): Promise<void> => {
  checkName(name);
  await withMachine(context, ports, machine, command, async (session, state) => {
    refuseUnfinished(state);
    if ((await entriesOf(context, ports, state)).some((one) => one.name === name)) {
      throw new AgentvmError({
        code: 'SNAPSHOT_EXISTS',
        exitCode: ExitCode.usage,
        message: `'${state.name}' has a snapshot '${name}' already`,
        hint: `Choose another name, or delete it: agentvm snapshot delete ${name}`,
      });
    }
    const { failure } = await executePlan(session, state, { steps: takeSteps(name), changes: [] }, undefined);
    if (failure !== undefined) throw failure.error;
  });
};

const forget = async (context: Context, ports: Ports, state: MachineState, name: string): Promise<void> => {
  const machine = await machineOfState(context, ports, state);
  // The disk first: a record without a snapshot is passed over, a snapshot without a record is of no use.
  await snapshotsOf(machine).remove(context, machine.ref, name);
  const records = await readSnapshots(context.paths, state.id);
  await writeSnapshots(
    context.paths,
    state.id,
    records.filter((one) => one.name !== name),
  );
};

/** Lets go of a snapshot. @throws AgentvmError SNAPSHOT_UNKNOWN (exit 3). */
export const deleteSnapshot = (
  context: Context,
  ports: Ports,
  machine: Named,
  name: string,
  command: string,
): Promise<void> =>
  withMachine(context, ports, machine, command, async (_session, state) => {
    if (!(await entriesOf(context, ports, state)).some((one) => one.name === name)) {
      throw new AgentvmError({
        code: 'SNAPSHOT_UNKNOWN',
        exitCode: ExitCode.usage,
        message: `'${state.name}' has no snapshot '${name}'`,
        hint: 'See those that there are: agentvm snapshot list',
      });
    }
    await forget(context, ports, state, name);
  });

/**
 * Lets go of what agentvm took itself and no longer keeps. Of applies that failed one after the other, the snapshot
 * before the first stays: only it shows the disk as it was when all was well. What cannot be deleted now goes next time.
 */
export const tidySnapshots = async (session: Session, state: MachineState): Promise<void> => {
  const { context, ports } = session;
  const { driver } = await machineOfState(context, ports, state);
  if (driver.snapshots === undefined || state.driverState === null) return;
  const entries = await entriesOf(context, ports, state);
  const { appliedAt } = state;
  const sinceSuccess = entries.find(
    ({ at, isAutomatic: own }) => own && at !== null && appliedAt !== null && at > appliedAt,
  );
  for (const name of expired(entries, appliedRetention(state))) {
    if (name === sinceSuccess?.name) continue;
    try {
      await forget(context, ports, state, name);
      session.emit({ event: 'snapshot-dropped', snapshot: name });
    } catch (error) {
      if (!(error instanceof AgentvmError)) throw error;
    }
  }
};
