import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BuiltCli, buildCli } from '../support/built-cli.ts';
import { tempFolder } from '../support/temp-folder.ts';

let cli: BuiltCli;
beforeAll(async () => {
  cli = await buildCli();
});
afterAll(() => cli?.remove());

const HEAD = 'apiVersion: agentvm/v1\nname: shop\ndriver: fake\n';

const made = async (rest = '', ...words: readonly string[]) => {
  const cwd = join(await tempFolder(), 'shop');
  await mkdir(cwd);
  const manifest = join(cwd, 'agentvm.yaml');
  await writeFile(manifest, HEAD + rest);
  const run = (...args: readonly string[]) => cli.run(args, { cwd });
  expect(await run('apply', '--yes', ...words)).toMatchObject({ exitCode: 0 });
  const machines = join(cwd, '../home/.local/state/agentvm/machines');
  const dir = join(machines, (await readdir(machines))[0] ?? '');
  return {
    run,
    manifest: () => readFile(manifest, 'utf8'),
    running: async () => JSON.parse(await readFile(join(dir, 'fake.json'), 'utf8')).running.network.egress,
    rulesFile: join(dir, 'network-rules.json'),
  };
};

test('for a while: at once in the running machine, in no manifest, no drift, and after a restart too', async () => {
  const { run, running, manifest } = await made('network: {egress: none}\n');
  const { exitCode, stdout } = await run('network', 'allow', 'PyPI.org.', '--for', '1h');
  expect([exitCode, stdout.replace(/\d{4}-.*Z/, 'TIME')]).toEqual([
    0,
    "'shop' reaches pypi.org until TIME.\n",
  ]);
  await run('network', 'allow', 'db.example:5432', '--for', '2h');
  await run('network', 'allow', 'pypi.org', '--for', '3h');
  const entries = (await running()).temporary.map(({ entry }: { entry: string }) => entry);
  expect([(await running()).mode, entries]).toEqual(['none', ['db.example:5432', 'pypi.org']]);
  expect(await manifest()).toBe(`${HEAD}network: {egress: none}\n`);
  expect(await run('plan', '--exit-code', '--refresh')).toMatchObject({ exitCode: 0 });
  expect(await run('restart')).toMatchObject({ exitCode: 0 });
  expect((await running()).temporary).toHaveLength(2);
});

test('for good: a line of the manifest, shown first and written when told so, comments kept', async () => {
  const rest = '# as little as it needs\nnetwork:\n  egress:\n    allow:\n      - github.com # the code\n';
  const { run, manifest, running } = await made(rest);
  const shown = await run('network', 'allow', '*.Example.org:8443');
  expect(shown.exitCode).toBe(0);
  expect(shown.stdout).toContain('\n+      - "*.example.org:8443"\n');
  expect(shown.stdout).toContain(
    'Nothing was written.\nRun: agentvm network allow *.example.org:8443 --write\n',
  );
  expect(await manifest()).toBe(HEAD + rest);
  expect(await run('network', 'allow', '*.example.org:8443', '--write')).toMatchObject({ exitCode: 0 });
  expect(await manifest()).toBe(`${HEAD}${rest}      - "*.example.org:8443"\n`);
  expect((await running()).allow).toEqual(['github.com']);
  expect(await run('apply', '--yes')).toMatchObject({ exitCode: 4 });
  expect(await run('apply', '--yes', '--grant', 'network.egress[*.example.org:8443]')).toMatchObject({
    exitCode: 0,
  });
  expect((await running()).allow).toEqual(['*.example.org:8443', 'github.com']);
  expect(await run('network', 'allow', 'github.com')).toMatchObject({
    exitCode: 0,
    stdout: 'The manifest allows github.com already.\n',
  });
});

test('what cannot be allowed is told with its mend, and nothing is changed', async () => {
  const denying = await made('network: {egress: {allow: ["*.github.com"], deny: [gist.github.com]}}\n');
  for (const words of [['gist.github.com'], ['gist.github.com:8080', '--for', '1h']]) {
    expect(await denying.run('network', 'allow', ...words)).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining('network.egress.deny names gist.github.com'),
    });
  }
  const told = async (...words: readonly string[]) => {
    const { exitCode, stderr, stdout } = await denying.run('network', 'allow', ...words);
    return [exitCode, stdout + stderr];
  };
  expect(await told('https://github.com/x')).toEqual([
    3,
    "agentvm: 'https://github.com/x' is a URL\n  → Name its host alone: github.com\n",
  ]);
  expect((await told('a.example', '--for', '5'))[0]).toBe(3);
  expect((await told('a.example', '--for', '31d'))[0]).toBe(3);
  await writeFile(denying.rulesFile, '{"format":1,"rules":[{"entry":"a b","until":"soon"}]}');
  expect(await told('a.example', '--for', '1h')).toEqual([8, expect.stringContaining('Delete it (rm ')]);

  const open = await made();
  expect(await open.run('network', 'allow', 'pypi.org')).toMatchObject({
    exitCode: 0,
    stdout: 'The manifest allows pypi.org already: network.egress is public.\n',
  });
  expect(await open.run('network', 'allow', 'db.example:5432')).toMatchObject({
    exitCode: 3,
    stderr: expect.stringContaining('add 5432 to network.ports'),
  });
});

test('an open network needs the word, and a key in the environment is told of without its value', async () => {
  const key = ['ghp', '_', 'a1'.repeat(18)].join('');
  const { run, manifest } = await made(
    `network: {egress: open}\nenv: {GH: ${key}}\n`,
    '--grant',
    'network.egress=open',
  );
  expect(await run('network', 'allow', 'pypi.org')).toMatchObject({
    exitCode: 3,
    stderr: expect.stringContaining('its network.egress is open'),
  });
  const { stdout, stderr } = await run('plan');
  expect(stdout).toContain('GH looks like a key');
  expect(stdout + stderr).not.toContain(key);
  expect(await manifest()).toContain(key);
  expect(await run('trust', '--revoke', 'network.egress=open')).toMatchObject({
    exitCode: 0,
    stderr: expect.stringContaining('agentvm restart'),
  });
});
