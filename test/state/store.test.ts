import { chown, mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { machineDir, pathsFrom } from '../../src/lib/paths.ts';
import { migrate } from '../../src/state/migrations.ts';
import { readAllStates, readState, statePath, writeState } from '../../src/state/store.ts';
import { failureOf } from '../support/failure.ts';
import { MACHINE_ID, machineState } from '../support/machine-state.ts';
import { tempFolder } from '../support/temp-folder.ts';

const project = { realPath: '/p', device: 1, inode: 2 };

const withText = async (text: string) => {
  const root = await tempFolder();
  const paths = pathsFrom({ HOME: root });
  const path = statePath(paths, MACHINE_ID);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text, { mode: 0o600 });
  return { paths, path, dir: machineDir(paths, MACHINE_ID) };
};

const errorOf = async (text: string) => {
  const { paths, path, dir } = await withText(text);
  const error = await failureOf(readState(paths, MACHINE_ID));
  const clean = (line: string): string => line.replaceAll(path, 'FILE').replaceAll(dir, 'DIR');
  return {
    code: error.code,
    exitCode: error.exitCode,
    message: clean(error.message),
    hint: clean(error.hint ?? ''),
  };
};

test('what is written is read, each write counts, files are private', async () => {
  const paths = pathsFrom({ HOME: await tempFolder() });
  expect(await readState(paths, MACHINE_ID)).toBeUndefined();
  const first = await writeState(paths, machineState(project));
  const second = await writeState(paths, { ...first, name: 'other' });
  expect([first.serial, second.serial]).toEqual([1, 2]);
  expect(await readState(paths, MACHINE_ID)).toEqual(second);
  expect((await stat(statePath(paths, MACHINE_ID))).mode & 0o777).toBe(0o600);
  expect((await stat(machineDir(paths, MACHINE_ID))).mode & 0o777).toBe(0o700);
  expect(await readdir(machineDir(paths, MACHINE_ID))).toEqual(['machine.json']);
});

test('a truncated document', async () => {
  expect(await errorOf('{"format": 1, "id":')).toMatchInlineSnapshot(`
    {
      "code": "STATE_CORRUPT",
      "exitCode": 8,
      "hint": "Put back a copy of the file, or set the machine aside (its disk stays in that folder): mv DIR DIR.broken",
      "message": "The state of a machine cannot be read: FILE is not whole JSON",
    }
  `);
});

test('an empty document', async () => {
  expect((await errorOf('')).message).toBe('The state of a machine cannot be read: FILE is empty');
});

test.each(['null', '[]', '"text"', '{"format": "1"}', '{"format": 0}'])(
  'no format number in %s',
  async (text) => {
    expect((await errorOf(text)).message).toBe(
      'The state of a machine cannot be read: FILE has no format number',
    );
  },
);

test('a document without a part', async () => {
  const { lineage: _, ...rest } = machineState(project);
  expect((await errorOf(JSON.stringify(rest))).message).toBe(
    "The state of a machine cannot be read: FILE has no 'lineage'",
  );
});

test('a document of another machine, copied here by hand', async () => {
  const id = '00000000-0000-4000-8000-000000000002';
  expect((await errorOf(JSON.stringify({ ...machineState(project), id }))).message).toBe(
    `The state of a machine cannot be read: FILE is of another machine, ${id}`,
  );
});

test('a document of a newer release', async () => {
  expect(await errorOf(JSON.stringify({ ...machineState(project), format: 2 }))).toMatchInlineSnapshot(`
    {
      "code": "STATE_FROM_FUTURE",
      "exitCode": 8,
      "hint": "Install the newer agentvm again: npm install -g agentvm@latest",
      "message": "FILE was written by a newer agentvm (format 2, this one knows 1)",
    }
  `);
});

test.runIf(process.getuid?.() === 0)('a document of another user (needs root to make one)', async () => {
  const { paths, path } = await withText(JSON.stringify(machineState(project)));
  await chown(path, 12_345, 12_345);
  const error = await failureOf(readState(paths, MACHINE_ID));
  expect([error.code, error.exitCode]).toEqual(['STATE_FOREIGN_OWNER', 8]);
  expect(error.message).toBe(`${path} belongs to the user with id 12345, not to you (0)`);
});

test('one unreadable machine does not hide the others', async () => {
  const { paths } = await withText('{');
  const id = '00000000-0000-4000-8000-000000000002' as typeof MACHINE_ID;
  await writeState(paths, machineState(project, { id }));
  await mkdir(join(paths.state, 'machines', 'not-a-machine'));
  const { machines, broken } = await readAllStates(paths);
  expect(machines.map((state) => state.id)).toEqual([id]);
  expect(broken.map((one) => [one.id, one.error.code])).toEqual([[MACHINE_ID, 'STATE_CORRUPT']]);
});

test('an older document goes through every format between', () => {
  const migrations = {
    1: (document: object) => ({ ...document, first: true }),
    2: (document: object) => ({ ...document, second: true }),
  };
  expect(migrate({ format: 1, id: 'x' }, 1, migrations, 3)).toEqual({
    format: 3,
    id: 'x',
    first: true,
    second: true,
  });
  expect(() => migrate({ format: 1 }, 1, {}, 2)).toThrow('no migration from state format 1');
});
