import type { Readable } from 'node:stream';

/** Signals that a program which stands in for another passes on to it. */
const PASSED_SIGNALS = ['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGUSR1', 'SIGUSR2'] as const;
export type PassedSignal = (typeof PASSED_SIGNALS)[number];

/** What a session needs of the process that a person started: its signals and its standard input. */
export type Foreground = {
  /** Calls the listener for each signal, in place of ending the process; returns how to stop that. */
  readonly onSignal: (listener: (signal: PassedSignal) => void) => () => void;
  readonly stdin: () => Readable;
};

/** The parts of Node's `process` that matter here. */
type ForegroundProcess = {
  readonly stdin: Readable;
  readonly on: (signal: PassedSignal, listener: (signal: NodeJS.Signals) => void) => unknown;
  readonly off: (signal: PassedSignal, listener: (signal: NodeJS.Signals) => void) => unknown;
};

/** The foreground of a process; main.ts hands its own in. */
export const foregroundOf = (ownProcess: ForegroundProcess): Foreground => ({
  onSignal: (listener) => {
    const pass = (signal: NodeJS.Signals): void => listener(signal as PassedSignal);
    for (const signal of PASSED_SIGNALS) ownProcess.on(signal, pass);
    return () => {
      for (const signal of PASSED_SIGNALS) ownProcess.off(signal, pass);
    };
  },
  stdin: () => ownProcess.stdin,
});
