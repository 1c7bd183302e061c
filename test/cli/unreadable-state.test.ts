import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BuiltCli, buildCli } from '../support/built-cli.ts';
import { tempFolder } from '../support/temp-folder.ts';

let cli: BuiltCli;
beforeAll(async () => {
  cli = await buildCli();
});
afterAll(() => cli.remove());

const machine = async () => {
  const cwd = join(await tempFolder(), 'shop');
  await mkdir(cwd);
  await writeFile(join(cwd, 'agentvm.yaml'), 'apiVersion: agentvm/v1\nname: shop\ndriver: fake\n');
  const run = (...args: readonly string[]) => cli.run(args, { cwd });
  await run('apply', '--yes');
  const machines = join(cwd, '../home/.local/state/agentvm/machines');
  const [id = ''] = await readdir(machines);
  const folder = join(machines, id);
  const told = async (...args: readonly string[]): Promise<string> => {
    const { exitCode, stdout, stderr } = await run(...args);
    return `exit ${exitCode}\n${stdout}${stderr}`.replaceAll(folder, 'DIR');
  };
  /** Does what the hint of the last complaint says. */
  const mend = async (): Promise<void> => {
    const command = /mv \S+ \S+$/m.exec((await run('apply', '--yes')).stderr)?.[0];
    if (command === undefined) throw new Error('there is no hint');
    await promisify(execFile)('sh', ['-c', command]);
  };
  return { folder, run, told, mend };
};

test('a state that cannot be read is never taken for none, and its hint mends it', async () => {
  const { folder, run, told, mend } = await machine();
  const path = join(folder, 'machine.json');
  const text = await readFile(path, 'utf8');
  await writeFile(path, text.slice(0, 200));
  const complaint = await told('plan');
  expect(complaint).toMatchInlineSnapshot(`
    "exit 8
    agentvm: The state of a machine cannot be read: DIR/machine.json is not whole JSON
      → Put back a copy of the file, or set the machine aside (its disk stays in that folder): mv DIR DIR.broken
    "
  `);
  for (const command of ['diff', 'status', 'start', 'upgrade', 'ssh-config']) {
    expect(await told(command), command).toBe(complaint);
  }
  expect(await told('apply', '--yes')).toBe(complaint);
  expect(await told('list')).toBe(complaint.replace('exit 8', 'exit 0'));
  await mend();
  expect((await run('apply', '--yes')).exitCode).toBe(0);
});

test('a state that is no state, and one of a release to come', async () => {
  const { folder, told } = await machine();
  const path = join(folder, 'machine.json');
  const state = JSON.parse(await readFile(path, 'utf8'));
  await writeFile(
    path,
    JSON.stringify({ ...state, fields: { ...state.fields, name: { path: 'nam', value: 1 } } }),
  );
  expect((await told('plan')).split('\n')[1]).toBe(
    'agentvm: The state of a machine cannot be read: DIR/machine.json is wrong at /fields/name/path: it must be equal to one of the allowed values',
  );
  await writeFile(path, JSON.stringify({ ...state, format: 99, release: '4.0.1' }));
  expect(await told('plan')).toMatchInlineSnapshot(`
    "exit 8
    agentvm: DIR/machine.json was written by agentvm 4.0.1 in format 99; this is agentvm 0.1.0, which knows formats up to 2
      → Install that release again or a newer one: npm install -g agentvm@4.0.1
    "
  `);
});

test('a journal that is none is named with its line, and its hint mends it', async () => {
  const { folder, run, told, mend } = await machine();
  const path = join(folder, 'journal.ndjson');
  await writeFile(path, `${await readFile(path, 'utf8')}{"kind":"done","apply":"0a0b0c0d"}\n`);
  expect((await told('plan')).replace(/:\d+ /, ':LINE ')).toMatchInlineSnapshot(`
    "exit 8
    agentvm: DIR/journal.ndjson:LINE has no 'at'
      → Look at the machine (agentvm status), then set the journal aside: mv DIR/journal.ndjson DIR/journal.ndjson.broken
    "
  `);
  await mend();
  expect((await run('plan', '--exit-code')).exitCode).toBe(0);
});
