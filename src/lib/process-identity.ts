import { readFile } from 'node:fs/promises';
import { exec } from './exec.ts';

/** A process that cannot be mistaken for a later one with the same number. */
export type ProcessIdentity = {
  readonly pid: number;
  /** When it started, in the system's own words: clock ticks since boot on Linux, a date on macOS. */
  readonly started: string;
};

/** Field 22 of /proc/PID/stat (proc(5)), counted behind the name, which can hold blanks and parentheses. */
const STATE_AFTER_NAME = 0;
const START_TIME_AFTER_NAME = 19;

const startTime = async (pid: number): Promise<string | undefined> => {
  if (process.platform === 'linux') {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
    const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
    // A zombie has ended; only its parent has not asked yet.
    return fields?.[STATE_AFTER_NAME] === 'Z' ? undefined : fields?.[START_TIME_AFTER_NAME];
  }
  const { exitCode, stdout } = await exec('ps', ['-o', 'lstart=', '-p', String(pid)], { accept: 'any' });
  return exitCode === 0 && stdout.trim() !== '' ? stdout.trim() : undefined;
};

/** The identity of a living process, or undefined when there is none with that number. */
export const identifyProcess = async (pid: number): Promise<ProcessIdentity | undefined> => {
  const started = await startTime(pid);
  return started === undefined ? undefined : { pid, started };
};

/** Whether exactly this process still lives. */
export const isProcessAlive = async (identity: ProcessIdentity): Promise<boolean> =>
  (await startTime(identity.pid)) === identity.started;

/** Sends a signal to exactly this process; returns false when it has ended. */
export const signalProcess = async (identity: ProcessIdentity, signal: NodeJS.Signals): Promise<boolean> => {
  if (!(await isProcessAlive(identity))) return false;
  try {
    return process.kill(identity.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
};
