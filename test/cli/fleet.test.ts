import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BuiltCli, buildCli, type CliRun } from '../support/built-cli.ts';
import { schemaErrors } from '../support/schema-check.ts';
import { tempFolder } from '../support/temp-folder.ts';

// Folders of manifests as a person sees them, on the simulator: what a command prints, and its exit code.
const machine = (name: string, rest = ''): string => `apiVersion: agentvm/v1
name: ${name}
driver: fake
base: {packages: [git]}
${rest}`;

const THREE = {
  'web.yaml': machine('web', 'ports: [3000]\n'),
  'jobs.yaml': `${machine('worker')}---\n${machine('mail')}`,
};

let cli: BuiltCli;
beforeAll(async () => {
  cli = await buildCli();
});
afterAll(() => cli.remove());

/** A folder `fleet` with files; commands run beside it, with `-f fleet`. */
const fleetOf = async (files: Readonly<Record<string, string>>) => {
  const cwd = join(await tempFolder(), 'repo');
  const folder = join(cwd, 'fleet');
  const state = join(cwd, '../home/.local/state/agentvm');
  const write = async (more: Readonly<Record<string, string | null>>): Promise<void> => {
    await mkdir(folder, { recursive: true });
    for (const [name, content] of Object.entries(more)) {
      if (content === null) await rm(join(folder, name));
      else await writeFile(join(folder, name), content);
    }
  };
  await write(files);
  const own = (text: string): string =>
    text.replaceAll(join(cwd, '..'), '/ROOT').replace(/\d+ m?s ago/g, 'now ago');
  const run = async (...args: readonly string[]): Promise<CliRun> => {
    const found = await cli.run(args, { cwd });
    return { ...found, stdout: own(found.stdout), stderr: own(found.stderr) };
  };
  return {
    folder,
    write,
    run,
    inFleet: (command: string, ...args: readonly string[]) => run(command, '-f', 'fleet', ...args),
    json: async (...args: readonly string[]) => {
      const document = JSON.parse((await run(...args, '--json')).stdout);
      expect(schemaErrors(document)).toEqual([]);
      return document;
    },
    trashed: () => readdir(join(state, 'trash')).catch(() => []),
  };
};

type Status = { readonly name: string; readonly power: string };
const powers = (machines: readonly Status[]): readonly string[] =>
  machines.map(({ name, power }) => `${name} ${power}`);

describe('several machines of one folder', () => {
  test('are validated, planned, made, shown, stopped and started together, or one by its name', async () => {
    const { inFleet, json, run } = await fleetOf(THREE);
    expect((await inFleet('validate')).stdout.split('\n').slice(-2)).toEqual([
      'Total: 3 machines, all valid.',
      '',
    ]);
    const planned = await inFleet('plan', '--exit-code');
    expect(planned.exitCode).toBe(2);
    expect(planned.stdout.match(/^(\w.*)$/gm)).toMatchInlineSnapshot(`
      [
        "worker  fake, not created                                     jobs.yaml @ 11fea7",
        "Plan: create the machine with 14 fields.",
        "mail  fake, not created                                       jobs.yaml @ ad14b7",
        "Plan: create the machine with 14 fields.",
        "web  fake, not created                                        web.yaml @ 39a209",
        "Plan: create the machine with 15 fields.",
        "Total: 3 machines, 3 to create.",
        "Run: agentvm apply -f fleet",
      ]
    `);
    const plans = await json('plan', '-f', 'fleet');
    expect(plans.plans.map((plan: { machine: Status }) => plan.machine.name)).toEqual([
      'worker',
      'mail',
      'web',
    ]);
    expect((await json('plan', '-f', 'fleet', '--machine', 'mail')).machine.name).toBe('mail');

    expect(await inFleet('apply')).toMatchObject({ exitCode: 4, stdout: '' });
    const applied = await inFleet('apply', '--yes');
    expect(applied.exitCode).toBe(0);
    expect(applied.stdout).toMatchInlineSnapshot(`
      "worker is as /ROOT/repo/fleet/jobs.yaml declares: 5 steps done.
      mail is as /ROOT/repo/fleet/jobs.yaml declares: 5 steps done.
      web is as /ROOT/repo/fleet/web.yaml declares: 5 steps done.
      "
    `);
    expect(applied.stderr).toMatch(/\nTotal: 3 machines, 3 applied\.\n$/);
    expect((await inFleet('plan', '--exit-code')).stdout).toMatchInlineSnapshot(`
      "worker  fake, running  jobs.yaml @ 11fea7, observed now ago
      Plan: nothing to do. 14 fields unchanged.

      mail  fake, running  jobs.yaml @ ad14b7, observed now ago
      Plan: nothing to do. 14 fields unchanged.

      web  fake, running  web.yaml @ 39a209, observed now ago
      Plan: nothing to do. 15 fields unchanged.

      Total: 3 machines, 3 unchanged.
      "
    `);

    expect(powers((await json('status', '-f', 'fleet')).machines)).toEqual([
      'mail running',
      'web running',
      'worker running',
    ]);
    expect((await json('status', '-f', 'fleet/web.yaml')).machine.name).toBe('web');
    expect((await json('status', '-f', 'fleet', '--machine', 'web')).machine.name).toBe('web');
    await inFleet('stop', '--machine', 'web');
    await inFleet('stop');
    expect((await inFleet('status')).stdout).toMatch(/\nTotal: 3 machines, 3 stopped\.\n$/);
    expect((await run('start', '-f', 'fleet/jobs.yaml')).stdout).toBe(
      "Machine 'mail' is running.\nMachine 'worker' is running.\n",
    );
    expect(powers((await json('list')).machines)).toEqual(['mail running', 'web stopped', 'worker running']);
  });

  test('need a name where one is meant', async () => {
    const { inFleet, run, write } = await fleetOf(THREE);
    expect(await inFleet('run', '--', 'true')).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining(
        '3 machines are declared here: worker, mail, web\n  → Say which one: --machine worker',
      ),
    });
    await inFleet('apply', '--yes');
    for (const words of [
      'exec -f fleet true',
      'logs --file fleet',
      'rm -f fleet --yes',
      'ssh-config -f fleet',
      'mv -f fleet other',
    ]) {
      expect(await run(...words.split(' ')), words).toMatchObject({
        exitCode: 3,
        stderr: expect.stringContaining(
          '3 machines are made here: mail, web, worker\n  → Say which one: --machine mail',
        ),
      });
    }
    expect(await inFleet('plan', '--machine', 'wbe')).toMatchObject({
      exitCode: 3,
      stderr: "agentvm: No machine 'wbe' is declared\n  → Declared are: worker, mail, web\n",
    });
    expect(await inFleet('stop', '--machine', 'wbe')).toMatchObject({ exitCode: 3 });
    expect(await inFleet('rm', '--yes', '--machine', 'web')).toMatchObject({ exitCode: 0 });
    await write({ 'web.yaml': null });
    expect((await inFleet('status')).stdout).toMatch(/Total: 2 machines, 2 running/);
  });

  test('fail alone: the others are done, each failure is told, the worst exit code is the command’s', async () => {
    const { inFleet, json } = await fleetOf({
      ...THREE,
      'bad.yaml': machine('bad', 'environment: nix\n'),
      'mac.yaml': machine('mac').replace('driver: fake', 'driver: vfkit'),
    });
    const planned = await inFleet('plan', '--exit-code');
    expect(planned.exitCode).toBe(8);
    expect(planned.stdout).toMatch(
      /\nTotal: 5 machines, 1 blocked, 3 to create, 1 could not be planned\.\nRun: agentvm apply -f fleet\n$/,
    );
    const { failed } = await json('plan', '-f', 'fleet');
    expect(failed).toEqual([
      { name: 'mac', exitCode: 3, message: "The driver 'vfkit' is not supported yet" },
    ]);
    const applied = await inFleet('apply', '--yes', '--parallel', '3');
    expect(applied.exitCode).toBe(8);
    expect(applied.stdout.split('\n').sort()).toMatchInlineSnapshot(`
      [
        "",
        "mail is as /ROOT/repo/fleet/jobs.yaml declares: 5 steps done.",
        "web is as /ROOT/repo/fleet/web.yaml declares: 5 steps done.",
        "worker is as /ROOT/repo/fleet/jobs.yaml declares: 5 steps done.",
      ]
    `);
    expect(applied.stderr.slice(applied.stderr.indexOf('Total:'))).toMatchInlineSnapshot(`
      "Total: 5 machines, 2 failed, 3 applied.
      bad:
      agentvm: the plan for 'bad' cannot be carried out
        /ROOT/repo/fleet/bad.yaml:5:14: environment is not supported by the fake driver yet
        → Take environment out of the manifest.
      mac:
      agentvm: The driver 'vfkit' is not supported yet
        → Write \`driver: auto\` into the manifest, which takes QEMU.
      "
    `);
    expect(powers((await json('list')).machines).filter((one) => one.endsWith('running'))).toEqual([
      'mail running',
      'web running',
      'worker running',
    ]);
    expect(await inFleet('apply', '--parallel', '0')).toMatchObject({ exitCode: 3 });
  });

  test('tell in each event whose it is', async () => {
    const { inFleet } = await fleetOf(THREE);
    const { stdout } = await inFleet('apply', '--yes', '--json', '--parallel', '2');
    const events = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(events.flatMap(schemaErrors)).toEqual([]);
    const finished = events.filter(({ event }) => event === 'finished').map(({ name }) => name);
    expect(finished.sort()).toEqual(['mail', 'web', 'worker']);
  });

  test('are not touched when any manifest is wrong, and all that is wrong is told', async () => {
    const { inFleet, write, json } = await fleetOf(THREE);
    await write({ 'web.yaml': 'apiVersion: agentvm/v1\nnmae: web\n', 'other.yaml': machine('mail') });
    const refused = await inFleet('apply', '--yes');
    expect(refused).toMatchObject({ exitCode: 3, stdout: '' });
    expect(refused.stderr).toMatchInlineSnapshot(`
      "agentvm: the manifests have 3 errors
        fleet/other.yaml:2:7: The name 'mail' belongs to the machine at jobs.yaml:7:7
             2 | name: mail
               |       ^^^^
          Give one of them another name.
        
        fleet/web.yaml:1:1: One of several machines of a folder needs a name of its own
             1 | apiVersion: agentvm/v1
               | ^^^^^^^^^^^^^^^^^^^^^^
          Add a line such as: name: fleet-db
        
        fleet/web.yaml:2:1: Unknown key 'nmae'
             2 | nmae: web
               | ^^^^
          Did you mean 'name'?
      "
    `);
    expect((await json('list')).machines).toEqual([]);
  });
});

describe('apply --prune', () => {
  test('sets aside what is declared no more, and restore brings it back', async () => {
    const { inFleet, run, write, json, trashed } = await fleetOf(THREE);
    await inFleet('apply', '--yes');
    await write({ 'jobs.yaml': machine('worker') });
    const without = await inFleet('plan', '--exit-code');
    expect(without).toMatchObject({
      exitCode: 0,
      stderr: 'agentvm: made here and declared no more: mail; apply --prune would set it aside\n',
    });
    const planned = await inFleet('plan', '--prune', '--exit-code');
    expect(planned.exitCode).toBe(2);
    expect(planned.stdout).toMatchInlineSnapshot(`
      "mail  fake, running  from jobs.yaml
        - machine  to the trash for 7 days  delete: no longer declared in jobs.yaml
      Plan: set the machine aside; agentvm restore mail brings it back.

      worker  fake, running  jobs.yaml @ 11fea7, observed now ago
      Plan: nothing to do. 14 fields unchanged.

      web  fake, running  web.yaml @ 39a209, observed now ago
      Plan: nothing to do. 15 fields unchanged.

      Total: 3 machines, 1 to set aside, 2 unchanged.
      Run: agentvm apply -f fleet --prune
      "
    `);
    const { plans } = await json('plan', '-f', 'fleet', '--prune');
    expect(plans.map((plan: { strategy: string }) => plan.strategy)).toEqual(['delete', 'noop', 'noop']);

    expect(await inFleet('apply', '--prune')).toMatchObject({
      exitCode: 4,
      stderr: expect.stringContaining('setting mail aside needs your approval\n  → Add --yes to --prune.'),
    });
    const pruned = await inFleet('apply', '--prune', '--yes');
    expect(pruned.exitCode).toBe(0);
    expect(pruned.stdout).toMatchInlineSnapshot(`
      "mail is in the trash for 7 days; agentvm restore mail brings it back.
      worker is as /ROOT/repo/fleet/jobs.yaml declares; nothing to do.
      web is as /ROOT/repo/fleet/web.yaml declares; nothing to do.
      "
    `);
    expect(powers((await json('list')).machines)).toEqual(['web running', 'worker running']);
    expect(await trashed()).toHaveLength(1);
    expect((await json('trash')).machines).toEqual([
      expect.objectContaining({ name: 'mail', daysLeft: 7, why: 'no longer declared in jobs.yaml' }),
    ]);
    expect((await run('trash')).stdout).toMatch(
      /^NAME {2,}LEFT .*\nmail {2,}7 days {2}no longer declared in jobs.yaml/,
    );

    expect(await run('restore', 'mial')).toMatchObject({
      exitCode: 3,
      stderr: "agentvm: There is no machine 'mial' in the trash\n  → In it are: mail\n",
    });
    expect((await run('restore', 'mail')).stdout).toMatchInlineSnapshot(`
      "Machine 'mail' is back, stopped. Unless /ROOT/repo/fleet/jobs.yaml declares it, the next --prune sets it aside again.
      Run: agentvm start -f /ROOT/repo/fleet/jobs.yaml --machine mail
      "
    `);
    expect(await run('start', '-f', 'fleet', '--machine', 'mail')).toMatchObject({ exitCode: 0 });
    expect((await run('trash')).stdout).toBe('The trash is empty.\n');
  });

  test('of a file takes only what that file made', async () => {
    const { run, inFleet, write, json } = await fleetOf(THREE);
    await inFleet('apply', '--yes');
    await write({ 'jobs.yaml': machine('worker'), 'web.yaml': null });
    const pruned = await run('apply', '-f', 'fleet/jobs.yaml', '--prune', '--yes', '--json');
    expect(pruned.exitCode).toBe(0);
    const events = pruned.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(events.flatMap(schemaErrors)).toEqual([]);
    expect(events.map(({ name, event }) => `${name} ${event}`)).toMatchInlineSnapshot(`
      [
        "mail planned",
        "mail step-started",
        "mail step-done",
        "mail finished",
        "worker planned",
        "worker step-started",
        "worker step-done",
        "worker finished",
      ]
    `);
    expect(powers((await json('list')).machines)).toEqual(['web running', 'worker running']);
  });

  test('is refused, and nothing is run', async () => {
    const { inFleet, write, folder, json } = await fleetOf({
      ...THREE,
      'prod.yaml': machine('prod', 'lifecycle: {protect: true}\n'),
    });
    await inFleet('apply', '--yes');
    const everything = powers((await json('list')).machines);
    const refusal = async (...args: readonly string[]): Promise<string> => {
      const { exitCode, stdout, stderr } = await inFleet('apply', '--yes', ...args);
      expect(stdout).toBe('');
      expect(powers((await json('list')).machines)).toEqual(everything);
      return `exit ${exitCode}\n${stderr}`;
    };
    const files = {
      'web.yaml': THREE['web.yaml'],
      'jobs.yaml': THREE['jobs.yaml'],
      'prod.yaml': machine('prod'),
    };

    await write({ 'jobs.yaml': null, 'prod.yaml': null });
    expect(await refusal('--prune=prod')).toMatchInlineSnapshot(`
      "exit 4
      agentvm: prod: protected, which holds also when the manifest is gone
        → Declare it again with lifecycle: {protect: false}, run agentvm apply, then prune it.
      "
    `);
    await write({ 'web.yaml': machine('other') });
    expect(await refusal('--prune')).toMatchInlineSnapshot(`
      "exit 4
      agentvm: 3 of the 4 machines that were made here would go, more than half: mail, web, worker
        → If that is meant, name them: --prune=mail --prune=web --prune=worker
      "
    `);
    await write({ 'web.yaml': 'apiVersion: agentvm/v1\nname: [\n' });
    expect(await refusal('--prune')).toContain('exit 3\nagentvm: the manifest has an error');
    await write({ 'web.yaml': null });
    expect(await refusal('--prune')).toMatchInlineSnapshot(`
      "exit 3
      agentvm: the manifest has an error
        fleet: The folder has no manifest in it
          Run \`agentvm init\` there, or name the file with -f.
      "
    `);
    await rename(folder, `${folder}-moved`);
    expect(await refusal('--prune')).toMatch(/^exit 3\n/);
    await rename(`${folder}-moved`, folder);
    await write(files);
    expect(await refusal('--prune=web')).toMatchInlineSnapshot(`
      "exit 4
      agentvm: 'web' is declared, so there is nothing to prune
        → Take it out of its manifest first, or remove it by: agentvm rm
      "
    `);
    expect(await refusal('--prune', '--machine', 'web')).toMatch(
      /^exit 3\nagentvm: --prune is about all machines/,
    );
  });

  test('keeps a machine whose file is emptied, and takes all of an emptied folder when they are named', async () => {
    const { inFleet, write, json, trashed } = await fleetOf(THREE);
    await inFleet('apply', '--yes');
    await write({ 'web.yaml': '' });
    const kept = await inFleet('apply', '--yes', '--prune');
    expect(kept.exitCode).toBe(0);
    expect(kept.stderr).toContain(
      "agentvm: 'web' is declared no more and stays: its manifest is there and does not say",
    );
    await write({ 'web.yaml': null, 'jobs.yaml': null });
    const all = await inFleet('apply', '--yes', '--prune=web', '--prune=mail', '--prune=worker');
    expect(all.exitCode).toBe(0);
    expect(all.stderr).toMatch(/Total: 3 machines, 3 set aside\.\n$/);
    expect((await json('list')).machines).toEqual([]);
    expect(await trashed()).toHaveLength(3);
  });
});

test('rm --trash sets one aside, and several of one name are told apart by their ids', async () => {
  const { inFleet, run, json } = await fleetOf(THREE);
  await inFleet('apply', '--yes');
  expect((await inFleet('rm', '--trash', '--machine', 'web')).stdout).toBe(
    "Machine 'web' is in the trash for 7 days. To bring it back: agentvm restore web\n",
  );
  await inFleet('apply', '--yes');
  expect(await run('restore', 'web')).toMatchObject({
    exitCode: 3,
    stderr: expect.stringContaining("has another machine named 'web' by now"),
  });
  await inFleet('rm', '--trash', '--machine', 'web');
  const ambiguous = await run('restore', 'web');
  expect(ambiguous).toMatchObject({
    exitCode: 3,
    stderr: expect.stringContaining("The trash has 2 machines 'web'"),
  });
  const [first] = (await json('trash')).machines;
  expect(await run('restore', first.id)).toMatchObject({ exitCode: 0 });
  expect((await json('status', '-f', 'fleet', '--machine', 'web')).machine.id).toBe(first.id);
});

test('two machines of one folder share it and nothing else', async () => {
  const { inFleet, json, folder } = await fleetOf(THREE);
  await inFleet('apply', '--yes');
  const { machines } = await json('status', '-f', 'fleet');
  expect(new Set(machines.map(({ project }: { project: string }) => project)).size).toBe(1);
  expect(new Set(machines.map(({ id }: { id: string }) => id)).size).toBe(3);
  await inFleet('rm', '--yes', '--machine', 'mail');
  expect(powers((await json('list')).machines)).toEqual(['web running', 'worker running']);
  expect(await readFile(join(folder, 'web.yaml'), 'utf8')).toBe(THREE['web.yaml']);
});
