import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NETWORK_LOG } from '../../src/model/network.ts';
import { type BuiltCli, buildCli } from '../support/built-cli.ts';
import { schemaErrors } from '../support/schema-check.ts';
import { tempFolder } from '../support/temp-folder.ts';

let cli: BuiltCli;
beforeAll(async () => {
  cli = await buildCli();
});
afterAll(() => cli?.remove());

const VALUE = 'ghp_a-value-that-nobody-may-see';

const secretField = (name: string, hosts: readonly string[], source: object) => ({
  [`secrets[${name}]`]: { path: 'secrets[]', key: name, value: { hosts, source } },
});

/** A machine that was applied with secrets, and what its log tells of them. */
const made = async () => {
  const cwd = join(await tempFolder(), 'shop');
  await mkdir(cwd);
  await writeFile(join(cwd, 'agentvm.yaml'), 'apiVersion: agentvm/v1\nname: shop\ndriver: fake\n');
  await cli.run(['apply', '--yes'], { cwd });
  const machines = join(cwd, '../home/.local/state/agentvm/machines');
  const dir = join(machines, (await readdir(machines))[0] ?? '');
  const state = JSON.parse(await readFile(join(dir, 'machine.json'), 'utf8'));
  const keyFile = join(cwd, '../key');
  await writeFile(keyFile, `${VALUE}\n`);
  state.fields = {
    ...state.fields,
    'network.egress': { path: 'network.egress', value: 'public' },
    ...secretField('A_TOKEN', ['localhost', '*.example.org'], { from: 'env', variable: 'HOST_TOKEN' }),
    ...secretField('B_KEY', ['*.example.org'], { from: 'file', path: keyFile }),
    ...secretField('C_KEY', ['*.example.org'], { from: 'file', path: join(cwd, 'key-in-the-project') }),
    ...secretField('D_KEY', ['*.example.org'], { from: 'command', command: ['pass', 'show', 'key'], cwd }),
  };
  await writeFile(join(cwd, 'key-in-the-project'), VALUE);
  await writeFile(join(dir, 'machine.json'), JSON.stringify(state));
  const event = { verdict: 'passed', protocol: 'http', name: 'a.example.org', rule: 'public' };
  await writeFile(
    join(dir, NETWORK_LOG),
    [
      { at: '2030-01-02T03:04:05.000Z', ...event, secrets: ['B_KEY'] },
      { at: '2030-01-02T03:05:00.000Z', ...event, secrets: ['B_KEY'] },
      { at: '2030-01-02T03:06:00.000Z', ...event, verdict: 'refused', secrets: ['B_KEY', 'A_TOKEN'] },
    ]
      .map((one) => `${JSON.stringify(one)}\n`)
      .join(''),
  );
  const run = (args: readonly string[], env = {}) => cli.run(['secret', ...args], { cwd, env });
  return { cwd, run };
};

test('secret list tells where each comes from, who gets it and when it was used, and never a value', async () => {
  const { cwd, run } = await made();
  const listed = await run(['list'], { HOST_TOKEN: VALUE });
  expect(listed.exitCode).toBe(0);
  const lines = listed.stdout.replaceAll(join(cwd, '..'), '…').split('\n');
  expect(lines.map((line) => line.replaceAll(/ {2,}/g, '  ').trimEnd())).toEqual([
    'NAME  FROM  HOSTS  LAST USED',
    'A_TOKEN  environment variable HOST_TOKEN  localhost, *.example.org  not yet',
    'B_KEY  file …/key  *.example.org  2030-01-02T03:05:00Z',
    'C_KEY  file …/shop/key-in-the-project  *.example.org  not yet',
    'D_KEY  command pass show key  *.example.org  not yet',
    '',
  ]);
  expect(listed.stdout).not.toContain(VALUE);
  const document = JSON.parse((await run(['list', '--json'])).stdout);
  expect([schemaErrors(document), document.secrets.length]).toEqual([[], 4]);
});

test('secret test reads the value as the keeper would, tries the hosts, and never shows it', async () => {
  const { run } = await made();
  const good = await run(['test', 'B_KEY']);
  expect([good.exitCode, good.stdout.replace(/ file \S+/, ' file …')]).toEqual([
    0,
    'B_KEY: the file … gives a value\n  *.example.org  any name below it\nLast used: 2030-01-02T03:05:00Z\n',
  ]);
  const unreached = await run(['test', 'A_TOKEN'], { HOST_TOKEN: VALUE });
  expect([unreached.exitCode, unreached.stdout]).toEqual([
    8,
    'A_TOKEN: the environment variable HOST_TOKEN gives a value\n' +
      '  localhost      refused: loopback address\n  *.example.org  any name below it\nLast used: not yet\n',
  ]);
  expect(await run(['test', 'A_TOKEN'])).toMatchObject({
    exitCode: 8,
    stdout: '',
    stderr: expect.stringContaining('comes from the environment variable HOST_TOKEN'),
  });
  const shared = await run(['test', 'C_KEY']);
  expect([shared.exitCode, shared.stderr.includes('which the machine sees')]).toEqual([8, true]);
  for (const { stdout, stderr } of [good, unreached, shared]) expect(stdout + stderr).not.toContain(VALUE);
  const unknown = await run(['test', 'NO_KEY']);
  expect([unknown.exitCode, unknown.stderr.split('\n')[0]]).toEqual([
    3,
    "agentvm: Machine 'shop' has no secret 'NO_KEY'; there are: A_TOKEN, B_KEY, C_KEY, D_KEY",
  ]);
});
