import type { Context } from '../lib/context.ts';
import type { ApplyHappening } from '../model/apply.ts';
import { AgentvmError, ExitCode } from '../model/errors.ts';
import type { MachineState } from '../model/machine.ts';
import type { RollbackOffer } from '../model/snapshot.ts';
import { lostByRollback } from '../reconcile/disk-fields.ts';
import { rollbackSteps } from '../reconcile/disk-steps.ts';
import { readSnapshots } from '../state/snapshots.ts';
import { readState } from '../state/store.ts';
import { executePlan } from './execute.ts';
import { goneError, type Named, refuseUnfinished, withMachine } from './lifecycle.ts';
import { machineOfState } from './machine.ts';
import type { Ports } from './ports.ts';
import { offerSnapshot, retentionOf } from './snapshot-offer.ts';
import { tidySnapshots } from './snapshots.ts';
import { snapshotsOf } from './steps/snapshots.ts';

export type RollbackRequest = {
  readonly machine: Named;
  /** The snapshot's. */
  readonly name: string;
  readonly command: string;
  /** Shows what would be lost and says whether it may. Called without any lock held. */
  readonly approve: (offer: RollbackOffer) => Promise<boolean>;
  readonly emit?: (happening: ApplyHappening) => void;
};

const unknownError = (state: MachineState, name: string): AgentvmError =>
  new AgentvmError({
    code: 'SNAPSHOT_UNKNOWN',
    exitCode: ExitCode.usage,
    message: `'${state.name}' has no snapshot '${name}' that it can be rolled back to`,
    hint: 'See those that there are: agentvm snapshot list',
  });

/** What is there now is kept under a name of its own, where there is room. */
const keepNow = async (context: Context, ports: Ports, state: MachineState): Promise<string | undefined> => {
  const driver = await ports.driver(state.driver);
  const offer = await offerSnapshot(
    context,
    driver,
    state,
    retentionOf((path) => state.fields[path]?.value),
  );
  return offer === undefined || Math.min(offer.sizeBytes, offer.maxBytes) > offer.freeBytes
    ? undefined
    : offer.name;
};

const offerOf = async (
  context: Context,
  ports: Ports,
  state: MachineState,
  name: string,
): Promise<RollbackOffer> => {
  refuseUnfinished(state);
  const machine = await machineOfState(context, ports, state);
  const [there, records, { power }] = await Promise.all([
    snapshotsOf(machine).list(context, machine.ref),
    readSnapshots(context.paths, state.id),
    machine.driver.inspect(context, machine.ref, { refresh: true }),
  ]);
  const record = records.find((one) => one.name === name);
  if (record === undefined || !there.some((one) => one.name === name)) throw unknownError(state, name);
  const sessions =
    power === 'running'
      ? await machine.guest.sessions().catch((error: unknown) => {
          // A guest that does not answer may have any work in it.
          if (error instanceof AgentvmError) return null;
          throw error;
        })
      : [];
  const keepAs = await keepNow(context, ports, state);
  return {
    machine: state.name,
    name,
    at: record.at,
    power,
    lost: lostByRollback(state.fields, record.fields),
    sessions,
    ...(keepAs === undefined ? {} : { keepAs }),
  };
};

/**
 * Puts a machine's root disk back to a snapshot, and what is recorded with it; a running machine is started again.
 * Returns what was done, or undefined where it was declined.
 * @throws AgentvmError SNAPSHOT_UNKNOWN (exit 3), LOCKED; the failed step's own (exit 7).
 */
export const rollBack = async (
  context: Context,
  ports: Ports,
  { machine, name, command, approve, emit = () => {} }: RollbackRequest,
): Promise<RollbackOffer | undefined> => {
  const known = await readState(context.paths, machine.id);
  if (known === undefined) throw goneError(machine);
  if (!(await approve(await offerOf(context, ports, known, name)))) return undefined;
  return withMachine(context, ports, machine, command, async (locked, state) => {
    const session = { ...locked, emit };
    const offer = await offerOf(context, ports, state, name);
    const steps = rollbackSteps(offer);
    const { failure, state: after } = await executePlan(session, state, { steps, changes: [] }, undefined);
    if (failure !== undefined) throw failure.error;
    emit({ event: 'rolled-back', snapshot: name });
    await tidySnapshots(session, after);
    return offer;
  });
};
