import { expect, test } from 'vitest';
import { takenOver } from '../../../src/keeper/idle/suspended-run.ts';
import type { Run } from '../../../src/keeper/protocol-files.ts';

const process = { pid: 1, startTime: '1' } as unknown as Run['holder'];
const run: Run = { format: 1, bootId: 'b', holder: process, qemu: process, shares: [], known: [] };
const since = '2026-01-02T03:04:05.000Z';

test('a machine that was suspended is, after its keeper was killed', () => {
  expect(takenOver({ ...run, suspendedSince: since }, true)).toEqual({ ...run, suspendedSince: since });
});

test('one that was to be and runs, or that its disk’s error paused, is not', () => {
  expect(takenOver({ ...run, suspendedSince: since }, false)).toEqual(run);
});

test('one that somebody else has halted is as it was', () => {
  expect(takenOver(run, true)).toEqual(run);
});
