import { readdirSync, readFileSync } from 'node:fs';

export type FoundProcess = { readonly pid: number; readonly command: string };

/** Processes of this host whose command line begins with one text and holds another; zombies have none and do not count. */
export const processesWith = (program: string, argument: string): readonly FoundProcess[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
        return command.startsWith(program) && command.includes(argument) && Number(name) !== process.pid
          ? [{ pid: Number(name), command }]
          : [];
      } catch {
        // It ended while we looked.
        return [];
      }
    });
