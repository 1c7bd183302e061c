import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BuiltCli, buildCli } from '../support/built-cli.ts';
import { schemaErrors } from '../support/schema-check.ts';
import { tempFolder } from '../support/temp-folder.ts';

const MANIFEST = `apiVersion: agentvm/v1
name: shop
driver: fake
agent: opencode
agents: [{name: codex, version: 1.2.3}]
resources: {cpus: 2}
lifecycle: {protect: false}
`;

let cli: BuiltCli;
beforeAll(async () => {
  cli = await buildCli();
});
afterAll(() => cli.remove());

const project = async () => {
  const cwd = join(await tempFolder(), 'shop');
  await mkdir(cwd);
  const edit = (text: string): Promise<void> => writeFile(join(cwd, 'agentvm.yaml'), text);
  await edit(MANIFEST);
  const state = join(cwd, '../home/.local/state/agentvm');
  const run = (...args: readonly string[]) => cli.run(args, { cwd });
  const stateFile = async (): Promise<string> => {
    const [id = ''] = await readdir(join(state, 'machines'));
    return join(state, 'machines', id, 'machine.json');
  };
  return {
    cwd,
    edit,
    run,
    publish: (catalogue: unknown) => writeFile(join(state, 'fake-catalogue.json'), JSON.stringify(catalogue)),
    fields: async () => JSON.parse(await readFile(await stateFile(), 'utf8')).fields,
    /** What another release would have applied as its default. */
    applyDefault: async (field: string, value: unknown) => {
      const path = await stateFile();
      const document = JSON.parse(await readFile(path, 'utf8'));
      document.fields[field] = { ...document.fields[field], value, isDefault: true };
      await writeFile(path, JSON.stringify(document));
    },
    dryRun: async (...names: readonly string[]) => {
      const { exitCode, stdout } = await run('upgrade', '--dry-run', ...names);
      return `exit ${exitCode}\n${stdout.replace(/sha256 [0-9a-f]{12}…/g, 'sha256 DIGEST')}`;
    },
  };
};

const NEWER = { images: { 'debian-12': '2' }, agents: { opencode: '2.0.0', codex: '9.9.9' } };

test('pins are shown and moved, each at its own price', async () => {
  const { run, publish, dryRun, fields } = await project();
  expect(await run('upgrade')).toMatchObject({
    exitCode: 3,
    stderr: expect.stringContaining('Nothing is pinned for'),
  });
  await run('apply', '--yes');
  expect(await dryRun()).toMatchInlineSnapshot(`
    "exit 0
    shop
        agents[opencode].version  1.0.0  newest
        base.image                debian-12, release 1 (sha256 DIGEST)  newest
    Upgrade: nothing to move.
    "
  `);
  await publish(NEWER);
  // No other command looks.
  expect((await run('plan', '--exit-code', '--refresh')).exitCode).toBe(0);
  expect(await dryRun()).toMatchInlineSnapshot(`
    "exit 0
    shop
      ~ agents[opencode].version  1.0.0 → 2.0.0  reapply
      ~ base.image                debian-12, release 1 (sha256 DIGEST) → debian-12, release 2 (sha256 DIGEST)  recreate
    Upgrade: 2 of 2 pins to move.
    Run: agentvm upgrade --allow recreate
    "
  `);
  const json = JSON.parse((await run('upgrade', '--dry-run', '--json')).stdout);
  expect(schemaErrors(json)).toEqual([]);
  expect(json.plan.strategy).toBe('recreate');

  // Not without the word for a new root disk; the agent alone goes.
  expect(await run('upgrade', '--yes')).toMatchObject({
    exitCode: 4,
    stdout: '',
    stderr: expect.stringContaining('→ Run: agentvm upgrade --allow recreate\n'),
  });
  expect(await run('upgrade', 'opencode', '--yes')).toMatchObject({
    exitCode: 0,
    stdout: 'shop: 1 pin moved.\n',
  });
  expect(await dryRun()).toMatchInlineSnapshot(`
    "exit 0
    shop
        agents[opencode].version  2.0.0  newest
      ~ base.image                debian-12, release 1 (sha256 DIGEST) → debian-12, release 2 (sha256 DIGEST)  recreate
    Upgrade: 1 of 2 pins to move.
    Run: agentvm upgrade --allow recreate
    "
  `);
  expect(await run('upgrade', 'image', '--allow', 'recreate')).toMatchObject({ exitCode: 0 });
  const applied = await fields();
  expect([
    applied['agents[opencode].version'].resolved,
    applied['agents[codex].version'].value,
    applied['base.image'].resolved.source.title,
  ]).toEqual(['2.0.0', '1.2.3', 'debian-12, release 2']);
  expect((await run('plan', '--exit-code', '--refresh')).exitCode).toBe(0);
  expect(await run('upgrade')).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining('Upgrade: nothing to move.\n'),
  });
});

test('a default of an older release stays until it is moved, and a protected machine keeps its root', async () => {
  const { run, edit, publish, dryRun, applyDefault, fields } = await project();
  await edit(`${MANIFEST}network: {egress: open}\n`);
  await run('apply', '--yes', '--grant', 'network.egress=open');
  await edit(MANIFEST);
  await applyDefault('workspace.mode', 'ro');
  await applyDefault('network.egress', 'open');
  expect((await run('plan', '--exit-code')).exitCode).toBe(0);
  expect(await dryRun('workspace.mode')).toMatchInlineSnapshot(`
    "exit 0
    shop
      ~ workspace.mode  ro → rw  noop, a default
    Upgrade: 1 of 1 pins to move.
    Run: agentvm upgrade workspace.mode
    "
  `);
  expect(await dryRun('network.egress')).toMatchInlineSnapshot(`
    "exit 0
    shop
      ~ network.egress  open → public  restart, a default
    Upgrade: 1 of 1 pins to move.
    Run: agentvm upgrade network.egress
    "
  `);
  expect((await run('upgrade', 'workspace.mode', '--yes')).exitCode).toBe(0);
  expect((await fields())['workspace.mode']).toEqual({
    path: 'workspace.mode',
    value: 'rw',
    isDefault: true,
  });
  expect((await run('plan', '--exit-code')).exitCode).toBe(0);

  await edit(MANIFEST.replace('protect: false', 'protect: true'));
  await run('apply', '--yes');
  await publish(NEWER);
  expect(await run('upgrade', '--allow', 'recreate')).toMatchObject({ exitCode: 8 });
});

test('a name that nothing is pinned by', async () => {
  const { run } = await project();
  await run('apply', '--yes');
  const { exitCode, stderr } = await run('upgrade', 'codex', 'opencode');
  expect([exitCode, stderr.slice(stderr.indexOf('agentvm:'))]).toEqual([
    3,
    "agentvm: Nothing is pinned by the name 'codex'\n  → Pinned are: agents[opencode].version, base.image\n",
  ]);
});
