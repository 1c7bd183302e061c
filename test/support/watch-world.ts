import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Fault, faultsPath } from '../../src/drivers/fake/faults.ts';
import { type FakeMachine, readMachine, writeMachine } from '../../src/drivers/fake/record.ts';
import { machineOfState } from '../../src/engine/machine.ts';
import type { Declaration, WatchRequest, WatchTimes } from '../../src/engine/watch/request.ts';
import { watch } from '../../src/engine/watch/watch.ts';
import { makePrivateDir } from '../../src/lib/atomic-file.ts';
import { loadDesired } from '../../src/manifest/load-desired.ts';
import type { Condition } from '../../src/model/condition.ts';
import type { MachineState } from '../../src/model/machine.ts';
import type { WatchEvent, WatchOutcome } from '../../src/model/watch.ts';
import { readNote } from '../../src/state/machine-note.ts';
import { readAllStates } from '../../src/state/store.ts';
import { testContext } from './context.ts';
import { eventually } from './eventually.ts';
import { fakePorts } from './fake-ports.ts';
import { tempFolder } from './temp-folder.ts';

/** Long enough that only what a test does wakes a watch. */
const NEVER_MS = 3_600_000;

const TIMES: WatchTimes = {
  // chokidar leaves out a change that follows another within 50 ms.
  debounceMs: 100,
  debounceMostMs: 1000,
  probeMs: NEVER_MS,
  deepProbeMs: NEVER_MS,
  backoff: { firstMs: NEVER_MS, capMs: NEVER_MS },
};

export type Watching = {
  readonly events: readonly WatchEvent[];
  /** Waits for an event that was not there when the last one was waited for. */
  readonly next: <K extends WatchEvent['event']>(
    kind: K,
    holds?: (event: Extract<WatchEvent, { event: K }>) => boolean,
  ) => Promise<Extract<WatchEvent, { event: K }>>;
  readonly stop: () => Promise<readonly WatchOutcome[]>;
  readonly done: Promise<readonly WatchOutcome[]>;
};

/** A host of its own with one project on it, the simulator, and a watch of its real manifest. */
export const watchWorld = async (manifest?: string) => {
  const root = await tempFolder();
  const folder = join(root, 'shop');
  await mkdir(folder);
  const file = join(folder, 'agentvm.yaml');
  const context = testContext(root, { cwd: folder });
  const load = async (named = file): Promise<Declaration> => {
    const result = await loadDesired(context, {
      file: named,
      host: { driver: 'fake', cpus: 2, memoryMiB: 8192 },
      digestKey: Buffer.from('key'),
    });
    const place = { kind: 'file', path: named } as const;
    return result.ok
      ? { desired: result.desired, diagnostics: [], place }
      : { desired: [], diagnostics: result.diagnostics, place };
  };
  const write = (text: string): Promise<void> => writeFile(file, text);
  if (manifest !== undefined) await write(manifest);

  const state = async (): Promise<MachineState> => {
    const { machines } = await readAllStates(context.paths);
    const [one, ...others] = machines;
    if (one === undefined || others.length > 0) throw new Error(`${machines.length} machines, not one`);
    return one;
  };

  const start = (
    options: Partial<Omit<WatchRequest, 'times'>> & { readonly times?: Partial<WatchTimes> } = {},
  ): Watching => {
    const events: WatchEvent[] = [];
    const stop = new AbortController();
    const done = watch(context, fakePorts, {
      load,
      allow: 'reapply',
      once: false,
      checkHost: async () => {},
      onEvent: (event) => events.push(event),
      stop: stop.signal,
      ...options,
      times: { ...TIMES, ...options.times },
    });
    onTestFinished(async () => {
      stop.abort();
      await done.catch(() => {});
    });
    let seen = 0;
    return {
      events,
      next: async (kind, holds = () => true) => {
        type Event = Extract<WatchEvent, { event: typeof kind }>;
        const find = (): number =>
          events.findIndex((one, index) => index >= seen && one.event === kind && holds(one as Event));
        if (!(await eventually(async () => find() >= 0, 8000))) {
          const told = events.slice(seen).map((one) => JSON.stringify(one).slice(0, 300));
          throw new Error(`no event '${kind}' came, but:\n${told.join('\n')}`);
        }
        const found = find();
        seen = found + 1;
        return events[found] as Event;
      },
      stop: async () => {
        stop.abort();
        return done;
      },
      done,
    };
  };

  return {
    root,
    folder,
    file,
    context,
    load,
    write,
    read: () => readFile(file, 'utf8'),
    start,
    state,
    machine: async (): Promise<FakeMachine> => {
      const { ref } = await machineOfState(context, fakePorts, await state());
      const machine = await readMachine(ref);
      if (machine === undefined) throw new Error('there is no simulated machine');
      return machine;
    },
    tamper: async (change: (machine: FakeMachine) => FakeMachine): Promise<void> => {
      const { ref } = await machineOfState(context, fakePorts, await state());
      const machine = await readMachine(ref);
      if (machine === undefined) throw new Error('there is no simulated machine');
      await writeMachine(ref, change(machine));
    },
    /** Waits until a condition, as it is written, has this status and reason. */
    holds: async (type: Condition['type'], held: string): Promise<void> => {
      let found = '';
      const isHeld = async (): Promise<boolean> => {
        const note = await readNote(context.paths, (await state()).id, 'conditions.json');
        const one = note?.conditions.find((condition) => condition.type === type);
        found = `${one?.status} ${one?.reason}`;
        return found === held;
      };
      if (!(await eventually(isHeld))) throw new Error(`${type} is ${found}, not ${held}`);
    },
    breakAt: async (...faults: readonly Fault[]): Promise<void> => {
      await makePrivateDir(context.paths.state);
      await writeFile(faultsPath(context), JSON.stringify(faults));
    },
  };
};
