import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundleProgram } from '../support/bundle.ts';
import { isNightly, proofSize } from '../support/proof-size.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { NETWORK_TARGETS } from './network-targets.ts';
import { TARGETS } from './targets.ts';

const RUNS = 10_000;
/** What reads a guest's bytes keeps no files, and is the first that a hostile guest meets. */
const NETWORK_RUNS = 100_000;
const isNetwork = (name: string): boolean => name in NETWORK_TARGETS;
const runsOf = (name: string): number => (isNetwork(name) ? NETWORK_RUNS : RUNS);
/** All but those of the network take a minute in CI, however many inputs that are. */
const NIGHT_LIMIT_MS = 30 * 60_000;
const LIMIT_MS = proofSize(10_000, NIGHT_LIMIT_MS);
const HANG_MS = 2000;
const MEMORY_MIB = 512;
/** Much more than the limit of an input's own time: the host may be busy with others. */
const SILENCE_MS = 30_000;

type Measured = {
  readonly runs: number;
  readonly slowestMs: number;
  readonly maxRssMiB: number;
  readonly ends: Readonly<Record<string, number>>;
  readonly failure: { readonly counterexample: string; readonly error: string } | null;
};

let folder: string;
beforeAll(async () => {
  // Below the repository, where what is bundled finds the data that ships.
  folder = await mkdtemp(join(import.meta.dirname, '../../.agentvm-test-'));
  await mkdir(join(folder, 'dist'));
  await bundleProgram(join(import.meta.dirname, 'program.ts'), join(folder, 'program.mjs'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const fuzz = async (name: string, seed: number): Promise<Measured> => {
  const args = [
    join(folder, 'program.mjs'),
    await tempFolder({ inMemory: true }),
    name,
    runsOf(name),
    isNetwork(name) ? NIGHT_LIMIT_MS : LIMIT_MS,
    seed,
  ];
  const child = spawn(process.execPath, args.map(String), { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let errors = '';
  let inputs = 0;
  let watchdog: NodeJS.Timeout | undefined;
  const watch = (): void => {
    clearTimeout(watchdog);
    watchdog = setTimeout(() => child.kill('SIGKILL'), SILENCE_MS);
  };
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  child.stdout.on('data', (chunk: Buffer) => {
    watch();
    const text = chunk.toString();
    inputs += text.split('.').length - 1;
    output = (output + text).slice(-1_000_000);
  });
  watch();
  const [exitCode, signal] = await once(child, 'close');
  clearTimeout(watchdog);
  if (exitCode !== 0) throw new Error(`input ${inputs} ended the process (${signal ?? exitCode})\n${errors}`);
  return JSON.parse(output.slice(output.lastIndexOf('\n{') + 1)) as Measured;
};

test.each(Object.keys(TARGETS))('damaged %s always end in a diagnostic', async (name) => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  const { runs, slowestMs, maxRssMiB, ends, failure } = await fuzz(name, seed);
  const common = Object.entries(ends).sort(([, a], [, b]) => b - a);
  console.log(
    `fuzz: ${runs} ${name}, seed ${seed}: slowest ${Math.round(slowestMs)} ms, at most ${maxRssMiB} MiB; ${common
      .slice(0, 6)
      .map(([end, count]) => `${count} ${end}`)
      .join(', ')}`,
  );
  expect(failure).toBeNull();
  expect(slowestMs).toBeLessThan(HANG_MS);
  expect(maxRssMiB).toBeLessThan(MEMORY_MIB);
  if (isNightly || isNetwork(name)) expect(runs).toBe(runsOf(name));
});
