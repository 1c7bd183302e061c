import { execFileSync } from 'node:child_process';
import { appendFile, chown, cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BuiltCli, buildCli } from '../support/built-cli.ts';
import { tempFolder } from '../support/temp-folder.ts';

// What agentvm finds in its own state, or where its projects were, is not as it left it: what it says, and what it leaves.
const manifest = (packages: string): string =>
  `apiVersion: agentvm/v1\nname: shop\ndriver: fake\nresources: {memory: 1GiB}\nbase: {image: debian-12, packages: [${packages}]}\n`;

let cli: BuiltCli;
beforeAll(async () => {
  cli = await buildCli();
});
afterAll(() => cli.remove());

const host = async () => {
  const root = await tempFolder();
  const home = join(root, 'home');
  const machines = join(home, '.local/state/agentvm/machines');
  const project = async (name: string): Promise<string> => {
    const folder = join(root, name);
    await mkdir(folder);
    await writeFile(join(folder, 'agentvm.yaml'), manifest('git'));
    return folder;
  };
  const run = async (cwd: string, ...args: readonly string[]) => {
    const { exitCode, stdout, stderr } = await cli.run(args, { cwd, env: { HOME: home } });
    const clean = (text: string): string =>
      text.replaceAll(root, 'ROOT').replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'UUID');
    return { exitCode, stdout: clean(stdout), stderr: clean(stderr) };
  };
  const apply = async (cwd: string) => {
    const result = await run(cwd, 'apply', '--yes');
    expect(result).toMatchObject({ exitCode: 0 });
  };
  const documentPath = async (name: string): Promise<string> => {
    const [id = ''] = await readdir(machines);
    return join(machines, id, name);
  };
  return { root, machines, project, run, apply, documentPath };
};

/** Each command on the machine says the same and leaves everything as it is, for a person to look at. */
const expectStalled = async (
  { run, machines }: Awaited<ReturnType<typeof host>>,
  cwd: string,
  path: string,
  expected: RegExp,
): Promise<void> => {
  const before = await readFile(path, 'utf8');
  const folders = await readdir(machines);
  for (const args of [['plan'], ['apply', '--yes']]) {
    const { exitCode, stdout, stderr } = await run(cwd, ...args);
    expect([args, exitCode, stdout]).toEqual([args, 8, '']);
    expect(stderr).toMatch(expected);
    expect(stderr).toContain('\n  → ');
  }
  expect([await readFile(path, 'utf8'), await readdir(machines)]).toEqual([before, folders]);
};

describe('a state document', () => {
  const damaged = async (change: (path: string, text: string) => Promise<void>, expected: RegExp) => {
    const made = await host();
    const cwd = await made.project('shop');
    await made.apply(cwd);
    const path = await made.documentPath('machine.json');
    await change(path, await readFile(path, 'utf8'));
    await expectStalled(made, cwd, path, expected);
    const { exitCode, stderr } = await made.run(cwd, 'list');
    expect([exitCode, stderr]).toEqual([0, expect.stringMatching(expected)]);
  };

  test('that is truncated', () =>
    damaged(
      (path, text) => writeFile(path, text.slice(0, text.length / 2)),
      /machine\.json is not whole JSON/,
    ));

  test('from the future', () =>
    damaged(
      (path, text) => writeFile(path, JSON.stringify({ ...JSON.parse(text), format: 99, release: '9.9.9' })),
      /was written by agentvm 9\.9\.9 in format 99; this is agentvm .*\n {2}→ Install that release/,
    ));

  test.runIf(process.getuid?.() === 0)('of somebody else (needs root to make one)', () =>
    damaged((path) => chown(path, 12_345, 12_345), /belongs to the user with id 12345, not to you \(0\)/),
  );
});

describe('a journal', () => {
  const damaged = async (change: (path: string, text: string) => Promise<void>, expected: RegExp) => {
    const made = await host();
    const cwd = await made.project('shop');
    await made.apply(cwd);
    const path = await made.documentPath('journal.ndjson');
    await change(path, await readFile(path, 'utf8'));
    await expectStalled(made, cwd, path, expected);
  };

  test('with a line that is torn in the middle', () =>
    damaged(
      (path, text) => writeFile(path, text.replace('"kind":"done"', '"kind":"do')),
      /journal\.ndjson:\d+ is not JSON\n {2}→ Look at the machine/,
    ));

  test('from the future', () =>
    damaged(
      (path, text) => writeFile(path, text.replaceAll(/"format":\d+/g, '"format":99')),
      /journal\.ndjson was written by a newer agentvm in format 99/,
    ));

  test.runIf(process.getuid?.() === 0)('of somebody else (needs root to make one)', () =>
    damaged((path) => chown(path, 12_345, 12_345), /journal\.ndjson belongs to the user with id 12345/),
  );

  test('whose last line is cut off is whole: nothing was done on its word', async () => {
    const { project, apply, run, documentPath } = await host();
    const cwd = await project('shop');
    await apply(cwd);
    await appendFile(await documentPath('journal.ndjson'), '{"kind":"inte');
    expect(await run(cwd, 'plan', '--exit-code')).toMatchObject({ exitCode: 0 });
    await writeFile(join(cwd, 'agentvm.yaml'), manifest('git, jq'));
    await apply(cwd);
    expect(await readFile(await documentPath('journal.ndjson'), 'utf8')).not.toContain('"inte{');
  });
});

const canUnshare = (): boolean => {
  try {
    execFileSync('unshare', ['--user', '--map-root-user', '--mount', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

describe.skipIf(!canUnshare())('the disk of a machine that is there', () => {
  /** On a copy of the state in a file system of its own, which is full or read-only while the command runs. */
  const onDisk = (state: string, prepare: string): readonly string[] => [
    ...['unshare', '--user', '--map-root-user', '--mount', 'sh', '-ec'],
    [
      'cp -a "$0" "$0.saved"; mount -t tmpfs -o size=256k tmpfs "$0"; cp -a "$0.saved/." "$0"',
      prepare,
      'code=0; "$@" || code=$?; rm -f "$0/filler"; mount -o remount,rw "$0" 2>/dev/null || true',
      'rm -rf "$0.saved"; cp -a "$0" "$0.saved"; umount "$0"; rm -rf "$0"; mv "$0.saved" "$0"; exit $code',
    ].join('; '),
    state,
  ];

  const applyOn = async (prepare: string) => {
    const { root, project, apply, run } = await host();
    const cwd = await project('shop');
    await apply(cwd);
    // Nothing that wants a snapshot first, for which a full disk has no room.
    await writeFile(join(cwd, 'agentvm.yaml'), `${manifest('git')}labels: {team: web}\n`);
    const state = join(root, 'home/.local/state/agentvm');
    const through = onDisk(state, prepare);
    const options = { cwd, env: { HOME: join(root, 'home') }, through };
    const failed = await cli.run(['apply', '--yes'], options);
    const looked = await cli.run(['status'], options);
    await apply(cwd);
    expect(await run(cwd, 'plan', '--exit-code')).toMatchObject({ exitCode: 0 });
    return { failed, looked };
  };

  test('is full: told with its mend, and the next apply goes on', async () => {
    const { failed, looked } = await applyOn('cat /dev/zero > "$0/filler" 2>/dev/null || true');
    expect(failed.exitCode).toBe(7);
    expect(failed.stderr).toMatch(/cannot be written: the disk is full\n {2}→ Free some space/);
    expect(looked.exitCode).toBe(0);
  });

  test('is read-only: told with its mend, reading goes on, and so does the next apply', async () => {
    const { failed, looked } = await applyOn('mount -o remount,ro "$0"');
    expect(failed.exitCode).toBe(7);
    expect(failed.stderr).toMatch(/cannot be written: the file system is read-only\n {2}→ /);
    expect(looked.exitCode).toBe(0);
  });
});

describe('a project', () => {
  test('that was moved takes its machine along; a copy of it gets another', async () => {
    const { root, project, apply, run, machines } = await host();
    const cwd = await project('shop');
    await apply(cwd);
    const moved = join(root, 'moved');
    await rename(cwd, moved);
    const plan = await run(moved, 'plan');
    expect(plan.stdout).toContain('The project was moved here from ROOT/shop; its machine is taken along.');
    await apply(moved);
    expect(await readdir(machines)).toHaveLength(1);

    const copy = join(root, 'copy');
    await cp(moved, copy, { recursive: true });
    expect((await run(copy, 'plan')).stdout).toContain('this folder may be a copy');
    await apply(copy);
    expect(await readdir(machines)).toHaveLength(2);
    expect(await run(moved, 'plan', '--exit-code')).toMatchObject({ exitCode: 0 });
  });

  test('that was deleted leaves a machine that is listed and can be removed by name', async () => {
    const { root, project, apply, run, machines } = await host();
    const cwd = await project('shop');
    await apply(cwd);
    await rm(cwd, { recursive: true });
    expect((await run(root, 'list')).stdout).toMatch(/shop .* ROOT\/shop/);
    expect(await run(root, 'rm', '--yes', 'shop')).toMatchObject({ exitCode: 0 });
    expect(await readdir(machines)).toEqual([]);
    expect(await run(root, 'rm', '--yes', 'shop')).toMatchObject({
      exitCode: 3,
      stderr: "agentvm: There is no machine 'shop'\n  → See them all: agentvm list\n",
    });
  });

  test('of the same name as another has a machine of its own, and the name alone does not choose', async () => {
    const { root, project, apply, run, machines } = await host();
    const [one, two] = [await project('one'), await project('two')];
    await apply(one);
    expect((await run(two, 'plan')).stdout).toContain(
      'The machine of the same name at ROOT/one is another one; this folder may be a copy.',
    );
    await apply(two);
    for (const cwd of [one, two]) {
      expect(await run(cwd, 'plan', '--exit-code')).toMatchObject({ exitCode: 0 });
    }
    const refused = await run(root, 'rm', '--yes', 'shop');
    expect([refused.exitCode, refused.stderr.split('\n').sort()]).toEqual([
      3,
      [
        '',
        '  UUID  ROOT/one',
        '  UUID  ROOT/two',
        '  → Name it by its id.',
        "agentvm: Several projects have a machine 'shop'",
      ],
    ]);
    const [id = ''] = await readdir(machines);
    expect(await run(root, 'rm', '--yes', id)).toMatchObject({ exitCode: 0 });
    expect(await readdir(machines)).toHaveLength(1);
  });
});
