import { expect, test } from 'vitest';
import type { ApplyEvent } from '../../src/model/apply.ts';
import type { Step } from '../../src/model/plan.ts';
import { type FieldsPatch, openJournal } from '../../src/state/journal.ts';
import { writeState } from '../../src/state/store.ts';
import { fakeWorld } from '../support/fake-world.ts';

type World = Awaited<ReturnType<typeof fakeWorld>>;

const AT = '2030-01-02T03:04:05.000Z';

/** Leaves the journal as a command does that is cut off in the middle of a step. */
const leaveOpen = async (world: World, action: Step['action'], patch: FieldsPatch = {}): Promise<void> => {
  const { id } = await world.state();
  const step: Step = {
    id: action.kind,
    action,
    strategy: 'restart',
    after: [],
    fields: Object.keys(patch),
    records: Object.keys(patch),
    reason: { code: 'field-policy', text: 'a test' },
    title: `do ${action.kind}`,
  };
  const journal = await openJournal(world.context.paths, id);
  await journal.append({ kind: 'begin', apply: '7f3a0000', at: AT, steps: ['machine.stop', step.id] });
  await journal.append({ kind: 'intent', apply: '7f3a0000', at: AT, step, patch });
  await journal.close();
};

const recoveries = async (world: World, wish = {}) => {
  const events: ApplyEvent[] = [];
  const { outcome } = await world.apply(wish, { onEvent: (event) => events.push(event) });
  return { outcome, found: events.flatMap((event) => (event.event === 'recovered' ? [event.as] : [])) };
};

test('a plan tells of the step that was cut off', async () => {
  const world = await fakeWorld();
  await world.apply({});
  await leaveOpen(world, { kind: 'machine.start' });
  expect((await world.plan({})).notes).toEqual([
    'An earlier apply (7f3a0000) was cut off at step 2/2, do machine.start; apply settles it first.',
  ]);
});

test('a start that was cut off and came up is done, with what it was to record', async () => {
  const world = await fakeWorld();
  await world.apply({});
  await leaveOpen(
    world,
    { kind: 'machine.start' },
    { 'labels[x]': { path: 'labels[]', key: 'x', value: 'y' } },
  );
  expect(await recoveries(world, { labels: { x: 'y' } })).toEqual({ outcome: 'unchanged', found: ['done'] });
  expect((await world.state()).fields['labels[x]']?.value).toBe('y');
});

test('a start that was cut off before it did anything is undone, and planned again', async () => {
  const world = await fakeWorld();
  await world.apply({});
  await world.tamper((machine) => ({ ...machine, power: 'stopped', isReady: false }));
  await leaveOpen(world, { kind: 'machine.start' });
  expect(await recoveries(world)).toEqual({ outcome: 'applied', found: ['undone'] });
  expect(await recoveries(world)).toEqual({ outcome: 'unchanged', found: [] });
});

test('a step whose effect the state holds is only closed in the journal', async () => {
  const world = await fakeWorld();
  await world.apply({});
  await leaveOpen(world, { kind: 'packages.change', install: [], remove: [] });
  const state = await world.state();
  await writeState(world.context.paths, {
    ...state,
    lastStep: { apply: '7f3a0000', step: 'packages.change' },
  });
  expect(await recoveries(world)).toEqual({ outcome: 'unchanged', found: ['done'] });
});

test('a stop that was cut off is found by the power of the machine', async () => {
  const world = await fakeWorld();
  await world.apply({});
  await world.tamper((machine) => ({ ...machine, power: 'stopped', isReady: false }));
  await leaveOpen(world, { kind: 'machine.stop' });
  expect(await recoveries(world)).toEqual({ outcome: 'applied', found: ['done'] });
});
