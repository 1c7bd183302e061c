import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BuiltCli, buildCli } from '../support/built-cli.ts';
import { schemaErrors } from '../support/schema-check.ts';
import { tempFolder } from '../support/temp-folder.ts';

let cli: BuiltCli;
beforeAll(async () => {
  cli = await buildCli();
});
afterAll(() => cli?.remove());

const manifest =
  'apiVersion: agentvm/v1\nname: shop\ndriver: fake\nbase: {image: debian-12, scripts: [./setup.sh]}\n';

/** A made machine whose script now fails. */
const failingProject = async () => {
  const cwd = join(await tempFolder(), 'shop');
  await mkdir(cwd);
  await writeFile(join(cwd, 'agentvm.yaml'), manifest);
  await writeFile(join(cwd, 'setup.sh'), 'true\n');
  const run = (...args: readonly string[]) => cli.run(args, { cwd });
  expect(await run('apply', '--yes')).toMatchObject({ exitCode: 0 });
  await writeFile(join(cwd, 'setup.sh'), 'exit 3\n');
  return { cwd, run };
};

test('without a terminal a failed script keeps the disk and tells how to put it back', async () => {
  const { run } = await failingProject();
  const failed = await run('apply', '--yes');
  expect(failed.exitCode).toBe(7);
  const name = /kept as the snapshot (auto-[0-9a-f]{4})\./.exec(failed.stderr)?.[1] ?? '';
  expect(failed.stderr).toContain(`→ To put the disk back to what it was: agentvm rollback ${name}\n`);
  const listed = JSON.parse((await run('snapshot', 'list', '--json')).stdout);
  expect([schemaErrors(listed), listed.snapshots.map((one: { name: string }) => one.name)]).toEqual([
    [],
    [name],
  ]);
  expect(await run('rollback', name)).toMatchObject({ exitCode: 4, stdout: '' });
  const back = await run('rollback', name, '--yes');
  expect([back.exitCode, back.stdout]).toEqual([
    0,
    expect.stringMatching(
      /^The disk of 'shop' is as it was at .*\. What was there is kept as auto-[0-9a-f]{4}\. Bring it to the manifest with: agentvm apply\n$/,
    ),
  ]);
});

test('--on-failure rollback puts it back at once, where a restart is allowed', async () => {
  const { run } = await failingProject();
  const refused = await run('apply', '--allow', 'reapply', '--on-failure', 'rollback');
  expect([refused.exitCode, refused.stderr]).toEqual([
    4,
    'agentvm: To roll a disk back restarts the machine, and a restart is not allowed\n  → Run: agentvm apply --on-failure rollback --allow restart\n',
  ]);
  const failed = await run('apply', '--yes', '--on-failure', 'rollback', '--json');
  expect([failed.exitCode, failed.stderr]).toEqual([
    7,
    expect.stringMatching(/The disk is back to the snapshot auto-/),
  ]);
  const events = failed.stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(events.flatMap(schemaErrors)).toEqual([]);
  expect(events.at(-1)).toMatchObject({ event: 'rolled-back' });
});

test('slips at the command line are told', async () => {
  const { run } = await failingProject();
  for (const [args, text] of [
    [['snapshot', 'take'], /needs the snapshot's name/],
    [['snapshot', 'tkae', 'x'], /does not know 'tkae'/],
    [['snapshot', 'take', 'auto-1234'], /is no name for a snapshot/],
    [['snapshot', 'delete', 'x'], /has no snapshot 'x'/],
    [['rollback', 'x', '--yes'], /has no snapshot 'x'/],
  ] as const) {
    const { exitCode, stderr } = await run(...args);
    expect([exitCode, stderr]).toEqual([3, expect.stringMatching(text)]);
  }
});
