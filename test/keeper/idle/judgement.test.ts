import { expect, test } from 'vitest';
import { type IdleTime, lookEveryMs, lookedAt, type Uses } from '../../../src/keeper/idle/judgement.ts';

const NOTHING: Uses = { sessions: 0, connections: 0, guestConnections: 0, cpuMs: 0 };

/** For how many seconds nobody has used it, after each of some looks a second apart. */
const unusedAfter = (looks: readonly Partial<Uses>[], from = 0): readonly number[] => {
  let time: IdleTime = { usedAtMs: from };
  return looks.map((uses, index) => {
    const nowMs = from + (index + 1) * 1000;
    time = lookedAt(time, nowMs, { ...NOTHING, ...uses });
    return (nowMs - time.usedAtMs) / 1000;
  });
};

test('the time of an unused machine goes on, whatever the clock shows at its start', () => {
  expect(unusedAfter([{}, {}, {}])).toEqual([1, 2, 3]);
  expect(unusedAfter([{}, {}, {}], 1_700_000_000_000)).toEqual([1, 2, 3]);
});

test.each(['sessions', 'connections', 'guestConnections'] as const)('one of its %s is a use', (kind) => {
  expect(unusedAfter([{}, { [kind]: 1 }, { [kind]: 3 }, {}, {}])).toEqual([1, 0, 0, 1, 2]);
});

test('work is what takes more than a quarter of a core between two looks; the first look knows of none', () => {
  expect(unusedAfter([{ cpuMs: 90_000 }, { cpuMs: 90_250 }, { cpuMs: 90_510 }, { cpuMs: 90_510 }])).toEqual([
    1, 2, 0, 1,
  ]);
});

test('two looks that follow at once make no work of a tick of the clock', () => {
  const first = lookedAt({ usedAtMs: 0 }, 1000, { ...NOTHING, cpuMs: 100 });
  const second = lookedAt(first, 1010, { ...NOTHING, cpuMs: 100 });
  expect(second).toEqual({ usedAtMs: 0, cpu: { atMs: 1000, cpuMs: 100 } });
  // What was left out then counts in the next.
  expect(lookedAt(second, 2000, { ...NOTHING, cpuMs: 400 }).usedAtMs).toBe(2000);
});

test('looks are as far apart as the time after which it counts allows', () => {
  expect([4_000, 10_000, 60_000, 30 * 60_000].map(lookEveryMs)).toEqual([1000, 2000, 12_000, 15_000]);
});
