import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FakeMachine } from '../../src/drivers/fake/record.ts';
import type { DriftDocument } from '../../src/model/drift.ts';
import { type BuiltCli, buildCli } from '../support/built-cli.ts';
import { schemaErrors } from '../support/schema-check.ts';
import { tempFolder } from '../support/temp-folder.ts';

const MANIFEST = `apiVersion: agentvm/v1
name: shop # the shop
driver: fake
base:
  packages:
    - git # for the history
`;

let cli: BuiltCli;
beforeAll(async () => {
  cli = await buildCli();
});
afterAll(() => cli.remove());

/** A project with its machine, and the means to change that behind agentvm's back. */
const appliedProject = async (manifest = MANIFEST) => {
  const cwd = join(await tempFolder(), 'shop');
  await mkdir(cwd);
  const path = join(cwd, 'agentvm.yaml');
  await writeFile(path, manifest);
  const run = (...args: string[]) => cli.run(args, { cwd });
  expect(await run('apply', '--yes')).toMatchObject({ exitCode: 0 });
  const machines = join(cwd, '../home/.local/state/agentvm/machines');
  return {
    cwd,
    path,
    run,
    tamper: async (name: string, change: (machine: FakeMachine) => FakeMachine): Promise<void> => {
      for (const id of await readdir(machines)) {
        const state = JSON.parse(await readFile(join(machines, id, 'machine.json'), 'utf8'));
        const file = join(machines, id, 'fake.json');
        if (state.name === name) {
          await writeFile(file, JSON.stringify(change(JSON.parse(await readFile(file, 'utf8')))));
        }
      }
    },
  };
};

const withPackages =
  (packages: readonly string[]) =>
  ({ roots, ...machine }: FakeMachine): FakeMachine => ({
    ...machine,
    roots: Object.fromEntries(Object.entries(roots).map(([key, root]) => [key, { ...root, packages }])),
  });

test('drift shows what moved, tells it by its exit code and is healed by apply', async () => {
  const { run, tamper, path } = await appliedProject();
  expect(await run('drift', '--deep', '--exit-code')).toMatchObject({ exitCode: 0, stderr: '' });
  await tamper('shop', withPackages([]));

  // Cheap: what only the guest knows is unknown, which is no drift.
  const cheap = await run('drift', '--exit-code', '--json');
  expect([cheap.exitCode, schemaErrors(JSON.parse(cheap.stdout))]).toEqual([0, []]);

  const deep = await run('drift', '--deep', '--exit-code', '--json');
  const report: DriftDocument = JSON.parse(deep.stdout);
  expect([deep.exitCode, schemaErrors(report), report.drifted]).toEqual([2, [], 1]);
  const text = await run('drift', '--deep');
  expect(text.exitCode).toBe(0);
  expect(text.stdout).toMatch(/^ {2}! packages +git: installed → missing +drift +\d s ago$/m);
  expect(text.stdout).toMatch(/\nDrift: 1 thing\.\nRun: agentvm apply\n$/);

  // Also while the manifest is being edited.
  await writeFile(path, 'apiVersion: [\n');
  expect(await run('drift', '--deep', '--exit-code')).toMatchObject({
    exitCode: 2,
    stderr: 'agentvm: the manifest cannot be read (see `agentvm validate`); edits are not told apart\n',
  });
  await writeFile(path, MANIFEST);

  expect(await run('apply', '--yes')).toMatchObject({ exitCode: 0 });
  expect(await run('drift', '--deep', '--exit-code')).toMatchObject({ exitCode: 0 });

  // A machine that was stopped is as somebody wanted it; what is in it cannot be seen.
  expect(await run('stop')).toMatchObject({ exitCode: 0 });
  const stopped = await run('drift', '--exit-code');
  expect(stopped.exitCode).toBe(0);
  expect(stopped.stdout).toMatch(/\? packages +not looked at: the machine is stopped +unknown\n/);
  expect(stopped.stdout).toMatch(/\nRun: agentvm start\n$/);
});

test('a guest that should be looked at and cannot is no proof that all is well', async () => {
  const { run, cwd } = await appliedProject();
  await writeFile(
    join(cwd, '../home/.local/state/agentvm/fake-faults.json'),
    JSON.stringify([{ at: 'guest.observe.before', how: 'fail' }]),
  );
  const { exitCode, stdout } = await run('drift', '--deep', '--exit-code');
  expect(exitCode).toBe(8);
  expect(stdout).toMatch(
    /\? files +not looked at: the simulator was told to fail at guest\.observe\.before +unknown\n/,
  );
});

test('several machines of one file are several reports', async () => {
  const { run, tamper } = await appliedProject(`${MANIFEST}---\n${MANIFEST.replace('shop', 'cart')}`);
  await tamper('cart', withPackages([]));
  const { exitCode, stdout } = await run('drift', '--deep', '--exit-code', '--json');
  const document = JSON.parse(stdout);
  expect([exitCode, schemaErrors(document)]).toEqual([2, []]);
  expect(document.machines.map(({ machine, drifted }: DriftDocument) => [machine.name, drifted])).toEqual([
    ['cart', 1],
    ['shop', 0],
  ]);
  expect(await run('drift', '--deep', '--exit-code', '--machine', 'shop')).toMatchObject({ exitCode: 0 });
});

test('import turns what was installed by hand into lines of the manifest', async () => {
  const { run, tamper, path } = await appliedProject();
  expect((await run('import')).stdout).toBe(
    "Nothing was installed by hand in 'shop' that the manifest could ask for.\n",
  );
  await tamper('shop', withPackages(['git', 'tree', '2048']));
  const shown = await run('import');
  expect(shown.stdout).toContain('     - git # for the history\n+    - "2048"\n+    - tree\n');
  expect(shown.stdout).toMatch(/Nothing was written\.\nRun: agentvm import --write\n$/);
  expect(await readFile(path, 'utf8')).toBe(MANIFEST);
  const told = JSON.parse((await run('import', '--json')).stdout);
  expect(schemaErrors(told)).toEqual([]);
  expect(told).toMatchObject({ packages: ['2048', 'tree'], isWritten: false });

  expect(await run('import', '--write')).toMatchObject({ exitCode: 0 });
  expect(await readFile(path, 'utf8')).toBe(`${MANIFEST}    - "2048"\n    - tree\n`);
  // They are there, so nothing is installed.
  expect((await run('plan', '--refresh')).stdout).toMatch(
    /\+ base\.packages {2}2048 +noop \(adopted\): it is so already\n/,
  );
  expect(await run('apply')).toMatchObject({ exitCode: 0 });
  expect((await run('import')).stdout).toMatch(/^Nothing was installed/);
  expect(await run('stop')).toMatchObject({ exitCode: 0 });
  expect(await run('import')).toMatchObject({
    exitCode: 7,
    stderr: expect.stringContaining('is not running'),
  });
});
