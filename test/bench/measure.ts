import { spawn } from 'node:child_process';

/** Times of one subject in milliseconds, one a round. */
export type Samples = readonly number[];

export type Program = {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
};

export const median = (samples: Samples): number => {
  const sorted = [...samples].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
};

/** Wall time of work in milliseconds. */
export const timed = async (work: () => Promise<void>): Promise<number> => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};

/** Runs a program to its end; what it printed on stderr is the error when it fails. */
export const run = (program: Program): Promise<string> =>
  new Promise((done, fail) => {
    const child = spawn(program.file, [...program.args], {
      cwd: program.cwd,
      env: program.env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
    });
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    child.on('error', fail);
    child.on('close', (code) => {
      if (code === 0) done(stdout);
      else fail(new Error(`${program.file} ${program.args.join(' ')}: exit code ${code}\n${stderr}`));
    });
  });

/**
 * Runs every subject once a round, in turn, so that a slow spell of the host meets all of them alike.
 * The first round warms caches and does not count.
 */
export const interleaved = async <Name extends string>(
  rounds: number,
  subjects: Readonly<Record<Name, () => Promise<number>>>,
): Promise<Record<Name, number>> => {
  const names = Object.keys(subjects) as Name[];
  const samples = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, number[]>;
  for (let round = 0; round <= rounds; round += 1) {
    for (const name of names) {
      const time = await subjects[name]();
      if (round > 0) samples[name].push(time);
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(samples[name])])) as Record<Name, number>;
};
