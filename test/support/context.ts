import type { Context } from '../../src/lib/context.ts';
import { systemEffects } from '../../src/lib/system-effects.ts';

export type TestContext = Context & {
  /** Everything that was written to stdout and stderr. */
  readonly written: { stdout: string; stderr: string };
  /** Titles of the tasks that were run, in order. */
  readonly tasks: string[];
};

/** A context whose home and XDG folders lie in `root`. `overrides` replace parts of it. */
export const testContext = (root: string, overrides: Partial<Context> = {}): TestContext => {
  const written = { stdout: '', stderr: '' };
  const tasks: string[] = [];
  return {
    ...systemEffects({ HOME: root, PATH: process.env.PATH }),
    cwd: root,
    io: {
      stdout: (text) => {
        written.stdout += text;
      },
      stderr: (text) => {
        written.stderr += text;
      },
      isTerminal: { stdin: false, stdout: false, stderr: false },
      columns: 80,
    },
    progress: {
      task: (title, work) => {
        tasks.push(title);
        return work({ update: () => {} });
      },
    },
    signal: new AbortController().signal,
    ...overrides,
    written,
    tasks,
  };
};
