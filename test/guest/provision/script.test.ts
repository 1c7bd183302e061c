import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { environmentText } from '../../../src/guest/provision/environment.ts';
import { runScript } from '../../../src/guest/provision/script.ts';
import { localGuest } from '../../support/local-guest.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const script = async (content: string, name = 'scripts/set up.sh'): Promise<string> => {
  const cwd = await tempFolder();
  await runScript(localGuest(), { name, content: Buffer.from(content), cwd });
  return cwd;
};

test('a script runs in the given folder, from a file that nobody else can change, and leaves none behind', async () => {
  const cwd = await script('#!/bin/sh\n{ pwd; echo "$0"; stat -c %a "$0" "$(dirname "$0")"; cat; } >out\n');
  const [pwd, path = '', ...modes] = readFileSync(join(cwd, 'out'), 'utf8').trim().split('\n');
  expect([pwd, path.replace(/[^/]*\/script-/, ''), modes, existsSync(dirname(path))]).toEqual([
    cwd,
    '/tmp/set_up.sh',
    ['700', '700'],
    false,
  ]);
});

test('the shebang decides, and a script without one is for sh', async () => {
  const cwd = await script('#!/usr/bin/env node\nrequire("fs").writeFileSync("out", "node");\n');
  expect(readFileSync(join(cwd, 'out'), 'utf8')).toBe('node');
  expect(readFileSync(join(await script('echo sh >out'), 'out'), 'utf8')).toBe('sh\n');
});

test('a script that fails is told by name, exit code and last lines', async () => {
  const lines =
    'for n in $(seq 40); do echo "line $n"; done; printf "\\033[31mproblem\\033[0m\\n" >&2; exit 3';
  await expect(script(`#!/bin/sh\n${lines}\n`)).rejects.toMatchObject({
    code: 'SCRIPT_FAILED',
    exitCode: 7,
    message: 'The script scripts/set up.sh exited with code 3 in the machine',
    details: [...Array.from({ length: 10 }, (_, index) => `line ${index + 31}`), 'problem'],
  });
});

test('the environment is read back by a shell as it was', async () => {
  const environment = { A: "it's", B: 'two\nlines', C: '$HOME `id` \\', D: '', E: 'ü€' };
  const read = execFileSync('sh', ['-c', 'eval "$1"; exec env -0', 'sh', environmentText(environment)], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH },
  });
  const seen = Object.fromEntries(read.split('\0').map((line) => line.split(/=([\s\S]*)/).slice(0, 2)));
  expect(Object.fromEntries(Object.keys(environment).map((name) => [name, seen[name]]))).toEqual(environment);
  for (const bad of [{ 'A;id': 'x' }, { A: 'a\0b' }]) {
    expect(() => environmentText(bad)).toThrow(/cannot be passed to the machine/);
  }
});
