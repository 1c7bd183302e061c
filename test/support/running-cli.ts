import { spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { BuiltCli } from './built-cli.ts';
import { eventually } from './eventually.ts';

export type RunningCli = {
  readonly pid: number;
  readonly output: () => string;
  /** Waits until the output has this in it. */
  readonly prints: (text: RegExp) => Promise<void>;
  readonly kill: (signal: NodeJS.Signals) => void;
  readonly exitCode: Promise<number | null>;
};

/** Starts a command of the built command line that goes on until it is stopped, with home beside its folder. */
export const startCli = async (cli: BuiltCli, args: readonly string[], cwd: string): Promise<RunningCli> => {
  const home = join(cwd, '..', 'home');
  await mkdir(home, { recursive: true });
  const child = spawn(process.execPath, [cli.entry, ...args], {
    cwd,
    env: { PATH: process.env.PATH ?? '', HOME: home, TZ: 'UTC' },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  const exitCode = new Promise<number | null>((resolve) => child.on('close', resolve));
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await exitCode;
  });
  return {
    pid: child.pid ?? 0,
    output: () => output,
    prints: async (text) => {
      if (!(await eventually(async () => text.test(output), 15_000)))
        throw new Error(`${text} was not printed, but:\n${output}`);
    },
    kill: (signal) => void child.kill(signal),
    exitCode,
  };
};
