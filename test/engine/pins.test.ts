import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { type FakeCatalogue, fakeCataloguePath } from '../../src/drivers/fake/catalogue.ts';
import { apply } from '../../src/engine/apply.ts';
import { prepare } from '../../src/engine/prepare.ts';
import { fakePorts } from '../support/fake-ports.ts';
import { fakeWorld } from '../support/fake-world.ts';
import { manifestProject } from '../support/manifest-project.ts';

type World = Awaited<ReturnType<typeof fakeWorld>>;

const publish = async (world: Pick<World, 'context'>, catalogue: Partial<FakeCatalogue>): Promise<void> => {
  const path = fakeCataloguePath(world.context);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, JSON.stringify(catalogue));
};

const NEWER = { images: { 'debian-12': '2' }, agents: { opencode: '2.0.0' } };

test('a newer catalogue and registry change nothing, and a new root is made of what was pinned', async () => {
  const world = await fakeWorld();
  const wish = { agents: { opencode: 'latest' }, packages: ['git'] };
  await world.apply(wish);
  const before = await world.disk();
  await publish(world, NEWER);
  expect(await world.plan(wish)).toMatchObject({ changes: [], steps: [] });

  const smaller = { ...wish, diskGiB: 5 };
  const { plan } = await world.apply(smaller);
  expect(plan.strategy).toBe('recreate');
  const after = await world.disk();
  expect([after.layer, after.agents]).toEqual([before.layer, { opencode: '1.0.0' }]);
  expect((await world.plan(smaller)).changes).toEqual([]);
});

test('a machine that is gone is made again of what was pinned', async () => {
  const world = await fakeWorld();
  const wish = { agents: { opencode: 'latest' } };
  await world.apply(wish);
  const before = await world.disk();
  await publish(world, NEWER);
  const { fakeDriver } = await import('../../src/drivers/fake/driver.ts');
  const { machineOfState } = await import('../../src/engine/machine.ts');
  const { ref } = await machineOfState(world.context, fakePorts, await world.state());
  await fakeDriver.delete(world.context, ref);
  expect((await world.apply(wish)).outcome).toBe('applied');
  expect([(await world.disk()).layer, (await world.disk()).agents]).toEqual([
    before.layer,
    { opencode: '1.0.0' },
  ]);
});

test('an edit of the image takes what the catalogue has now', async () => {
  const world = await fakeWorld();
  await world.apply({});
  await publish(world, { images: { 'debian-12': '2', 'debian-13': '7' } });
  await world.apply({ image: 'debian-13' });
  expect((await world.state()).fields['base.image']?.resolved).toMatchObject({
    source: { title: 'debian-13, release 7' },
  });
});

test('the defaults of another release, or of a larger host, change nothing', async () => {
  const world = await fakeWorld();
  const project = await manifestProject({
    'agentvm.yaml': 'apiVersion: agentvm/v1\ndriver: auto\nagent: opencode\n',
  });
  const older = await project.desired({ host: { driver: 'fake', cpus: 4, memoryMiB: 8192 } });
  await apply(world.context, fakePorts, { desired: older, command: 'test', approve: async () => true });

  const newer = await project.desired({ host: { driver: 'qemu', cpus: 64, memoryMiB: 262_144 } });
  // What a release that is yet to come could have as defaults, where this one has others or none.
  const fields = new Map(
    [...newer.fields].map(([id, field]) => [
      id,
      id === 'base.image'
        ? { ...field, value: { name: 'debian-14' } }
        : id === 'agents[opencode].autonomy'
          ? { ...field, value: 'ask' }
          : field,
    ]),
  );
  fields.set('lifecycle.onExit', { path: 'lifecycle.onExit', value: 'stop' });
  fields.set('agents[opencode].configDirs', {
    path: 'agents[].configDirs',
    key: 'opencode',
    value: 'shared',
  });
  fields.delete('network.egress');
  const { plan } = await prepare(world.context, fakePorts, { ...newer, fields }, { deep: true });
  expect([plan.changes, plan.steps, plan.machine.driver]).toEqual([[], [], 'fake']);
  expect([newer.driver, [...newer.fields].length]).toEqual(['qemu', [...older.fields].length]);
});
