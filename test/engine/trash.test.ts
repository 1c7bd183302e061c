import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { stopMachine } from '../../src/engine/lifecycle.ts';
import { removeMachine } from '../../src/engine/remove.ts';
import { restoreMachine, trashMachine } from '../../src/engine/trash.ts';
import { withLock } from '../../src/lib/lock.ts';
import { machineDir, trashDir } from '../../src/lib/paths.ts';
import type { MachineState } from '../../src/model/machine.ts';
import { machineLockPath, readAllStates } from '../../src/state/store.ts';
import { daysLeft, readTrash, type TrashedMachine, trashedDir } from '../../src/state/trash.ts';
import { failureOf } from '../support/failure.ts';
import { fakePorts } from '../support/fake-ports.ts';
import { fakeWorld } from '../support/fake-world.ts';
import { schemaErrors } from '../support/schema-check.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const WISH = { packages: ['git'], ports: { 3000: 3000 } };

const trashed = async (options: { readonly at?: Date } = {}) => {
  const world = await fakeWorld();
  const { paths } = world.context;
  await world.apply(WISH);
  const before = await world.state();
  const at = (moment: Date) => ({ ...world.context, clock: { now: () => moment } });
  const now = options.at ?? new Date('2030-01-02T03:04:05.000Z');
  const setAside = (state: MachineState): Promise<void> =>
    trashMachine(at(now), fakePorts, state, { command: 'agentvm apply', why: 'no longer in fleet' });
  await setAside(before);
  const entry = async (): Promise<TrashedMachine> => {
    const [one] = (await readTrash(paths)).machines;
    if (one === undefined) throw new Error('the trash is empty');
    return one;
  };
  return { ...world, paths, before, at, now, setAside, entry };
};

test('a machine in the trash is no machine; it is stopped, keeps its disk, and says when and why', async () => {
  const { paths, before, entry, now, plan } = await trashed();
  expect(await readAllStates(paths)).toEqual({ machines: [], broken: [] });
  expect(await readdir(join(paths.state, 'machines'))).toEqual([]);
  const one = await entry();
  expect(one.state).toEqual(before);
  expect(one.expiresAt).toBe('2030-01-09T03:04:05.000Z');
  const dir = trashedDir(paths, before.id);
  const note = JSON.parse(await readFile(join(dir, 'trash-note.json'), 'utf8'));
  expect(note).toEqual({
    kind: 'trash-note',
    version: 1,
    at: now.toISOString(),
    why: 'no longer in fleet',
  });
  expect(schemaErrors(note)).toEqual([]);
  const simulated = JSON.parse(await readFile(join(dir, 'fake.json'), 'utf8'));
  expect(simulated.power).toBe('stopped');
  expect(simulated.roots[1].packages).toContain('git');
  // Its place is free for another one.
  expect((await plan(WISH)).steps.map(({ action }) => action.kind)).toContain('machine.create');
});

test('restored, it is the machine that it was, and its disk is not made anew', async () => {
  const { context, paths, before, entry, state, apply, simulated } = await trashed();
  await restoreMachine(context, await entry(), 'agentvm restore');
  expect(await readTrash(paths)).toEqual({ machines: [], broken: [] });
  expect(await state()).toEqual(before);
  expect((await apply(WISH)).plan.steps.map(({ action }) => action.kind)).toEqual(['machine.start']);
  expect(await simulated()).toMatchObject({ power: 'running', boots: 2 });
});

test('nothing is deleted before seven days are over, and then by the next command that changes something', async () => {
  const { paths, entry, now, at } = await trashed();
  const lived = async (days: number): Promise<number> =>
    daysLeft(await entry(), new Date(now.getTime() + days * DAY_MS));
  expect(await Promise.all([-1, 0, 0.5, 6, 6.99, 7, 100].map(lived))).toEqual([8, 7, 7, 1, 1, 0, 0]);
  const changeAfter = (days: number): Promise<void> =>
    removeMachine(
      at(new Date(now.getTime() + days * DAY_MS)),
      fakePorts,
      { id: '00000000-0000-4000-8000-00000000ffff' as MachineState['id'], name: 'other' },
      'agentvm rm',
    );
  await changeAfter(6.99);
  expect((await readTrash(paths)).machines).toHaveLength(1);
  await changeAfter(-30);
  expect((await readTrash(paths)).machines).toHaveLength(1);
  await changeAfter(7);
  expect(await readdir(trashDir(paths))).toEqual([]);
});

test.each(['apply', 'stop'] as const)('%s empties what is over', async (command) => {
  const { at, now, paths, apply, state, folder } = await trashed();
  await apply(WISH);
  const later = at(new Date(now.getTime() + 8 * DAY_MS));
  expect(await readdir(trashDir(paths))).toHaveLength(1);
  if (command === 'stop') await stopMachine(later, fakePorts, await state(), 'agentvm stop');
  else await apply({ ...WISH, packages: [] }, { context: later, folder });
  expect(await readdir(trashDir(paths))).toEqual([]);
});

test('one that another process is at stays, and a later command empties it', async () => {
  const { at, now, paths, before, context, setAside } = await trashed();
  const later = at(new Date(now.getTime() + 8 * DAY_MS));
  const nobody = { ...before, id: '00000000-0000-4000-8000-00000000ffff' as MachineState['id'] };
  await withLock(
    context,
    { path: machineLockPath(paths, before.id), what: 'the machine', command: 'agentvm restore' },
    () => removeMachine(later, fakePorts, nobody, 'agentvm rm'),
  );
  expect(await readdir(trashDir(paths))).toEqual([before.id]);
  await setAside(nobody);
  expect(await readdir(trashDir(paths))).toEqual([before.id]);
  await removeMachine(later, fakePorts, nobody, 'agentvm rm');
  expect(await readdir(trashDir(paths))).toEqual([]);
});

test('a restore is refused while the name or the place is taken, and changes nothing', async () => {
  const { context, paths, before, entry, apply, state } = await trashed();
  await apply(WISH);
  const taken = await failureOf(restoreMachine(context, await entry(), 'agentvm restore'));
  expect({ code: taken.code, exitCode: taken.exitCode, message: taken.message }).toEqual({
    code: 'NAME_TAKEN',
    exitCode: 3,
    message: `${before.project.realPath} has another machine named '${before.name}' by now`,
  });
  await removeMachine(context, fakePorts, await state(), 'agentvm rm');
  await mkdir(machineDir(paths, before.id));
  expect(await failureOf(restoreMachine(context, await entry(), 'agentvm restore'))).toMatchObject({
    code: 'FOLDER_TAKEN',
    exitCode: 8,
  });
  await rm(machineDir(paths, before.id), { recursive: true });
  const one = await entry();
  await restoreMachine(context, one, 'agentvm restore');
  expect(await failureOf(restoreMachine(context, one, 'agentvm restore'))).toMatchObject({
    code: 'TRASH_GONE',
    exitCode: 3,
  });
});

test('a machine whose folder is gone can be restored: the folder may come back, or be found elsewhere', async () => {
  const { context, entry, folder, root, plan } = await trashed();
  await rename(folder, join(root, 'moved'));
  await restoreMachine(context, await entry(), 'agentvm restore');
  expect((await plan(WISH, join(root, 'moved'))).notes).toEqual([
    `The project was moved here from ${folder}; its machine is taken along.`,
  ]);
});

test('a protected machine is not set aside', async () => {
  const { apply, state, context } = await fakeWorld();
  await apply({ ...WISH, protect: true });
  const request = { command: 'agentvm apply', why: 'no longer in fleet' };
  expect(await failureOf(trashMachine(context, fakePorts, await state(), request))).toMatchObject({
    code: 'MACHINE_PROTECTED',
    exitCode: 4,
  });
  expect((await state()).phase).toBe('ready');
  expect((await readTrash(context.paths)).machines).toEqual([]);
});

test('what cannot be read in the trash is told and never deleted', async () => {
  const { paths, before, at, now } = await trashed();
  const note = join(trashedDir(paths, before.id), 'trash-note.json');
  for (const text of ['', 'null', '{"kind": "trash-note", "version": 1, "at": "soon", "why": "x"}']) {
    await writeFile(note, text);
    const { machines, broken } = await readTrash(paths);
    expect([machines, broken.map(({ error }) => error.code)]).toEqual([[], ['TRASH_CORRUPT']]);
  }
  await removeMachine(at(new Date(now.getTime() + 900 * DAY_MS)), fakePorts, before, 'agentvm rm');
  expect(await readdir(trashDir(paths))).toEqual([before.id]);
  await writeFile(join(trashedDir(paths, before.id), 'machine.json'), '{');
  expect((await readTrash(paths)).broken.map(({ error }) => error.code)).toEqual(['STATE_CORRUPT']);
});
