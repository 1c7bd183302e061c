import { AgentvmError } from '../model/errors.ts';

export type ExecOptions = {
  readonly cwd?: string;
  /** Added to the process's environment; a value of undefined takes one away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** A program that must not end before we do reads from what yields nothing until then. */
  readonly stdin?: string | Uint8Array | AsyncIterable<string>;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  /** Called with each line of stdout and stderr as it comes. */
  readonly onLine?: (line: string) => void;
  /** Exit codes that are no failure; default only 0. `any` accepts all. */
  readonly accept?: readonly number[] | 'any';
  /** Texts that must not appear in an error message. */
  readonly mask?: readonly string[];
  /** How to mend a failure, in the error's hint. */
  readonly hint?: string;
};

export type ExecResult = { readonly exitCode: number; readonly stdout: string; readonly stderr: string };

/** Runs a program by argument vector, never through a shell. */
export type Exec = (file: string, args: readonly string[], options?: ExecOptions) => Promise<ExecResult>;

const STDERR_LINES_SHOWN = 20;
/** What an ended program wrote last may still be on its way. */
const OUTPUT_GRACE_MS = 500;
const OUTPUT_LIMIT_CHARACTERS = 16 * 1024 * 1024;

const stdinOf = (stdin: ExecOptions['stdin']) => {
  if (stdin === undefined) return { stdin: 'ignore' as const };
  return typeof stdin === 'string' || stdin instanceof Uint8Array ? { input: stdin } : { stdin };
};

/**
 * The one place that starts subprocesses and waits for them.
 * @throws AgentvmError EXEC_NOT_FOUND when the program does not exist, EXEC_FAILED with command, exit code and the last
 * 20 lines of stderr, EXEC_TIMEOUT; an abort rethrows the signal's reason.
 */
export const exec: Exec = async (file, args, options = {}) => {
  // Loaded late: commands that start nothing through here need not pay 80 ms for it.
  const { execa } = await import('execa');
  const { onLine } = options;
  const tap = onLine
    ? function* (line: unknown) {
        onLine(String(line));
        yield line;
      }
    : undefined;
  const subprocess = execa(file, [...args], {
    reject: false,
    stripFinalNewline: false,
    maxBuffer: OUTPUT_LIMIT_CHARACTERS,
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    ...(options.env === undefined ? {} : { env: options.env }),
    ...(options.timeoutMs === undefined ? {} : { timeout: options.timeoutMs }),
    ...(options.signal === undefined ? {} : { cancelSignal: options.signal }),
    ...stdinOf(options.stdin),
    ...(tap === undefined ? {} : { stdout: tap, stderr: tap }),
  });
  subprocess.once('exit', () => {
    if (!subprocess.killed && options.signal?.aborted !== true) return;
    // Others may hold its output open for as long as they like (ssh hands it to its master); we wait no longer.
    setTimeout(() => {
      subprocess.stdout?.destroy();
      subprocess.stderr?.destroy();
    }, OUTPUT_GRACE_MS).unref();
  });
  const result = await subprocess;
  options.signal?.throwIfAborted();
  const stdout = String(result.stdout ?? '');
  const stderr = String(result.stderr ?? '');
  const mask = (text: string): string =>
    (options.mask ?? []).reduce(
      (masked, secret) => (secret === '' ? masked : masked.replaceAll(secret, '***')),
      text,
    );
  if (result.code === 'ENOENT' && result.exitCode === undefined) {
    throw new AgentvmError({
      code: 'EXEC_NOT_FOUND',
      message: `The program '${file}' was not found`,
      hint:
        options.hint ?? `Install the program '${file}' or put it on the PATH, then run \`agentvm doctor\`.`,
    });
  }
  const exitCode = result.exitCode ?? (result.signal === undefined ? 1 : 128);
  const accepted = options.accept ?? [0];
  if (
    result.timedOut ||
    result.isMaxBuffer ||
    (accepted !== 'any' && !accepted.includes(exitCode)) ||
    result.exitCode === undefined
  ) {
    const how = result.timedOut
      ? `took longer than ${Math.round((options.timeoutMs ?? 0) / 1000)} s`
      : result.signal !== undefined
        ? `was ended by ${result.signal}`
        : result.isMaxBuffer
          ? 'printed too much'
          : `exited with code ${exitCode}`;
    throw new AgentvmError({
      code: result.timedOut ? 'EXEC_TIMEOUT' : 'EXEC_FAILED',
      message: mask(`${[file, ...args].join(' ')} ${how}`),
      details: mask(stderr || stdout)
        .trimEnd()
        .split('\n')
        .slice(-STDERR_LINES_SHOWN),
      ...(options.hint === undefined ? {} : { hint: options.hint }),
      cause: result,
    });
  }
  return { exitCode, stdout, stderr };
};
