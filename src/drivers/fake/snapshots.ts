import { statfs } from 'node:fs/promises';
import { AgentvmError, ExitCode } from '../../model/errors.ts';
import type { MachineRef, Snapshots } from '../driver.ts';
import { withFaults } from './faults.ts';
import {
  changeMachine,
  driverStateOf,
  type FakeMachine,
  type FakeSnapshot,
  generationOf,
  machineOf,
  readMachine,
  rootOf,
} from './record.ts';

const snapshotsOf = (machine: FakeMachine, ref: MachineRef): readonly FakeSnapshot[] => {
  const { generation, previous } = driverStateOf(ref) ?? { generation: 1, previous: null };
  return (machine.snapshots ?? []).filter((one) => [generation, previous].includes(one.generation));
};

/** A simulated disk takes what its description takes. */
const sizeOf = (content: object): number => JSON.stringify(content).length;

const unknownError = (ref: MachineRef, name: string): AgentvmError =>
  new AgentvmError({
    code: 'SNAPSHOT_UNKNOWN',
    exitCode: ExitCode.usage,
    message: `'${ref.name}' has no snapshot '${name}'`,
    hint: 'See those that there are: agentvm snapshot list',
  });

const take = async (ref: MachineRef, name: string): Promise<void> => {
  const machine = await machineOf(ref);
  if (snapshotsOf(machine, ref).some((one) => one.name === name)) return;
  const taken: FakeSnapshot = { name, generation: generationOf(machine, ref), root: rootOf(machine, ref) };
  const others = (machine.snapshots ?? []).filter((one) => one.name !== name);
  await changeMachine(ref, (one) => ({ ...one, snapshots: [...others, taken] }));
};

const restore = async (ref: MachineRef, name: string) => {
  const machine = await machineOf(ref);
  if (machine.power !== 'stopped' && machine.power !== 'crashed') {
    throw new AgentvmError({
      code: 'MACHINE_RUNNING',
      message: `'${ref.name}' must be stopped to put its disk back`,
      hint: 'Stop it: agentvm stop',
    });
  }
  const found = snapshotsOf(machine, ref).find((one) => one.name === name);
  if (found === undefined) throw unknownError(ref, name);
  const { generation, root } = found;
  await changeMachine(ref, (one) => ({ ...one, roots: { ...one.roots, [generation]: root } }));
  const now = driverStateOf(ref);
  return now?.generation === generation ? { ...now } : { generation, previous: now?.generation ?? null };
};

/** Snapshots of simulated disks. */
export const fakeSnapshots: Snapshots = {
  take: (context, ref, name) => withFaults(context, 'snapshots.take', () => take(ref, name)),
  list: (context, ref) =>
    withFaults(context, 'snapshots.list', async () => {
      const machine = await readMachine(ref);
      if (machine === undefined) return [];
      return snapshotsOf(machine, ref).map(({ name, root }) => ({ name, sizeBytes: sizeOf(root) }));
    }),
  restore: (context, ref, name) => withFaults(context, 'snapshots.restore', () => restore(ref, name)),
  remove: (context, ref, name) =>
    withFaults(context, 'snapshots.remove', async () => {
      await changeMachine(ref, (one) => ({
        ...one,
        snapshots: (one.snapshots ?? []).filter((snapshot) => snapshot.name !== name),
      }));
    }),
  measure: (context, ref) =>
    withFaults(context, 'snapshots.measure', async () => {
      const { bavail, bsize } = await statfs(ref.dir);
      // Planning asks without the lock: the machine may be gone by now, and then nothing would grow.
      const machine = await readMachine(ref);
      const sizeBytes = machine === undefined ? 0 : sizeOf(rootOf(machine, ref));
      return { sizeBytes, freeBytes: bavail * bsize };
    }),
};
