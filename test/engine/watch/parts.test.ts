import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  exhaustedFields,
  HEAL_WINDOW_MS,
  HEALS_AT_MOST,
  NO_HEALS,
  withHeals,
} from '../../../src/engine/watch/heal-limit.ts';
import {
  CONDITION_TYPES,
  type Judgement,
  reasonOfCode,
  unknownConditions,
  withJudgement,
} from '../../../src/model/condition.ts';
import { type Suspension, suspensionLeftMs } from '../../../src/model/suspension.ts';

describe('heal limit', () => {
  test('a field is exhausted while its last three heals lie in ten minutes, whatever others do', () => {
    const heal = fc.record({
      field: fc.constantFrom('power', 'ports[3000]'),
      afterMs: fc.nat(HEAL_WINDOW_MS),
    });
    fc.assert(
      fc.property(fc.array(heal, { maxLength: 30 }), fc.nat(2 * HEAL_WINDOW_MS), (heals, laterMs) => {
        let nowMs = 0;
        let record = NO_HEALS;
        const times: Record<string, number[]> = {};
        for (const { field, afterMs } of heals) {
          nowMs += afterMs;
          record = withHeals(record, [field], nowMs);
          times[field] = [...(times[field] ?? []), nowMs];
        }
        nowMs += laterMs;
        const expected = Object.entries(times)
          .filter(([, all]) => all.filter((time) => time > nowMs - HEAL_WINDOW_MS).length >= HEALS_AT_MOST)
          .map(([field]) => field);
        expect([...exhaustedFields(record, nowMs)].sort()).toEqual(expected.sort());
      }),
    );
  });

  test('a clock that was set back makes nothing exhausted', () => {
    const record = [1, 2, 3].reduce(
      (all, time) => withHeals(all, ['power'], time + HEAL_WINDOW_MS),
      NO_HEALS,
    );
    expect(exhaustedFields(record, 3 + HEAL_WINDOW_MS)).toEqual(['power']);
    expect(exhaustedFields(record, 0)).toEqual([]);
  });
});

describe('conditions', () => {
  const judgement: fc.Arbitrary<Judgement> = fc.record({
    status: fc.constantFrom('True', 'False', 'Unknown'),
    reason: fc.constantFrom('One', 'Two'),
    message: fc.string(),
  });

  test('the time moves exactly when the status does; the others stay as they are', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...CONDITION_TYPES), judgement), { maxLength: 30 }),
        (judgements) => {
          let conditions = unknownConditions('2026-01-01T00:00:00.000Z');
          for (const [index, [type, next]] of judgements.entries()) {
            const at = new Date(Date.UTC(2026, 0, 2) + index).toISOString();
            const before = conditions;
            conditions = withJudgement(before, type, next, at);
            expect(conditions[type]).toEqual({
              type,
              ...next,
              lastTransitionTime: before[type].status === next.status ? before[type].lastTransitionTime : at,
            });
            for (const other of CONDITION_TYPES)
              if (other !== type) expect(conditions[other]).toBe(before[other]);
          }
        },
      ),
    );
  });

  test('a code becomes a reason', () => {
    expect(['HOST_NOT_READY', 'unsupported-field', 'LOCKED'].map(reasonOfCode)).toEqual([
      'HostNotReady',
      'UnsupportedField',
      'Locked',
    ]);
  });
});

describe('suspension', () => {
  const HOUR_MS = 3_600_000;
  const began = Date.UTC(2026, 0, 1, 12);
  const suspension = (durationMs: number | null): Suspension => ({
    format: 1,
    since: new Date(began).toISOString(),
    durationMs,
    reason: null,
    bootId: 'boot-1',
    uptimeMs: 50_000,
  });
  const left = (durationMs: number | null, clockMs: number, upMs: number, bootId = 'boot-1') =>
    suspensionLeftMs(suspension(durationMs), { nowMs: began + clockMs, bootId, uptimeMs: 50_000 + upMs });

  test('ends after its time of the host being up, wherever the clock is set to', () => {
    expect(left(2 * HOUR_MS, HOUR_MS, HOUR_MS)).toBe(HOUR_MS);
    expect(left(2 * HOUR_MS, -1000 * HOUR_MS, HOUR_MS)).toBe(HOUR_MS);
    expect(left(2 * HOUR_MS, -1000 * HOUR_MS, 3 * HOUR_MS)).toBe(0);
    expect(left(2 * HOUR_MS, 1000 * HOUR_MS, 0)).toBe(2 * HOUR_MS);
  });

  test('after another boot the clock counts, and one behind the beginning ends it', () => {
    expect(left(2 * HOUR_MS, HOUR_MS, -50_000, 'boot-2')).toBe(HOUR_MS);
    expect(left(2 * HOUR_MS, 3 * HOUR_MS, -50_000, 'boot-2')).toBe(0);
    expect(left(2 * HOUR_MS, -1, -50_000, 'boot-2')).toBe(0);
  });

  test('without a time it holds until somebody ends it', () => {
    expect(left(null, 10 ** 9, -50_000, 'boot-2')).toBeNull();
  });

  test('whatever the clocks say, no more than its length is left', () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat(), fc.constantFrom('boot-1', 'boot-2'), (clockMs, upMs, bootId) => {
        const found = left(HOUR_MS, clockMs, upMs, bootId);
        expect(found).toBeGreaterThanOrEqual(0);
        expect(found).toBeLessThanOrEqual(HOUR_MS);
      }),
    );
  });
});
