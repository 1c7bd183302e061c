import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BuiltCli, buildCli } from '../support/built-cli.ts';
import { schemaErrors } from '../support/schema-check.ts';
import { screenOf } from '../support/screen.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { type Keys, onTerminal } from '../support/terminal.ts';

// What a person is asked before a machine gets anything of the host beyond its folder, on the simulator.
let cli: BuiltCli;
beforeAll(async () => {
  cli = await buildCli();
});
afterAll(() => cli.remove());

const MANIFEST = 'apiVersion: agentvm/v1\nname: shop\ndriver: fake\nresources: {cpus: 2, memory: 1GiB}\n';

const hasScript = (): boolean => {
  try {
    return execFileSync('script', ['--version'], { encoding: 'utf8', stdio: 'pipe' }).includes('util-linux');
  } catch {
    return false;
  }
};

const world = async () => {
  const root = await tempFolder();
  const cwd = join(root, 'shop');
  const data = join(root, 'data');
  const secret = join(root, 'secret');
  for (const folder of [cwd, data, secret]) await mkdir(folder);
  const state = join(root, 'home/.local/state/agentvm/machines');
  const write = (more: string) => writeFile(join(cwd, 'agentvm.yaml'), MANIFEST + more);
  const masked = (text: string) => text.replaceAll(root, 'ROOT');
  const run = async (...args: readonly string[]) => {
    const { exitCode, stdout, stderr } = await cli.run(args, { cwd });
    return { exitCode, stdout: masked(stdout), stderr: masked(stderr) };
  };
  const machineFolder = async () => join(state, (await readdir(state))[0] ?? 'none');
  return {
    root,
    cwd,
    data,
    secret,
    state,
    write,
    run,
    json: async (...args: readonly string[]) =>
      JSON.parse((await cli.run([...args, '--json'], { cwd })).stdout),
    grantsFile: async () => join(await machineFolder(), 'grants.json'),
    shown: async () => {
      const fake = JSON.parse(await readFile(join(await machineFolder(), 'fake.json'), 'utf8'));
      return fake.running.shares.slice(2).map((share: { target: string }) => masked(share.target));
    },
    atTerminal: async (args: readonly string[], keys: readonly Keys[]) => {
      const { exitCode, output } = await onTerminal([process.execPath, cli.entry, ...args], {
        cwd,
        env: { HOME: join(root, 'home') },
        keys,
      });
      return { exitCode, screen: masked(screenOf(output)) };
    },
  };
};

const MOUNT = 'mounts: [{host: ../data, guest: /data}]\n';

describe('without a terminal', () => {
  test('a plan names what it needs, apply refuses with the exact words, and a yes is not one of them', async () => {
    const { write, run, json, state } = await world();
    await write(MOUNT);
    const planned = await run('plan');
    expect(planned.stdout.split('\n').slice(-5)).toEqual([
      'Plan: create the machine with 13 fields.',
      'Needs your word:',
      '  mounts[ROOT/data]  the guest reads ROOT/data',
      'Run: agentvm apply',
      '',
    ]);
    expect(schemaErrors(await json('plan'))).toEqual([]);
    for (const args of [['apply'], ['apply', '--yes'], ['run', '--', 'true']]) {
      const { exitCode, stderr } = await run(...args);
      expect({ exitCode, end: stderr.split('\n').slice(-4) }).toEqual({
        exitCode: 4,
        end: [
          'agentvm: ROOT/shop/agentvm.yaml asks for more of this host than its own folder: mounts[ROOT/data]',
          '  mounts[ROOT/data]: the guest reads ROOT/data',
          "  → If that is what you want, run: agentvm apply --yes --grant 'mounts[ROOT/data]'",
          '',
        ],
      });
    }
    await expect(readdir(state)).rejects.toThrow('ENOENT');
    expect(await run('apply', '--yes', '--grant', 'mounts[/data]')).toEqual({
      exitCode: 3,
      stdout: '',
      stderr:
        "agentvm: nothing in the manifest asks for 'mounts[/data]'\n  → It asks for: mounts[ROOT/data]\n",
    });
  });

  test('the word is kept until it is taken back, and taking it back takes the folder away', async () => {
    const { write, run, json, data, grantsFile, shown } = await world();
    await write(MOUNT);
    const grant = `mounts[${data}]`;
    expect((await run('apply', '--yes', '--grant', grant)).exitCode).toBe(0);
    expect((await run('apply', '--yes', '--grant', grant)).exitCode).toBe(0);
    const path = await grantsFile();
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const kept = JSON.parse(await readFile(path, 'utf8'));
    expect(schemaErrors({ ...kept, kind: 'grants' })).toEqual([' must NOT have additional properties']);

    const trusted = await run('trust');
    expect(
      trusted.stdout
        .replace(/\d{4}-\d\d-\d\d \d\d:\d\d/, 'TIME')
        .replaceAll(/ +\n/g, '\n')
        .replaceAll(/ {2,}/g, '  '),
    ).toBe(
      [
        'MACHINE  GRANT  WHAT  SINCE (UTC)  USED BY',
        'shop  mounts[ROOT/data]  the guest reads ROOT/data  TIME by --grant  mounts[/data]',
        '',
      ].join('\n'),
    );
    expect(schemaErrors(await json('trust'))).toEqual([]);
    expect((await json('trust')).machines).toMatchObject([
      { name: 'shop', grants: [{ id: grant, word: '--grant', fields: ['mounts[/data]'] }] },
    ]);

    expect(await run('trust', '--revoke', 'mounts[/nowhere]')).toEqual({
      exitCode: 3,
      stdout: '',
      stderr: "agentvm: 'shop' has no grant 'mounts[/nowhere]'\n  → It has: mounts[ROOT/data]\n",
    });
    expect(await shown()).toEqual(['ROOT/data']);
    expect(await run('trust', '--revoke', grant)).toEqual({
      exitCode: 0,
      stdout: "Revoked mounts[ROOT/data] of 'shop', and took from it mounts[/data].\n",
      stderr: 'While ROOT/shop/agentvm.yaml asks for it, each apply asks you again.\n',
    });
    expect(await shown()).toEqual([]);
    expect((await run('trust')).stdout).toBe('Nothing of this host is granted to any machine.\n');
    expect((await run('apply', '--yes')).exitCode).toBe(4);
    expect((await run('restart')).exitCode).toBe(0);
    expect(await shown()).toEqual([]);
  });

  test('a document that cannot be read grants nothing, and can be begun anew', async () => {
    const { write, run, json, data, grantsFile, shown } = await world();
    await write(MOUNT);
    await run('apply', '--yes', '--grant', `mounts[${data}]`);
    const broken = {
      '': 'is empty',
      '{"format": 1': 'is not whole JSON',
      '{"format": 1, "machine": "x", "grants": []}': 'is of another machine',
      '{"format": 1, "machine": "x", "grants": [{"id": "a"}]}': "has no 'text' at /grants/0",
      '{"format": 2}': 'was written by a newer agentvm (format 2, this one knows 1)',
    };
    for (const [text, why] of Object.entries(broken)) {
      await writeFile(await grantsFile(), text);
      for (const args of [['plan'], ['apply', '--yes'], ['restart']]) {
        expect(await run(...args)).toMatchObject({ exitCode: 8, stderr: expect.stringContaining(why) });
      }
      expect((await json('trust')).broken).toHaveLength(1);
    }
    expect((await run('trust', '--revoke', 'all')).stdout).toBe(
      "Revoked mounts[ROOT/data] of 'shop', and took from it mounts[/data].\n",
    );
    expect(await shown()).toEqual([]);
    expect((await run('plan')).exitCode).toBe(0);
  });

  test('a granted folder that was turned into a link is asked for by what it leads to', async () => {
    const { write, run, data, secret, shown } = await world();
    await write(MOUNT);
    await run('apply', '--yes', '--grant', `mounts[${data}]`);
    await rm(data, { recursive: true });
    await symlink(secret, data);
    expect((await run('plan')).stdout.split('\n').slice(1)).toEqual([
      '  ! mounts  ROOT/data → /data (ro) leads elsewhere on the host now  live (drift)',
      'Plan: 1 live. 12 fields unchanged.',
      'Needs your word:',
      '  mounts[ROOT/secret]  the guest reads ROOT/secret, where ROOT/data leads',
      'Run: agentvm apply',
      '',
    ]);
    expect((await run('apply', '--yes')).exitCode).toBe(4);
    expect(await run('restart')).toMatchObject({
      exitCode: 4,
      stderr: expect.stringContaining('leads to ROOT/secret, which was not granted'),
    });
    expect(await shown()).toEqual(['ROOT/data']);
    expect((await run('apply', '--yes', '--grant', `mounts[${secret}]`)).exitCode).toBe(0);
    expect(await shown()).toEqual(['ROOT/secret']);
    expect((await run('trust')).stdout).not.toContain('ROOT/data]');
  });

  test('a saved plan opens nothing by itself', async () => {
    const { write, run, data } = await world();
    await run('apply', '--yes');
    await write(MOUNT);
    expect((await run('plan', '--out', 'p.json')).exitCode).toBe(0);
    const refused = await run('apply', 'p.json');
    expect([refused.exitCode, refused.stderr.split('\n').at(-2)]).toEqual([
      4,
      "  → If that is what you want, run: agentvm apply p.json --grant 'mounts[ROOT/data]'",
    ]);
    expect((await run('apply', 'p.json', '--grant', 'mounts[/x]')).exitCode).toBe(3);
    expect((await run('apply', 'p.json', '--grant', `mounts[${data}]`)).exitCode).toBe(0);
  });

  test('reading does not give writing, and a port on every address wants its word too', async () => {
    const { write, run, data } = await world();
    await write(MOUNT);
    await run('apply', '--yes', '--grant', `mounts[${data}]`);
    await write(
      `${MOUNT.replace('/data}', '/data, mode: rw}')}ports: [{guest: 80, host: 8080, address: 0.0.0.0}, "80:81"]\n`,
    );
    const { exitCode, stderr } = await run('apply', '--yes', '--grant', `mounts[${data}:rw]`);
    expect([exitCode, stderr.split('\n').at(-2)]).toEqual([
      4,
      "  → If that is what you want, run: agentvm apply --yes --grant 'mounts[ROOT/data:rw]' --grant 'ports[0.0.0.0:8080:80]' --grant 'ports[80:81]'",
    ]);
  });
});

describe.skipIf(!hasScript())('at a terminal', () => {
  test('what is new is asked for by itself, before the plan; a no changes nothing', async () => {
    const { write, atTerminal, state, grantsFile } = await world();
    await write(MOUNT);
    const refused = await atTerminal(['apply'], [{ when: /Grant .*\(y\/N\)/, type: '\r' }]);
    expect(refused.exitCode).toBe(4);
    expect(refused.screen.replace(/^[\s\S]*?(?=^Needs)/m, '')).toMatchInlineSnapshot(`
      "Needs your word:
        mounts[ROOT/data]  the guest reads ROOT/data
      ✔ Grant 'shop' this of your host: mounts[ROOT/data]? No
      Nothing was changed.
      "
    `);
    await expect(readdir(state)).rejects.toThrow('ENOENT');

    const declined = await atTerminal(
      ['apply'],
      [
        { when: /Grant .*\(y\/N\)/, type: 'y\r' },
        { when: /Apply this plan\?/, type: 'n\r' },
      ],
    );
    expect(declined.exitCode).toBe(4);
    await expect(readdir(state)).rejects.toThrow('ENOENT');

    const granted = await atTerminal(
      ['apply'],
      [
        { when: /Grant .*\(y\/N\)/, type: 'y\r' },
        { when: /Apply this plan\?/, type: 'y\r' },
      ],
    );
    expect(granted.exitCode).toBe(0);
    expect(JSON.parse(await readFile(await grantsFile(), 'utf8')).grants).toMatchObject([{ word: 'prompt' }]);
  });

  test('--yes leaves only the question that it does not answer', async () => {
    const { write, atTerminal } = await world();
    await write(MOUNT);
    const granted = await atTerminal(['apply', '--yes'], [{ when: /Grant .*\(y\/N\)/, type: 'y\r' }]);
    expect(granted.exitCode).toBe(0);
    expect(granted.screen).not.toContain('Apply this plan?');
  });
});
