import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type InstalledCli, installCli, type TestUser } from '../support/installed-cli.ts';
import { type ModelServer, startModelServer } from '../support/model-server.ts';
import { processesWith } from '../support/processes.ts';
import { isNightly } from '../support/proof-size.ts';
import { testUser } from '../support/test-user.ts';

const isRoot = process.getuid?.() === 0;
const root = { who: 'root', user: undefined };
/** The product is used by ordinary users; what is different for root, most other tests of real machines show. */
const users: readonly { readonly who: string; readonly user: TestUser | undefined }[] = [
  ...(isRoot && isNightly ? [root] : []),
  { who: 'an ordinary user', user: isRoot ? testUser() : undefined },
];

/** Where the model listens on the host; known once it does. */
let modelPort = 0;
const manifest = (
  extra: { readonly packages?: string; readonly ports?: string; readonly memory?: string } = {},
): string => `apiVersion: agentvm/v1
name: shop
agent: opencode
base:
  image: debian-12
  packages: [jq${extra.packages ?? ''}]
  scripts: [./setup.sh]
resources: {cpus: 2, memory: ${extra.memory ?? '2GiB'}, disk: 20GiB}
ports: [${extra.ports ?? '"18080:8080"'}]
env: {SHOP_MODE: test}
network: {hostPorts: [${modelPort}]}
`;

const PRICE_SOURCE = `export const price = (cents) => {
  return cents / 10;
};
`;

describe.each(users)('from a manifest to an agent at work: $who', ({ user }) => {
  let cli: InstalledCli;
  let model: ModelServer;

  beforeAll(async () => {
    cli = await installCli(user === undefined ? {} : { user });
    model = await startModelServer();
    modelPort = model.port;
    await cli.write('src/price.mjs', PRICE_SOURCE);
    await cli.write('package.json', '{"name": "shop", "scripts": {"start": "node server.js --port 8080"}}\n');
    await cli.write('setup.sh', '#!/bin/sh\nset -e\nid -un > /var/lib/setup-ran-as\n');
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'safe.directory=*', '-C', cli.project, ...args], {
        stdio: 'pipe',
        ...(user === undefined
          ? {}
          : { uid: user.uid, gid: user.gid, env: { ...process.env, HOME: user.home } }),
      });
    git('init', '-q');
    git('add', '.');
    git('-c', 'user.name=t', '-c', 'user.email=t@example.org', 'commit', '-qm', 'shop');
  });

  afterAll(async () => {
    model?.stop();
    if (cli !== undefined) {
      await cli.run(['rm', '--yes']);
      await cli.remove();
    }
  });

  it('init writes a manifest that validates, and never overwrites one', async () => {
    const first = await cli.run(['init']);
    expect(first).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await cli.run(['validate'])).toMatchObject({ exitCode: 0 });
    expect(await cli.run(['init'])).toMatchObject({ exitCode: 3 });
  });

  it('plan shows a machine to be made and changes nothing', async () => {
    await cli.write('agentvm.yaml', manifest());
    const { exitCode, stdout } = await cli.run(['plan', '--exit-code']);
    expect(exitCode).toBe(2);
    expect(stdout).toMatch(/^shop {2}qemu, not created .*agentvm\.yaml @ [0-9a-f]{6}\n/);
    expect(stdout).toContain('Run: agentvm apply');
    expect(existsSync(join(cli.stateDir, 'machines'))).toBe(false);
  });

  it('apply makes it and a second one finds nothing to do', async () => {
    const made = await cli.run(['apply', '--yes', '--grant', `network.hostPorts[${model.port}]`]);
    expect({ ...made, stderr: made.exitCode === 0 ? '' : made.stderr }).toMatchObject({
      exitCode: 0,
      stderr: '',
    });
    const again = await cli.run(['plan', '--exit-code', '--refresh']);
    expect(again).toMatchObject({ exitCode: 0 });
    expect(again.stdout).toContain('Plan: nothing to do.');
    expect(await cli.run(['apply'])).toMatchObject({ exitCode: 0 });
  });

  it('the guest is like the host: user, folder, clock zone, script, package, environment', async () => {
    const { stdout, exitCode } = await cli.run([
      'exec',
      'sh',
      '-c',
      'id -un; id -u; pwd; hostname; cat /var/lib/setup-ran-as; jq --version; echo "$SHOP_MODE"; sudo -n id -u; date +%Z; node --version',
    ]);
    const name = user?.name ?? process.env.USER ?? 'root';
    const lines = stdout.split('\n');
    expect(exitCode).toBe(0);
    expect(lines.slice(0, 5)).toEqual([
      isRoot && user === undefined ? 'root' : name,
      String(user?.uid ?? process.getuid?.()),
      cli.project,
      'shop',
      'root',
    ]);
    expect(lines[5]).toMatch(/^jq-/);
    expect(lines.slice(6, 8)).toEqual(['test', '0']);
    expect(lines[9]).toMatch(/^v2[4-9]\./);
  });

  // For each change the agent's turn of real-use.test.ts is enough: the first start of an agent takes a minute.
  it.runIf(isNightly)('an agent does a real turn on the project', async () => {
    await cli.write(
      'opencode.json',
      JSON.stringify({
        $schema: 'https://opencode.ai/config.json',
        model: 'quickstart/small',
        small_model: 'quickstart/small',
        provider: {
          quickstart: {
            npm: '@ai-sdk/openai-compatible',
            options: { baseURL: `http://10.0.2.2:${model.port}/v1`, apiKey: 'none' },
            models: { small: { name: 'small' } },
          },
        },
      }),
    );
    const { exitCode, stdout, stderr } = await cli.run([
      'opencode',
      'run',
      "In src/price.mjs, replace 'cents / 10' with 'cents / 100'.",
    ]);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    expect(stdout.trim()).toBe("Done: src/price.mjs now says 'cents / 100' in place of 'cents / 10'.");
    const changed = join(cli.project, 'src/price.mjs');
    expect(readFileSync(changed, 'utf8')).toBe(PRICE_SOURCE.replace('cents / 10', 'cents / 100'));
    expect(statSync(changed).uid).toBe(user?.uid ?? process.getuid?.());
  });

  it('passes arguments, input, output, exit code and signals through', async () => {
    const args = ['a b', "it's", '$HOME', '*', '', '-x', '--', 'ü\n"'];
    const echoed = await cli.run([
      'exec',
      'node',
      '-e',
      'console.log(JSON.stringify(process.argv.slice(1)))',
      '--',
      ...args,
    ]);
    expect(JSON.parse(echoed.stdout)).toEqual(args);
    const piped = await cli.run(['exec', 'sh', '-c', 'cat; echo err >&2; exit 37'], { stdin: 'in\0put\n' });
    expect(piped).toEqual({ exitCode: 37, stdout: 'in\0put\n', stderr: 'err\n' });
    expect((await cli.run(['exec', 'sh', '-c', 'kill -TERM $$'])).exitCode).toBe(143);
    expect((await cli.run(['run', '--', 'false'])).exitCode).toBe(1);
  });

  it('plans a package, a port and memory exactly, and applies them with what was in the machine kept', async () => {
    expect((await cli.run(['exec', 'sh', '-c', 'echo mine > ~/marker'])).exitCode).toBe(0);
    await cli.write(
      'agentvm.yaml',
      manifest({ packages: ', tree', ports: '"18080:8080", "18081:8081"', memory: '3GiB' }),
    );
    const { stdout } = await cli.run(['plan']);
    const steady = stdout
      .replace(/^shop {2}qemu.*$/m, 'shop  qemu')
      .replace(/^ {2}snapshot auto-[0-9a-f]{4} first \(.*\)$/m, '  snapshot first')
      .replace(/[1-9]\d* fields unchanged/, 'All others unchanged');
    expect(steady).toMatchInlineSnapshot(`
      "shop  qemu
        + base.packages     tree          reapply
        ~ resources.memory  2GiB → 3GiB   restart: a running machine keeps the memory it was started with
        + ports             18081 → 8081  live
        snapshot first
      Plan: 1 restart, 1 reapply, 1 live. All others unchanged.
      Run: agentvm apply
      "
    `);
    const noted = await cli.run(['run', '--', 'true']);
    expect(noted).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: 'agentvm: the manifest has changed since the last apply; see `agentvm plan`\n',
    });
    expect(await cli.run(['apply', '--yes'])).toMatchObject({ exitCode: 0 });
    const inside = await cli.run([
      'exec',
      'sh',
      '-c',
      'cat ~/marker; tree --version | cut -c1-4; free -m | awk "/^Mem/ {print (\\$2 > 2500)}"',
    ]);
    expect(inside.stdout).toBe('mine\ntree\n1\n');
    // The project is shown below /tmp here, which distributions empty at boot.
    expect(readFileSync(join(cli.project, 'package.json'), 'utf8')).toContain('"shop"');
    expect((await cli.run(['plan', '--exit-code', '--refresh'])).exitCode).toBe(0);
  });

  it('reaches a server on the guest loopback through the port', async () => {
    const server = cli.run([
      'exec',
      'timeout',
      '25',
      'node',
      '-e',
      'require("http").createServer((_, r) => r.end("hello from inside", () => setTimeout(process.exit, 500))).listen(8080, "127.0.0.1")',
    ]);
    const deadlineMs = Date.now() + 20_000;
    let text = '';
    while (text === '' && Date.now() < deadlineMs) {
      // Node's fetch now and then neither answers nor fails when the other side closes at once.
      text = await fetch('http://127.0.0.1:18080/', { signal: AbortSignal.timeout(5000) })
        .then((answer) => answer.text())
        .catch(() => '');
      await sleep(200);
    }
    expect(text).toBe('hello from inside');
    await server;
  });

  it('takes away a package that it had installed, and only that', async () => {
    await cli.write('agentvm.yaml', manifest({ ports: '"18080:8080", "18081:8081"', memory: '3GiB' }));
    expect(await cli.run(['apply', '--yes'])).toMatchObject({ exitCode: 0 });
    expect((await cli.run(['exec', 'sh', '-c', 'command -v tree || echo gone'])).stdout).toBe('gone\n');
  });

  const onlyOnce = user === undefined ? it : undefined;
  onlyOnce?.('tells what went wrong, leaves nothing half-made, and goes on once it is mended', async () => {
    const good = manifest({ ports: '"18080:8080", "18081:8081"', memory: '3GiB' });
    const occupied = createServer().listen(18082, '127.0.0.1');
    await once(occupied, 'listening');
    const wrong = [
      {
        text: good.replace('"18081:8081"', '"18081:8081", "18082:8082"'),
        says: /127\.0\.0\.1:18082|port 18082/i,
      },
      { text: good.replace('packages: [jq', 'packages: [no-such-package, jq'), says: /no-such-package/ },
      {
        text: good.replace('[./setup.sh]', '[./setup.sh, ./fails.sh]'),
        says: /fails\.sh[\s\S]*code 3[\s\S]*the last words/,
      },
      {
        text: `${good}mounts: [{host: ${cli.project}/../nowhere, guest: /nowhere}]\n`,
        grant: join(dirname(cli.project), 'nowhere'),
        says: /nowhere' that is to be mounted at \/nowhere does not exist/,
      },
      {
        text: `${good}mounts: [{host: ./link, guest: /linked}]\n`,
        // Also one who grants what it leads to does not get the guest's link exported.
        grant: '/etc',
        says: /link[\s\S]*symbolic link/,
      },
    ];
    await cli.write('fails.sh', '#!/bin/sh\necho the last words >&2\nexit 3\n');
    expect((await cli.run(['exec', 'ln', '-s', '/etc', 'link'])).exitCode).toBe(0);
    for (const { text, says, grant } of wrong) {
      await cli.write('agentvm.yaml', text);
      const words = grant === undefined ? [] : ['--grant', `mounts[${grant}]`];
      const { exitCode, stderr } = await cli.run(['apply', '--yes', ...words]);
      expect({ exitCode, stderr }).toEqual({
        exitCode: expect.toSatisfy((code) => code === 7 || code === 3),
        stderr: expect.stringMatching(says),
      });
      expect(stderr).toContain('→ ');
      expect(stderr).not.toMatch(/\n {4}at /);
      await cli.write('agentvm.yaml', good);
      expect(await cli.run(['apply', '--yes'])).toMatchObject({ exitCode: 0 });
      expect((await cli.run(['plan', '--exit-code', '--refresh'])).exitCode).toBe(0);
    }
    occupied.close();
    expect(
      (await cli.run(['exec', 'sh', '-c', 'rm link; test -e /nowhere || test -e /linked || echo clean']))
        .stdout,
    ).toBe('clean\n');
  });

  onlyOnce?.(
    'grows the disk, shows a folder, runs an edited script and changes the agent, each as it must',
    async () => {
      const versions: readonly string[] = JSON.parse(
        execFileSync('npm', ['view', '--loglevel=error', 'opencode-ai', 'versions', '--json'], {
          encoding: 'utf8',
        }),
      );
      const older = versions.filter((one) => /^\d+\.\d+\.\d+$/.test(one)).at(-2) ?? '';
      const base = manifest({ ports: '"18080:8080", "18081:8081"', memory: '3GiB' });
      await cli.write('../library/book', 'page\n');
      await cli.write('setup.sh', '#!/bin/sh\nset -e\necho again > /var/lib/setup-ran-as\n');
      const shown = `${base.replace('disk: 20GiB', 'disk: 24GiB').replace('agent: opencode', `agent: {name: opencode, version: ${older}}`)}mounts: [{host: ../library, guest: /library}]\n`;
      await cli.write('agentvm.yaml', shown);
      const { stdout } = await cli.run(['plan']);
      expect(stdout).toMatch(/~ agents\[opencode\]\.version .*reapply/);
      expect(stdout).toMatch(/~ base\.scripts .*reapply/);
      expect(stdout).toMatch(/~ resources\.disk +20GiB → 24GiB +restart/);
      expect(stdout).toMatch(/\+ mounts .*\/library.*live/);
      const grant = `mounts[${join(dirname(cli.project), 'library')}]`;
      expect(stdout).toContain(`Needs your word:\n  ${grant}`);
      expect(await cli.run(['apply', '--yes'])).toMatchObject({ exitCode: 4 });
      expect(await cli.run(['apply', '--yes', '--grant', grant])).toMatchObject({ exitCode: 0 });
      const script =
        'cat /library/book /var/lib/setup-ran-as; touch /library/x 2>/dev/null || echo ro; opencode --version; cat ~/marker';
      expect((await cli.run(['exec', 'sh', '-c', script])).stdout).toBe(`page\nagain\nro\n${older}\nmine\n`);
      const size = ['exec', 'sh', '-c', "df --output=size -BG / | tail -n 1 | tr -dc '0-9'"];
      await expect
        .poll(async () => Number((await cli.run(size)).stdout), { timeout: 60_000 })
        .toBeGreaterThan(22);
      expect((await cli.run(['plan', '--exit-code', '--refresh'])).exitCode).toBe(0);
      await cli.write('agentvm.yaml', shown.replace(/^mounts.*$/m, ''));
      expect((await cli.run(['plan'])).stdout).toContain('Plan: 1 live.');
      expect(await cli.run(['apply', '--yes'])).toMatchObject({ exitCode: 0 });
      expect((await cli.run(['exec', 'sh', '-c', 'ls /library 2>/dev/null | wc -l'])).stdout).toBe('0\n');
    },
  );

  it('sees a killed QEMU and mends it', async () => {
    const [qemu] = processesWith('qemu-system', cli.stateDir);
    expect(qemu).toBeDefined();
    process.kill(Number(qemu?.pid), 'SIGKILL');
    const status = JSON.parse((await cli.run(['status', '--json'])).stdout);
    expect(status.machine.power).toBe('crashed');
    expect(await cli.run(['apply', '--yes'])).toMatchObject({ exitCode: 0 });
    expect(
      (await cli.run(['exec', 'cat', join(user?.home ?? process.env.HOME ?? '/root', 'marker')])).stdout,
    ).toBe('mine\n');
  });

  it('copies files both ways and prints an ssh configuration that works', async () => {
    await cli.write('note.txt', 'note\n');
    expect(await cli.run(['cp', 'note.txt', ':/tmp/note.txt'])).toMatchObject({ exitCode: 0 });
    expect(await cli.run(['cp', ':/tmp/note.txt', 'back.txt'])).toMatchObject({ exitCode: 0 });
    expect(readFileSync(join(cli.project, 'back.txt'), 'utf8')).toBe('note\n');
    expect((await cli.run(['exec', 'ln', '-s', '/etc/hostname', 'planted'])).exitCode).toBe(0);
    for (const args of [
      ['cp', 'planted', ':/tmp/stolen'],
      ['cp', ':/tmp/note.txt', 'planted'],
    ]) {
      expect(await cli.run(args)).toMatchObject({
        exitCode: 3,
        stderr: expect.stringContaining('planted is a symbolic link'),
      });
    }
    await cli.write('ssh_config', (await cli.run(['ssh-config'])).stdout);
    const identity = user === undefined ? {} : { uid: user.uid, gid: user.gid };
    const through = execFileSync('ssh', ['-F', join(cli.project, 'ssh_config'), 'agentvm-shop', 'hostname'], {
      encoding: 'utf8',
      env: cli.env,
      ...identity,
    });
    expect(through).toBe('shop\n');
    const options = { cwd: cli.project, env: cli.env, stdio: 'pipe', ...identity } as const;
    execFileSync('scp', ['-F', 'ssh_config', 'note.txt', 'agentvm-shop:/tmp/by-scp'], options);
    execFileSync('rsync', ['-e', 'ssh -F ssh_config', 'note.txt', 'agentvm-shop:/tmp/by-rsync'], options);
    expect((await cli.run(['exec', 'cat', '/tmp/by-scp', '/tmp/by-rsync'])).stdout).toBe('note\nnote\n');
  });

  it('rm leaves no process, no port and no file of the machine', async () => {
    expect(await cli.run(['rm', '--yes'])).toMatchObject({ exitCode: 0 });
    expect(processesWith('', cli.stateDir)).toEqual([]);
    await expect(fetch('http://127.0.0.1:18080/', { signal: AbortSignal.timeout(5000) })).rejects.toThrow();
    expect(readdirSync(join(cli.stateDir, 'machines'))).toEqual([]);
    expect(existsSync(join(cli.stateDir, 'r')) ? readdirSync(join(cli.stateDir, 'r')) : []).toEqual([]);
    expect(existsSync(join(cli.project, 'src/price.mjs'))).toBe(true);
  });
});
