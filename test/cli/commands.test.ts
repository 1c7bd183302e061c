import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BuiltCli, buildCli } from '../support/built-cli.ts';
import { schemaErrors } from '../support/schema-check.ts';
import { tempFolder } from '../support/temp-folder.ts';

// The whole command line as a real process, on the simulator: what a command prints, and its exit code.
const MANIFEST = `apiVersion: agentvm/v1
name: shop   # the shop
driver: fake
agent: opencode
base: {packages: [git]}
ports: [3000]
labels: {team: web}
`;

let cli: BuiltCli;
beforeAll(async () => {
  cli = await buildCli();
});
afterAll(() => cli.remove());

const project = async (manifest: string | null = MANIFEST): Promise<string> => {
  const folder = join(await tempFolder(), 'shop');
  await mkdir(folder);
  if (manifest !== null) await writeFile(join(folder, 'agentvm.yaml'), manifest);
  return folder;
};

describe('a machine from its manifest to its end', () => {
  test('plan, apply, status, list, change, mv, rm', async () => {
    const cwd = await project();
    const json = async (...args: string[]) =>
      JSON.parse((await cli.run([...args, '--json'], { cwd })).stdout);

    const planned = await cli.run(['plan', '--exit-code'], { cwd });
    expect(planned.exitCode).toBe(2);
    expect(planned.stdout.split('\n').slice(-3)).toEqual([
      expect.stringMatching(/^Plan: create the machine/),
      'Run: agentvm apply',
      '',
    ]);
    expect(schemaErrors(await json('plan'))).toEqual([]);

    expect(await cli.run(['apply'], { cwd })).toMatchObject({
      exitCode: 4,
      stdout: '',
      stderr: expect.stringMatching(/there is no terminal to ask at\n {2}→ Run: agentvm apply --yes\n$/),
    });
    const applied = await cli.run(['apply', '--yes', '--json'], { cwd });
    expect(applied.exitCode).toBe(0);
    const events = applied.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(events.flatMap(schemaErrors)).toEqual([]);
    expect(events.at(-1)).toMatchObject({ event: 'finished', outcome: 'applied' });
    expect(await cli.run(['apply'], { cwd })).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await cli.run(['plan', '--exit-code', '--refresh'], { cwd })).toMatchObject({ exitCode: 0 });

    const status = await json('status');
    expect(schemaErrors(status)).toEqual([]);
    expect(status.machine).toMatchObject({ name: 'shop', power: 'running', labels: { team: 'web' } });
    const list = await json('list');
    expect(schemaErrors(list)).toEqual([]);
    expect(list.machines).toEqual([expect.objectContaining({ name: 'shop' })]);

    await writeFile(
      join(cwd, 'agentvm.yaml'),
      MANIFEST.replace('debian-12', 'x').replace(
        'base: {',
        `base: {image: {url: "https://example.org/x.qcow2", sha256: "${'a'.repeat(64)}"}, `,
      ),
    );
    expect(await cli.run(['apply', '--yes'], { cwd })).toMatchObject({
      exitCode: 4,
      stderr: expect.stringContaining('→ Run: agentvm apply --allow recreate'),
    });
    expect(await cli.run(['apply', '--allow', 'recreate'], { cwd })).toMatchObject({ exitCode: 0 });
    expect(await cli.run(['stop'], { cwd })).toMatchObject({ exitCode: 0 });
    expect((await json('status')).machine.power).toBe('stopped');
    expect(await cli.run(['start'], { cwd })).toMatchObject({ exitCode: 0 });

    const moved = await cli.run(['mv', 'store'], { cwd });
    expect(moved.exitCode).toBe(0);
    expect(moved.stdout).toContain('-name: shop   # the shop\n+name: store   # the shop\n');
    expect(await cli.run(['plan', '--exit-code'], { cwd })).toMatchObject({ exitCode: 0 });
    for (const [args, lack] of [
      [['exec', 'true'], 'runs no programs'],
      [['run', '--', 'true'], 'runs no programs'],
      [['logs'], 'keeps no logs'],
    ] as const) {
      // Nothing is said of a changed manifest: the one change is that of mv itself.
      expect(await cli.run(args, { cwd })).toMatchObject({
        exitCode: 3,
        stdout: '',
        stderr: expect.stringMatching(
          `^agentvm: Machine 'store' is simulated by the fake driver, which ${lack}\\n`,
        ),
      });
    }

    expect((await cli.run(['rm'], { cwd })).exitCode).toBe(4);
    expect(await cli.run(['rm', '--yes'], { cwd })).toMatchObject({ exitCode: 0 });
    expect(await cli.run(['status'], { cwd })).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining('→ Make it with `agentvm apply`.'),
    });
    expect(await readdir(join(cwd, '../home/.local/state/agentvm/machines'))).toEqual([]);
  });

  test('a field without work behind it is named before anything is made', async () => {
    const cwd = await project(`${MANIFEST}environment: nix\n`);
    expect(await cli.run(['apply', '--yes'], { cwd })).toMatchObject({
      exitCode: 8,
      stderr: expect.stringMatching(/environment.* is not supported by the fake driver/),
    });
    await expect(readdir(join(cwd, '../home/.local/state/agentvm/machines'))).rejects.toThrow('ENOENT');
  });
});

describe('a manifest that the guest may have made', () => {
  test('is refused below what a guest can write to, and where another user can', async () => {
    const cwd = await project();
    expect(await cli.run(['apply', '--yes'], { cwd })).toMatchObject({ exitCode: 0 });
    const planted = join(cwd, 'src');
    await mkdir(planted);
    await writeFile(join(planted, 'agentvm.yaml'), MANIFEST);
    const home = join(cwd, '../home');
    const env = { XDG_STATE_HOME: join(home, '.local/state'), XDG_DATA_HOME: join(home, '.local/share') };
    for (const args of [['plan'], ['apply', '--yes'], ['run', '--', 'true'], ['exec', 'true']]) {
      expect(await cli.run(args, { cwd: planted, env })).toMatchObject({
        exitCode: 4,
        stdout: '',
        stderr: expect.stringContaining("where the guest of 'shop' can write"),
      });
    }
    await chmod(join(cwd, 'agentvm.yaml'), 0o666);
    expect(await cli.run(['plan'], { cwd })).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining('can be changed by every user of this host'),
    });
  });

  test('is not applied by run without a question when it reaches out of its folder', async () => {
    const cwd = await project(`${MANIFEST}mounts: [{host: /usr/share, guest: /data}]\n`);
    expect(await cli.run(['run', '--', 'true'], { cwd })).toMatchObject({
      exitCode: 4,
      stderr: expect.stringContaining("run: agentvm apply --yes --grant 'mounts[/usr/share]'"),
    });
    expect(await cli.run(['status'], { cwd })).toMatchObject({ exitCode: 3 });
  });
});

describe('init', () => {
  test('writes a manifest that is valid and does not touch one that is there', async () => {
    const cwd = await project(null);
    await writeFile(join(cwd, 'package.json'), '{"scripts": {"dev": "vite --port 5174"}}');
    const written = await cli.run(['init'], { cwd });
    expect(written.exitCode).toBe(0);
    expect(await cli.run(['validate'], { cwd })).toMatchObject({ exitCode: 0, stderr: '' });
    const text = await readFile(join(cwd, 'agentvm.yaml'), 'utf8');
    expect(text).toContain('5174');
    expect(await cli.run(['init'], { cwd })).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining('exists already and is left as it is'),
    });
    expect(await readFile(join(cwd, 'agentvm.yaml'), 'utf8')).toBe(text);
  });
});

describe('a slip of the finger', () => {
  test.each([
    ['an unknown command', ['aply'], 3],
    ['an unknown option', ['plan', '--jsn'], 3],
    ['a level that does not exist', ['apply', '--allow', 'everything'], 3],
    ['exec without a program', ['exec'], 3],
    ['cp without a path in the machine', ['cp', 'a', 'b'], 3],
    ['a name that cannot be one', ['mv', 'Not A Name'], 3],
  ])('%s', async (_what, args, exitCode) => {
    const cwd = await project();
    const run = await cli.run(args, { cwd });
    expect({ exitCode: run.exitCode, stdout: run.stdout }).toEqual({ exitCode, stdout: '' });
    expect(run.stderr).not.toMatch(/\n {4}at /);
    expect(run.stderr).not.toBe('');
  });

  test('an invalid manifest shows every error at its place', async () => {
    const cwd = await project('apiVersion: agentvm/v1\nresources: {memory: 8GB, cpu: 2}\n');
    expect(await cli.run(['validate'], { cwd })).toMatchObject({
      exitCode: 3,
      stdout: '',
      stderr: expect.stringMatching(
        /2 errors[\s\S]*agentvm\.yaml:2:21[\s\S]*8GiB[\s\S]*agentvm\.yaml:2:26[\s\S]*cpus/,
      ),
    });
  });
});
