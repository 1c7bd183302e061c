import { expect, test } from 'vitest';
import type { ApplyEvent } from '../../src/model/apply.ts';
import type { Step } from '../../src/model/plan.ts';
import { hasWork } from '../../src/reconcile/approval.ts';
import { planText } from '../../src/reconcile/plan-text.ts';
import { type FieldsPatch, openJournal } from '../../src/state/journal.ts';
import { writeState } from '../../src/state/store.ts';
import type { Wish } from '../support/desired.ts';
import { fakeWorld } from '../support/fake-world.ts';
import { schemaErrors } from '../support/schema-check.ts';

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

const recoveryLine = async (world: World, wish: Wish = {}): Promise<readonly string[]> => {
  const shown = planText(await world.plan(wish)).split('\n');
  return shown.slice(1, -1).map((line) => line.trim());
};

test('a plan tells of the step that was cut off, and apply settles it', async () => {
  const world = await fakeWorld();
  await world.apply({});
  await leaveOpen(world, { kind: 'machine.start' });
  const plan = await world.plan({});
  expect(plan.recovery).toEqual({
    apply: '7f3a0000',
    step: 'machine.start',
    title: 'do machine.start',
    position: 2,
    total: 2,
    isOpen: true,
  });
  expect(schemaErrors(plan)).toEqual([]);
  expect([plan.steps, hasWork(plan)]).toEqual([[], true]);
  expect(await recoveryLine(world)).toEqual([
    'resume apply 7f3a at step 2/2: do machine.start (cut off; apply looks at it first)',
    'Plan: settle the step that was cut off. 8 fields unchanged.',
    'Run: agentvm apply',
  ]);
  await world.apply({});
  expect((await world.plan({})).recovery).toBeNull();
});

test('an apply that was stopped between two steps, or by a failed one, is gone on with', async () => {
  const world = await fakeWorld();
  await world.breakAt({ at: 'guest.runScript.before', how: 'fail' });
  const wish = { packages: ['git'], scripts: { 'setup.sh': 'true\n' } };
  await expect(world.apply(wish)).rejects.toThrow('told to fail');
  const [resumed] = await recoveryLine(world, wish);
  expect(resumed?.replace(/apply [0-9a-f]{4} /, 'apply 7f3a ')).toBe(
    'resume apply 7f3a at step 5/6: run setup.sh',
  );
  expect((await world.plan(wish)).recovery).toMatchObject({ isOpen: false, step: 'script.run:setup.sh' });
  // What the manifest asks for no longer is not gone on with.
  expect((await world.plan({ packages: ['git'] })).recovery).toBeNull();
  await world.apply(wish);
  expect((await world.plan(wish)).recovery).toBeNull();
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

test('a new root whose first boot was cut off is booted again, without a second approval', async () => {
  const world = await fakeWorld();
  await world.apply({});
  const controller = new AbortController();
  const aborted = world.apply(
    { image: 'debian-13' },
    {
      context: { ...world.context, signal: controller.signal },
      onEvent: (event) => {
        if (event.event === 'step-done' && event.step === 'root.replace') controller.abort(new Error('stop'));
      },
    },
  );
  await expect(aborted).rejects.toThrow('stop');
  await leaveOpen(world, { kind: 'machine.start' });
  const { plan } = await world.apply({ image: 'debian-13' });
  expect([plan.strategy, plan.steps.map((step) => step.id)]).toEqual(['live', ['machine.start']]);
  expect((await world.state()).unprovenRoot).toBeNull();
});

test('a new root that hangs in its first boot is taken back when the next command finds it so', async () => {
  const world = await fakeWorld();
  await world.apply({});
  const before = await world.state();
  const controller = new AbortController();
  await world
    .apply(
      { image: 'debian-13' },
      {
        context: { ...world.context, signal: controller.signal },
        onEvent: (event) => {
          if (event.event === 'step-done' && event.step === 'root.replace')
            controller.abort(new Error('stop'));
        },
      },
    )
    .catch(() => {});
  await world.tamper((machine) => ({
    ...machine,
    power: 'running',
    isReady: false,
    running: machine.running && { ...machine.running, generation: 2 },
  }));
  await leaveOpen(world, { kind: 'machine.start' });
  await world.breakAt({ at: 'guest.waitUntilReady.before', how: 'fail' });
  expect(await recoveries(world)).toEqual({ outcome: 'applied', found: ['undone'] });
  const state = await world.state();
  expect([state.fields['base.image'], state.driverState]).toEqual([
    before.fields['base.image'],
    before.driverState,
  ]);
});

test('what a cut-off step may have done is taken back when the manifest no longer asks for it', async () => {
  const world = await fakeWorld();
  const before = { env: { MODE: 'old' }, packages: ['git'] };
  const wish = { env: { MODE: 'new' }, packages: ['git', 'jq'] };
  await world.apply(before);
  for (const at of ['guest.writeEnvironment.after', 'guest.changePackages.after']) {
    await world.breakAt({ at, how: 'fail' });
    await expect(world.apply(wish)).rejects.toThrow('told to fail');
    expect((await world.plan(before)).changes).not.toEqual([]);
    await world.apply(before);
    expect(await world.disk()).toMatchObject({ environment: { MODE: 'old' }, packages: ['git'] });
    expect((await world.plan(before)).changes).toEqual([]);
  }
});

test('what a cut-off step had installed is agentvm’s own, and goes with its line', async () => {
  const world = await fakeWorld();
  await world.apply({ packages: ['git'] });
  await world.breakAt({ at: 'guest.changePackages.after', how: 'fail' });
  await expect(world.apply({ packages: ['git', 'jq'] })).rejects.toThrow('told to fail');
  await world.apply({ packages: ['git', 'jq'] });
  expect((await world.state()).fields['base.packages[jq]']).toEqual({
    path: 'base.packages[]',
    key: 'jq',
    value: true,
  });
  await world.apply({ packages: ['git'] });
  expect((await world.disk()).packages).toEqual(['git']);
});
