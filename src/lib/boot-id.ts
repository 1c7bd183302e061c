import { readFile } from 'node:fs/promises';
import { exec } from './exec.ts';

/** An id that is drawn anew whenever this host boots: process numbers of another boot mean nothing. */
export const readBootId = async (): Promise<string> => {
  if (process.platform === 'linux') return (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim();
  return (await exec('sysctl', ['-n', 'kern.bootsessionuuid'])).stdout.trim();
};
