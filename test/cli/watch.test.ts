import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BuiltCli, buildCli } from '../support/built-cli.ts';
import { startCli } from '../support/running-cli.ts';
import { schemaErrors, schemaErrorsBy } from '../support/schema-check.ts';
import { tempFolder } from '../support/temp-folder.ts';

// `agentvm watch` as a real process on the simulator, beside the other commands of the same user.
const manifest = (name: string, more = ''): string =>
  `apiVersion: agentvm/v1\nname: ${name}\ndriver: fake\nbase: {packages: [git]}\nresources: {cpus: 1}\n${more}`;

let cli: BuiltCli;
beforeAll(async () => {
  cli = await buildCli();
});
afterAll(() => cli.remove());

const project = async (text: string | null = manifest('shop')): Promise<string> => {
  const folder = join(await tempFolder(), 'shop');
  await mkdir(folder);
  if (text !== null) await writeFile(join(folder, 'agentvm.yaml'), text);
  return folder;
};

const stateOf = (cwd: string): string => join(cwd, '../home/.local/state/agentvm');

const faults = async (cwd: string, list: readonly object[]): Promise<void> => {
  await mkdir(stateOf(cwd), { recursive: true });
  await writeFile(join(stateOf(cwd), 'fake-faults.json'), JSON.stringify(list));
};

const linesOf = (output: string) =>
  output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));

const json = async (cwd: string, ...args: string[]) =>
  JSON.parse((await cli.run([...args, '--json'], { cwd })).stdout);

const conditions = async (cwd: string): Promise<Record<string, string>> => {
  const { machine } = await json(cwd, 'status');
  return Object.fromEntries(
    machine.conditions.map((one: { type: string; status: string; reason: string }) => [
      one.type,
      `${one.status} ${one.reason}`,
    ]),
  );
};

describe('watching', () => {
  test('every event keeps to its schema; conditions while and after; Ctrl+C tears nothing down', async () => {
    const cwd = await project();
    const path = join(cwd, 'agentvm.yaml');
    const watching = await startCli(cli, ['watch', '--json'], cwd);
    await watching.prints(/"event":"converged"/);
    await writeFile(path, manifest('shop', 'ports: [3000'));
    await watching.prints(/"event":"invalid"/);
    await writeFile(path, manifest('shop', 'ports: [3000]\n'));
    await watching.prints(/"event":"converged".*"steps":[1-9]/);
    await writeFile(path, manifest('shop').replace('cpus: 1', 'cpus: 2'));
    await watching.prints(/"event":"pending"/);
    expect(await conditions(cwd)).toMatchInlineSnapshot(`
      {
        "ConfigValid": "True ManifestValid",
        "Drifted": "False AsApplied",
        "PendingApproval": "True PlanExceedsAllowed",
        "Ready": "True GuestAnswers",
        "Reconciling": "False PendingApproval",
        "Stalled": "False NotStalled",
        "Suspended": "False NotSuspended",
      }
    `);
    expect(schemaErrors(await json(cwd, 'status'))).toEqual([]);

    await writeFile(path, manifest('shop', 'environment: nix\n'));
    await watching.prints(/"event":"failed"/);
    expect(
      (await cli.run(['suspend-reconcile', '--for', '2h', '--reason', 'lunch'], { cwd })).stdout,
    ).toMatch(/^Watch leaves 'shop' alone until \d{4}-.*Z: lunch\.\n$/);
    await watching.prints(/"event":"note","text":"suspended until/);
    const second = await startCli(cli, ['watch'], cwd);
    expect(await second.exitCode).toBe(5);
    expect(second.output()).toMatch(
      /agentvm: agentvm watch \(process \d+, since .*\) is changing the machine 'shop' already, by watching it/,
    );

    watching.kill('SIGINT');
    expect(await watching.exitCode).toBe(130);
    const events = linesOf(watching.output());
    expect(events.flatMap(schemaErrors)).toEqual([]);
    expect([...new Set(events.map(({ event }) => event))].sort()).toMatchInlineSnapshot(`
      [
        "apply",
        "condition",
        "converged",
        "failed",
        "invalid",
        "note",
        "pending",
        "stopped",
        "watching",
      ]
    `);
    expect(await conditions(cwd)).toMatchObject({
      Ready: 'True GuestAnswers',
      Reconciling: 'False NotWatched',
      Stalled: 'True UnsupportedField',
      Suspended: 'True SuspendedForATime',
    });
    const { machine } = await json(cwd, 'status');
    const folder = join(stateOf(cwd), 'machines', machine.id);
    for (const name of ['conditions', 'suspended']) {
      const document = JSON.parse(await readFile(join(folder, `${name}.json`), 'utf8'));
      expect(schemaErrorsBy(`${name}.v1`, document)).toEqual([]);
    }
    await writeFile(path, manifest('shop', 'ports: [8080]\n'));
    expect(await cli.run(['apply', '--yes'], { cwd })).toMatchObject({
      exitCode: 0,
      stderr: expect.stringMatching(
        /^agentvm: watch leaves 'shop' alone until .*: lunch; this apply does not\n/,
      ),
    });
    expect((await cli.run(['resume-reconcile'], { cwd })).stdout).toBe("Watch may act on 'shop' again.\n");
    expect((await cli.run(['retry'], { cwd })).exitCode).toBe(3);
  });

  test('Ctrl+C in the middle of a step finishes the step, begins no other, and the next apply goes on', async () => {
    const cwd = await project();
    const watching = await startCli(cli, ['watch'], cwd);
    await watching.prints(/declares/);
    await faults(cwd, [{ at: 'guest.changePackages.before', how: 'delay', forMs: 1500 }]);
    const edited = manifest('shop')
      .replace('[git]', '[git, jq]')
      .replace('base: {', 'base: {scripts: [./setup.sh], ');
    await writeFile(join(cwd, 'setup.sh'), 'true\n');
    await writeFile(join(cwd, 'agentvm.yaml'), edited);
    await watching.prints(/install jq …/);
    watching.kill('SIGINT');
    expect(await watching.exitCode).toBe(130);
    expect(watching.output()).toMatch(/install jq: done/);
    expect(watching.output()).not.toMatch(/run setup\.sh/);
    const { stdout } = await cli.run(['plan', '--refresh'], { cwd });
    expect(stdout).toMatch(/\+ base\.scripts {2}setup\.sh/);
    expect(stdout).not.toMatch(/jq/);
  });

  test('retry ends the time after a failure', async () => {
    const cwd = await project();
    const watching = await startCli(cli, ['watch'], cwd);
    await watching.prints(/declares/);
    await faults(cwd, [{ at: 'updateLive.before', how: 'fail' }]);
    await writeFile(join(cwd, 'agentvm.yaml'), manifest('shop', 'ports: [3000]\n'));
    await watching.prints(/tried again in \ds/);
    const { stdout } = await cli.run(['retry'], { cwd });
    expect(stdout).toBe(`Asked the watch of 'shop' (process ${watching.pid}) to try again now.\n`);
    await watching.prints(/declares: 1 step done/);
  });
});

describe('several machines', () => {
  test('a broken manifest or a failing machine does not hold up the others; documents come and go', async () => {
    const cwd = await project(null);
    await writeFile(join(cwd, 'one.yaml'), manifest('one'));
    await writeFile(
      join(cwd, 'two.yaml'),
      'apiVersion: agentvm/v1\nname: two\ndriver: fake\nresources: {cpu: 2}\n',
    );
    await writeFile(join(cwd, 'bad.yaml'), manifest('bad').replace('git', 'no-such-package'));
    await faults(cwd, [{ at: 'guest.changePackages.before', how: 'fail' }]);
    const watching = await startCli(cli, ['watch', '-f', '.'], cwd);
    await watching.prints(/one: is as one\.yaml @ .* declares/);
    await watching.prints(/two\.yaml: what was good last holds/);
    await watching.prints(/two\.yaml:4:13/);

    await writeFile(join(cwd, 'two.yaml'), manifest('two'));
    await watching.prints(/two: is as two\.yaml @ .* declares/);
    await writeFile(join(cwd, 'three.yaml'), manifest('three'));
    await watching.prints(/three: is as three\.yaml @ .* declares/);
    await writeFile(join(cwd, 'three.yaml'), 'other: yaml\n');
    await watching.prints(/three: no manifest declares it any more; the machine is kept/);
    watching.kill('SIGTERM');
    expect(await watching.exitCode).toBe(143);
    const { machines } = await json(cwd, 'list');
    expect(machines.map(({ name }: { name: string }) => name)).toContain('three');
  });
});

describe('--once', () => {
  const once = (cwd: string, ...more: string[]) => cli.run(['watch', '--once', ...more], { cwd });

  test('exits by its result', async () => {
    const cwd = await project();
    const path = join(cwd, 'agentvm.yaml');
    expect(await once(cwd)).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await once(cwd)).toMatchObject({ exitCode: 0 });
    await writeFile(path, manifest('shop').replace('cpus: 1', 'cpus: 2'));
    const pending = await once(cwd);
    expect(pending.exitCode).toBe(4);
    expect(pending.stdout).toMatch(/waits for your approval: this plan needs a restart/);
    expect(pending.stdout).toMatch(/ {2}Run: agentvm apply\n/);
    expect(await once(cwd, '--allow', 'restart')).toMatchObject({ exitCode: 0 });
    await faults(cwd, [{ at: 'updateLive.before', how: 'fail' }]);
    await writeFile(path, manifest('shop', 'ports: [3000]\n').replace('cpus: 1', 'cpus: 2'));
    expect((await once(cwd)).exitCode).toBe(7);
    expect((await once(cwd)).exitCode).toBe(0);
    await writeFile(path, manifest('shop', 'environment: nix\n'));
    expect((await once(cwd)).exitCode).toBe(8);
    await writeFile(path, 'apiVersion: agentvm/v1\nnme: shop\n');
    expect((await once(cwd)).exitCode).toBe(3);
    expect((await cli.run(['watch'], { cwd: await project(null) })).exitCode).toBe(3);
  });
});

test('a length of time that is none is refused', async () => {
  const cwd = await project();
  expect((await cli.run(['apply', '--yes'], { cwd })).exitCode).toBe(0);
  for (const text of ['2', '-1h', 'soon', '0s', '2h2h', `${'9'.repeat(400)}h`]) {
    expect(await cli.run(['suspend-reconcile', `--for=${text}`], { cwd })).toMatchObject({
      exitCode: 3,
      stderr: expect.stringMatching(/is no length of time\n {2}→ Write a number with its unit/),
    });
  }
});
