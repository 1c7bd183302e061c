import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundleProgram } from '../support/bundle.ts';
import { RUNNER_FILE, startSshd, type TestSshd } from '../support/sshd.ts';

let sshd: TestSshd;
let program: string;

beforeAll(async () => {
  sshd = await startSshd();
  sshd.startMaster();
  program = join(sshd.dir, 'session-program.mjs');
  await bundleProgram('test/support/session-program.ts', program);
});
afterAll(() => sshd.stop());

type Run = { readonly exitCode: number | null; readonly stdout: string; readonly stderr: string };
type Settings = {
  readonly cwd?: string;
  readonly shell?: boolean;
  readonly environment?: Record<string, string>;
  readonly target?: TestSshd['target'];
};

const settingsText = (settings: Settings): string =>
  JSON.stringify({ target: sshd.target, runner: RUNNER_FILE, cwd: sshd.dir, ...settings });

const start = (words: readonly string[], settings: Settings = {}) =>
  spawn(process.execPath, [program, settingsText(settings), ...words], { stdio: 'pipe' });

const finish = async (child: ReturnType<typeof start>, stdin = ''): Promise<Run> => {
  child.stdin.on('error', () => undefined);
  child.stdin.end(stdin);
  const [stdout, stderr, exitCode] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((resolve) => child.once('close', resolve)),
  ]);
  return { exitCode, stdout, stderr };
};

const run = (words: readonly string[], stdin = '', settings: Settings = {}): Promise<Run> =>
  finish(start(words, settings), stdin);

const quote = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;

type Terminal = ReturnType<typeof start> & { readonly seen: () => string };

/** Starts a shell line in a terminal of its own (script(1)); `eval "$SESSION WORD…"` is a session in it. */
const startInTerminal = (line: string, settings: Settings = {}): Terminal => {
  const child = spawn('script', ['-qec', line, '/dev/null'], {
    stdio: 'pipe',
    env: {
      ...process.env,
      SHELL: '/bin/sh',
      TERM: 'xterm-256color',
      COLORTERM: 'truecolor',
      SESSION: [process.execPath, program, settingsText(settings)].map(quote).join(' '),
    },
  });
  let seen = '';
  child.stdout.on('data', (chunk: Buffer) => {
    seen += chunk.toString();
  });
  return Object.assign(child, { seen: () => seen });
};

const finishTerminal = async (child: Terminal): Promise<Run> => {
  const exitCode = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { exitCode, stdout: child.seen(), stderr: '' };
};

const inTerminal = (line: string, settings: Settings = {}): Promise<Run> =>
  finishTerminal(startInTerminal(line, settings));

/** Waits until a program has printed a text, so that a signal finds it running. */
const printed = (child: ReturnType<typeof start>, wanted: string): Promise<void> =>
  new Promise((resolve) => {
    let seen = '';
    child.stdout.on('data', (chunk: Buffer) => {
      seen += chunk.toString();
      if (seen.includes(wanted)) resolve();
    });
  });

describe('without a terminal', () => {
  test('arguments arrive as they are', async () => {
    const words = ['a b', "it's", '$HOME `id` \\ "q"', '', '*', 'line\nbreak', '--', '-n', 'ü€', '~', '#x'];
    expect(await run(['printf', '[%s]', ...words])).toEqual({
      exitCode: 0,
      stdout: words.map((word) => `[${word}]`).join(''),
      stderr: '',
    });
  });

  test('standard output and error stay apart, and the exit code is the program’s', async () => {
    expect(await run(['sh', '-c', 'echo out; echo err >&2; exit 3'])).toEqual({
      exitCode: 3,
      stdout: 'out\n',
      stderr: 'err\n',
    });
  });

  test('standard input is passed on byte for byte, with its end', async () => {
    const bytes = `${'x'.repeat(200_000)}\r\n\0end`;
    expect((await run(['cat'], bytes)).stdout).toBe(bytes);
  });

  test('a closed standard input reads as empty', async () => {
    const child = spawn(
      'sh',
      ['-c', 'exec "$@" <&-', 'sh', process.execPath, program, settingsText({}), 'cat'],
      {
        stdio: 'pipe',
      },
    );
    expect(await finish(child)).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  });

  test('the program’s own 255 is passed on', async () => {
    expect(await run(['sh', '-c', 'exit 255'])).toEqual({ exitCode: 255, stdout: '', stderr: '' });
  });

  test('a program that is not there is 127, and no word of the shell is run in its place', async () => {
    expect(await run(['no-such-program'])).toEqual({
      exitCode: 127,
      stdout: '',
      stderr: 'agentvm: no-such-program: not found in the machine\n',
    });
    expect((await run(['exit', '5'])).exitCode).toBe(127);
  });

  test('a folder that is not there is named', async () => {
    expect(await run(['pwd'], '', { cwd: '/no/such folder' })).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: 'agentvm: the folder /no/such folder is not there in the machine\n',
    });
  });

  test('folder and environment are set', async () => {
    const cwd = join(sshd.dir, 'a folder');
    mkdirSync(cwd);
    expect(
      await run(['sh', '-c', 'pwd; printf "%s\\n" "$A_VALUE"'], '', {
        cwd,
        environment: { A_VALUE: "it's\ntwo $lines" },
      }),
    ).toMatchObject({ stdout: `${cwd}\nit's\ntwo $lines\n` });
  });

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
    ['SIGQUIT', 131],
    ['SIGUSR1', 138],
    ['SIGUSR2', 140],
  ] as const)('%s ends a program in the guest with %i', async (signal, exitCode) => {
    const child = start(['sh', '-c', 'echo ready; exec sleep 60']);
    await printed(child, 'ready');
    child.kill(signal);
    expect((await finish(child)).exitCode).toBe(exitCode);
  });

  test('a program may handle a signal and go on', async () => {
    const child = start([
      'sh',
      '-c',
      'trap "echo caught" USR1; trap "exit 9" TERM; echo ready; while :; do sleep 0.05; done',
    ]);
    await printed(child, 'ready');
    const caught = printed(child, 'caught');
    child.kill('SIGUSR1');
    await caught;
    child.kill('SIGTERM');
    expect((await finish(child)).exitCode).toBe(9);
  });

  test('a signal reaches what the program started too', async () => {
    const child = start(['sh', '-c', 'echo ready; sleep 60; echo unreached']);
    await printed(child, 'ready');
    child.kill('SIGINT');
    expect(await finish(child)).toMatchObject({ exitCode: 130 });
  });
});

/** A script in the guest, which here is this host; saves a level of quoting. */
const guestScript = (name: string, lines: readonly string[]): string => {
  const path = join(sshd.dir, name);
  writeFileSync(path, ['#!/bin/sh', ...lines, ''].join('\n'), { mode: 0o755 });
  return path;
};

/** Waits in short steps: a shell heeds a signal between commands, not while one of them runs. */
const LOOP = 'while :; do sleep 0.1; done';

describe('with a terminal', () => {
  test('the program has a terminal of the same size, TERM and COLORTERM, and its exit code is passed on', async () => {
    const show = guestScript('show', ['tty -s && stty size', 'echo "$TERM $COLORTERM"', 'exit 4']);
    expect(await inTerminal(`stty rows 33 cols 101; eval "$SESSION ${show}"`)).toEqual({
      exitCode: 4,
      stdout: '33 101\r\nxterm-256color truecolor\r\n',
      stderr: '',
    });
  });

  test('a change of the size arrives while the program runs', async () => {
    const wait = guestScript('wait', ['trap "stty size; exit 7" WINCH', 'echo ready', LOOP]);
    const child = startInTerminal(`stty rows 30 cols 100; tty; eval "$SESSION ${wait}"`);
    await printed(child, 'ready');
    const [tty = ''] = child.seen().split('\r\n');
    execFileSync('stty', ['-F', tty, 'rows', '40', 'cols', '120']);
    expect(await finishTerminal(child)).toMatchObject({
      exitCode: 7,
      stdout: `${tty}\r\nready\r\n40 120\r\n`,
    });
  });

  test('Ctrl-C goes to the program and to nobody else', async () => {
    const wait = guestScript('interrupt', ['trap "echo caught; exit 6" INT', 'echo ready', LOOP]);
    const child = startInTerminal(`eval "$SESSION ${wait}"; echo "code $?"`);
    await printed(child, 'ready');
    child.stdin.write('\x03');
    expect(await finishTerminal(child)).toMatchObject({ stdout: 'ready\r\n^Ccaught\r\ncode 6\r\n' });
  });

  test('SIGTERM to the command ends the program in the guest', async () => {
    const wait = guestScript('terminate', ['trap "echo ended; exit 5" TERM', 'echo ready', LOOP]);
    const child = startInTerminal(
      `(eval "exec $SESSION ${wait}" </dev/tty) & echo pid $!; wait $!; echo "code $?"`,
    );
    await printed(child, 'ready');
    const pid = Number(/pid (\d+)/.exec(child.seen())?.[1]);
    process.kill(pid, 'SIGTERM');
    expect((await finishTerminal(child)).stdout).toMatch(/ended\r\ncode 5\r\n$/);
  });

  test('the login shell starts in the folder', async () => {
    const child = startInTerminal('eval "$SESSION"', { shell: true, environment: { PS1: '> ' } });
    child.stdin.write('echo "[$PWD]"; exit 12\n');
    const result = await finishTerminal(child);
    expect([result.exitCode, result.stdout.includes(`[${sshd.dir}]\r\n`)]).toEqual([12, true]);
  });
});

describe('with only standard input at a terminal', () => {
  test('the program sees just that, and its output stays in its two streams', async () => {
    const show = guestScript('streams', [
      'for one in 0 1 2; do test -t $one && echo "$one terminal" || echo "$one pipe"; done',
      'echo problem >&2; echo "$SHELL"; exit 3',
    ]);
    const out = join(sshd.dir, 'out');
    expect(
      await inTerminal(`eval "$SESSION ${show}" 2>${out}.err >${out}; echo "code $?"; cat ${out} ${out}.err`),
    ).toMatchObject({
      stdout: `code 3\r\n0 terminal\r\n1 pipe\r\n2 pipe\r\n${process.env.SHELL ?? '/bin/bash'}\r\nproblem\r\n`,
    });
  });

  test('what is typed arrives, with its end', async () => {
    const child = startInTerminal('stty -echo; echo on; eval "$SESSION wc -c" | cat');
    await printed(child, 'on');
    child.stdin.write('typed\n\x04');
    expect((await finishTerminal(child)).stdout).toBe('on\r\n6\r\n');
  });

  test('Ctrl-C ends the program', async () => {
    const wait = guestScript('typed-interrupt', ['trap "echo caught; exit 6" INT', 'echo ready', LOOP]);
    const child = startInTerminal(
      `trap : INT; (trap : INT; eval "$SESSION ${wait}"; echo "code $?") | (trap "" INT; cat)`,
    );
    await printed(child, 'ready');
    child.stdin.write('\x03');
    expect((await finishTerminal(child)).stdout).toBe('ready\r\n^Ccaught\r\ncode 6\r\n');
  });
});

describe('when the connection ends', () => {
  test('the program is not started again, and the loss is told from its own exit code', async () => {
    const other = await startSshd();
    try {
      other.startMaster();
      const child = start(['sh', '-c', `echo started >>${join(other.dir, 'starts')}; echo ready; sleep 5`], {
        target: other.target,
        cwd: other.dir,
      });
      await printed(child, 'ready');
      const starts = readFileSync(join(other.dir, 'starts'), 'utf8');
      other.killServer();
      other.killMaster();
      const result = await finish(child);
      expect([starts, result.exitCode, result.stderr.split('\n').at(-2)]).toEqual([
        'started\n',
        1,
        'SESSION_LOST: The connection to the machine ended before the program did; it was not started again',
      ]);
    } finally {
      await other.stop();
    }
  });

  test('without a master connection a session makes its own', async () => {
    const other = await startSshd();
    try {
      expect(await run(['echo', 'hello'], '', { target: other.target })).toMatchObject({ stdout: 'hello\n' });
    } finally {
      await other.stop();
    }
  });

  test('another host key is refused', async () => {
    const other = await startSshd();
    try {
      const target = { ...other.target, knownHostsFile: sshd.target.knownHostsFile };
      const result = await run(['echo', 'hello'], '', { target });
      expect([result.exitCode, result.stdout, /Host key verification failed/.test(result.stderr)]).toEqual([
        1,
        '',
        true,
      ]);
    } finally {
      await other.stop();
    }
  });
});
