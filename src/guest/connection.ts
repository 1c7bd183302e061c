import type { Context } from '../lib/context.ts';
import { AgentvmError } from '../model/errors.ts';
import type { Guest, GuestExecOptions, GuestResult, SshTarget } from '../model/guest.ts';
import { RUNNER, resultCommand, runnerCommand, signalCommand } from './runner.ts';
import { SSH, SSH_FAILED, SSH_HINT, sshCommand } from './ssh.ts';

const SESSION_ID_DIGITS = 32;
const SHORT_TIMEOUT_MS = 20_000;
const STDERR_LINES_SHOWN = 5;

export type ConnectionOptions = {
  /** Where the runner stands in the guest, if not in its usual place. */
  readonly runner?: string;
  readonly connectTimeoutS?: number;
};

const asRoot = (target: SshTarget, words: readonly string[]): readonly string[] =>
  target.user === 'root' ? words : ['sudo', '-n', '--', ...words];

/**
 * A guest over SSH. Each program runs under the guest's runner, so that an abort or a timeout ends it in the guest
 * too, and its own exit code 255 differs from a lost connection.
 * `exec` throws AgentvmError GUEST_UNREACHABLE, EXEC_TIMEOUT, or EXEC_FAILED for more than 16 MiB of output.
 */
export const connectGuest = (
  context: Context,
  target: SshTarget,
  settings: ConnectionOptions = {},
): Guest => {
  const runner = settings.runner ?? RUNNER;
  const ssh = (words: readonly string[], options: GuestExecOptions): Promise<GuestResult> => {
    const signal = options.signal ?? context.signal;
    return context.exec(
      SSH,
      sshCommand(target, options.as === 'root' ? asRoot(target, words) : words, {
        terminal: false,
        ...(settings.connectTimeoutS === undefined ? {} : { connectTimeoutS: settings.connectTimeoutS }),
      }),
      {
        accept: 'any',
        hint: SSH_HINT,
        signal,
        ...(options.stdin === undefined ? {} : { stdin: options.stdin }),
        ...(options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }),
        ...(options.onLine === undefined ? {} : { onLine: options.onLine }),
      },
    );
  };
  const followUp = (words: readonly string[], options: GuestExecOptions): Promise<GuestResult> =>
    ssh(words, {
      ...(options.as === undefined ? {} : { as: options.as }),
      // The first signal may have been aborted already; this is its consequence.
      signal: AbortSignal.timeout(SHORT_TIMEOUT_MS),
    });

  return {
    exec: async (argv, options = {}) => {
      const id = context.ids.hex(SESSION_ID_DIGITS);
      let result: GuestResult;
      try {
        result = await ssh(runnerCommand(runner, { mode: 'plain', id, cwd: '/', argv }), options);
      } catch (error) {
        if (!(error instanceof AgentvmError) || error.code !== 'EXEC_NOT_FOUND') {
          await followUp(signalCommand(runner, id, 'TERM'), options).catch(() => undefined);
        }
        throw error;
      }
      if (result.exitCode !== SSH_FAILED) return result;
      const own = await followUp(resultCommand(runner, id), options).catch(() => undefined);
      if (own?.exitCode === 0) return result;
      throw new AgentvmError({
        code: 'GUEST_UNREACHABLE',
        message: `The machine did not answer over SSH (${target.user}@${target.host}, port ${target.port})`,
        hint: 'See how it is with `agentvm status`, and what it last printed with `agentvm logs --console`.',
        details: result.stderr.trim().split('\n').slice(-STDERR_LINES_SHOWN),
      });
    },
  };
};
