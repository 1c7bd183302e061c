import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomic } from '../../lib/atomic-file.ts';
import type { Json } from '../../model/json.ts';
import type { PowerState } from '../../model/machine.ts';
import type { MachineRef, MachineSpec } from '../driver.ts';

/** What is on a simulated root disk. */
export type FakeRoot = {
  readonly layer: string;
  readonly diskBytes: number;
  readonly packages: readonly string[];
  readonly agents: Readonly<Record<string, string>>;
  /** Names of the scripts in the order in which they ran. */
  readonly scripts: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Files that a person made in the guest, path → content. */
  readonly files: Readonly<Record<string, string>>;
};

/** `fake.json` in the machine's folder: the simulated machine itself. */
export type FakeMachine = {
  readonly power: Exclude<PowerState, 'absent' | 'unknown'>;
  /** Whether the guest has come up since the machine was started. */
  readonly isReady: boolean;
  readonly boots: number;
  readonly generation: number;
  readonly root: FakeRoot;
  /** The generation before, kept for a way back. */
  readonly previousRoot: FakeRoot | null;
  /** What the machine runs with; null until it was started once. */
  readonly running: Pick<MachineSpec, 'name' | 'cpus' | 'memoryMiB' | 'shares' | 'ports'> | null;
  /** Ids of the shares that the guest has bound to their places. */
  readonly mounted: readonly string[];
};

const recordPath = (ref: MachineRef): string => join(ref.dir, 'fake.json');

/** The simulated machine, or undefined where none was made. */
export const readMachine = async (ref: MachineRef): Promise<FakeMachine | undefined> => {
  try {
    return JSON.parse(await readFile(recordPath(ref), 'utf8')) as FakeMachine;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
};

/** The simulated machine, which the caller knows to have been made. */
export const machineOf = async (ref: MachineRef): Promise<FakeMachine> => {
  const machine = await readMachine(ref);
  if (machine === undefined) throw new Error(`the simulated machine ${ref.id} was never created`);
  return machine;
};

/** Replaces the simulated machine as a whole. */
export const writeMachine = (ref: MachineRef, machine: FakeMachine): Promise<void> =>
  writeFileAtomic(recordPath(ref), `${JSON.stringify(machine, null, 2)}\n`);

/** Changes the simulated machine. */
export const changeMachine = async (
  ref: MachineRef,
  change: (machine: FakeMachine) => FakeMachine,
): Promise<FakeMachine> => {
  const next = change(await machineOf(ref));
  await writeMachine(ref, next);
  return next;
};

export const deleteMachine = (ref: MachineRef): Promise<void> => rm(recordPath(ref), { force: true });

/** What the engine keeps for this driver. */
export const driverStateOf = (machine: FakeMachine): Json => ({
  generation: machine.generation,
  layer: machine.root.layer,
});
