import type { Mutex } from '../../lib/mutex.ts';
import { durationText } from '../../model/idle.ts';
import { type IdleTime, isHeld, lookEveryMs, lookedAt, type Uses } from './judgement.ts';

/** Suspends a running machine that nobody uses, and wakes it for the next who does. */
export type IdleSuspension = {
  /** RFC 3339 in UTC; undefined while the machine runs. */
  readonly since: () => string | undefined;
  /** Whether its processors run and its SSH master is nobody's work just now. */
  readonly isAwake: () => boolean;
  /** Something uses it just now. */
  readonly used: () => void;
  /** Resolves when it runs and is reached; at once while it is. `by` is for the log. Rejects where QEMU does not go on. */
  readonly awake: (by: string) => Promise<void>;
  /** Looks from now on, as the settings say. */
  readonly watch: () => void;
  /** Settles when a suspension that has begun has come to its end, one way or the other. */
  readonly settled: () => Promise<void>;
  readonly close: () => void;
};

/** What is done to the machine, each in turn with all else that is. */
export type SuspendedMachine = {
  /** Lets nobody new in through the SSH master; takes that back. */
  readonly hide: () => Promise<void>;
  readonly show: () => Promise<void>;
  /** Ends the SSH master. */
  readonly leave: () => Promise<void>;
  /** Records it, then halts the guest's processors. */
  readonly halt: (since: string) => Promise<void>;
  /** Lets them run on and takes the record back. */
  readonly run: () => Promise<void>;
  /** Makes the SSH master with all that goes through it, and sets the guest's clock. Tells what failed itself. */
  readonly reach: () => Promise<void>;
};

export type IdleSuspensionOptions = {
  readonly machine: SuspendedMachine;
  readonly inTurn: Mutex;
  /** Undefined where the machine is never suspended. */
  readonly afterMs: () => number | undefined;
  /** Whether the machine runs, its guest is reached, and nobody is about to end it. */
  readonly isReady: () => boolean;
  readonly uses: () => Promise<Uses>;
  readonly now: () => Date;
  /** Stands still while this host sleeps. */
  readonly monotonicMs: () => number;
  readonly log: (text: string) => void;
  /** Since when an earlier keeper has had it suspended. */
  readonly since?: string | undefined;
};

/** The suspension of one running machine; it looks at nothing before `watch`. */
export const createIdleSuspension = (options: IdleSuspensionOptions): IdleSuspension => {
  const { machine, inTurn, afterMs, isReady, monotonicMs, log } = options;
  let { since } = options;
  let phase: 'awake' | 'falling' | 'suspended' | 'waking' = since === undefined ? 'awake' : 'suspended';
  let time: IdleTime = { usedAtMs: monotonicMs() };
  let marks = 0;
  let waking: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;

  const used = (): void => {
    marks += 1;
    time = { ...time, usedAtMs: monotonicMs() };
  };

  const suspend = async (why: string): Promise<void> => {
    const marked = marks;
    const isStillUnused = async (): Promise<boolean> =>
      !isHeld(await options.uses()) && marks === marked && isReady();
    // From here on whoever comes waits: a session finds no master and asks for one.
    phase = 'falling';
    try {
      await machine.hide();
      const isAlone = await isStillUnused().catch(() => false);
      if (!isAlone) {
        await machine.show();
        used();
        return;
      }
      await machine.leave();
      if (!(await isStillUnused())) {
        used();
        await machine.reach();
        return;
      }
      since = options.now().toISOString();
      await machine.halt(since);
      phase = 'suspended';
      log(`suspended: ${why}`);
    } catch (error) {
      since = undefined;
      used();
      log(`suspending: ${String(error)}`);
      await machine.run().catch((problem: unknown) => log(`going on: ${String(problem)}`));
      await machine.reach();
    } finally {
      if (phase === 'falling') phase = 'awake';
    }
  };

  const look = async (): Promise<void> => {
    const limitMs = afterMs();
    if (phase !== 'awake' || limitMs === undefined || isClosed) return;
    const uses = isReady()
      ? await options.uses().catch((error: unknown) => {
          log(`looking for what uses the machine: ${String(error)}`);
          return undefined;
        })
      : undefined;
    // What cannot be seen may be there.
    if (uses === undefined) return used();
    const nowMs = monotonicMs();
    time = lookedAt(time, nowMs, uses);
    if (nowMs - time.usedAtMs >= limitMs && isReady()) {
      await suspend(`unused for ${durationText(Math.round(limitMs / 1000))}`);
    }
  };

  const watch = (): void => {
    clearTimeout(timer);
    const limitMs = afterMs();
    if (isClosed || limitMs === undefined || phase !== 'awake') return;
    timer = setTimeout(() => {
      inTurn(look)
        .catch((error: unknown) => log(`idle: ${String(error)}`))
        .finally(watch);
    }, lookEveryMs(limitMs));
  };

  const wake = async (by: string): Promise<void> => {
    if (phase !== 'suspended' || isClosed) return;
    const beganMs = monotonicMs();
    await machine.run();
    phase = 'waking';
    since = undefined;
    try {
      await machine.reach();
    } finally {
      phase = 'awake';
      time = { usedAtMs: monotonicMs() };
      log(`woken by ${by}, reached after ${Math.round(monotonicMs() - beganMs)} ms`);
      watch();
    }
  };

  return {
    since: () => since,
    isAwake: () => phase === 'awake',
    used,
    awake: (by) => {
      used();
      if (phase === 'awake' || isClosed) return Promise.resolve();
      waking ??= inTurn(() => wake(by)).finally(() => {
        waking = undefined;
      });
      return waking;
    },
    watch,
    settled: () => (phase === 'falling' ? inTurn(() => Promise.resolve()) : Promise.resolve()),
    close: () => {
      isClosed = true;
      clearTimeout(timer);
    },
  };
};
