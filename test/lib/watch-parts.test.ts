import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createBackoff } from '../../src/lib/backoff.ts';
import { debounce } from '../../src/lib/debounce.ts';
import { createLatch } from '../../src/lib/latch.ts';
import { fraction } from '../support/fraction.ts';

const TIMES = { firstMs: 5000, capMs: 300_000 };
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('backoff', () => {
  test('doubles from the first to the cap, with up to a fifth of it left to chance', () => {
    const delays = (random: () => number): readonly number[] => {
      const backoff = createBackoff(TIMES, { nowMs: () => 0, random });
      return Array.from({ length: 9 }, () => backoff.fail());
    };
    expect(delays(() => 0)).toEqual([
      5000, 10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000, 300_000,
    ]);
    expect(delays(() => 0.999_999)).toEqual([
      4000, 8000, 16_000, 32_000, 64_000, 128_000, 240_000, 240_000, 240_000,
    ]);
  });

  test('for any failures and resets a delay is positive and at most the cap, and what is left never exceeds it', () => {
    const event = fc.oneof(
      fc.constant('fail' as const),
      fc.constant('reset' as const),
      fc.integer({ min: 0, max: 10 ** 6 }),
    );
    fc.assert(
      fc.property(
        fc.array(event, { maxLength: 60 }),
        fraction.map((part) => part * 0.999),
        (events, chance) => {
          let nowMs = 0;
          const backoff = createBackoff(TIMES, { nowMs: () => nowMs, random: () => chance });
          for (const one of events) {
            if (one === 'reset') {
              backoff.reset();
              expect(backoff.leftMs()).toBe(0);
              expect(createBackoff(TIMES, { nowMs: () => 0, random: () => chance }).fail()).toBe(
                backoff.fail(),
              );
            } else if (one === 'fail') {
              const delayMs = backoff.fail();
              expect(delayMs).toBeGreaterThan(0);
              expect(delayMs).toBeLessThanOrEqual(TIMES.capMs);
              expect(backoff.leftMs()).toBe(delayMs);
            } else nowMs += one;
            expect(backoff.leftMs()).toBeLessThanOrEqual(TIMES.capMs);
            expect(backoff.leftMs()).toBeGreaterThanOrEqual(0);
          }
        },
      ),
    );
  });
});

describe('debounce', () => {
  test('calls in a row are one, and a stream without a pause still comes through', async () => {
    const passed: number[] = [];
    const start = performance.now();
    const { call, cancel } = debounce({ quietMs: 60, mostMs: 250 }, () =>
      passed.push(performance.now() - start),
    );
    for (let count = 0; count < 5; count++) call();
    await sleep(120);
    expect(passed).toHaveLength(1);
    for (let count = 0; count < 40; count++) {
      call();
      await sleep(10);
    }
    await sleep(120);
    expect(passed.length).toBeGreaterThanOrEqual(3);
    expect(passed.length).toBeLessThanOrEqual(5);
    call();
    cancel();
    const before = passed.length;
    await sleep(120);
    expect(passed).toHaveLength(before);
  });
});

describe('latch', () => {
  test('work never runs twice at once, and what is asked meanwhile is one more run with all of it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 12 }),
        async (pauses) => {
          let atWork = 0;
          const done: number[] = [];
          const latch = createLatch<{ readonly asked: readonly number[] }>(
            (a, b) => ({ asked: [...a.asked, ...b.asked] }),
            async ({ asked }) => {
              atWork += 1;
              expect(atWork).toBe(1);
              await Promise.resolve();
              await Promise.resolve();
              done.push(...asked);
              atWork -= 1;
            },
          );
          for (const [index, pause] of pauses.entries()) {
            latch.ask({ asked: [index] });
            for (let count = 0; count < pause; count++) await Promise.resolve();
          }
          await latch.idle();
          expect(done).toEqual(pauses.map((_, index) => index));
        },
      ),
      { numRuns: 200 },
    );
  });
});
