import { rmSync, symlinkSync } from 'node:fs';
import { mkdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readGrants } from '../../src/state/grants.ts';
import { failureOf } from '../support/failure.ts';
import { fakeWorld } from '../support/fake-world.ts';
import { grantAll } from '../support/grant-all.ts';

/** A world with two folders beside the project. */
const worldWithFolders = async () => {
  const world = await fakeWorld();
  const data = join(world.root, 'data');
  const secret = join(world.root, 'secret');
  for (const folder of [world.folder, data, secret]) await mkdir(folder, { recursive: true });
  return {
    ...world,
    data,
    secret,
    granted: async () =>
      (await readGrants(world.context.paths, (await world.state()).id))?.map(({ id }) => id),
    exported: async () =>
      (await world.simulated()).running?.shares
        .filter(({ id }) => id.length === 12)
        .map(({ target }) => target),
  };
};

const justYes = async (): Promise<boolean> => true;

test('a yes to the plan opens nothing of the host: each new grant wants its own word', async () => {
  const world = await worldWithFolders();
  const wish = { mounts: { '/data': world.data } };
  const id = `mounts[${world.data}]`;
  const failure = await failureOf(world.apply(wish, { approve: justYes }));
  expect([failure.code, failure.exitCode]).toEqual(['GRANT_MISSING', 4]);
  expect(failure.hint).toBe(`If that is what you want, run: agentvm apply --grant '${id}'`);
  await expect(world.state()).rejects.toThrow('0 machines');

  const made = await world.apply(wish, { approve: async () => ({ grants: { [id]: '--grant' } }) });
  expect(made.outcome).toBe('applied');
  expect(made.plan.grants).toEqual([
    {
      id,
      text: `the guest reads ${world.data}`,
      scope: { kind: 'folder', path: world.data, mode: 'ro' },
      fields: ['mounts[/data]'],
    },
  ]);
  expect(await readGrants(world.context.paths, (await world.state()).id)).toEqual([
    {
      id,
      text: `the guest reads ${world.data}`,
      scope: { kind: 'folder', path: world.data, mode: 'ro' },
      at: expect.stringMatching(/^\d{4}-.*Z$/),
      word: '--grant',
    },
  ]);
  expect((await world.plan({ ...wish, cpus: 3 })).grants).toEqual([]);
});

test('what left the manifest is revoked by the apply that takes it away', async () => {
  const world = await worldWithFolders();
  const wish = { mounts: { '/data': world.data, '/secret': world.secret } };
  await world.apply(wish);
  await world.apply({ mounts: { '/data': world.data } });
  expect(await world.granted()).toEqual([`mounts[${world.data}]`]);
  expect((await world.plan(wish)).grants.map(({ id }) => id)).toEqual([`mounts[${world.secret}]`]);
});

test('a declined plan keeps no grant, nor does a machine that never came to be', async () => {
  const world = await worldWithFolders();
  const wish = { mounts: { '/data': world.data } };
  await world.breakAt({ at: 'create.before', how: 'fail' });
  await failureOf(world.apply(wish));
  await expect(world.state()).rejects.toThrow('0 machines');
  await world.breakAt();
  await world.apply();
  expect((await world.apply(wish, { approve: async () => false })).outcome).toBe('declined');
  expect(await world.granted()).toEqual([]);
});

test('an apply that withholds leaves out what nobody granted and brings the rest', async () => {
  const world = await worldWithFolders();
  await world.apply({ mounts: { '/data': world.data } });
  const { plan, outcome } = await world.apply(
    { mounts: { '/data': world.secret, '/more': world.secret }, ports: { 3000: 3000 } },
    { withhold: true, approve: justYes },
  );
  expect(outcome).toBe('applied');
  expect(plan.grants).toEqual([]);
  expect(plan.withheld).toEqual([
    {
      grant: `mounts[${world.secret}]`,
      fields: ['mounts[/data]', 'mounts[/more]'],
      text: `the guest reads ${world.secret}: not granted, so mounts[/data] stays as it was applied and mounts[/more] is left out`,
    },
  ]);
  expect(Object.keys((await world.state()).fields).filter((id) => /^(mounts|ports)/.test(id))).toEqual([
    'mounts[/data]',
    'ports[3000]',
  ]);
  expect(await world.exported()).toEqual([world.data]);
  expect(await world.granted()).toEqual([`mounts[${world.data}]`]);
});

test('a machine is made without what is withheld', async () => {
  const world = await worldWithFolders();
  const made = await world.apply({ mounts: { '/data': world.data } }, { withhold: true, approve: justYes });
  expect([made.outcome, made.plan.withheld.length, await world.exported()]).toEqual(['applied', 1, []]);
});

test('a granted path that was turned into a link is a grant of its own, and exported by nobody', async () => {
  const world = await worldWithFolders();
  const innocent = join(world.root, 'innocent');
  await mkdir(innocent);
  const wish = { mounts: { '/data': innocent } };
  await world.apply(wish);
  await rm(innocent, { recursive: true });
  await symlink(world.secret, innocent);

  const planned = await world.plan(wish);
  expect(planned.grants.map(({ id, text }) => [id, text])).toEqual([
    [`mounts[${world.secret}]`, `the guest reads ${world.secret}, where ${innocent} leads`],
  ]);
  expect(planned.steps.map(({ id }) => id)).toEqual(['mount.remove:/data', 'mount.add:/data']);
  expect((await failureOf(world.apply(wish, { approve: justYes }))).code).toBe('GRANT_MISSING');
  expect(await world.exported()).toEqual([innocent]);

  const kept = await world.apply(wish, { withhold: true, approve: justYes });
  expect([kept.outcome, await world.exported()]).toEqual(['applied', []]);
  await world.apply(wish);
  expect(await world.exported()).toEqual([world.secret]);
});

test('a path that changes between the word and the export is not exported', async () => {
  const world = await worldWithFolders();
  const innocent = join(world.root, 'innocent');
  const wish = { mounts: { '/data': innocent } };
  const swap = async () => {
    await rm(innocent, { recursive: true, force: true });
    await symlink(world.secret, innocent);
  };
  const put = async () => {
    await rm(innocent, { recursive: true, force: true });
    await mkdir(innocent);
  };
  await world.apply();

  await put();
  const changed = await world.apply(wish, {
    approve: async (plan) => {
      await swap();
      return grantAll(plan);
    },
  });
  expect([changed.outcome, await world.granted(), await world.exported()]).toEqual(['changed', [], []]);

  await put();
  const failure = await failureOf(
    world.apply(wish, {
      onEvent: (event) => {
        if (event.event !== 'step-started' || event.step !== 'mount.add:/data') return;
        rmSync(innocent, { recursive: true });
        symlinkSync(world.secret, innocent);
      },
    }),
  );
  expect([failure.code, failure.exitCode]).toEqual(['MOUNT_NOT_GRANTED', 7]);
  expect(await world.exported()).toEqual([]);
  // What was granted is the folder that stood there.
  expect((await world.plan(wish)).grants.map(({ id }) => id)).toEqual([`mounts[${world.secret}]`]);
});

test('a restart exports no path that leads elsewhere since it was granted', async () => {
  const world = await worldWithFolders();
  const innocent = join(world.root, 'innocent');
  await mkdir(innocent);
  await world.apply({ mounts: { '/data': innocent } });
  await rm(innocent, { recursive: true });
  await symlink(world.secret, innocent);
  const { restartMachine } = await import('../../src/engine/lifecycle.ts');
  const { fakePorts } = await import('../support/fake-ports.ts');
  const failure = await failureOf(
    restartMachine(world.context, fakePorts, await world.state(), 'agentvm restart'),
  );
  expect([failure.code, failure.exitCode, failure.message]).toEqual([
    'MOUNT_NOT_GRANTED',
    4,
    `The mount source '${innocent}' for /data leads to ${world.secret}, which was not granted`,
  ]);
  expect((await world.simulated()).power).toBe('running');
});

test('what a machine had before grants were kept counts as granted once', async () => {
  const world = await worldWithFolders();
  const wish = { mounts: { '/data': world.data } };
  await world.apply(wish);
  const { id } = await world.state();
  const { grantsPath } = await import('../../src/state/grants.ts');
  await rm(grantsPath(world.context.paths, id));
  const planned = await world.plan(wish);
  expect(planned.grants).toEqual([]);
  expect(planned.notes).toEqual([
    `What this machine had before grants were kept counts as granted: mounts[${world.data}]; see agentvm trust.`,
  ]);
  await world.apply({ ...wish, cpus: 3 }, { approve: justYes });
  expect((await readGrants(world.context.paths, id))?.map(({ word }) => word)).toEqual(['earlier-apply']);
  expect((await world.plan(wish)).notes).toEqual([]);
});
