import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { restartMachine, startMachine, stopMachine } from '../../src/engine/lifecycle.ts';
import { ALL_GRANTS, revokeGrants } from '../../src/engine/revoke.ts';
import { readGrants } from '../../src/state/grants.ts';
import { failureOf } from '../support/failure.ts';
import { fakePorts } from '../support/fake-ports.ts';
import { fakeWorld } from '../support/fake-world.ts';

/** A running machine with two granted mounts. */
const machineWithMounts = async () => {
  const world = await fakeWorld();
  const [one, two] = [join(world.root, 'one'), join(world.root, 'two')];
  for (const folder of [world.folder, one, two]) await mkdir(folder, { recursive: true });
  const wish = { mounts: { '/one': one, '/two': two }, ports: { 3000: 3000 } };
  await world.apply(wish);
  return {
    ...world,
    wish,
    one: `mounts[${one}]`,
    two: `mounts[${two}]`,
    revoke: async (...ids: readonly string[]) =>
      revokeGrants(world.context, fakePorts, await world.state(), ids, 'agentvm trust'),
    granted: async () =>
      (await readGrants(world.context.paths, (await world.state()).id))?.map(({ id }) => id),
    shown: async () => (await world.simulated()).running?.shares.slice(2).map((share) => share.guestPath),
    applied: async () => Object.keys((await world.state()).fields).filter((id) => id.startsWith('mounts')),
  };
};

test('what is revoked leaves the running machine at once, and nothing else does', async () => {
  const { revoke, one, two, granted, shown, applied, simulated, plan, wish } = await machineWithMounts();
  const { boots } = await simulated();
  const revoked = await revoke(one);
  expect({ ids: revoked.ids, fields: revoked.fields, notes: revoked.notes }).toEqual({
    ids: [one],
    fields: ['mounts[/one]'],
    notes: [],
  });
  expect([await granted(), await shown(), await applied()]).toEqual([[two], ['/two'], ['mounts[/two]']]);
  const { running, boots: after } = await simulated();
  expect([after, running?.ports.length]).toEqual([boots, 1]);
  const planned = await plan(wish);
  expect([planned.steps.map(({ id }) => id), planned.grants.map(({ id }) => id)]).toEqual([
    ['mount.add:/one'],
    [one],
  ]);
});

test('a stopped machine starts without it', async () => {
  const world = await machineWithMounts();
  await stopMachine(world.context, fakePorts, await world.state(), 'agentvm stop');
  await world.revoke(ALL_GRANTS);
  await startMachine(world.context, fakePorts, await world.state(), 'agentvm start');
  expect([await world.granted(), await world.shown(), await world.applied()]).toEqual([[], [], []]);
});

test('a guest that does not give its place free loses the folder all the same', async () => {
  const { revoke, one, breakAt, shown, applied } = await machineWithMounts();
  await breakAt({ at: 'guest.unmountShare.before', how: 'fail' });
  const { notes } = await revoke(one);
  expect(notes).toEqual(['The guest did not free /one; nothing of the host stands there any more.']);
  expect([await shown(), await applied()]).toEqual([['/two'], ['mounts[/two]']]);
});

test('a revocation that is cut off has taken the word back, and the same command ends it', async () => {
  const world = await machineWithMounts();
  const { revoke, one, two, breakAt, granted, shown } = world;
  await breakAt({ at: 'updateLive.before', how: 'fail' });
  expect((await failureOf(revoke(one))).exitCode).toBe(7);
  expect([await granted(), await shown()]).toEqual([[two], ['/one', '/two']]);
  const restart = restartMachine(world.context, fakePorts, await world.state(), 'agentvm restart');
  expect((await failureOf(restart)).code).toBe('MOUNT_NOT_GRANTED');
  await revoke(one);
  expect([await granted(), await shown()]).toEqual([[two], ['/two']]);
});

test('an apply that withholds takes away what was revoked behind it, and then has nothing to do', async () => {
  const world = await machineWithMounts();
  await world.breakAt({ at: 'updateLive.before', how: 'fail' });
  await failureOf(world.revoke(world.one));
  const withhold = { withhold: true, approve: async () => true } as const;
  const { plan, outcome } = await world.apply(world.wish, withhold);
  expect([outcome, plan.withheld.map(({ grant }) => grant)]).toEqual(['applied', [world.one]]);
  expect(await world.shown()).toEqual(['/two']);
  const again = await world.apply(world.wish, withhold);
  expect([again.outcome, again.plan.withheld.length]).toEqual(['unchanged', 1]);
});
