import { randomBytes, randomUUID } from 'node:crypto';
import type { Context, Io, Progress } from '../lib/context.ts';
import { exec } from '../lib/exec.ts';
import { pathsFrom } from '../lib/paths.ts';

/** What main.ts takes from the process. */
export type ProcessParts = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly io: Io;
  readonly progress: Progress;
  readonly signal: AbortSignal;
};

/** The real effects: system clock, random ids, subprocesses, XDG folders. */
export const createContext = (parts: ProcessParts): Context => ({
  clock: { now: () => new Date() },
  ids: {
    uuid: () => randomUUID(),
    hex: (digits) =>
      randomBytes(Math.ceil(digits / 2))
        .toString('hex')
        .slice(0, digits),
  },
  env: parts.env,
  cwd: parts.cwd,
  paths: pathsFrom(parts.env),
  exec,
  io: parts.io,
  progress: parts.progress,
  signal: parts.signal,
});
