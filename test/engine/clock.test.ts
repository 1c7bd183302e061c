import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ApplyEvent } from '../../src/model/apply.ts';
import { fakeWorld } from '../support/fake-world.ts';
import { schemaErrors } from '../support/schema-check.ts';

const at = (time: string) => ({ now: () => new Date(time) });

test('a clock that was set back stops nothing: what was applied in the future is applied', async () => {
  const world = await fakeWorld();
  const later = { ...world.context, clock: at('2040-01-01T00:00:00Z') };
  const now = { ...world.context, clock: at('2030-01-01T00:00:00Z') };
  await world.apply({ packages: ['git'] }, { context: later });
  expect((await world.state()).appliedAt).toBe('2040-01-01T00:00:00.000Z');
  expect((await world.apply({ packages: ['git'] }, { context: now })).outcome).toBe('unchanged');
  expect((await world.apply({ packages: ['jq'] }, { context: now })).outcome).toBe('applied');
  expect((await world.state()).appliedAt).toBe('2030-01-01T00:00:00.000Z');
  // A lock is the kernel's, and knows no time: the note of its holder is gone with it.
  const note = join(world.context.paths.state, 'locks', `${(await world.state()).id}.lock.holder`);
  await expect(readFile(note)).rejects.toThrow('ENOENT');
});

test('a clock that runs backwards while a step runs gives no negative time', async () => {
  const world = await fakeWorld();
  let time = Date.parse('2030-01-01T00:00:00Z');
  const clock = {
    now: () => {
      time -= 60_000;
      return new Date(time);
    },
  };
  const events: ApplyEvent[] = [];
  await world.apply({}, { context: { ...world.context, clock }, onEvent: (event) => events.push(event) });
  expect(events.flatMap(schemaErrors)).toEqual([]);
  expect(events.filter(({ event }) => event === 'step-done').length).toBeGreaterThan(2);
});
