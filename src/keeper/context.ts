import { randomBytes, randomUUID } from 'node:crypto';
import type { Context } from '../lib/context.ts';
import { exec } from '../lib/exec.ts';
import { pathsFrom } from '../lib/paths.ts';

/** The real effects for a process without a terminal: what would be shown goes to the log. */
export const createKeeperContext = (
  env: Readonly<Record<string, string | undefined>>,
  log: (text: string) => void,
  signal: AbortSignal,
): Context => ({
  clock: { now: () => new Date() },
  ids: {
    uuid: () => randomUUID(),
    hex: (digits) =>
      randomBytes(Math.ceil(digits / 2))
        .toString('hex')
        .slice(0, digits),
  },
  env,
  cwd: '/',
  paths: pathsFrom(env),
  exec,
  io: {
    stdout: log,
    stderr: log,
    isTerminal: { stdin: false, stdout: false, stderr: false },
    columns: 80,
  },
  progress: { task: (_title, work) => work({ update: () => {} }) },
  signal,
});
