import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { renameMachine, restartMachine, startMachine, stopMachine } from '../../src/engine/lifecycle.ts';
import { removeMachine } from '../../src/engine/remove.ts';
import { machineDir } from '../../src/lib/paths.ts';
import { readAllStates, writeState } from '../../src/state/store.ts';
import { failureOf } from '../support/failure.ts';
import { fakePorts } from '../support/fake-ports.ts';
import { fakeWorld } from '../support/fake-world.ts';

const made = async (wish = {}) => {
  const world = await fakeWorld();
  await world.apply(wish);
  return { ...world, id: (await world.state()).id };
};

test('stop, start and restart move the machine and change nothing that was applied', async () => {
  const world = await made({ memoryMiB: 2048, ports: { 3000: 3000 } });
  const before = await world.state();
  await stopMachine(world.context, fakePorts, before, 'agentvm stop');
  expect((await world.simulated()).power).toBe('stopped');
  await stopMachine(world.context, fakePorts, before, 'agentvm stop');
  await startMachine(world.context, fakePorts, before, 'agentvm start');
  const started = await world.simulated();
  expect([started.power, started.isReady, started.boots]).toEqual(['running', true, 2]);
  expect(started.running).toMatchObject({ memoryMiB: 2048, ports: [{ key: '3000' }] });
  await restartMachine(world.context, fakePorts, before, 'agentvm restart');
  expect((await world.simulated()).boots).toBe(3);
  expect((await world.state()).fields).toEqual(before.fields);
});

test('a start leaves a running machine alone and lets a paused one run on', async () => {
  const world = await made();
  const state = await world.state();
  await startMachine(world.context, fakePorts, state, 'agentvm start');
  expect((await world.simulated()).boots).toBe(1);
  await world.tamper((machine) => ({ ...machine, power: 'paused' }));
  await startMachine(world.context, fakePorts, state, 'agentvm start');
  const machine = await world.simulated();
  expect([machine.power, machine.boots]).toEqual(['running', 1]);
});

test('a start that fails says that it can be run again', async () => {
  const world = await made();
  const state = await world.state();
  await stopMachine(world.context, fakePorts, state, 'agentvm stop');
  await world.breakAt({ at: 'start.before', how: 'fail' });
  const error = await failureOf(startMachine(world.context, fakePorts, state, 'agentvm start'));
  expect([error.code, error.exitCode]).toEqual(['FAKE_FAULT', 7]);
});

test('a machine whose project has gone elsewhere is not started with the wrong folder', async () => {
  const world = await made();
  const state = await world.state();
  await stopMachine(world.context, fakePorts, state, 'agentvm stop');
  await rename(world.folder, join(world.root, 'moved'));
  await mkdir(world.folder);
  const error = await failureOf(startMachine(world.context, fakePorts, state, 'agentvm start'));
  expect([error.code, error.exitCode, error.message]).toEqual([
    'PROJECT_MOVED',
    3,
    `The project of 'demo' is no longer at ${world.folder}`,
  ]);
});

test('a machine that was never finished says how to go on', async () => {
  const world = await made();
  const state = await writeState(world.context.paths, { ...(await world.state()), driverState: null });
  const error = await failureOf(startMachine(world.context, fakePorts, state, 'agentvm start'));
  expect([error.code, error.hint]).toEqual(['MACHINE_UNFINISHED', 'Go on making it: agentvm apply']);
});

test('a new name is kept in state, and the manifest with that name finds the machine', async () => {
  const world = await made();
  const state = await world.state();
  await renameMachine(world.context, fakePorts, state, 'other', 'agentvm mv');
  const plan = await world.plan({ name: 'other' });
  expect([plan.machine.id, plan.changes, plan.notes]).toEqual([state.id, [], []]);
});

test('a name that the project has already is refused', async () => {
  const world = await made();
  const state = await world.state();
  await world.apply({ name: 'second' });
  const error = await failureOf(renameMachine(world.context, fakePorts, state, 'second', 'agentvm mv'));
  expect([error.code, error.exitCode]).toEqual(['NAME_TAKEN', 3]);
});

test('removing leaves nothing of the machine but its lock files, and the project as it was', async () => {
  const world = await made();
  await writeFile(join(world.folder, 'source.txt'), 'mine');
  await removeMachine(world.context, fakePorts, await world.state(), 'agentvm rm');
  expect(await readdir(join(world.context.paths.state, 'machines'))).toEqual([]);
  expect((await readdir(join(world.context.paths.state, 'locks'))).sort()).toEqual([
    `${world.id}.lock`,
    'inventory.lock',
  ]);
  expect(await readFile(join(world.folder, 'source.txt'), 'utf8')).toBe('mine');
  expect((await world.plan({})).machine.id).toBeNull();
});

test('a protected machine is not removed', async () => {
  const world = await made({ protect: true });
  const error = await failureOf(removeMachine(world.context, fakePorts, await world.state(), 'agentvm rm'));
  expect([error.code, error.exitCode]).toEqual(['MACHINE_PROTECTED', 4]);
  expect((await world.simulated()).power).toBe('running');
});

test('a removal that fails goes on where it stopped', async () => {
  const world = await made();
  await world.breakAt({ at: 'delete.before', how: 'fail' });
  const state = await world.state();
  await failureOf(removeMachine(world.context, fakePorts, state, 'agentvm rm'));
  expect((await world.state()).phase).toBe('deleting');
  await removeMachine(world.context, fakePorts, state, 'agentvm rm');
  expect((await readAllStates(world.context.paths)).machines).toEqual([]);
});

test('the next apply ends removals that were cut off anywhere', async () => {
  const world = await made();
  await writeState(world.context.paths, { ...(await world.state()), phase: 'deleting' });
  const machines = join(world.context.paths.state, 'machines');
  await mkdir(join(machines, '.trash-00000000-0000-4000-8000-000000000009'));
  expect((await world.apply({})).outcome).toBe('applied');
  const left = await readdir(machines);
  expect([left.length, left.includes(world.id)]).toEqual([1, false]);
});

test('a machine that is gone meanwhile says so', async () => {
  const world = await made();
  const state = await world.state();
  await rm(machineDir(world.context.paths, state.id), { recursive: true });
  const error = await failureOf(stopMachine(world.context, fakePorts, state, 'agentvm stop'));
  expect([error.code, error.hint]).toEqual(['MACHINE_GONE', 'Make it again: agentvm apply']);
});
