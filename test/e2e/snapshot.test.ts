import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type InstalledCli, installCli } from '../support/installed-cli.ts';
import { schemaErrors } from '../support/schema-check.ts';

const manifest = (extra = ''): string => `apiVersion: agentvm/v1
name: shop
base: {image: debian-12, scripts: [./setup.sh]}
resources: {cpus: 2, memory: 1GiB, disk: 6GiB}
${extra}`;

const GOOD = '#!/bin/sh\necho good > /var/lib/marker\n';
/** Breaks something, fills some room, and fails. */
const BAD =
  '#!/bin/sh\nrm -f /var/lib/marker /usr/bin/wc\nhead -c 40000000 /dev/urandom > /var/lib/junk\nsync\necho broken half-way\nexit 3\n';

let cli: InstalledCli;

const inGuest = async (command: string): Promise<string> => {
  const { stdout, stderr, exitCode } = await cli.run(['exec', 'sh', '-c', command]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return stdout.trim();
};
const list = async () => {
  const { stdout } = await cli.run(['snapshot', 'list', '--json']);
  const document = JSON.parse(stdout);
  expect(schemaErrors(document)).toEqual([]);
  return document.snapshots as readonly { name: string; sizeBytes: number; isAutomatic: boolean }[];
};
const names = async () => (await list()).map(({ name }) => name);
const uptime = async () => Number((await inGuest('cat /proc/uptime')).split(' ')[0]);
/** A frozen root lets nobody write. */
const canWrite = async (): Promise<boolean> =>
  (await cli.run(['exec', 'timeout', '8', 'sh', '-c', 'date +%N > /var/lib/written && sync -f /']))
    .exitCode === 0;

const tell = (what: string, startMs: number): void => {
  process.stderr.write(`${what}: ${((Date.now() - startMs) / 1000).toFixed(1)} s\n`);
};

beforeAll(async () => {
  cli = await installCli();
  await cli.write('agentvm.yaml', manifest());
  await cli.write('setup.sh', GOOD);
  const made = await cli.run(['apply', '--yes']);
  expect(made).toMatchObject({ exitCode: 0 });
});

afterAll(async () => {
  await cli?.run(['rm', '--yes']);
  await cli?.remove();
});

test('a creation takes no snapshot', async () => {
  expect(await names()).toEqual([]);
  const { stdout } = await cli.run(['snapshot']);
  expect(stdout).toBe("'shop' has no snapshots. Take one with: agentvm snapshot take NAME\n");
});

test('a script that fails after it has broken things is rolled back, in one command without a terminal', async () => {
  await cli.write('setup.sh', BAD);
  const planned = await cli.run(['plan']);
  expect(planned.stdout).toMatch(/^ {2}snapshot auto-[0-9a-f]{4} first \(about \d+ MiB, \d+ GiB free\)$/m);
  const name = /snapshot (auto-\S+)/.exec(planned.stdout)?.[1] ?? '';

  const refused = await cli.run(['apply', '--allow', 'reapply', '--on-failure', 'rollback']);
  expect(refused).toMatchObject({ exitCode: 4 });
  expect(refused.stderr).toContain('--allow restart');

  const session = spawn(process.execPath, [cli.entry, 'exec', 'sleep', '600'], {
    cwd: cli.project,
    env: cli.env,
    stdio: 'ignore',
  });
  await eventually(async () => (await inGuest('pgrep -c sleep || true')) !== '0', 10_000);
  const startMs = Date.now();
  const failed = await cli.run(['apply', '--yes', '--on-failure', 'rollback']);
  tell('apply, failed script, rollback', startMs);
  session.kill('SIGKILL');
  expect(failed.exitCode).toBe(7);
  expect(failed.stderr).toContain(`Rolling shop back to the snapshot ${name} of`);
  expect(failed.stderr).toContain('The machine restarts, which ends 1 session: sleep.');
  expect(failed.stderr).toContain('broken half-way');
  expect(failed.stderr).toContain(`The disk is back to the snapshot ${name}.`);

  expect(await inGuest('cat /var/lib/marker; ls /usr/bin/wc; ls /var/lib/junk 2>&1 | tail -c 26')).toBe(
    'good\n/usr/bin/wc\nNo such file or directory',
  );
  expect(await inGuest('dmesg | grep -c "EXT4-fs (vda).*recovery complete" || true')).toBe('0');
  expect(await uptime()).toBeLessThan(120);
  const [kept, broken] = await list();
  expect(kept).toMatchObject({ name, isAutomatic: true });
  // What was there when it failed, 40 MB of junk and all, is a snapshot too.
  expect(broken?.sizeBytes).toBeGreaterThan(40_000_000);
  expect(await cli.run(['rollback', broken?.name ?? ''])).toMatchObject({ exitCode: 4 });
  // What is recorded fits the disk: the script is to run again.
  expect((await cli.run(['plan'])).stdout).toContain('setup.sh: content changed');
});

test('a running machine is kept under a name, a stopped one comes back to it and starts as it was', async () => {
  await cli.write('setup.sh', GOOD);
  expect(await cli.run(['apply', '--yes'])).toMatchObject({ exitCode: 0 });
  await inGuest(
    'nohup sh -c "while [ ! -e /tmp/stop ]; do cut -d\\  -f1 /proc/uptime >> /var/lib/ticks; done" >/dev/null 2>&1 &',
  );
  const startMs = Date.now();
  const taken = await cli.run(['snapshot', 'take', 'mine']);
  tell('snapshot take on a running machine', startMs);
  expect(taken).toMatchObject({ exitCode: 0 });
  expect(await canWrite()).toBe(true);
  const ticks = (await inGuest('touch /tmp/stop; cat /var/lib/ticks')).split('\n').map(Number);
  const stillS = Math.max(...ticks.slice(1).map((at, index) => at - (ticks[index] ?? at)));
  process.stderr.write(`writers waited at most ${stillS.toFixed(2)} s\n`);
  expect(stillS).toBeLessThan(10);
  await inGuest('echo later > /var/lib/marker; sync');
  expect(await cli.run(['stop'])).toMatchObject({ exitCode: 0 });
  expect(await cli.run(['snapshot', 'take', 'off'])).toMatchObject({ exitCode: 0 });
  expect(await cli.run(['rollback', 'mine', '--yes'])).toMatchObject({ exitCode: 0 });
  expect(JSON.parse((await cli.run(['status', '--json'])).stdout).machine.power).toBe('stopped');
  expect(await cli.run(['start'])).toMatchObject({ exitCode: 0 });
  expect(await inGuest('cat /var/lib/marker')).toBe('good');
});

/** A command line that is killed when its machine's file system begins to hold still. */
const killedWhileFrozen = async (name: string): Promise<void> => {
  const child: ChildProcess = spawn(process.execPath, [cli.entry, 'snapshot', 'take', name], {
    cwd: cli.project,
    env: cli.env,
    stdio: 'ignore',
  });
  const ended = once(child, 'exit');
  const [folder = ''] = readdirSync(join(cli.stateDir, 'machines'));
  const log = join(cli.stateDir, 'machines', folder, 'keeper.log');
  // The keeper writes this line while the guest holds still.
  await eventually(async () => readFileSync(log, 'utf8').includes(`snapshot ${name}: take`), 20_000);
  child.kill('SIGKILL');
  await ended;
};

test('a guest goes on when agentvm is killed while it holds still', async () => {
  for (const name of ['cut-one', 'cut-two']) {
    await killedWhileFrozen(name);
    const startMs = Date.now();
    expect(await canWrite()).toBe(true);
    tell('write after kill -9', startMs);
  }
  // Killed at any earlier moment too.
  for (const delayMs of [300, 600, 900, 1200]) {
    const child = spawn(process.execPath, [cli.entry, 'snapshot', 'take', `cut-${delayMs}`], {
      cwd: cli.project,
      env: cli.env,
      stdio: 'ignore',
    });
    const ended = once(child, 'exit');
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    child.kill('SIGKILL');
    await ended;
    expect(await canWrite()).toBe(true);
  }
  // What was cut off is settled by the next command that changes something.
  expect(await cli.run(['snapshot', 'take', 'after'])).toMatchObject({ exitCode: 0 });
  expect(await names()).toEqual(expect.arrayContaining(['cut-one', 'cut-two', 'after']));
});

test('a guest whose freezer is killed goes on by itself', async () => {
  const script = `set -u
setsid sh -c 'n=0; while [ $n -lt 6 ] && sleep 3; do fsfreeze -u /; n=$((n + 1)); done' </dev/null >/dev/null 2>&1 &
fsfreeze -f /`;
  await cli.run(['exec', 'sh', '-c', script]);
  expect(await eventually(canWrite, 20_000)).toBe(true);
});

test('snapshots go by number, and the named ones when they are deleted', async () => {
  await cli.write('agentvm.yaml', manifest('snapshots: {keep: 1}\n'));
  await cli.write('setup.sh', `${GOOD}echo more > /var/lib/more\n`);
  const applied = await cli.run(['apply', '--yes']);
  expect(applied.exitCode).toBe(0);
  expect(applied.stderr).toMatch(/Dropped the old snapshot auto-/);
  const left = await list();
  expect(left.filter((one) => one.isAutomatic)).toHaveLength(1);
  const startMs = Date.now();
  for (const { name, isAutomatic } of left) {
    if (!isAutomatic) expect(await cli.run(['snapshot', 'delete', name])).toMatchObject({ exitCode: 0 });
  }
  tell(`${left.length - 1} deletions on a running machine`, startMs);
  expect((await list()).map((one) => one.isAutomatic)).toEqual([true]);
  expect((await cli.run(['snapshot', 'list'])).stdout).toMatch(
    /^NAME +TAKEN \(UTC\) +TAKES +GOES\nauto-\S+ +\S+ \S+ +\d+ MiB +by itself\n/,
  );
});
