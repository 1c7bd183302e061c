import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';

/** A program of ours that talks to us over Node's own channel, which carries sockets too; it ends with us. */
export type Channel = {
  readonly pid: number | undefined;
  /** @param attached a `net.Socket`, `net.Server` or `dgram.Socket` as it arrives; undefined where none came. */
  readonly onMessage: (receive: (message: unknown, attached: unknown) => void) => void;
  readonly send: (message: object) => void;
  /** Closes the channel: the program ends by itself. */
  readonly close: () => void;
  /** Becomes the exit code, the signal's name or the system's error. */
  readonly ended: Promise<string>;
};

export type ChannelOptions = {
  /** File that stdout and stderr are appended to; made with mode 0600. */
  readonly logFile: string;
  readonly env: Readonly<Record<string, string | undefined>>;
};

/** Starts a program that is, in the end, Node with a script of ours: what stands before it only prepares the process. */
export const execWithChannel = (file: string, args: readonly string[], options: ChannelOptions): Channel => {
  const log = openSync(options.logFile, 'a', 0o600);
  const child: ChildProcess = spawn(file, [...args], {
    stdio: ['ignore', log, log, 'ipc'],
    cwd: '/',
    env: { ...options.env },
  });
  closeSync(log);
  const ended = new Promise<string>((end) => {
    child.once('exit', (code, signal) => end(signal ?? String(code)));
    child.once('error', (error) => end(String(error)));
  });
  child.unref();
  child.channel?.unref();
  return {
    pid: child.pid,
    onMessage: (receive) => {
      child.on('message', receive);
    },
    send: (message) => {
      // It may have ended just now; `ended` tells.
      if (child.connected) child.send(message, () => {});
    },
    close: () => {
      if (child.connected) child.disconnect();
    },
    ended,
  };
};
