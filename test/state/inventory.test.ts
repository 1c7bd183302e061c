import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { pathsFrom } from '../../src/lib/paths.ts';
import type { MachineId, ProjectIdentity } from '../../src/model/machine.ts';
import { findMachine, identifyFolder, type Match } from '../../src/state/inventory.ts';
import { statePath, writeState } from '../../src/state/store.ts';
import { failureOf } from '../support/failure.ts';
import { MACHINE_ID, machineState } from '../support/machine-state.ts';
import { tempFolder } from '../support/temp-folder.ts';

const OTHER_ID = '00000000-0000-4000-8000-000000000002' as MachineId;

const identity = async (path: string): Promise<ProjectIdentity> => {
  const found = await identifyFolder(path);
  if (found === undefined) throw new Error(`${path} is no folder`);
  return found;
};

const setUp = async () => {
  const root = await tempFolder();
  const paths = pathsFrom({ HOME: root });
  const folder = join(root, 'project');
  await mkdir(folder);
  await writeFile(join(folder, 'agentvm.yaml'), 'apiVersion: agentvm/v1\n');
  await writeState(paths, machineState(await identity(folder)));
  const find = async (path: string, name = 'demo'): Promise<Match> =>
    findMachine(paths, await identity(path), name);
  return { root, paths, folder, find };
};

test('the same folder and name is the same machine', async () => {
  const { folder, find } = await setUp();
  const match = await find(folder);
  expect(match.kind === 'same' && match.state.id).toBe(MACHINE_ID);
});

test('a moved folder keeps its machine', async () => {
  const { root, folder, find } = await setUp();
  const moved = join(root, 'moved');
  await rename(folder, moved);
  expect(await find(moved)).toMatchObject({ kind: 'moved', from: folder, state: { id: MACHINE_ID } });
});

test('a moved folder keeps its machine also when another folder took its place', async () => {
  const { root, folder, find } = await setUp();
  const moved = join(root, 'moved');
  await rename(folder, moved);
  await mkdir(folder);
  expect(await find(moved)).toMatchObject({ kind: 'moved', from: folder });
});

test('a copied folder is another machine, and the plan can name the first', async () => {
  const { root, folder, find } = await setUp();
  const copy = join(root, 'copy');
  await cp(folder, copy, { recursive: true });
  expect(await find(copy)).toEqual({ kind: 'none', siblings: [], sameNameElsewhere: [folder] });
  expect((await find(folder)).kind).toBe('same');
});

test('another name in the same folder is another machine, and the plan can name the first', async () => {
  const { folder, find } = await setUp();
  expect(await find(folder, 'other')).toEqual({
    kind: 'none',
    siblings: ['demo'],
    sameNameElsewhere: [],
  });
});

test('a new folder at the old path is told apart', async () => {
  const { folder, root, find } = await setUp();
  await mkdir(join(root, 'keeps-the-inode-in-use'));
  await rename(folder, join(root, 'old'));
  await mkdir(folder);
  await rm(join(root, 'old'), { recursive: true });
  expect(await find(folder)).toMatchObject({ kind: 'replaced', state: { id: MACHINE_ID } });
});

test('a machine that is being deleted is nobody’s', async () => {
  const { folder, paths, find } = await setUp();
  await writeState(paths, machineState(await identity(folder), { phase: 'deleting' }));
  expect((await find(folder)).kind).toBe('none');
});

test('an unreadable state never leads to a second machine', async () => {
  const { folder, paths, find } = await setUp();
  await mkdir(dirname(statePath(paths, OTHER_ID)), { recursive: true });
  await writeFile(statePath(paths, OTHER_ID), '{');
  expect((await find(folder)).kind).toBe('same');
  expect((await failureOf(find(folder, 'other'))).code).toBe('STATE_CORRUPT');
});

test('the hint of where a machine is found is only believed when the machine says the same', async () => {
  const { root, paths, folder, find } = await setUp();
  const project = await identity(folder);
  const others = Array.from({ length: 20 }, (_, index) =>
    machineState(project, {
      id: `00000000-0000-4000-8000-0000000001${String(index).padStart(2, '0')}` as MachineId,
      name: `other-${index}`,
    }),
  );
  for (const state of others) await writeState(paths, state);
  const index = join(paths.state, 'index.json');
  expect(await find(folder, 'other-3')).toMatchObject({ kind: 'same', state: { id: others[3]?.id } });
  const hints = JSON.parse(await readFile(index, 'utf8'));
  expect(Object.keys(hints)).toHaveLength(21);

  // Wrong, dangling, climbing out of the folder, of another shape, and rubbish.
  const key = `other-3\n${folder}`;
  for (const content of [
    { ...hints, [key]: others[4]?.id },
    { ...hints, [key]: '00000000-0000-4000-8000-00000000ffff' },
    { ...hints, [key]: '../../../x' },
    { ...hints, [key]: 7 },
    null,
    [],
  ]) {
    await writeFile(index, JSON.stringify(content));
    expect(await find(folder, 'other-3')).toMatchObject({ kind: 'same', state: { id: others[3]?.id } });
    expect(JSON.parse(await readFile(index, 'utf8'))).toEqual(hints);
  }
  await writeFile(index, '{');
  expect((await find(folder, 'other-3')).kind).toBe('same');

  // A machine that moved or went is not where the hint says.
  const moved = join(root, 'moved');
  await rename(folder, moved);
  expect(await find(moved, 'other-3')).toMatchObject({ kind: 'moved', from: folder });
});
