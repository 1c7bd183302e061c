import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { AgentvmError } from '../model/errors.ts';

/** How a program ended: by itself or by a signal. */
export type ProgramEnd =
  | { readonly kind: 'exited'; readonly exitCode: number }
  | { readonly kind: 'signalled'; readonly signal: NodeJS.Signals };

export type InheritOptions = {
  /** `inherit` hands our own standard input over; a stream is copied into it until its end. */
  readonly stdin: 'inherit' | Readable;
  /** Whether the program gets a session of its own, away from our terminal and its signals. */
  readonly detached: boolean;
  /** How to mend a missing program. */
  readonly hint?: string;
};

export type InheritedProgram = {
  readonly end: Promise<ProgramEnd>;
  readonly kill: (signal: NodeJS.Signals) => void;
  /** Writes to its standard input; only where that is a stream. */
  readonly write: (text: string) => void;
};

/**
 * Starts a program on our own standard output and error, so that its bytes pass through nobody's hands.
 * `end` rejects with AgentvmError EXEC_NOT_FOUND or EXEC_FAILED when it cannot be started.
 */
export const startInherited = (
  file: string,
  args: readonly string[],
  options: InheritOptions,
): InheritedProgram => {
  const stdin = options.stdin;
  const child = spawn(file, [...args], {
    stdio: [stdin === 'inherit' ? 'inherit' : 'pipe', 'inherit', 'inherit'],
    detached: options.detached,
  });
  if (stdin !== 'inherit' && child.stdin !== null) {
    // A program that reads no more closes the pipe: that is its right and no failure.
    child.stdin.on('error', () => stdin.unpipe());
    stdin.pipe(child.stdin);
  }
  const end = new Promise<ProgramEnd>((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        new AgentvmError({
          code: error.code === 'ENOENT' ? 'EXEC_NOT_FOUND' : 'EXEC_FAILED',
          message:
            error.code === 'ENOENT'
              ? `The program '${file}' was not found`
              : `The program '${file}' could not be started: ${error.message}`,
          hint: options.hint ?? `Install the program '${file}' or put it on the PATH.`,
          cause: error,
        }),
      ),
    );
    child.once('exit', (code, signal) => {
      if (stdin !== 'inherit') {
        stdin.unpipe();
        stdin.destroy();
      }
      resolve(
        signal === null ? { kind: 'exited', exitCode: code ?? 1 } : { kind: 'signalled', signal: signal },
      );
    });
  });
  return {
    end,
    kill: (signal) => void child.kill(signal),
    write: (text) => void child.stdin?.write(text),
  };
};
