import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createSecretValues, readSecret } from '../../../src/keeper/secrets/source.ts';
import type { SecretSource, SecretSpec } from '../../../src/model/network.ts';
import { testContext } from '../../support/context.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const VALUE = 'the value of it';

const reader = async () => {
  const dir = await tempFolder();
  const variables = new Map<string, string>();
  const shared = join(dir, 'project');
  await mkdir(shared);
  const options = {
    context: testContext(dir),
    variable: (name: string) => variables.get(name),
    shared: () => [shared],
  };
  const read = (source: SecretSource): Promise<string> =>
    readSecret(options, { name: 'TOKEN', source }).catch((error: Error) => {
      // A failure is told with everything that it carries, so that a value in any of it is seen.
      const told =
        JSON.stringify(error, ['message', 'hint', 'details', 'stdout', 'stderr', 'cause']) +
        String(error.stack);
      return `${error.message}${told.includes(VALUE) ? ' LEAKED' : ''}`;
    });
  return { dir, shared, variables, options, read };
};

test('a variable that was handed over, as it is at each use', async () => {
  const { read, variables } = await reader();
  const source: SecretSource = { from: 'env', variable: 'MY_TOKEN' };
  expect(await read(source)).toBe(
    "The secret TOKEN comes from the environment variable MY_TOKEN, which no command has handed over since the machine's keeper started",
  );
  variables.set('MY_TOKEN', VALUE);
  expect(await read(source)).toBe(VALUE);
  variables.set('MY_TOKEN', `${VALUE} of today`);
  expect(await read(source)).toBe(`${VALUE} of today`);
});

test('a file without its last line end; none that the machine sees, by whatever way', async () => {
  const { dir, shared, read } = await reader();
  const path = join(dir, 'token');
  expect(await read({ from: 'file', path })).toBe(`The secret TOKEN cannot be read from ${path} (ENOENT)`);
  await writeFile(path, `${VALUE}\r\n`);
  expect(await read({ from: 'file', path })).toBe(VALUE);
  await writeFile(join(shared, 'token'), VALUE);
  expect(await read({ from: 'file', path: join(shared, 'token') })).toMatch(/which the machine sees$/);
  // The guest can make a link that leads out, and the host one that leads in.
  await symlink(path, join(shared, 'out'));
  expect(await read({ from: 'file', path: join(shared, 'out') })).toMatch(/which the machine sees$/);
  await symlink(join(shared, 'token'), join(dir, 'in'));
  expect(await read({ from: 'file', path: join(dir, 'in') })).toMatch(/which the machine sees$/);
  // One of the host's that leads out again by one of the guest's.
  await symlink(join(shared, 'out'), join(dir, 'through'));
  expect(await read({ from: 'file', path: join(dir, 'through') })).toMatch(
    /the way to which leads through what the machine sees$/,
  );
  expect(await read({ from: 'file', path: dir })).toBe(
    `The secret TOKEN cannot be read from ${dir}, which is no file`,
  );
});

test.each([
  ['short', 'is shorter than 8 characters'],
  ['two lines\nof text', 'holds a line end or a control character, which no header can'],
  ['', 'is shorter than 8 characters'],
  ['x'.repeat(20_000), 'is too long'],
])('no value that a header cannot hold or that could be guessed: %.20s', async (content, why) => {
  const { dir, read } = await reader();
  await writeFile(join(dir, 'token'), content);
  expect(await read({ from: 'file', path: join(dir, 'token') })).toBe(`The secret TOKEN ${why}`);
});

test('letters beyond ASCII travel as UTF-8', async () => {
  const { dir, read } = await reader();
  await writeFile(join(dir, 'token'), 'schlüssel-€');
  expect(Buffer.from(await read({ from: 'file', path: join(dir, 'token') }), 'latin1').toString()).toBe(
    'schlüssel-€',
  );
});

test('what a program prints; when it fails nothing of what it printed is told', async () => {
  const { dir, read } = await reader();
  await writeFile(join(dir, 'v'), VALUE);
  const run = (script: string) => read({ from: 'command', command: ['sh', '-c', script], cwd: dir });
  expect(await run('cat v; echo')).toBe(VALUE);
  expect(await run('pwd')).toBe(dir);
  expect(await run('cat v; cat v >&2; exit 3')).toBe(
    "The secret TOKEN cannot be had from 'sh' (exit code 3)",
  );
  expect(await run('cat v; kill -9 $$')).toBe("The secret TOKEN cannot be had from 'sh' (it failed)");
  expect(await read({ from: 'command', command: ['no-such-program'], cwd: dir })).toBe(
    "The secret TOKEN cannot be had from 'no-such-program' (not found)",
  );
});

test("the system's keyring is asked by service and account, and for one moment once", async () => {
  const { dir, options } = await reader();
  const bin = join(dir, 'bin');
  await mkdir(bin);
  // Stands where the real program stands, and counts.
  const program = process.platform === 'darwin' ? 'security' : 'secret-tool';
  await writeFile(join(bin, program), `#!/bin/sh\necho "$@" >>'${dir}/asked'\nprintf '%s' '${VALUE}'\n`);
  await chmod(join(bin, program), 0o755);
  const before = process.env.PATH;
  process.env.PATH = `${bin}:${before}`;
  onTestFinished(() => {
    process.env.PATH = before;
  });
  const secret: SecretSpec = {
    name: 'TOKEN',
    placeholder: 'agentvm-secret-x',
    hosts: ['a.test'],
    source: { from: 'keyring', service: 'agentvm', account: 'me' },
  };
  const values = createSecretValues(options);
  expect(await Promise.all([values.valueOf(secret), values.valueOf(secret)])).toEqual([VALUE, VALUE]);
  const { readFile } = await import('node:fs/promises');
  const asked = (await readFile(join(dir, 'asked'), 'utf8')).trim().split('\n');
  expect(asked).toEqual([
    process.platform === 'darwin'
      ? 'find-generic-password -s agentvm -a me -w'
      : 'lookup service agentvm account me',
  ]);
});
