import { cp, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { PortForward } from '../../src/drivers/driver.ts';
import type { FakeMachine } from '../../src/drivers/fake/record.ts';
import type { Paths } from '../../src/lib/paths.ts';
import type { ApplyEvent } from '../../src/model/apply.ts';
import type { MachineState } from '../../src/model/machine.ts';
import { readJournal } from '../../src/state/journal.ts';
import type { SnapshotRecords } from '../../src/state/snapshots.ts';
import { readAllStates } from '../../src/state/store.ts';
import type { Wish } from '../support/desired.ts';
import { fakeWorld } from '../support/fake-world.ts';
import type { Scenario } from './scenarios.ts';

/** Everything that is left of a run, without what differs between two equal ones. */
export type End = Readonly<Record<string, unknown>>;

export type CrashWorld = {
  readonly root: string;
  /** Back to before the command. */
  readonly reset: () => Promise<void>;
  /** Goes on as a person would: applies. Returns the ids of the steps that this took. */
  readonly goOn: (wish: Wish) => Promise<readonly string[]>;
  /** Ids of the steps that the last apply had recorded as done. */
  readonly recorded: () => Promise<readonly string[]>;
  /** All that there is. */
  readonly end: () => Promise<End>;
  /** What the machine is to those who work in it, whichever root disk it came to run on. */
  readonly machine: () => Promise<End>;
};

const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** Which follows from the machine's UUID. */
const withoutPlaceholders = <T>(value: T): T =>
  JSON.parse(JSON.stringify(value).replaceAll(/agentvm-secret-[0-9a-f]{40}/g, 'PLACEHOLDER')) as T;

const machineEnd = ({ name, phase, fields, driverState, unprovenRoot }: MachineState): unknown => ({
  name,
  phase,
  fields,
  driverState,
  unprovenRoot,
});

/** The simulator's number for `auto`: which of the two a machine was started with does not matter. */
const chosenPort = (port: PortForward): PortForward =>
  port.host === 'auto' ? { ...port, host: 30_000 + (port.guest % 30_000) } : port;

/** How often it booted and what its scripts did twice is looked at by itself. */
const simulatedEnd = ({ power, isReady, roots, running, mounted }: FakeMachine): unknown => ({
  power,
  isReady,
  running: running && { ...running, ports: running.ports.map(chosenPort) },
  mounted: [...mounted].sort(),
  roots: Object.fromEntries(
    Object.entries(roots).map(([generation, root]) => [
      generation,
      { ...root, scripts: [...new Set(root.scripts)] },
    ]),
  ),
});

/** What a snapshot is called and when it was taken differs; what was on its disk does not. */
const snapshotsEnd = ({ snapshots }: SnapshotRecords): unknown => snapshots.map(({ fields }) => fields);

const contentOf = async (path: string): Promise<unknown> => {
  const read = async () => JSON.parse(await readFile(path, 'utf8'));
  if (path.endsWith('/machine.json')) return machineEnd(await read());
  if (path.endsWith('/fake.json')) return withoutPlaceholders(simulatedEnd(await read()));
  if (path.endsWith('/snapshots.json')) return snapshotsEnd(await read());
  return 'a file';
};

/** A note of who held a lock may outlive its writer; it is for messages while the lock is held. */
const isLeftOver = (path: string): boolean => !path.endsWith('.lock.holder');

const filesBelow = async (folder: string): Promise<readonly string[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .map((entry) => `${join(entry.parentPath, entry.name)}${entry.isDirectory() ? '/' : ''}`)
    .filter(isLeftOver);
};

/** The applies that the journals tell of. */
const lastApplies = async (paths: Paths): Promise<ReadonlySet<string>> => {
  const { machines } = await readAllStates(paths);
  const entries = await Promise.all(machines.map(({ id }) => readJournal(paths, id)));
  return new Set(entries.flat().map(({ apply }) => apply));
};

/** A world in which a scenario is run again and again. Its state is copied back before each run, since making it takes longer. */
export const crashWorld = async (scenario: Scenario): Promise<CrashWorld> => {
  const world = await fakeWorld();
  const home = join(world.root, '.local');
  const template = join(world.root, 'before');
  await world.plan(scenario.wish);
  if (scenario.before !== undefined) await world.apply(scenario.before);
  await scenario.tamper?.(world);
  const earlier = await lastApplies(world.context.paths);
  await cp(home, template, { recursive: true, force: true }).catch(() => {});
  return {
    root: world.root,
    reset: async () => {
      await rm(home, { recursive: true, force: true });
      if (scenario.before !== undefined) await cp(template, home, { recursive: true });
    },
    goOn: async (wish) => {
      const events: ApplyEvent[] = [];
      const folder = join(world.root, scenario.goOnIn ?? 'project');
      const onEvent = (event: ApplyEvent): void => void events.push(event);
      const { outcome } = await world.apply(wish, { folder, onEvent });
      if (outcome !== 'applied' && outcome !== 'unchanged') throw new Error(`the next apply: ${outcome}`);
      const { changes, steps } = await world.plan(wish, folder);
      if (changes.length + steps.length > 0) throw new Error(`left to do: ${JSON.stringify(changes)}`);
      return events.flatMap((event) => (event.event === 'step-done' ? [event.step] : []));
    },
    recorded: async () => {
      const { machines } = await readAllStates(world.context.paths);
      const all = machines.map(async ({ id, lastStep, phase }) => {
        if (phase === 'deleting') return [];
        const entries = await readJournal(world.context.paths, id);
        const last = entries.findLast((entry) => entry.kind === 'begin')?.apply;
        if (last === undefined || earlier.has(last)) return [];
        const done = entries.flatMap((one) => (one.kind === 'done' && one.apply === last ? [one.step] : []));
        return lastStep?.apply === last ? [...done, lastStep.step] : done;
      });
      return (await Promise.all(all)).flat();
    },
    end: async () => {
      const paths = await filesBelow(home);
      const entries = paths.map(
        async (path) => [path.replace(world.root, '').replace(UUID, 'UUID'), await contentOf(path)] as const,
      );
      // Several of one name, such as two machines, are told apart by their number.
      const found: Record<string, unknown> = {};
      for (const [name, content] of (await Promise.all(entries)).sort(([a], [b]) => (a < b ? -1 : 1))) {
        const isLock = name.endsWith('.lock');
        found[name in found && !isLock ? `${name} again` : name] = content;
      }
      return found;
    },
    machine: async () => {
      const { fields } = await world.state();
      const { packages, agents, environment } = await world.disk();
      const { power, running, mounted } = await world.simulated();
      const { generation: _, name: _name, ports = [], ...rest } = running ?? {};
      return withoutPlaceholders({
        power,
        packages,
        agents,
        environment,
        mounted: [...mounted].sort(),
        running: { ...rest, ports: ports.map(chosenPort) },
        fields: Object.fromEntries(
          Object.entries(fields).map(([id, { value, isUncertain = false }]) => [id, { value, isUncertain }]),
        ),
      });
    },
  };
};
