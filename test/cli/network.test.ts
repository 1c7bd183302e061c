import { spawn } from 'node:child_process';
import { appendFile, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NETWORK_LOG, type NetworkEvent } from '../../src/model/network.ts';
import { type BuiltCli, buildCli } from '../support/built-cli.ts';
import { eventually } from '../support/eventually.ts';
import { schemaErrors } from '../support/schema-check.ts';
import { tempFolder } from '../support/temp-folder.ts';

let cli: BuiltCli;
beforeAll(async () => {
  cli = await buildCli();
});
afterAll(() => cli?.remove());

const MANIFEST = 'apiVersion: agentvm/v1\nname: shop\ndriver: fake\n';

const REFUSED: NetworkEvent = {
  at: '2030-01-02T03:04:05.678Z',
  verdict: 'refused',
  protocol: 'tls',
  name: 'gist.github.com',
  address: '140.82.121.3',
  port: 443,
  rule: 'deny gist.github.com',
};
const PASSED: NetworkEvent = { ...REFUSED, verdict: 'passed', name: 'github.com', rule: 'github.com' };

const made = async (manifest = MANIFEST) => {
  const cwd = join(await tempFolder(), 'shop');
  await mkdir(cwd);
  await writeFile(join(cwd, 'agentvm.yaml'), manifest);
  const run = (...args: readonly string[]) => cli.run(args, { cwd });
  expect(await run('apply', '--yes')).toMatchObject({ exitCode: 0 });
  const machines = join(cwd, '../home/.local/state/agentvm/machines');
  const log = join(machines, (await readdir(machines))[0] ?? '', NETWORK_LOG);
  return {
    cwd,
    run,
    write: async (...events: readonly NetworkEvent[]) =>
      appendFile(log, events.map((event) => `${JSON.stringify(event)}\n`).join('')),
  };
};

test('network log shows what was refused, with --all what passed too, and one document a line as JSON', async () => {
  const { run, write } = await made();
  expect(await run('network', 'log')).toEqual({
    exitCode: 0,
    stdout: '',
    stderr: 'agentvm: nothing was logged; the machine is running\n',
  });
  await write(REFUSED, PASSED);
  const refusedText =
    '2030-01-02T03:04:05Z  refused  tls   gist.github.com:443 (140.82.121.3)  deny gist.github.com\n';
  expect(await run('network', 'log')).toMatchObject({ exitCode: 0, stdout: refusedText });
  expect((await run('network', 'log', '--all')).stdout).toBe(
    `${refusedText}2030-01-02T03:04:05Z  passed   tls   github.com:443 (140.82.121.3)  github.com\n`,
  );
  const { stdout, stderr } = await run('network', 'log', '--all', '--json');
  const documents = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect([documents.flatMap(schemaErrors), documents.map(({ verdict }) => verdict), stderr]).toEqual([
    [],
    ['refused', 'passed'],
    '',
  ]);
});

test('network log -f goes on as they come', async () => {
  const { cwd, write } = await made();
  await write(REFUSED);
  const child = spawn(process.execPath, [cli.entry, 'network', 'log', '-f'], {
    cwd,
    env: { PATH: process.env.PATH ?? '', HOME: join(cwd, '../home') },
  });
  let shown = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    shown += text;
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  try {
    expect(await eventually(async () => shown.includes('gist.github.com'), 10_000)).toBe(true);
    await write({ ...REFUSED, name: 'later.example' }, { ...PASSED, name: 'passed.example' });
    expect(await eventually(async () => shown.includes('later.example'), 10_000)).toBe(true);
    expect(shown).not.toContain('passed.example');
  } finally {
    child.kill('SIGINT');
  }
  expect(await ended).toBe(0);
});

test('a network command without a word says what there is', async () => {
  const { run } = await made();
  const { exitCode, stderr } = await run('network');
  expect([exitCode, stderr.includes('log [options]')]).toEqual([3, true]);
});
