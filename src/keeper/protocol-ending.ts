import { readFile } from 'node:fs/promises';
import { constants } from 'node:os';
import type { Ending, MachineFiles } from './protocol-files.ts';

/** A shell reports a child that a signal ended as 128 and the signal's number. */
const SIGNAL_BASE = 128;

const signalName = (status: number): string | undefined =>
  Object.entries(constants.signals).find(([, number]) => number === status - SIGNAL_BASE)?.[0];

/** How a QEMU that is no longer there ended, by the exit status that its holder recorded. */
export const readEnding = async (files: MachineFiles, at: string): Promise<Ending> => {
  const text = await readFile(files.qemuExit, 'utf8').catch(() => '');
  if (text.trim() === '0') return { power: 'stopped', reason: 'the guest powered off', at };
  const status = Number(text.trim());
  if (text.trim() === '' || !Number.isInteger(status)) {
    return { power: 'crashed', reason: 'QEMU and its holder ended without a word', at };
  }
  const signal = signalName(status);
  return {
    power: 'crashed',
    reason: signal === undefined ? `QEMU exited with code ${status}` : `QEMU was ended by ${signal}`,
    at,
  };
};

/** QEMU's answer to `query-status`. */
export type RunState = { readonly running?: boolean; readonly status?: string };

/** Whether a machine is paused because somebody asked for it; after an error of the disk the status is `io-error`. */
export const isHaltedState = ({ running, status }: RunState): boolean =>
  running === false && status === 'paused';
