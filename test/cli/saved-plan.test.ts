import { mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BuiltCli, buildCli } from '../support/built-cli.ts';
import { schemaErrors } from '../support/schema-check.ts';
import { tempFolder } from '../support/temp-folder.ts';

// Saved plans through the whole command line as real processes, on the simulator.
const MANIFEST = `apiVersion: agentvm/v1
name: shop
driver: fake
resources: {memory: 2GiB}
ports: [3000]
env: {TOKEN: not-to-be-found-anywhere}
`;

let cli: BuiltCli;
beforeAll(async () => {
  cli = await buildCli();
});
afterAll(() => cli.remove());

const project = async (manifest = MANIFEST) => {
  const cwd = join(await tempFolder(), 'shop');
  await mkdir(cwd);
  const edit = (text: string): Promise<void> => writeFile(join(cwd, 'agentvm.yaml'), text);
  await edit(manifest);
  const run = (...args: readonly string[]) => cli.run(args, { cwd });
  return { cwd, edit, run };
};

const withoutFolders = (text: string, cwd: string): string => text.replaceAll(cwd, 'DIR');

test('a machine that does not exist yet is made by a plan that was saved; a second time it is stale', async () => {
  const { cwd, run } = await project();
  const planned = await run('plan', '--out', 'p.json');
  expect([planned.exitCode, planned.stdout.split('\n').slice(-3)]).toEqual([
    0,
    ['Plan: create the machine with 14 fields.', 'Run: agentvm apply p.json', ''],
  ]);
  const file = join(cwd, 'p.json');
  const text = await readFile(file, 'utf8');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(schemaErrors(JSON.parse(text))).toEqual([]);
  expect(text).not.toContain('not-to-be-found-anywhere');

  const applied = await run('apply', 'p.json');
  expect([applied.exitCode, withoutFolders(applied.stdout, cwd)]).toEqual([
    0,
    'shop is as DIR/agentvm.yaml declares: 5 steps done.\n',
  ]);
  const again = await run('apply', 'p.json');
  expect([again.exitCode, again.stderr.split('\n').slice(0, 2)]).toEqual([
    6,
    [
      "agentvm: what p.json plans for 'shop' no longer holds, and nothing was done",
      '  The machine was made since.',
    ],
  ]);
});

describe('a plan that no longer holds says what has changed since, and nothing is done', () => {
  const saved = async () => {
    const made = await project();
    await made.run('apply', '--yes');
    await made.edit(MANIFEST.replace('2GiB', '4GiB'));
    expect((await made.run('plan', '--out', 'p.json')).exitCode).toBe(0);
    return made;
  };
  const refusal = async ({ run }: Awaited<ReturnType<typeof saved>>, ...args: readonly string[]) => {
    const { exitCode, stdout, stderr } = await run('apply', 'p.json', ...args);
    expect([exitCode, stdout]).toEqual([6, '']);
    return stderr.replace(/@ [0-9a-f]{6} → [0-9a-f]{6}/, '@ OLD → NEW');
  };

  test('the manifest was edited', async () => {
    const made = await saved();
    await made.edit(MANIFEST.replace('2GiB', '6GiB').replace('3000', '3001'));
    expect(await refusal(made)).toMatchInlineSnapshot(`
      "agentvm: what p.json plans for 'shop' no longer holds, and nothing was done
        The manifest was edited: agentvm.yaml @ OLD → NEW
          ~ resources.memory  4GiB → 6GiB
          - ports             3000
          + ports             3001
        The steps would be others now:
          (the same, with other values)
        → Plan again, and look at it: agentvm plan --out p.json
      "
    `);
  });

  test('a comment was written into the manifest', async () => {
    const made = await saved();
    await made.edit(`${MANIFEST.replace('2GiB', '4GiB')}# more to come\n`);
    expect(await refusal(made)).toMatchInlineSnapshot(`
      "agentvm: what p.json plans for 'shop' no longer holds, and nothing was done
        The manifest was edited: agentvm.yaml @ OLD → NEW
          (in nothing that this machine is made of)
        The steps are still the same.
        → Plan again, and look at it: agentvm plan --out p.json
      "
    `);
  });

  test('another apply was faster', async () => {
    const made = await saved();
    await made.run('apply', '--yes');
    expect(await refusal(made)).toMatchInlineSnapshot(`
      "agentvm: what p.json plans for 'shop' no longer holds, and nothing was done
        The machine's state has moved on: serial 7 → 10
          ~ resources.memory  2GiB → 4GiB
        The steps would be others now:
          - stop the machine
          - start the machine
        → Plan again, and look at it: agentvm plan --out p.json
      "
    `);
  });

  test('the machine was stopped', async () => {
    const made = await saved();
    await made.run('stop');
    expect(await refusal(made)).toMatchInlineSnapshot(`
      "agentvm: what p.json plans for 'shop' no longer holds, and nothing was done
        The machine's state has moved on: serial 7 → 8
        The machine was running and is stopped.
        The steps would be others now:
          - stop the machine
        → Plan again, and look at it: agentvm plan --out p.json
      "
    `);
  });

  test('the machine is gone, or was made anew', async () => {
    const made = await saved();
    await made.run('rm', '--yes');
    expect((await refusal(made)).split('\n')[1]).toBe('  The machine is gone.');
    await made.edit(MANIFEST);
    await made.run('apply', '--yes');
    await made.edit(MANIFEST.replace('2GiB', '4GiB'));
    expect((await refusal(made)).split('\n')[1]).toBe('  The machine was removed and made anew since.');
    expect(JSON.parse((await made.run('status', '--json')).stdout).machine.resources.memoryMiB).toBe(2048);
  });

  test('the manifest is gone, is invalid, or declares another machine', async () => {
    const made = await saved();
    await made.edit(MANIFEST.replace('shop', 'store'));
    expect(await refusal(made)).toContain('no longer declares a machine of this name.');
    await made.edit('apiVersion: agentvm/v1\nmemry: 1\n');
    expect(await refusal(made)).toContain('  The manifest can no longer be taken:\n');
  });

  test('the machine drifted', async () => {
    const made = await saved();
    const home = join(made.cwd, '../home/.local/state/agentvm/machines');
    const [id = ''] = await readdir(home);
    const record = join(home, id, 'fake.json');
    const machine = JSON.parse(await readFile(record, 'utf8'));
    await writeFile(record, JSON.stringify({ ...machine, power: 'crashed', isReady: false }));
    expect(await refusal(made)).toMatchInlineSnapshot(`
      "agentvm: what p.json plans for 'shop' no longer holds, and nothing was done
        The machine was running and is crashed.
        The steps would be others now:
          - stop the machine
        → Plan again, and look at it: agentvm plan --out p.json
      "
    `);
  });
});

describe('what a saved plan may do', () => {
  const smaller = async () => {
    const made = await project(`${MANIFEST}`.replace('{memory: 2GiB}', '{disk: 20GiB}'));
    await made.run('apply', '--yes');
    await made.edit(MANIFEST.replace('{memory: 2GiB}', '{disk: 10GiB}'));
    return made;
  };

  test('a new root disk is allowed by name when it is applied', async () => {
    const { run } = await smaller();
    expect((await run('plan', '--out', 'p.json')).stdout.split('\n').at(-2)).toBe(
      'Run: agentvm apply p.json --allow recreate',
    );
    expect(await run('apply', 'p.json', '--yes')).toMatchObject({
      exitCode: 4,
      stderr: expect.stringContaining('→ Run: agentvm apply p.json --allow recreate\n'),
    });
    expect((await run('apply', 'p.json', '--allow', 'recreate')).exitCode).toBe(0);
  });

  test('or when it is saved; what is less allowed at the end is refused', async () => {
    const { run } = await smaller();
    const planned = await run('plan', '--out', 'p.json', '--allow', 'recreate');
    expect(planned.stdout.split('\n').at(-2)).toBe('Run: agentvm apply p.json');
    expect((await run('apply', 'p.json', '--allow', 'restart')).exitCode).toBe(4);
    expect((await run('apply', 'p.json')).exitCode).toBe(0);
  });
});

describe('what is no saved plan', () => {
  test('a manifest, a folder, a plan document, nothing, a plan that was changed', async () => {
    const { cwd, run } = await project();
    await writeFile(join(cwd, 'plan.json'), (await run('plan', '--json')).stdout);
    await writeFile(join(cwd, 'list.json'), '[]');
    await run('plan', '--out', 'p.json');
    const text = await readFile(join(cwd, 'p.json'), 'utf8');
    await writeFile(join(cwd, 'changed.json'), text.replace('"allow": "restart"', '"allow": "recreate"'));
    await writeFile(join(cwd, 'future.json'), text.replace('"version": 1', '"version": 2'));
    const told = async (...args: readonly string[]): Promise<string> => {
      const { exitCode, stderr } = await run('apply', ...args);
      return `exit ${exitCode}: ${withoutFolders(stderr, cwd)}`;
    };
    const files = ['agentvm.yaml', '.', 'plan.json', 'list.json', 'none.json', 'changed.json', 'future.json'];
    const texts: string[] = [];
    for (const file of files) texts.push(await told(file));
    texts.push(await told('p.json', '-f', '.'));
    expect(`\n${texts.join('')}`).toMatchInlineSnapshot(`
      "
      exit 3: agentvm: DIR/agentvm.yaml is no saved plan: it is a manifest
        → To apply it: agentvm apply -f DIR/agentvm.yaml
      exit 3: agentvm: DIR is no saved plan: it is a folder
        → To apply its manifests: agentvm apply -f DIR
      exit 3: agentvm: DIR/plan.json is no saved plan: it is what \`agentvm plan --json\` prints, which is bound to nothing
        → Write one with \`agentvm plan --out FILE\`; a manifest is named by -f.
      exit 3: agentvm: DIR/list.json is no saved plan: it says nothing of being one
        → Write one with \`agentvm plan --out FILE\`; a manifest is named by -f.
      exit 3: agentvm: DIR/none.json is no saved plan: there is no such file
        → Write one with \`agentvm plan --out FILE\`; a manifest is named by -f.
      exit 6: agentvm: DIR/changed.json was changed after it was saved, or saved on another host
        → Plan again on this host, and look at the plan: agentvm plan --out FILE
      exit 3: agentvm: DIR/future.json was written by a newer agentvm (version 2; this one knows 1)
        → Apply it with that agentvm, or plan again: agentvm plan --out FILE
      exit 3: agentvm: The saved plan p.json says itself which manifest and which machines are meant
        → Leave -f, --machine and --prune out: agentvm apply p.json
      "
    `);
  });

  test('nothing but a saved plan is written over, and a link is not followed', async () => {
    const { cwd, run } = await project();
    await symlink(join(cwd, 'agentvm.yaml'), join(cwd, 'link.json'));
    for (const file of ['agentvm.yaml', 'link.json', '.', 'none/p.json']) {
      expect(await run('plan', '--out', file), file).toMatchObject({ exitCode: 3, stdout: '' });
    }
    expect(await readFile(join(cwd, 'agentvm.yaml'), 'utf8')).toBe(MANIFEST);
    expect((await run('plan', '--out', 'p.json')).exitCode).toBe(0);
    expect((await run('plan', '--out', 'p.json')).exitCode).toBe(0);
    expect((await run('plan', '--allow', 'recreate')).exitCode).toBe(3);
  });

  test('a plan with an obstacle is not saved', async () => {
    const { cwd, run } = await project(`${MANIFEST}volumes: [{name: a, guest: /a, size: 1GiB}]\n`);
    expect(await run('plan', '--out', 'p.json')).toMatchObject({
      exitCode: 8,
      stderr: expect.stringContaining('nothing was saved in p.json'),
    });
    expect(await readdir(cwd)).toEqual(['agentvm.yaml']);
  });
});

test('a plan that goes on with an apply that was killed is saved and carried out too', async () => {
  const { cwd, run, edit } = await project();
  await writeFile(join(cwd, 'setup.sh'), 'true\n');
  await run('apply', '--yes');
  await edit(`${MANIFEST}base: {scripts: [setup.sh]}\n`);
  const faults = join(cwd, '../home/.local/state/agentvm/fake-faults.json');
  await writeFile(faults, JSON.stringify([{ at: 'guest.runScript.before', how: 'crash' }]));
  await run('apply', '--yes');
  const planned = await run('plan', '--exit-code', '--out', 'p.json');
  expect(planned.exitCode).toBe(2);
  expect(planned.stdout.split('\n')[1]?.replace(/apply [0-9a-f]{4} /, 'apply 7f3a ')).toMatch(
    /^ {2}resume apply 7f3a at step \d\/\d: run setup.sh \(cut off; apply looks at it first\)$/,
  );
  expect(schemaErrors(JSON.parse(await readFile(join(cwd, 'p.json'), 'utf8')))).toEqual([]);
  const applied = await run('apply', 'p.json');
  expect([applied.exitCode, applied.stderr.split('\n').find((line) => line.startsWith('Resuming'))]).toEqual([
    0,
    expect.stringMatching(/, run setup.sh: it was not done, and is planned again\.$/),
  ]);
  expect((await run('plan', '--exit-code', '--refresh')).exitCode).toBe(0);
});

test('several machines are planned into one file, and all of it holds or nothing is done', async () => {
  const { cwd, run, edit } = await project();
  const two = `${MANIFEST}---\n${MANIFEST.replace('shop', 'store').replace('3000', '3001')}`;
  await edit(two);
  await run('plan', '--out', 'p.json');
  expect((await run('apply', 'p.json')).exitCode).toBe(0);
  await edit(two.replaceAll('2GiB', '4GiB'));
  await run('plan', '--out', 'p.json');
  await run('stop', '--machine', 'store');
  expect(await run('apply', 'p.json')).toMatchObject({ exitCode: 6 });
  const status = await run('status', '--json', '--machine', 'shop');
  expect(JSON.parse(status.stdout).machine.resources.memoryMiB).toBe(2048);
  expect((await readdir(cwd)).sort()).toEqual(['agentvm.yaml', 'p.json']);
});
