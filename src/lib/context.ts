import type { Exec } from './exec.ts';
import type { Paths } from './paths.ts';

/** Sink for what a person or a program reads. */
export type Io = {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  readonly isTerminal: { readonly stdin: boolean; readonly stdout: boolean; readonly stderr: boolean };
  readonly columns: number;
};

/** Progress of long work. The texts are whole phrases for people. */
export type Progress = {
  /** Runs work as a shown task with its elapsed time; a failure shows what failed. */
  readonly task: <T>(title: string, work: (task: TaskHandle) => Promise<T>) => Promise<T>;
};
export type TaskHandle = {
  /** Replaces the text behind the title, for example `42 % of 310 MiB`. */
  readonly update: (text: string) => void;
};

/** Every effect comes in through here; built once in cli/main.ts, in tests by test/support. */
export type Context = {
  readonly clock: { readonly now: () => Date };
  readonly ids: { readonly uuid: () => string; readonly hex: (digits: number) => string };
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly paths: Paths;
  readonly exec: Exec;
  readonly io: Io;
  readonly progress: Progress;
  readonly signal: AbortSignal;
};
