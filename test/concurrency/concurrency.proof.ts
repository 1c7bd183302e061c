import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { readAllStates } from '../../src/state/store.ts';
import { bundleProgram } from '../support/bundle.ts';
import { fakeWorld } from '../support/fake-world.ts';
import { proofSize } from '../support/proof-size.ts';
import { PROJECTS, WISHES } from './wishes.ts';

const PROCESSES = 12;
const RUN_MS = proofSize(10_000, 60_000);
/** Long enough for some applies to end and short enough for most to be cut off. */
const LIFE_MS = 3000;

const countsOf = (lines: readonly string[]): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const line of lines) {
    const name = line.slice(2).split(' ')[0] ?? '';
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
};

test(`${PROCESSES} processes that apply and are killed: never two holders, never a torn document`, async () => {
  const world = await fakeWorld();
  const program = join(world.root, 'program.mjs');
  await bundleProgram(join(import.meta.dirname, 'program.ts'), program);
  const lines: string[] = [];
  const running = new Set<ChildProcess>();
  let kills = 0;
  const start = (role: 'worker' | 'checker'): ChildProcess => {
    const child = spawn(process.execPath, [program, world.root, role], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let rest = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      const parts = (rest + text).split('\n');
      rest = parts.pop() ?? '';
      lines.push(...parts);
    });
    running.add(child);
    child.once('exit', (exitCode) => {
      running.delete(child);
      if (exitCode !== null) lines.push(`a ${role} ended by itself with ${exitCode}`);
    });
    return child;
  };
  const end = async (child: ChildProcess): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  onTestFinished(() => Promise.all([...running].map(end)).then(() => {}));

  start('checker');
  const until = Date.now() + RUN_MS;
  const live = async (): Promise<void> => {
    while (Date.now() < until) {
      const child = start('worker');
      await sleep(Math.min(Math.random() * 2 * LIFE_MS, Math.max(0, until - Date.now())));
      await end(child);
      kills += 1;
    }
  };
  await Promise.all(Array.from({ length: PROCESSES }, live));
  await Promise.all([...running].map(end));

  const counts = countsOf(lines.filter((line) => line.startsWith('#')));
  console.log(
    `concurrency: ${RUN_MS / 1000} s, ${PROCESSES} processes, ${kills} kills; ${JSON.stringify(counts)}`,
  );
  expect([...new Set(lines.filter((line) => !line.startsWith('#')))]).toEqual([]);
  expect(counts.done).toBeGreaterThan(RUN_MS / 2000);
  expect(counts.LOCKED).toBeGreaterThan(0);
  expect(counts.read).toBeGreaterThan(10);

  // Whatever they left: one apply each, and everything is as it should be.
  const [wish = {}] = WISHES;
  for (const name of PROJECTS) {
    const folder = join(world.root, name);
    expect(['applied', 'unchanged']).toContain((await world.apply(wish, { folder })).outcome);
    expect((await world.plan(wish, folder)).changes).toEqual([]);
  }
  const { machines } = await readAllStates(world.context.paths);
  expect(machines.map(({ phase }) => phase)).toEqual(PROJECTS.map(() => 'ready'));
  const folder = join(world.context.paths.state, 'machines');
  expect((await readdir(folder)).sort()).toEqual(machines.map(({ id }) => id).sort());
  const left = await readdir(folder, { recursive: true });
  expect(left.filter((name) => name.endsWith('.tmp'))).toEqual([]);
});
