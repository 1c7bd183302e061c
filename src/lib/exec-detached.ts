import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import type { Socket } from 'node:net';

export type DetachedOptions = {
  /** File that stdout and stderr are appended to; made with mode 0600. */
  readonly logFile: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
};

export type Detached = {
  readonly pid: number;
  /** Becomes the exit code or signal's name if the program ends while we look. */
  readonly ended: Promise<string>;
  /** Writes to its standard input, which ends with us at the latest. */
  readonly send: (text: string) => void;
};

/**
 * Starts a program in a session of its own that outlives us, with its output in a file.
 * @throws the system's error when it cannot be started.
 */
export const execDetached = (
  file: string,
  args: readonly string[],
  options: DetachedOptions,
): Promise<Detached> =>
  new Promise((resolve, reject) => {
    const log = openSync(options.logFile, 'a', 0o600);
    const child = spawn(file, [...args], {
      detached: true,
      stdio: ['pipe', log, log],
      cwd: options.cwd,
      env: { ...options.env },
    });
    closeSync(log);
    const ended = new Promise<string>((end) => {
      child.once('exit', (code, signal) => end(signal ?? String(code)));
    });
    const input = child.stdin as Socket;
    // The program may have ended, or may never read.
    input.on('error', () => {});
    child.once('error', reject);
    child.once('spawn', () => {
      child.unref();
      input.unref();
      resolve({
        pid: child.pid as number,
        ended,
        send: (text) => {
          input.write(text);
        },
      });
    });
  });
