import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BuiltCli, buildCli } from '../support/built-cli.ts';
import { eventually } from '../support/eventually.ts';
import { screenOf } from '../support/screen.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { onTerminal } from '../support/terminal.ts';

// Two processes at one machine: the second changes it between the moment when the first shows its plan and its lock.
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

describe.runIf(process.platform === 'linux')('a machine that changes between showing and locking', () => {
  /** Holds the lock of the list of machines, for which apply waits between the two. */
  const holdInventory = async (cwd: string) => {
    const lock = join(cwd, '../home/.local/state/agentvm/locks/inventory.lock');
    const holder = spawn('flock', [lock, 'sh', '-c', 'echo held; read line'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    await once(holder.stdout, 'data');
    const { ino } = await stat(lock);
    /** The kernel marks who waits for a lock with an arrow. */
    const isAwaited = async (): Promise<boolean> =>
      new RegExp(`-> FLOCK .*:${ino} `).test(await readFile('/proc/locks', 'utf8'));
    const release = async (): Promise<void> => {
      holder.stdin.end('\n');
      await once(holder, 'exit');
    };
    return { isAwaited, release };
  };

  /** Changes a port, and has another command change the machine before the lock is taken. */
  const race = async (
    args: readonly string[],
    meanwhile: (folder: string) => readonly string[] = () => ['stop'],
    manifest = MANIFEST,
  ) => {
    const made = await project(manifest);
    const data = join(made.cwd, '../data');
    await mkdir(data);
    await made.run('apply', '--yes', ...(manifest.includes('../data') ? ['--grant', `mounts[${data}]`] : []));
    await made.edit(manifest.replace('3000', '3001'));
    await made.run('plan', '--out', 'p.json');
    const inventory = await holdInventory(made.cwd);
    const applying = made.run('apply', ...args);
    expect(await eventually(inventory.isAwaited, 20_000)).toBe(true);
    // The other command needs another lock; it is done while the first one waits.
    expect((await made.run(...meanwhile(data))).exitCode).toBe(0);
    await inventory.release();
    const { exitCode, stdout, stderr } = await applying;
    return {
      ...made,
      exitCode,
      stdout,
      stderr: stderr
        .replace(/@ [0-9a-f]{6}, observed \d+ s/g, '@ REVISION, observed 0 s')
        .replace(/^\d\d:\d\d:\d\d (.*) in \d+m?s$/gm, 'TIME $1')
        .replace(/^\d\d:\d\d:\d\d /gm, 'TIME ')
        .replaceAll(join(data, '..'), 'ROOT'),
    };
  };

  test('is planned anew and carried out where what is allowed covers that too', async () => {
    const { exitCode, stderr, run } = await race(['--yes']);
    expect([exitCode, stderr]).toMatchInlineSnapshot(`
      [
        0,
        "shop  fake, running  agentvm.yaml @ REVISION, observed 0 s ago
        - ports  3000  live
        + ports  3001  live
      Plan: 2 live. 13 fields unchanged.
      The machine changed meanwhile; this is the plan now.
      shop  fake, stopped             agentvm.yaml @ REVISION, observed 0 s ago
        ~ machine  stopped → running  live: the machine is stopped
        - ports    3000               live
        + ports    3001               live
      Plan: start the machine, 2 live. 13 fields unchanged.
      TIME start the machine …
      TIME start the machine: done
      ",
      ]
    `);
    expect(JSON.parse((await run('status', '--json')).stdout).machine.power).toBe('running');
    expect((await run('plan', '--exit-code')).exitCode).toBe(0);
  });

  test('is left alone where what is allowed does not cover the plan of now', async () => {
    const { exitCode, stderr, run } = await race(
      ['--yes'],
      (data) => ['trust', '--revoke', `mounts[${data}]`],
      `${MANIFEST}mounts: [{host: ../data, guest: /data}]\n`,
    );
    expect([exitCode, stderr]).toMatchInlineSnapshot(`
      [
        4,
        "shop  fake, running  agentvm.yaml @ REVISION, observed 0 s ago
        - ports  3000  live
        + ports  3001  live
      Plan: 2 live. 14 fields unchanged.
      The machine changed meanwhile; this is the plan now.
      shop  fake, running  agentvm.yaml @ REVISION, observed 0 s ago
        + mounts  ROOT/data → /data (ro)  live
        - ports   3000  live
        + ports   3001  live
      Plan: 3 live. 13 fields unchanged.
      Needs your word:
        mounts[ROOT/data]  the guest reads ROOT/data
      agentvm: ROOT/shop/agentvm.yaml asks for more of this host than its own folder: mounts[ROOT/data]
        mounts[ROOT/data]: the guest reads ROOT/data
        → If that is what you want, run: agentvm apply --yes --grant 'mounts[ROOT/data]'
      ",
      ]
    `);
    expect((await run('plan')).stdout).toMatch(/- ports\s+3000/);
  });

  test('is shown and asked for again at a terminal', async () => {
    const made = await project();
    await made.run('apply', '--yes');
    await made.edit(MANIFEST.replace('3000', '3001'));
    const again = /The machine changed meanwhile; this is the plan now\.[\s\S]*Apply this plan\?/;
    const { exitCode, output } = await onTerminal([process.execPath, cli.entry, 'apply'], {
      cwd: made.cwd,
      env: { HOME: join(made.cwd, '../home') },
      keys: [
        { when: /Apply this plan\?/, type: 'y\r', before: () => made.run('stop') },
        { when: again, type: 'y\r' },
      ],
    });
    expect(exitCode).toBe(0);
    const screen = screenOf(output);
    const shown = screen.slice(screen.indexOf('The machine changed'), screen.lastIndexOf('Apply this plan?'));
    expect(
      shown.replace(/@ [0-9a-f]{6}, observed \d+ s/g, '@ REVISION, observed 0 s'),
    ).toMatchInlineSnapshot(`
      "The machine changed meanwhile; this is the plan now.
      shop  fake, stopped             agentvm.yaml @ REVISION, observed 0 s ago
        ~ machine  stopped → running  live: the machine is stopped
        - ports    3000               live
        + ports    3001               live
      Plan: start the machine, 2 live. 13 fields unchanged.
      ✔ "
    `);
    expect(JSON.parse((await made.run('status', '--json')).stdout).machine.power).toBe('running');
  });

  test('is not what a saved plan was made for', async () => {
    const { exitCode, stderr } = await race(['p.json']);
    expect(exitCode).toBe(6);
    expect(stderr.slice(stderr.indexOf('agentvm:'))).toMatchInlineSnapshot(`
      "agentvm: what p.json plans for 'shop' no longer holds, and nothing was done
        The machine's state has moved on: serial 7 → 8
        The machine was running and is stopped.
        The steps would be others now:
          - close port 3000
          - open port 3001
          + start the machine
        → Plan again, and look at it: agentvm plan --out p.json
      "
    `);
  });
});
