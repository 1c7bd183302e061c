import { chown, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { machineDir, pathsFrom } from '../../src/lib/paths.ts';
import { migrate, STATE_FORMAT } from '../../src/state/migrations.ts';
import { readAllStates, readState, statePath, writeState } from '../../src/state/store.ts';
import { failureOf } from '../support/failure.ts';
import { MACHINE_ID, machineState } from '../support/machine-state.ts';
import { schemaErrorsBy } from '../support/schema-check.ts';
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

const PORT = '^([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])$';
const AT = '/fields/secrets[TOKEN]';
const ENV = { from: 'env', variable: 'TOKEN' };
const secret = (value: unknown, key = 'TOKEN') => ({ 'secrets[TOKEN]': { path: 'secrets[]', key, value } });
const source = (value: object) => secret({ hosts: ['a.example'], source: value });

test.each<[string, object, string]>([
  [
    'a mount without its host folder',
    { 'mounts[/data]': { path: 'mounts[]', key: '/data', value: { guest: '/data', mode: 'rw' } } },
    "has no 'host' at /fields/mounts[~1data]/value",
  ],
  [
    'a port past the last one',
    {
      'ports[3000]': {
        path: 'ports[]',
        key: '3000',
        value: { guest: 70000, host: 3000, address: '127.0.0.1' },
      },
    },
    'is wrong at /fields/ports[3000]/value/guest: it must be <= 65535',
  ],
  [
    'an image that is a number',
    { 'base.image': { path: 'base.image', value: 12 } },
    'is wrong at /fields/base.image/value: it must be object',
  ],
  [
    'memory that is a text',
    { 'resources.memory': { path: 'resources.memory', value: '4GiB' } },
    'is wrong at /fields/resources.memory/value: it must be number',
  ],
  [
    'a package without a name',
    { 'base.packages[]': { path: 'base.packages[]', value: true } },
    "has no 'key' at /fields/base.packages[]",
  ],
  [
    'an egress that is no word of ours',
    { 'network.egress': { path: 'network.egress', value: 'everything' } },
    'is wrong at /fields/network.egress/value: it must be equal to one of the allowed values',
  ],
  [
    'an egress that is a list',
    { 'network.egress': { path: 'network.egress', value: ['github.com'] } },
    'is wrong at /fields/network.egress/value: it must be object',
  ],
  [
    'an egress without its denials',
    { 'network.egress': { path: 'network.egress', value: { allow: [] } } },
    "has no 'deny' at /fields/network.egress/value",
  ],
  [
    'an allowed host that is a number',
    { 'network.egress': { path: 'network.egress', value: { allow: [443], deny: [] } } },
    'is wrong at /fields/network.egress/value/allow/0: it must be string',
  ],
  [
    'a network port that is none',
    { 'network.ports[x]': { path: 'network.ports[]', key: '70000', value: true } },
    `is wrong at /fields/network.ports[x]/key: it must match pattern "${PORT}"`,
  ],
  [
    'a host port by its number alone',
    { 'network.hostPorts[11434]': { path: 'network.hostPorts[]', key: '11434', value: 11434 } },
    'is wrong at /fields/network.hostPorts[11434]/value: it must be equal to constant',
  ],
  [
    'a secret of no name',
    secret({}, 'A B'),
    `is wrong at ${AT}/key: it must match pattern "^[A-Za-z_][A-Za-z0-9_]*$"`,
  ],
  ['a secret that is a text', secret('s3cret'), `is wrong at ${AT}/value: it must be object`],
  ['a secret for nobody', secret({ source: ENV }), `has no 'hosts' at ${AT}/value`],
  ['a secret from nowhere', secret({ hosts: [] }), `has no 'source' at ${AT}/value`],
  [
    'a secret whose hosts are one text',
    secret({ hosts: 'a.example', source: ENV }),
    `is wrong at ${AT}/value/hosts: it must be array`,
  ],
  [
    'a secret with its value',
    secret({ hosts: [], source: ENV, value: 's3cret' }),
    `is wrong at ${AT}/value: it must NOT have additional properties`,
  ],
  ['a source of no kind', source({}), `has no 'from' at ${AT}/value/source`],
  [
    'a source of an unknown kind',
    source({ from: 'vault' }),
    `is wrong at ${AT}/value/source/from: it must be equal to one of the allowed values`,
  ],
  ['a variable without its name', source({ from: 'env' }), `has no 'variable' at ${AT}/value/source`],
  [
    'a variable that is none',
    source({ from: 'env', variable: 'A=B' }),
    `is wrong at ${AT}/value/source/variable: it must match pattern "^[A-Za-z_][A-Za-z0-9_]*$"`,
  ],
  ['a file without its path', source({ from: 'file' }), `has no 'path' at ${AT}/value/source`],
  [
    'a file somewhere',
    source({ from: 'file', path: 'token' }),
    `is wrong at ${AT}/value/source/path: it must match pattern "^/[^\\u0000]*$"`,
  ],
  [
    'a keyring without an account',
    source({ from: 'keyring', service: 'agentvm' }),
    `has no 'account' at ${AT}/value/source`,
  ],
  [
    'a command that is a shell’s',
    source({ from: 'command', command: 'cat x', cwd: '/' }),
    `is wrong at ${AT}/value/source/command: it must be array`,
  ],
  [
    'a command without words',
    source({ from: 'command', command: [], cwd: '/' }),
    `is wrong at ${AT}/value/source/command: it must NOT have fewer than 1 items`,
  ],
  [
    'a command without a folder',
    source({ from: 'command', command: ['pass'] }),
    `has no 'cwd' at ${AT}/value/source`,
  ],
  [
    'a source with another’s words',
    source({ from: 'file', path: '/x', variable: 'A' }),
    `is wrong at ${AT}/value/source: it must NOT have additional properties`,
  ],
])('%s', async (_, fields, message) => {
  const error = await errorOf(JSON.stringify({ ...machineState(project), fields }));
  expect(error.message).toBe(`The state of a machine cannot be read: FILE ${message}`);
});

test('a document of another machine, copied here by hand', async () => {
  const id = '00000000-0000-4000-8000-000000000002';
  expect((await errorOf(JSON.stringify({ ...machineState(project), id }))).message).toBe(
    `The state of a machine cannot be read: FILE is of another machine, ${id}`,
  );
});

test('a document of a newer release', async () => {
  const future = { ...machineState(project), format: STATE_FORMAT + 1, release: '9.1.0' };
  expect(await errorOf(JSON.stringify(future))).toMatchInlineSnapshot(`
    {
      "code": "STATE_FROM_FUTURE",
      "exitCode": 8,
      "hint": "Install that release again or a newer one: npm install -g agentvm@9.1.0",
      "message": "FILE was written by agentvm 9.1.0 in format 3; this is agentvm 0.1.0, which knows formats up to 2",
    }
  `);
  expect(await errorOf(JSON.stringify({ ...future, release: '\u001b[2J' }))).toMatchObject({
    message:
      'FILE was written by a newer agentvm in format 3; this is agentvm 0.1.0, which knows formats up to 2',
    hint: 'Install that release again or a newer one: npm install -g agentvm@latest',
  });
});

test.each<[string, object, string]>([
  [
    'a field of a path that nobody knows',
    { fields: { x: { path: 'x', value: 1 } } },
    'is wrong at /fields/x/path',
  ],
  ['a field without a value', { fields: { name: { path: 'name' } } }, "has no 'value' at /fields/name"],
  ['fields that are a list', { fields: [] }, 'is wrong at /fields: it must be object'],
  ['a serial that counts nothing', { serial: 'many' }, 'is wrong at /serial: it must be integer'],
  ['something of its own', { extra: 1 }, 'is wrong at its top: it must NOT have additional properties'],
])('%s', async (_name, part, why) => {
  const error = await errorOf(JSON.stringify({ ...machineState(project), ...part }));
  expect(error).toMatchObject({ code: 'STATE_CORRUPT', exitCode: 8 });
  expect(error.message).toContain(`The state of a machine cannot be read: FILE ${why}`);
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

test('a real document of format 1 is read as one of this release, and written so', async () => {
  const text = await readFile(join(import.meta.dirname, 'fixtures/machine.format-1.json'), 'utf8');
  const old = JSON.parse(text);
  const paths = pathsFrom({ HOME: await tempFolder() });
  await mkdir(machineDir(paths, old.id), { recursive: true });
  await writeFile(statePath(paths, old.id), text);

  const state = await readState(paths, old.id);
  if (state === undefined) throw new Error('there is no state');
  const image = old.fields['base.image'];
  expect(state).toEqual({
    ...old,
    format: STATE_FORMAT,
    release: '0.1.0',
    fields: { ...old.fields, 'base.image': { ...image, resolved: { digest: image.resolved } } },
  });
  await writeState(paths, state);
  const written = JSON.parse(await readFile(statePath(paths, old.id), 'utf8'));
  expect(schemaErrorsBy('state.v2', written)).toEqual([]);
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
