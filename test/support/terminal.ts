import { spawn } from 'node:child_process';

export type TerminalRun = { readonly exitCode: number; readonly output: string };

/** Types something when the terminal shows a text for the first time. */
export type Keys = {
  readonly when: RegExp;
  readonly type: string;
  /** What happens elsewhere before it is typed. */
  readonly before?: () => Promise<unknown>;
};

/** A question that nobody answers would be waited for. */
const LIMIT_MS = 180_000;

/**
 * Runs a program on a terminal of its own, 100 columns wide unless told, by script(1). `output` is all that was drawn,
 * then what `stty` says of the terminal afterwards. After three minutes it is ended, as when a terminal is closed.
 */
export const onTerminal = async (
  command: readonly string[],
  options: {
    readonly cwd: string;
    readonly env: Readonly<Record<string, string>>;
    readonly keys?: readonly Keys[];
    readonly columns?: number;
    /** Who runs it; the test's own user by default. */
    readonly user?: { readonly uid: number; readonly gid: number };
  },
): Promise<TerminalRun> => {
  // script(1) hands its text to a shell; the words come as variables, so that nothing needs quoting.
  const names = command.map((_word, index) => `"$WORD_${index}"`).join(' ');
  const words = Object.fromEntries(command.map((word, index) => [`WORD_${index}`, word]));
  const size = `stty rows 30 cols ${options.columns ?? 100}`;
  const after =
    'stty -a | grep -qw -- -echo && echo "[no echo]"; stty -a | grep -qw -- -icanon && echo "[raw]"';
  const text = `${size}; ${names}; code=$?; ${after}; exit $code`;
  return new Promise((done, reject) => {
    const child = spawn('script', ['-qfec', text, '/dev/null'], {
      cwd: options.cwd,
      timeout: LIMIT_MS,
      ...(options.user && { uid: options.user.uid, gid: options.user.gid }),
      env: { PATH: process.env.PATH ?? '', TERM: 'xterm-256color', TZ: 'UTC', ...options.env, ...words },
    });
    let output = '';
    const keys = [...(options.keys ?? [])];
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
      const next = keys[0];
      if (next?.when.test(output)) {
        keys.shift();
        void Promise.resolve(next.before?.()).then(() => child.stdin.write(next.type));
      }
    });
    child.on('error', reject);
    child.on('close', (code) => done({ exitCode: code ?? 1, output }));
  });
};
