import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomic } from '../../lib/atomic-file.ts';
import type { GuestUser } from '../../model/guest.ts';
import type { PowerState } from '../../model/machine.ts';
import type { MachineRef, MachineSpec } from '../driver.ts';
import { recordCorruptError } from '../record-corrupt.ts';

/** What is on a simulated root disk. */
export type FakeRoot = {
  readonly layer: string;
  readonly diskBytes: number;
  readonly packages: readonly string[];
  readonly agents: Readonly<Record<string, string>>;
  /** Agents of whose package a file was changed. */
  readonly alteredAgents: readonly string[];
  /** Names of the scripts in the order in which they ran. */
  readonly scripts: readonly string[];
  /** Script → SHA-256 of the content that ran to its end last. */
  readonly marks: Readonly<Record<string, string>>;
  readonly environment: Readonly<Record<string, string>>;
  /** Files that agentvm wrote, path → content. */
  readonly system: Readonly<Record<string, string>>;
  readonly usedBytes: number;
  /** Files that a person made in the guest, path → content. */
  readonly files: Readonly<Record<string, string>>;
};

/** What a machine runs with from its start on. */
export type FakeRunning = Pick<MachineSpec, 'name' | 'cpus' | 'memoryMiB' | 'shares' | 'ports'> & {
  readonly network?: MachineSpec['network'];
  readonly generation: number;
  readonly hostname: string;
  readonly user: GuestUser | null;
  readonly hasRoute: boolean;
  /** Keys of ports that the host no longer listens on. */
  readonly closedPorts: readonly string[];
};

/** What a simulated root disk of a generation was. */
export type FakeSnapshot = { readonly name: string; readonly generation: number; readonly root: FakeRoot };

/** `fake.json` in the machine's folder: the simulated machine itself. */
export type FakeMachine = {
  readonly power: Exclude<PowerState, 'absent' | 'unknown'>;
  /** Whether the guest has come up since the machine was started. */
  readonly isReady: boolean;
  readonly boots: number;
  /** Root disks by their generation. */
  readonly roots: Readonly<Record<number, FakeRoot>>;
  /** Null until it was started once. */
  readonly running: FakeRunning | null;
  /** Ids of the shares that the guest has bound to their places, in the order in which it did. */
  readonly mounted: readonly string[];
  /** What people run in the guest. */
  readonly sessions?: readonly string[];
  /** Oldest first. */
  readonly snapshots?: readonly FakeSnapshot[];
};

/** What the engine keeps for this driver: which root the next start boots, and the one kept for a way back. */
export type FakeDriverState = { readonly generation: number; readonly previous: number | null };

const recordPath = (ref: MachineRef): string => join(ref.dir, 'fake.json');

const isDriverState = (value: unknown): value is FakeDriverState => {
  const { generation, previous } = (value ?? {}) as Readonly<Record<string, unknown>>;
  return Number.isSafeInteger(generation) && (previous === null || Number.isSafeInteger(previous));
};

/** @throws AgentvmError DRIVER_RECORD_CORRUPT (exit 8). */
export const driverStateOf = (ref: MachineRef): FakeDriverState | null => {
  const state: unknown = ref.driverState;
  if (state !== null && !isDriverState(state))
    throw recordCorruptError(ref, 'is none of a simulated machine');
  return state;
};

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
  if (machine === undefined) throw recordCorruptError(ref, 'is lost');
  return machine;
};

/** The generation that the machine runs on, or would be started from. */
export const generationOf = (machine: FakeMachine, ref: MachineRef): number =>
  machine.power === 'running' && machine.running !== null
    ? machine.running.generation
    : (driverStateOf(ref)?.generation ?? 1);

export const rootOf = (machine: FakeMachine, ref: MachineRef): FakeRoot => {
  const generation = generationOf(machine, ref);
  const root = machine.roots[generation];
  if (root === undefined) {
    throw recordCorruptError(ref, `has no root disk of generation ${generation}`);
  }
  return root;
};

/** Replaces the simulated machine as a whole. */
export const writeMachine = (ref: MachineRef, machine: FakeMachine): Promise<void> =>
  writeFileAtomic(recordPath(ref), `${JSON.stringify(machine, null, 2)}\n`);

/** Changes the simulated machine. */
export const changeMachine = async (
  ref: MachineRef,
  change: (machine: FakeMachine) => FakeMachine,
): Promise<void> => writeMachine(ref, change(await machineOf(ref)));

/** Changes what is on the root disk that the machine runs on. */
export const changeRoot = (ref: MachineRef, change: (root: FakeRoot) => Partial<FakeRoot>): Promise<void> =>
  changeMachine(ref, (machine) => {
    const root = rootOf(machine, ref);
    return {
      ...machine,
      roots: { ...machine.roots, [generationOf(machine, ref)]: { ...root, ...change(root) } },
    };
  });

export const deleteMachine = (ref: MachineRef): Promise<void> => rm(recordPath(ref), { force: true });
