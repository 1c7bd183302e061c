import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BuiltCli, buildCli } from '../support/built-cli.ts';
import { schemaErrors } from '../support/schema-check.ts';
import { tempFolder } from '../support/temp-folder.ts';

const MANIFEST = `apiVersion: agentvm/v1
name: shop
driver: fake
agent: {name: opencode, version: latest}
resources: {memory: 4GiB, cpus: 2}
base: {packages: [git, jq]}
ports: [3000]
env: {TOKEN: first}
`;

let cli: BuiltCli;
beforeAll(async () => {
  cli = await buildCli();
});
afterAll(() => cli.remove());

const withoutRevisions = (text: string): string =>
  text.replace(/@ [0-9a-f]{6}/g, '@ REVISION').replace(/\d+ s ago/, '1 s ago');

test('the manifest is held against what was applied, and no machine is looked at', async () => {
  const cwd = join(await tempFolder(), 'shop');
  await mkdir(cwd);
  const edit = (text: string): Promise<void> => writeFile(join(cwd, 'agentvm.yaml'), text);
  const diff = async (...args: readonly string[]) => {
    const { exitCode, stdout, stderr } = await cli.run(['diff', ...args], { cwd });
    expect(stderr).toBe('');
    return { exitCode, text: withoutRevisions(stdout) };
  };
  await edit(MANIFEST);
  const never = await diff('--exit-code');
  expect([never.exitCode, never.text.split('\n')[0]]).toEqual([
    2,
    'shop  agentvm.yaml @ REVISION, never applied',
  ]);
  await cli.run(['apply', '--yes'], { cwd });
  // The simulated machine itself is gone; its record is what counts.
  const machines = join(cwd, '../home/.local/state/agentvm/machines');
  const [id = ''] = await readdir(machines);
  await rm(join(machines, id, 'fake.json'));
  expect(await diff('--exit-code')).toEqual({
    exitCode: 0,
    text: 'shop  agentvm.yaml @ REVISION, applied @ REVISION 1 s ago\nDiff: none. 19 fields unchanged.\n',
  });

  await edit(
    MANIFEST.replace('latest', '1.2.3')
      .replace('4GiB', '8GiB')
      .replace('jq', 'ripgrep')
      .replace('first', 'second'),
  );
  const { exitCode, text } = await diff();
  expect(exitCode).toBe(0);
  expect(text).toMatchInlineSnapshot(`
    "shop  agentvm.yaml @ REVISION, applied @ REVISION 1 s ago
      ~ agents[opencode].version  latest → 1.2.3
      - base.packages             jq
      + base.packages             ripgrep
      ~ resources.memory          4GiB → 8GiB
      ~ env                       TOKEN changed
    Diff: 1 added, 3 changed, 1 removed. 15 fields unchanged.
    Run: agentvm plan
    "
  `);
  const json = await cli.run(['diff', '--json'], { cwd });
  expect(schemaErrors(JSON.parse(json.stdout))).toEqual([]);
  expect(json.stdout).not.toMatch(/first|second/);

  await edit(`${MANIFEST}---\n${MANIFEST.replace('shop', 'store')}`);
  const several = JSON.parse((await cli.run(['diff', '--json'], { cwd })).stdout);
  expect(schemaErrors(several)).toEqual([]);
  expect(several.machines.map((one: { changes: unknown[] }) => one.changes.length)).toEqual([0, 19]);
});
