import { randomBytes } from 'node:crypto';
import type { Context } from '../lib/context.ts';
import { type ProgramEnd, startInherited } from '../lib/exec-inherit.ts';
import type { Foreground, PassedSignal } from '../lib/foreground.ts';
import { quotePosix } from '../lib/quote.ts';
import { AgentvmError } from '../model/errors.ts';
import type { SshTarget } from '../model/guest.ts';
import { RUNNER, resultCommand, runnerCommand, signalCommand } from './runner.ts';
import { SSH, SSH_FAILED, SSH_HINT, sshCommand } from './ssh.ts';

const ID_BYTES = 16;
const FOLLOW_UP_TIMEOUT_MS = 20_000;
const SIGNAL_NUMBERS = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGKILL: 9,
  SIGUSR1: 10,
  SIGUSR2: 12,
  SIGTERM: 15,
} as const;

/** Characters by which a terminal's line discipline sends a signal; termios(3), VINTR and VQUIT. */
const TYPED_SIGNALS: { readonly [signal in PassedSignal]?: string } = { SIGINT: '\x03', SIGQUIT: '\x1c' };

export type SessionRequest = {
  /** The program and its arguments, or the user's login shell. */
  readonly program: 'login-shell' | readonly [string, ...string[]];
  /** A folder in the guest. */
  readonly cwd: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Where the runner stands in the guest, if not in its usual place. */
  readonly runner?: string;
};

/** `terminal`: all of it; `typed`: input alone; `pipes`: no part of the session is a terminal. */
type Wiring = 'terminal' | 'typed' | 'pipes';

const wiringOf = (isTerminal: Context['io']['isTerminal']): Wiring =>
  !isTerminal.stdin ? 'pipes' : isTerminal.stdout ? 'terminal' : 'typed';

/** What a program reads about the terminal that it draws on; ssh itself passes TERM with a terminal. */
const terminalEnvironment = (context: Context, wiring: Wiring): Readonly<Record<string, string>> => ({
  ...(wiring === 'terminal' && context.env.COLORTERM ? { COLORTERM: context.env.COLORTERM } : {}),
  ...(wiring === 'terminal' && context.env.NO_COLOR ? { NO_COLOR: context.env.NO_COLOR } : {}),
  ...(wiring === 'typed' && context.env.TERM ? { TERM: context.env.TERM } : {}),
});

/** The commands of a `typed` session: signals go to the program behind the inner terminal, output to the pipes. */
const typedCommands = (program: SessionRequest['program']): string =>
  [
    'echo "$$" >"$AGENTVM_SESSION"',
    'SHELL=$AGENTVM_SHELL',
    'unset AGENTVM_SESSION AGENTVM_SHELL',
    `exec ${program === 'login-shell' ? '"$SHELL" -l' : program.map(quotePosix).join(' ')} >&3 2>&4 3>&- 4>&-`,
  ].join('; ');

const exitCodeOf = (end: ProgramEnd): number => {
  if (end.kind === 'exited') return end.exitCode;
  const numbers: Readonly<Record<string, number>> = SIGNAL_NUMBERS;
  return 128 + (numbers[end.signal] ?? 0);
};

/**
 * Runs a program in the guest as if it were a local command: arguments, standard input, output and error, exit code,
 * signals, terminal size and Ctrl-C pass through. Started once, never retried.
 * @returns the program's exit code, 128 + n after signal n.
 * @throws AgentvmError SESSION_LOST when the connection ended before the program did, EXEC_NOT_FOUND without ssh.
 */
export const runSession = async (
  context: Context,
  target: SshTarget,
  request: SessionRequest,
  foreground: Foreground,
): Promise<number> => {
  const id = randomBytes(ID_BYTES).toString('hex');
  const runner = request.runner ?? RUNNER;
  const wiring = wiringOf(context.io.isTerminal);
  const { program } = request;
  const words = runnerCommand(runner, {
    mode: wiring === 'typed' ? 'typed' : program === 'login-shell' ? 'shell' : 'run',
    id,
    cwd: request.cwd,
    environment: { ...terminalEnvironment(context, wiring), ...request.environment },
    argv: wiring === 'typed' ? [typedCommands(program)] : program === 'login-shell' ? [] : program,
  });
  const ssh = startInherited(SSH, sshCommand(target, words, { terminal: wiring === 'terminal' }), {
    stdin: wiring === 'typed' ? foreground.stdin() : 'inherit',
    // Away from our terminal, Ctrl-C reaches only us, and is passed on; within it, ssh must read the terminal.
    detached: wiring !== 'terminal',
    hint: SSH_HINT,
  });
  let hungUp = false;
  const followUp = (commandWords: readonly string[]) =>
    context.exec(SSH, sshCommand(target, commandWords, { terminal: false }), {
      accept: 'any',
      signal: AbortSignal.timeout(FOLLOW_UP_TIMEOUT_MS),
    });
  const release = foreground.onSignal((signal) => {
    const typed = wiring === 'typed' ? TYPED_SIGNALS[signal] : undefined;
    if (typed !== undefined) {
      ssh.write(typed);
    } else if (signal === 'SIGHUP' && wiring === 'terminal') {
      // The terminal is gone: when ssh goes too, the guest's kernel hangs the session up there.
      hungUp = true;
      ssh.kill('SIGHUP');
    } else {
      // A machine that cannot be reached any more must not hold our own terminal.
      followUp(signalCommand(runner, id, signal.slice('SIG'.length))).then(
        (sent) => sent.exitCode === SSH_FAILED && ssh.kill('SIGTERM'),
        () => ssh.kill('SIGTERM'),
      );
    }
  });
  try {
    const exitCode = exitCodeOf(await ssh.end);
    if (hungUp) return 128 + SIGNAL_NUMBERS.SIGHUP;
    if (exitCode !== SSH_FAILED) return exitCode;
    const own = await followUp(resultCommand(runner, id)).catch(() => undefined);
    if (own?.exitCode === 0) return SSH_FAILED;
    throw new AgentvmError({
      code: 'SESSION_LOST',
      message: 'The connection to the machine ended before the program did; it was not started again',
      hint: 'See how the machine is with `agentvm status`.',
    });
  } finally {
    release();
  }
};
