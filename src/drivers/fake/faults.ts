import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { writeFileAtomic } from '../../lib/atomic-file.ts';
import type { Context } from '../../lib/context.ts';
import { AgentvmError } from '../../model/errors.ts';

/**
 * A fault that happens once. `at` is `<operation>.before` or `<operation>.after`, for example `start.before` or
 * `guest.changePackages.after`; `crash` ends the whole process as a power cut would, `delay` goes on after a while.
 */
export type Fault =
  | { readonly at: string; readonly how: 'fail' | 'crash' }
  | { readonly at: string; readonly how: 'delay'; readonly forMs: number };

/** Where faults are put for the simulator: a JSON list. */
export const faultsPath = (context: Context): string => join(context.paths.state, 'fake-faults.json');

const readFaults = async (context: Context): Promise<readonly Fault[]> => {
  try {
    return JSON.parse(await readFile(faultsPath(context), 'utf8')) as readonly Fault[];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
};

const meet = async (context: Context, point: string): Promise<void> => {
  const faults = await readFaults(context);
  const index = faults.findIndex((fault) => fault.at === point);
  const fault = faults[index];
  if (fault === undefined) return;
  await writeFileAtomic(faultsPath(context), JSON.stringify(faults.toSpliced(index, 1)));
  if (fault.how === 'delay') {
    await sleep(fault.forMs, undefined, { signal: context.signal });
    return;
  }
  if (fault.how === 'crash') process.kill(process.pid, 'SIGKILL');
  throw new AgentvmError({
    code: 'FAKE_FAULT',
    message: `the simulator was told to fail at ${point}`,
    hint: `Take the fault out of ${faultsPath(context)}.`,
  });
};

/** Does a simulated operation between the two points at which it can be told to fail. */
export const withFaults = async <T>(
  context: Context,
  operation: string,
  work: () => Promise<T>,
): Promise<T> => {
  context.signal.throwIfAborted();
  await meet(context, `${operation}.before`);
  const result = await work();
  await meet(context, `${operation}.after`);
  return result;
};
