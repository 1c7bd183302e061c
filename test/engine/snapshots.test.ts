import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rollBack } from '../../src/engine/rollback.ts';
import { deleteSnapshot, listSnapshots, takeSnapshot } from '../../src/engine/snapshots.ts';
import { machineDir } from '../../src/lib/paths.ts';
import type { RollbackOffer } from '../../src/model/snapshot.ts';
import { failureOf } from '../support/failure.ts';
import { fakePorts } from '../support/fake-ports.ts';
import { fakeWorld } from '../support/fake-world.ts';
import { schemaErrors, schemaErrorsBy } from '../support/schema-check.ts';

type World = Awaited<ReturnType<typeof fakeWorld>>;

const GOOD = { packages: ['git'], scripts: { 'setup.sh': 'true\n' } };
const BAD = { packages: ['git', 'jq'], scripts: { 'setup.sh': 'touch /broken; exit 3\n' } };

const listed = async (world: World) => listSnapshots(world.context, fakePorts, await world.state());
const names = async (world: World) => (await listed(world)).snapshots.map(({ name }) => name);
const back = async (world: World, name: string, approve = async (_offer: RollbackOffer) => true) =>
  rollBack(world.context, fakePorts, { machine: await world.state(), name, command: 'test', approve });

test('a failed script offers the way back, and the disk and what is recorded are as they were', async () => {
  const world = await fakeWorld();
  await world.apply(GOOD);
  const [before, fields] = [await world.disk(), (await world.state()).fields];
  await world.tamper((machine) => ({ ...machine, sessions: ['claude', 'shell'] }));
  const offers: RollbackOffer[] = [];
  const offerRollback = async (offer: RollbackOffer) => offers.push(offer) > 0;
  const failure = await failureOf(world.apply(BAD, { offerRollback }));
  expect([failure.code, failure.exitCode, failure.details]).toEqual([
    'SCRIPT_FAILED',
    7,
    [expect.stringMatching(/^The disk is back to the snapshot auto-[0-9a-f]{4}\.$/)],
  ]);
  expect(offers).toEqual([
    {
      machine: 'demo',
      name: expect.stringMatching(/^auto-/),
      at: expect.stringMatching(/Z$/),
      power: 'running',
      lost: ['base.packages[jq]'],
      sessions: ['claude', 'shell'],
      keepAs: expect.stringMatching(/^auto-/),
    },
  ]);
  expect(await world.disk()).toEqual(before);
  expect((await world.state()).fields).toEqual(fields);
  expect((await world.simulated()).power).toBe('running');
  expect(await names(world)).toEqual([offers[0]?.name, offers[0]?.keepAs]);
  // The manifest asks for the same again, and with the script mended it gets there.
  const { outcome } = await world.apply({ ...BAD, scripts: GOOD.scripts });
  expect([outcome, (await world.disk()).packages]).toEqual(['applied', ['git', 'jq']]);
});

test('a failed script without an answer keeps the disk as it is and tells the command', async () => {
  const world = await fakeWorld();
  await world.apply(GOOD);
  const failure = await failureOf(world.apply(BAD));
  const [name] = await names(world);
  expect([failure.exitCode, failure.details]).toEqual([
    7,
    [`The disk as it was before is kept as the snapshot ${name}.`],
  ]);
  expect(failure.hint).toContain(`agentvm rollback ${name}`);
  expect((await world.disk()).packages).toEqual(['git', 'jq']);
  const declined = await failureOf(world.apply(BAD, { offerRollback: async () => false }));
  expect(declined.details[0]).toMatch(/^The disk as it was before is kept/);
});

test('what is gone on the rolled-back disk is applied again', async () => {
  const world = await fakeWorld();
  await world.apply(GOOD);
  await takeSnapshot(world.context, fakePorts, await world.state(), 'mine', 'test');
  await world.apply({ ...GOOD, packages: ['git', 'jq'], ports: { 3000: 3000 }, diskGiB: 20 });
  await back(world, 'mine');
  const { changes } = await world.plan({
    ...GOOD,
    packages: ['git', 'jq'],
    ports: { 3000: 3000 },
    diskGiB: 20,
  });
  expect(changes.map(({ field, movement }) => [field, movement])).toEqual([
    ['base.packages[jq]', 'edit'],
    ['resources.disk', 'edit'],
  ]);
});

test('a rollback reaches behind a new root disk', async () => {
  const world = await fakeWorld();
  await world.apply(GOOD);
  const before = await world.disk();
  await world.apply({ ...GOOD, image: 'debian-13' });
  const [name = ''] = await names(world);
  const newer = await world.disk();
  const left = await back(world, name);
  expect(await world.disk()).toEqual(before);
  expect((await world.plan(GOOD)).changes).toEqual([]);
  // And forth again, to what was there before it.
  expect(await names(world)).toEqual([name, left?.keepAs]);
  await back(world, left?.keepAs ?? '');
  expect(await world.disk()).toEqual(newer);
  await back(world, name);
  await world.apply({ ...GOOD, image: 'debian-13', packages: ['git', 'jq'] });
  expect((await world.disk()).packages).toEqual(['git', 'jq']);
});

test('snapshots of its own go beyond the number that is kept, those of a person stay', async () => {
  const world = await fakeWorld();
  await world.apply({ keep: 2 });
  await takeSnapshot(world.context, fakePorts, await world.state(), 'mine', 'test');
  const seen: string[] = [];
  for (const one of ['a', 'b', 'c', 'd']) {
    const { plan } = await world.apply({ keep: 2, packages: [one] });
    seen.push(plan.snapshot?.name ?? '');
  }
  expect(new Set(seen).size).toBe(4);
  expect(await names(world)).toEqual(['mine', seen[2], seen[3]]);
  const path = join(machineDir(world.context.paths, (await world.state()).id), 'snapshots.json');
  const records = JSON.parse(await readFile(path, 'utf8'));
  expect(schemaErrorsBy('snapshot-records.v1', records)).toEqual([]);
  expect(schemaErrors(await listed(world))).toEqual([]);
  await world.apply({ keep: 0, packages: ['e'] });
  expect(await names(world)).toEqual(['mine']);
  await deleteSnapshot(world.context, fakePorts, await world.state(), 'mine', 'test');
  expect(await names(world)).toEqual([]);
});

test('an apply that goes on after a failure has its way back already, until an hour has passed', async () => {
  const world = await fakeWorld();
  await world.apply(GOOD);
  const before = await world.disk();
  await failureOf(world.apply(BAD));
  const [name] = await names(world);
  const { snapshot, steps } = await world.plan(BAD);
  expect(snapshot).toMatchObject({ name, takenAt: expect.stringMatching(/Z$/) });
  expect(steps.map(({ id }) => id)).toEqual(['script.run:setup.sh']);
  await failureOf(world.apply(BAD));
  expect(await names(world)).toEqual([name]);
  const later = { ...world.context, clock: { now: () => new Date(Date.now() + 3_700_000) } };
  await failureOf(world.apply(BAD, { context: later }));
  expect(await names(world)).toHaveLength(2);
  await back(world, name ?? '');
  expect(await world.disk()).toEqual(before);
});

test('of what was taken since all was well the first stays', async () => {
  const world = await fakeWorld();
  await world.apply({ ...GOOD, keep: 2 });
  const first = (await world.plan({ ...BAD, keep: 2 })).snapshot?.name;
  const offerRollback = async () => true;
  for (let times = 0; times < 4; times++)
    await failureOf(world.apply({ ...BAD, keep: 2 }, { offerRollback }));
  const left = await names(world);
  expect([left[0], left.length]).toEqual([first, 3]);
  await world.apply({ ...GOOD, packages: ['git', 'vim'], keep: 2 });
  expect(await names(world)).toHaveLength(2);
});

test('a name is taken once, and belongs to a person', async () => {
  const world = await fakeWorld();
  await world.apply({});
  const take = async (name: string) =>
    takeSnapshot(world.context, fakePorts, await world.state(), name, 'test');
  await take('mine');
  expect((await failureOf(take('mine'))).code).toBe('SNAPSHOT_EXISTS');
  for (const name of ['auto-1234', '1', '-x', 'a b', '', '../x']) {
    expect((await failureOf(take(name))).code, name).toBe('SNAPSHOT_NAME');
  }
  expect((await failureOf(back(world, 'other'))).code).toBe('SNAPSHOT_UNKNOWN');
  const remove = deleteSnapshot(world.context, fakePorts, await world.state(), 'other', 'test');
  expect((await failureOf(remove)).code).toBe('SNAPSHOT_UNKNOWN');
});

test('a rollback that is declined changes nothing, and a stopped machine stays stopped', async () => {
  const world = await fakeWorld();
  await world.apply(GOOD);
  await takeSnapshot(world.context, fakePorts, await world.state(), 'mine', 'test');
  const before = await world.state();
  expect(await back(world, 'mine', async () => false)).toBeUndefined();
  expect(await world.state()).toEqual(before);
  await world.tamper((machine) => ({ ...machine, power: 'stopped', isReady: false }));
  await back(world, 'mine');
  expect((await world.simulated()).power).toBe('stopped');
});

test.each([
  ['stop.after', 2],
  ['snapshots.take.after', 2],
  ['snapshots.restore.before', 1],
  ['snapshots.restore.after', 1],
  ['start.before', 1],
])('a rollback that fails at %s is repeated and gets there', async (at) => {
  const world = await fakeWorld();
  await world.apply(GOOD);
  const before = await world.disk();
  await takeSnapshot(world.context, fakePorts, await world.state(), 'mine', 'test');
  await world.apply({ ...GOOD, packages: ['git', 'jq'] });
  await world.breakAt({ at, how: 'fail' });
  expect((await failureOf(back(world, 'mine'))).exitCode).toBe(7);
  await back(world, 'mine');
  expect(await world.disk()).toEqual(before);
  await world.apply(GOOD);
  expect((await world.plan(GOOD)).changes).toEqual([]);
});
