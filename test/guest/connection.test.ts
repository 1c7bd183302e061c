import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectGuest } from '../../src/guest/connection.ts';
import { AgentvmError } from '../../src/model/errors.ts';
import type { Guest } from '../../src/model/guest.ts';
import { testContext } from '../support/context.ts';
import { RUNNER_FILE, startSshd, type TestSshd } from '../support/sshd.ts';

let sshd: TestSshd;
let guest: Guest;

beforeAll(async () => {
  sshd = await startSshd();
  sshd.startMaster();
  guest = connectGuest(testContext(sshd.dir), sshd.target, { runner: RUNNER_FILE });
});
afterAll(() => sshd.stop());

const errorOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'no error',
    (error: unknown) => error,
  );

const isAlive = (pid: number): boolean => {
  try {
    // A zombie of a test container's init is dead for our purpose.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
};

const gone = async (pid: number): Promise<boolean> => {
  for (let tries = 0; tries < 50 && isAlive(pid); tries += 1) await delay(100);
  return !isAlive(pid);
};

test('output, exit code and standard input pass', async () => {
  expect(await guest.exec(['sh', '-c', 'cat; echo problem >&2; exit 4'], { stdin: "it's\n\0" })).toEqual({
    exitCode: 4,
    stdout: "it's\n\0",
    stderr: 'problem\n',
  });
});

test('no standard input reads as empty', async () => {
  expect(await guest.exec(['cat'])).toEqual({ exitCode: 0, stdout: '', stderr: '' });
});

test('the program’s own 255 is a result', async () => {
  expect((await guest.exec(['sh', '-c', 'exit 255'])).exitCode).toBe(255);
});

test('lines are told as they come', async () => {
  const lines: string[] = [];
  await guest.exec(['printf', 'a\nb c\n'], { onLine: (line) => lines.push(line) });
  expect(lines).toEqual(['a', 'b c']);
});

test('a timeout ends the program in the guest too', async () => {
  const pidFile = join(sshd.dir, 'timeout.pid');
  const error = await errorOf(
    guest.exec(['sh', '-c', 'echo $$ >"$1"; exec sleep 60', 'sh', pidFile], { timeoutMs: 1500 }),
  );
  expect([(error as AgentvmError).code, await gone(Number(readFileSync(pidFile, 'utf8')))]).toEqual([
    'EXEC_TIMEOUT',
    true,
  ]);
});

test('an abort ends the program in the guest too and rethrows its reason', async () => {
  const pidFile = join(sshd.dir, 'abort.pid');
  const controller = new AbortController();
  const reason = new Error('enough');
  setTimeout(() => controller.abort(reason), 1000);
  const error = await errorOf(
    guest.exec(['sh', '-c', 'echo $$ >"$1"; exec sleep 60', 'sh', pidFile], { signal: controller.signal }),
  );
  expect([error, await gone(Number(readFileSync(pidFile, 'utf8')))]).toEqual([reason, true]);
});

test('a guest that does not answer is named', async () => {
  const nobody = connectGuest(
    testContext(sshd.dir),
    { ...sshd.target, port: 1, controlPath: join(sshd.dir, 'none') },
    { connectTimeoutS: 2 },
  );
  expect(await errorOf(nobody.exec(['true']))).toMatchObject({
    code: 'GUEST_UNREACHABLE',
    message: `The machine did not answer over SSH (${sshd.target.user}@127.0.0.1, port 1)`,
    details: ['ssh: connect to host 127.0.0.1 port 1: Connection refused'],
  });
});

test('settings with blanks, quotes and percent signs in their paths are read back by ssh as they are', async () => {
  const { sshArguments } = await import('../../src/model/ssh-options.ts');
  const odd = `${sshd.dir}/a "b" 100% \\c`;
  const shown = execFileSync(
    'ssh',
    [
      '-G',
      ...sshArguments({
        ...sshd.target,
        knownHostsFile: odd,
        identityFile: odd,
        controlPath: `${sshd.dir}/%h x`,
      }),
      'host',
    ],
    { encoding: 'utf8' },
  );
  const setting = (name: string): string | undefined =>
    shown
      .split('\n')
      .find((line) => line.startsWith(`${name} `))
      ?.slice(name.length + 1);
  expect([
    setting('controlpath'),
    setting('hostkeyalias'),
    setting('batchmode'),
    setting('escapechar'),
  ]).toEqual([`${sshd.dir}/%h x`, 'machine-1', 'yes', 'none']);
  expect([setting('identityfile'), setting('userknownhostsfile')]).toEqual([odd.replace('%', '%%'), odd]);
});

test('a NUL and an overlong command are refused before anything starts', async () => {
  expect(await errorOf(guest.exec(['echo', 'a\0b']))).toMatchObject({ code: 'ARGUMENT_INVALID' });
  expect(await errorOf(guest.exec(['echo', 'x'.repeat(140_000)]))).toMatchObject({
    code: 'ARGUMENTS_TOO_LONG',
    hint: 'Pass the text through standard input or a file of the project.',
  });
});

test('errors are of our own kind', async () => {
  const error = await errorOf(guest.exec(['echo', 'a\0b']));
  expect(error).toBeInstanceOf(AgentvmError);
});
