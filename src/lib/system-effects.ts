import { randomBytes, randomUUID } from 'node:crypto';
import type { Context } from './context.ts';
import { exec } from './exec.ts';
import { pathsFrom } from './paths.ts';

/** Random hexadecimal digits. */
const hex = (digits: number): string =>
  randomBytes(Math.ceil(digits / 2))
    .toString('hex')
    .slice(0, digits);

/** The real effects that every process has: system clock, random ids, subprocesses, XDG folders. */
export const systemEffects = (
  env: Context['env'],
): Pick<Context, 'clock' | 'ids' | 'env' | 'paths' | 'exec'> => ({
  clock: { now: () => new Date() },
  ids: { uuid: randomUUID, hex },
  env,
  paths: pathsFrom(env),
  exec,
});
