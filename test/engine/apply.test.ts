import { access, mkdir, readdir, rename, stat, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { acquireLock } from '../../src/lib/lock.ts';
import { machineDir } from '../../src/lib/paths.ts';
import type { ApplyEvent } from '../../src/model/apply.ts';
import type { Plan } from '../../src/model/plan.ts';
import { machineLockPath } from '../../src/state/store.ts';
import { failureOf } from '../support/failure.ts';
import { fakeWorld } from '../support/fake-world.ts';

const stepsOf = (plan: Plan): readonly string[] => plan.steps.map((step) => step.id);

const FULL = {
  packages: ['git', 'jq'],
  scripts: { 'setup.sh': 'true\n' },
  agents: { opencode: 'latest' },
  ports: { 3000: 3000, 5432: 'auto' as const },
  env: { NODE_ENV: 'development' },
  labels: { team: 'blue' },
};

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

test('a machine is made from nothing, and a second apply finds nothing to do', async () => {
  const world = await fakeWorld();
  const made = await world.apply(FULL);
  expect(made.outcome).toBe('applied');
  expect(stepsOf(made.plan)).toEqual([
    'layer.ensure',
    'machine.create',
    'machine.start',
    'env.write',
    'script.run:setup.sh',
    'agent.install:opencode',
    'record',
  ]);
  const { phase, fields, lastStep, unprovenRoot } = await world.state();
  expect({ phase, lastStep: lastStep?.step, unprovenRoot }).toEqual({
    phase: 'ready',
    lastStep: 'record',
    unprovenRoot: null,
  });
  expect(fields['agents[opencode].version']?.resolved).toBe('1.0.0');
  expect(fields['ports[auto:5432]']?.resolved).toEqual({ guest: 5432, host: 35_432, address: '127.0.0.1' });
  expect(fields['base.image']?.resolved).toEqual({
    digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
    source: { title: 'debian-12, release 1' },
  });
  expect(await world.disk()).toMatchObject({
    packages: ['git', 'jq'],
    scripts: ['setup.sh'],
    agents: { opencode: '1.0.0' },
    environment: { NODE_ENV: 'development' },
  });
  const again = await world.apply(FULL, { approve: () => Promise.reject(new Error('asked for nothing')) });
  expect(again).toMatchObject({ outcome: 'unchanged', plan: { steps: [], changes: [] } });
});

test('nothing is made when the plan is declined', async () => {
  const world = await fakeWorld();
  expect((await world.apply({}, { approve: async () => false })).outcome).toBe('declined');
  expect(await exists(world.context.paths.state)).toBe(false);
});

test('a port and a mount change while the machine runs', async () => {
  const world = await fakeWorld();
  const data = join(world.root, 'data');
  await world.apply({ ports: { 3000: 3000 } });
  const { plan } = await world.apply({ ports: { 8080: 80 }, mounts: { '/data': data } });
  expect([plan.strategy, stepsOf(plan)]).toEqual([
    'live',
    ['port.remove:3000', 'mount.add:/data', 'port.add:80:8080'],
  ]);
  const machine = await world.simulated();
  expect(machine.boots).toBe(1);
  expect(machine.running?.ports.map((port) => port.key)).toEqual(['80:8080']);
  expect(machine.running?.shares.map((share) => [share.guestPath, share.hostPath, share.mode])).toEqual([
    [world.folder, world.folder, 'rw'],
    ['/run/agentvm/packages', join(world.context.paths.data, 'agents'), 'ro'],
    ['/data', data, 'ro'],
  ]);
  expect(machine.mounted).toEqual(machine.running?.shares.map((share) => share.id));

  await world.apply({});
  const after = await world.simulated();
  expect([after.boots, after.running?.ports, after.mounted]).toEqual([1, [], ['workspace', 'packages']]);
});

test('a mount that moves to another host folder is bound anew', async () => {
  const world = await fakeWorld();
  await world.apply({ mounts: { '/data': join(world.root, 'one') } });
  const { plan } = await world.apply({ mounts: { '/data': join(world.root, 'two') } });
  expect(stepsOf(plan)).toEqual(['mount.remove:/data', 'mount.add:/data']);
  const machine = await world.simulated();
  expect(machine.running?.shares.at(-1)?.hostPath).toBe(join(world.root, 'two'));
  expect(machine.mounted).toHaveLength(3);
});

test('a folder mounted around another one does not hide it, and leaves it when it goes', async () => {
  const world = await fakeWorld();
  const inner = { '/data/inner': join(world.root, 'inner') };
  await world.apply({ mounts: inner });
  await world.apply({ mounts: { ...inner, '/data': join(world.root, 'outer') } });
  expect((await world.plan({ mounts: { ...inner, '/data': join(world.root, 'outer') } })).changes).toEqual(
    [],
  );
  await world.apply({ mounts: inner });
  expect((await world.plan({ mounts: inner })).changes).toEqual([]);
  const machine = await world.simulated();
  expect([machine.boots, machine.mounted.length]).toEqual([1, 3]);
});

test('a package is installed in the guest, and removed again only if agentvm had installed it', async () => {
  const world = await fakeWorld();
  await world.apply({ packages: ['git'] });
  await world.tamper((machine) => ({
    ...machine,
    roots: Object.fromEntries(
      Object.entries(machine.roots).map(([generation, root]) => [
        generation,
        { ...root, packages: [...root.packages, 'vim'] },
      ]),
    ),
  }));
  const added = await world.apply({ packages: ['git', 'jq', 'vim'] });
  expect(added.plan.steps.map((step) => step.title)).toEqual([
    expect.stringMatching(/^take the snapshot auto-[0-9a-f]{4}$/),
    'install jq',
    'record what was applied',
  ]);
  expect((await world.disk()).packages).toEqual(['git', 'jq', 'vim']);

  await world.apply({ packages: ['git'] });
  expect((await world.disk()).packages).toEqual(['git', 'vim']);
  expect((await world.plan({ packages: ['git'] })).changes).toEqual([]);
});

test('a package that went missing in the guest is drift, and put back', async () => {
  const world = await fakeWorld();
  await world.apply({ packages: ['jq'] });
  await world.tamper((machine) => ({
    ...machine,
    roots: { 1: { ...(machine.roots[1] as NonNullable<(typeof machine.roots)[1]>), packages: [] } },
  }));
  const { plan } = await world.apply({ packages: ['jq'] });
  expect(plan.changes.map(({ field, movement }) => [field, movement])).toEqual([
    ['base.packages[jq]', 'drift'],
  ]);
  expect((await world.disk()).packages).toEqual(['jq']);
});

test('a script runs again only when its content changes', async () => {
  const world = await fakeWorld();
  await world.apply({ scripts: { 'a.sh': '1', 'b.sh': '1' } });
  await world.apply({ scripts: { 'a.sh': '1', 'b.sh': '2' } });
  expect((await world.disk()).scripts).toEqual(['a.sh', 'b.sh', 'b.sh']);
});

test('memory and a package edited together are a restart and then a reapply', async () => {
  const world = await fakeWorld();
  await world.apply({ memoryMiB: 1024 });
  const { plan } = await world.apply({ memoryMiB: 2048, packages: ['jq'] });
  expect([plan.strategy, stepsOf(plan)]).toEqual([
    'restart',
    ['machine.stop', 'snapshot.take', 'machine.start', 'packages.change'],
  ]);
  const machine = await world.simulated();
  expect([machine.boots, machine.running?.memoryMiB]).toEqual([2, 2048]);
});

test('a disk grows while the machine is stopped', async () => {
  const world = await fakeWorld();
  await world.apply({ diskGiB: 10 });
  const { plan } = await world.apply({ diskGiB: 20 });
  expect(stepsOf(plan)).toEqual(['machine.stop', 'disk.grow', 'machine.start']);
  expect((await world.disk()).diskBytes).toBe(20 * 1024 ** 3);
});

test('another image is a new root, on which everything is done again with what was resolved', async () => {
  const world = await fakeWorld();
  await world.apply(FULL);
  const { plan } = await world.apply({ ...FULL, image: 'debian-13', packages: ['git'] });
  expect([plan.strategy, stepsOf(plan)]).toEqual([
    'recreate',
    [
      'layer.ensure',
      'machine.stop',
      'snapshot.take',
      'root.replace',
      'machine.start',
      'env.write',
      'script.run:setup.sh',
      'agent.install:opencode',
    ],
  ]);
  const machine = await world.simulated();
  expect(Object.keys(machine.roots)).toEqual(['1', '2']);
  expect(await world.disk()).toMatchObject({
    packages: ['git'],
    scripts: ['setup.sh'],
    agents: { opencode: '1.0.0' },
  });
  expect((await world.state()).unprovenRoot).toBeNull();
  expect((await world.plan({ ...FULL, image: 'debian-13', packages: ['git'] })).changes).toEqual([]);
});

test('a new root that does not boot goes back to the old one', async () => {
  const world = await fakeWorld();
  await world.apply(FULL);
  const before = (await world.state()).fields;
  await world.breakAt({ at: 'guest.waitUntilReady.before', how: 'fail' });
  const error = await failureOf(world.apply({ ...FULL, image: 'debian-13' }));
  expect([error.exitCode, error.message, error.details]).toEqual([
    7,
    'Could not start the machine: the simulator was told to fail at guest.waitUntilReady.before',
    ['The old root disk is back in its place; `agentvm start` boots it.'],
  ]);
  const state = await world.state();
  expect([state.fields, state.unprovenRoot, state.driverState]).toEqual([
    before,
    null,
    { generation: 1, previous: null },
  ]);
  expect(stepsOf((await world.apply(FULL)).plan)).toEqual(['machine.start']);
  expect((await world.apply({ ...FULL, image: 'debian-13' })).outcome).toBe('applied');
  expect((await world.plan({ ...FULL, image: 'debian-13' })).changes).toEqual([]);
});

test('a crashed machine is started again', async () => {
  const world = await fakeWorld();
  await world.apply({});
  await world.tamper((machine) => ({ ...machine, power: 'crashed', isReady: false }));
  const { plan } = await world.apply({});
  expect([plan.machine.power, stepsOf(plan)]).toEqual(['crashed', ['machine.start']]);
  expect((await world.simulated()).power).toBe('running');
});

test('a machine that is gone is made again, with everything that had been applied', async () => {
  const world = await fakeWorld();
  await world.apply(FULL);
  const { id } = await world.state();
  await unlink(join(machineDir(world.context.paths, id), 'fake.json'));
  const { outcome, plan } = await world.apply(FULL);
  expect([outcome, plan.machine.power, plan.steps[1]?.reason.text]).toEqual([
    'applied',
    'absent',
    'the machine that agentvm had made is gone',
  ]);
  expect((await world.state()).id).toBe(id);
  expect(await world.disk()).toMatchObject({ packages: ['git', 'jq'], scripts: ['setup.sh'] });
  expect((await world.plan(FULL)).changes).toEqual([]);
});

test('a paused machine runs on', async () => {
  const world = await fakeWorld();
  await world.apply({});
  await world.tamper((machine) => ({ ...machine, power: 'paused' }));
  expect(stepsOf((await world.apply({})).plan)).toEqual(['machine.resume']);
  expect((await world.simulated()).power).toBe('running');
});

test('a failed step keeps what was done before it, and the same command goes on', async () => {
  const world = await fakeWorld();
  await world.breakAt({ at: 'guest.runScript.before', how: 'fail' });
  const events: ApplyEvent[] = [];
  const error = await failureOf(world.apply(FULL, { onEvent: (event) => events.push(event) }));
  expect([error.code, error.exitCode]).toEqual(['FAKE_FAULT', 7]);
  expect(error.message).toBe(
    'Could not run setup.sh: the simulator was told to fail at guest.runScript.before',
  );
  expect(events.map((event) => event.event)).toEqual([
    'planned',
    ...['step-started', 'step-done', 'step-started', 'step-done', 'step-started', 'step-done'],
    ...['step-started', 'step-done', 'step-started', 'step-failed'],
  ]);
  const state = await world.state();
  expect([state.phase, Object.keys(state.fields)]).toEqual([
    'creating',
    expect.arrayContaining(['base.image', 'resources.cpus', 'env[NODE_ENV]']),
  ]);
  const rest = await world.apply(FULL);
  expect(stepsOf(rest.plan)).toEqual(['script.run:setup.sh', 'agent.install:opencode', 'record']);
  expect((await world.simulated()).boots).toBe(1);
  expect((await world.plan(FULL)).changes).toEqual([]);
});

test.each(['layer.before', 'create.before', 'create.after'])(
  'nothing is left of a machine whose making failed at %s',
  async (at) => {
    const world = await fakeWorld();
    await world.breakAt({ at, how: 'fail' });
    expect((await failureOf(world.apply(FULL))).exitCode).toBe(7);
    expect(await readdir(join(world.context.paths.state, 'machines'))).toEqual([]);
    expect((await world.apply(FULL)).outcome).toBe('applied');
  },
);

test('an abort between two steps ends the apply with its reason; the next one goes on', async () => {
  const world = await fakeWorld();
  const controller = new AbortController();
  const aborted = world.apply(FULL, {
    context: { ...world.context, signal: controller.signal },
    onEvent: (event) => {
      if (event.event === 'step-done' && event.step === 'machine.start') {
        controller.abort(new Error('interrupted'));
      }
    },
  });
  await expect(aborted).rejects.toThrow('interrupted');
  expect(stepsOf((await world.apply(FULL)).plan)).toEqual([
    'env.write',
    'script.run:setup.sh',
    'agent.install:opencode',
    'record',
  ]);
});

test('a plan that became another one after its approval is shown again, and nothing runs', async () => {
  const world = await fakeWorld();
  await world.apply({ packages: ['git'] });
  const result = await world.apply(
    { packages: ['git', 'jq'] },
    {
      approve: async () => {
        await world.tamper((machine) => ({ ...machine, power: 'stopped', isReady: false }));
        return true;
      },
    },
  );
  expect([result.outcome, stepsOf(result.plan)]).toEqual([
    'changed',
    ['snapshot.take', 'machine.start', 'packages.change'],
  ]);
  expect((await world.simulated()).power).toBe('stopped');
});

test('a probe that fails is no absent machine: nothing is made or deleted', async () => {
  const world = await fakeWorld();
  await world.apply({});
  await world.breakAt(
    { at: 'inspect.before', how: 'fail' },
    { at: 'inspect.before', how: 'fail' },
    { at: 'inspect.before', how: 'fail' },
  );
  const result = await world.apply({});
  expect([result.outcome, result.plan.machine.power, result.plan.steps]).toEqual(['blocked', 'unknown', []]);
});

test('a script that changed after it was planned is not run', async () => {
  const world = await fakeWorld();
  await world.apply({});
  const error = await failureOf(
    world.apply(
      { scripts: { 'setup.sh': 'good' } },
      {
        approve: async () => {
          await writeFile(join(world.folder, 'setup.sh'), 'evil');
          return true;
        },
      },
    ),
  );
  expect([error.code, error.exitCode]).toEqual(['SCRIPT_CHANGED', 7]);
  expect((await world.disk()).scripts).toEqual([]);
});

test('a machine that another command is changing is refused, by name', async () => {
  const world = await fakeWorld();
  await world.apply({});
  const { id } = await world.state();
  const lock = await acquireLock(world.context, {
    path: machineLockPath(world.context.paths, id),
    what: "the machine 'demo'",
    command: 'agentvm restart',
  });
  const error = await failureOf(world.apply({ ports: { 3000: 3000 } }));
  expect([error.code, error.exitCode]).toEqual(['LOCKED', 5]);
  await lock.release();
});

test('of two first applies at once one makes the machine', async () => {
  const world = await fakeWorld();
  const outcomes = await Promise.allSettled([world.apply(FULL), world.apply(FULL)]);
  const kinds = outcomes.map((one) =>
    one.status === 'fulfilled' ? one.value.outcome : (one.reason as { code: string }).code,
  );
  expect(kinds.filter((kind) => kind === 'applied')).toHaveLength(1);
  expect(['LOCKED', 'unchanged', 'changed']).toContain(kinds.find((kind) => kind !== 'applied'));
  expect((await world.state()).phase).toBe('ready');
});

test('a moved project keeps its machine, which then shows the new place', async () => {
  const world = await fakeWorld();
  await world.apply({});
  const { id } = await world.state();
  const moved = join(world.root, 'moved');
  await rename(world.folder, moved);
  const { plan } = await world.apply({}, { folder: moved });
  expect(plan.notes).toEqual([
    `The project was moved here from ${world.folder}; its machine is taken along.`,
  ]);
  const state = await world.state();
  expect([state.id, state.project.realPath, state.manifestPath]).toEqual([
    id,
    moved,
    join(moved, 'agentvm.yaml'),
  ]);
  expect((await world.simulated()).running?.shares[0]).toMatchObject({ hostPath: moved, guestPath: moved });
  expect((await world.plan({}, moved)).changes).toEqual([]);
});

test('a folder that took the place of the project is shown to the running machine', async () => {
  const world = await fakeWorld();
  await world.apply({});
  const { id } = await world.state();
  await rename(world.folder, join(world.root, 'old'));
  await mkdir(world.folder);
  await world.breakAt({ at: 'updateLive.before', how: 'fail' });
  expect((await failureOf(world.apply({}))).exitCode).toBe(7);
  const { outcome, plan } = await world.apply({});
  expect([outcome, plan.notes]).toEqual([
    'unchanged',
    ['The folder is another one than when the machine was made; it is taken for the same project.'],
  ]);
  const after = await world.state();
  expect([after.id, after.project.inode]).toEqual([id, (await stat(world.folder)).ino]);
});

test('a copied project is another machine, and the plan says so', async () => {
  const world = await fakeWorld();
  await world.apply({});
  const copy = join(world.root, 'copy');
  await mkdir(copy);
  const plan = await world.plan({}, copy);
  expect([plan.machine.id, plan.notes]).toEqual([
    null,
    [`The machine of the same name at ${world.folder} is another one; this folder may be a copy.`],
  ]);
});

test('another name in the manifest is another machine, and the plan tells how to keep the first', async () => {
  const world = await fakeWorld();
  await world.apply({});
  expect((await world.plan({ name: 'other' })).notes).toEqual([
    "This folder has a machine named 'demo'; 'other' will be another one. To keep that one: agentvm mv demo other",
  ]);
});

test('a comment in the manifest changes only what is known of it', async () => {
  const world = await fakeWorld();
  await world.apply({});
  const before = await world.state();
  const { outcome } = await world.apply({ labels: {} });
  const after = await world.state();
  expect(outcome).toBe('unchanged');
  expect(after.revision).not.toBe(before.revision);
  expect(after).toEqual({ ...before, revision: after.revision, serial: before.serial + 1 });
});
