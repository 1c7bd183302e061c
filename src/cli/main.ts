#!/usr/bin/env node
import { setMaxListeners } from 'node:events';
import { type Foreground, foregroundOf } from '../lib/foreground.ts';
import { createProgress } from '../ui/progress.ts';
import { createContext } from './context.ts';
import { trustedSearchPath } from './search-path.ts';

// The one place that touches the process: streams, signals, exit code.
const INTERRUPTED = 130;
const TERMINATED = 143;

const abort = new AbortController();
// As many programs as a command starts at once wait for it.
setMaxListeners(0, abort.signal);
let interrupted: number | undefined;
const stop = (code: number) => (): void => {
  interrupted ??= code;
  abort.abort(new DOMException('interrupted', 'AbortError'));
};

const io = {
  stdout: (text: string): void => void process.stdout.write(text),
  stderr: (text: string): void => void process.stderr.write(text),
  isTerminal: {
    stdin: process.stdin.isTTY === true,
    stdout: process.stdout.isTTY === true,
    stderr: process.stderr.isTTY === true,
  },
  columns: process.stdout.columns || 100,
};
// Every program that is started, by the keeper too, is looked for on this.
process.env.PATH = trustedSearchPath(process.env.PATH ?? '/usr/local/bin:/usr/bin:/bin', process.cwd());
const context = createContext({
  env: process.env,
  cwd: process.cwd(),
  io,
  progress: createProgress({
    stream: process.stderr,
    // Nothing can be drawn over on a terminal that does not know how wide it is.
    isTerminal: io.isTerminal.stderr && process.env.TERM !== 'dumb' && process.stderr.columns > 0,
    now: () => new Date(),
  }),
  signal: abort.signal,
});

const own = [
  ['SIGINT', stop(INTERRUPTED)],
  ['SIGTERM', stop(TERMINATED)],
  ['SIGHUP', stop(TERMINATED)],
] as const;
const listen = (): void => {
  for (const [signal, handler] of own) process.on(signal, handler);
};
listen();
/** While a session is in front, signals are its program's and not ours. */
const foreground: Foreground = {
  stdin: () => process.stdin,
  onSignal: (listener) => {
    for (const [signal, handler] of own) process.off(signal, handler);
    const release = foregroundOf(process).onSignal(listener);
    return () => {
      release();
      listen();
    };
  },
};

// A reader that went away (`agentvm list | head -1`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(process.exitCode ?? 0);
});

try {
  const { runProgram } = await import('./program.ts');
  process.exitCode = await runProgram(process.argv.slice(2), context, foreground);
} catch (error) {
  if (interrupted !== undefined) {
    io.stderr('agentvm: interrupted; what was done is recorded, run the same command to go on\n');
    process.exitCode = interrupted;
  } else {
    const [{ renderError }, { AgentvmError }, { asDiskFull }] = await Promise.all([
      import('../ui/error-text.ts'),
      import('../model/errors.ts'),
      import('../lib/disk-full.ts'),
    ]);
    const failure = asDiskFull(error);
    io.stderr(renderError(failure));
    process.exitCode = failure instanceof AgentvmError ? failure.exitCode : 1;
  }
}
