import type { Context } from '../lib/context.ts';
import { systemEffects } from '../lib/system-effects.ts';

/** The real effects for a process without a terminal: what would be shown goes to the log. */
export const createKeeperContext = (
  env: Readonly<Record<string, string | undefined>>,
  log: (text: string) => void,
  signal: AbortSignal,
): Context => ({
  ...systemEffects(env),
  cwd: '/',
  io: {
    stdout: log,
    stderr: log,
    isTerminal: { stdin: false, stdout: false, stderr: false },
    columns: 80,
  },
  progress: { task: (_title, work) => work({ update: () => {} }) },
  signal,
});
