import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fakeWorld } from '../support/fake-world.ts';
import { holdsAfterFailures, holdsWhenApplied, holdsWhenTakenBack } from './properties.ts';

// A few runs at each change; many: apply.proof.ts.
const RUNS = 20;

test('from any manifest to any other: applied, it holds, and the next plan is empty', async () => {
  await holdsWhenApplied(RUNS);
}, 120_000);

test('whatever fails on the way, applying again gets to the same end', async () => {
  await holdsAfterFailures(RUNS);
}, 120_000);

test('whatever failed on the way, the manifest before can be gone back to', async () => {
  await holdsWhenTakenBack(RUNS);
}, 120_000);

test('folders nested in each other are mounted from the outside in', async () => {
  const world = await fakeWorld();
  await world.apply({ mounts: { '/data/inner': '/two', '/data': join(world.root, 'one') } });
  expect((await world.simulated()).running?.shares.slice(2).map((share) => share.guestPath)).toEqual([
    '/data',
    '/data/inner',
  ]);
});
