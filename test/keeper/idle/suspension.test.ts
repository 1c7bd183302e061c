import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { Uses } from '../../../src/keeper/idle/judgement.ts';
import { createIdleSuspension, type SuspendedMachine } from '../../../src/keeper/idle/suspension.ts';
import { createMutex } from '../../../src/lib/mutex.ts';
import { eventually } from '../../support/eventually.ts';

const NOTHING: Uses = { sessions: 0, connections: 0, guestConnections: 0, cpuMs: 0 };
const SINCE = '2026-01-02T03:04:05.000Z';

/** A machine that only tells what is done to it, an hour a look; `at` is called before each thing. */
const suspension = (
  options: {
    readonly at?: (what: keyof SuspendedMachine) => Promise<void> | void;
    readonly uses?: () => Uses;
    readonly since?: string;
  } = {},
) => {
  const done: string[] = [];
  const log: string[] = [];
  const act = (what: keyof SuspendedMachine) => async (): Promise<void> => {
    await options.at?.(what);
    done.push(what);
  };
  let looks = 0;
  const idle = createIdleSuspension({
    machine: {
      hide: act('hide'),
      show: act('show'),
      leave: act('leave'),
      halt: act('halt'),
      run: act('run'),
      reach: act('reach'),
    },
    inTurn: createMutex(),
    afterMs: () => 3_600_000 / 4000,
    isReady: () => true,
    uses: async () => options.uses?.() ?? NOTHING,
    now: () => new Date(SINCE),
    monotonicMs: () => {
      looks += 1;
      return looks * 1000;
    },
    log: (text) => log.push(text.replace(/\d+ ms/, 'N ms')),
    since: options.since,
  });
  onTestFinished(idle.close);
  return { idle, done, log };
};

test('an unused machine is suspended, and everybody who wants it waits for the same wake', async () => {
  const { idle, done, log } = suspension({ at: () => sleep(5) });
  idle.watch();
  expect(idle.since()).toBeUndefined();
  expect(await eventually(async () => done.includes('halt'))).toBe(true);
  expect(idle.since()).toBe(SINCE);
  await Promise.all([idle.awake('a session'), idle.awake('a connection'), idle.awake('a connection')]);
  expect(idle.since()).toBeUndefined();
  expect(idle.isAwake()).toBe(true);
  expect(done.slice(0, 5)).toEqual(['hide', 'leave', 'halt', 'run', 'reach']);
  expect(log.slice(0, 2)).toEqual(['suspended: unused for 1s', 'woken by a session, reached after N ms']);
});

test('who comes before the last look is let in by the same master', async () => {
  let sessions = 0;
  const { idle, done, log } = suspension({
    at: (what) => {
      if (what === 'hide') sessions = 1;
    },
    uses: () => ({ ...NOTHING, sessions }),
  });
  idle.watch();
  expect(await eventually(async () => done.includes('show'))).toBe(true);
  expect(done).toEqual(['hide', 'show']);
  expect(idle.isAwake()).toBe(true);
  expect(log).toEqual([]);
});

test('who asks while it is about to be suspended has it, with a new master where that has ended', async () => {
  const waited: Promise<void>[] = [];
  const made = suspension({
    at: (what) => {
      if (what === 'leave') waited.push(made.idle.awake('a session'));
    },
  });
  made.idle.watch();
  expect(await eventually(async () => waited.length === 1)).toBe(true);
  await waited[0];
  expect(made.done).toEqual(['hide', 'leave', 'reach']);
  expect(made.idle.isAwake()).toBe(true);
  expect(made.log).toEqual([]);
});

test('who comes while it is being halted wakes it', async () => {
  const waited: Promise<void>[] = [];
  const made = suspension({
    at: (what) => {
      if (what === 'halt') waited.push(made.idle.awake('a connection'));
    },
  });
  made.idle.watch();
  expect(await eventually(async () => waited.length === 1)).toBe(true);
  await waited[0];
  expect(made.done).toEqual(['hide', 'leave', 'halt', 'run', 'reach']);
  expect(made.idle.isAwake()).toBe(true);
});

test('a machine that QEMU does not halt goes on, and is reached again', async () => {
  const { idle, done, log } = suspension({
    at: (what) => {
      if (what === 'halt') throw new Error('QEMU said no');
    },
  });
  idle.watch();
  expect(await eventually(async () => done.includes('reach'))).toBe(true);
  expect(done).toEqual(['hide', 'leave', 'run', 'reach']);
  expect(idle.since()).toBeUndefined();
  expect(log).toEqual(['suspending: Error: QEMU said no']);
});

test('what an earlier keeper has suspended is woken; one that does not wake stays so and is tried again', async () => {
  let isBroken = true;
  const { idle, done } = suspension({
    since: SINCE,
    at: (what) => {
      if (what === 'run' && isBroken) throw new Error('no answer');
    },
  });
  idle.watch();
  expect(idle.since()).toBe(SINCE);
  await expect(idle.awake('a session')).rejects.toThrow('no answer');
  expect(idle.since()).toBe(SINCE);
  isBroken = false;
  await idle.awake('a session');
  expect(done).toEqual(['run', 'reach']);
  expect(idle.isAwake()).toBe(true);
});

test('a machine whose uses cannot be seen is used', async () => {
  let looks = 0;
  const { idle, done } = suspension({
    uses: () => {
      looks += 1;
      throw new Error('no /proc');
    },
  });
  idle.watch();
  expect(await eventually(async () => looks >= 2, 5000)).toBe(true);
  expect(done).toEqual([]);
});
