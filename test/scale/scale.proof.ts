import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BuiltCli, buildCli } from '../support/built-cli.ts';
import { proofSize } from '../support/proof-size.ts';
import { type ManyMachines, manyMachines, type Timed } from './many-machines.ts';

/** Of several runs the fastest. */
const RUNS = proofSize(2, 5);
/** What a machine costs may grow by this much from the smallest number of machines to the largest. */
const GROWTH_LIMIT = 1.6;

let cli: BuiltCli;
beforeAll(async () => {
  cli = await buildCli();
});
afterAll(() => cli.remove());

const fastest = async (run: () => Promise<Timed>): Promise<number> => {
  const times: number[] = [];
  for (let index = 0; index < RUNS; index++) {
    const { exitCode, stderr, cpuMs } = await run();
    expect([exitCode, stderr]).toEqual([0, '']);
    times.push(cpuMs);
  }
  return Math.min(...times);
};

/** Times at growing numbers of machines, and what each machine adds to the time with one. */
const measure = async (
  what: string,
  counts: readonly number[],
  command: (world: ManyMachines) => Promise<Timed>,
): Promise<{ readonly growth: number }> => {
  const world = await manyMachines(cli);
  const baseMs = await fastest(() => command(world));
  const times: number[] = [];
  for (const count of counts) {
    await world.growTo(count);
    times.push(await fastest(() => command(world)));
  }
  const each = times.map((time, index) => Math.max(0.05, (time - baseMs) / (counts[index] ?? 1)));
  const growth = (each.at(-1) ?? 0) / (each[0] ?? 1);
  const shown = counts.map((count, index) => `${count}: ${((times[index] ?? 0) / 1000).toFixed(2)} s`);
  console.log(
    `scale: ${what}: 1: ${(baseMs / 1000).toFixed(2)} s, ${shown.join(', ')}; each machine ${each
      .map((one) => one.toFixed(2))
      .join(', ')} ms`,
  );
  return { growth };
};

test('plan of no changes of many manifests grows no worse than they do', async () => {
  const { growth } = await measure('plan of all, without changes', [50, 100, 200], ({ run }) =>
    run('plan', '--exit-code'),
  );
  expect(growth).toBeLessThan(GROWTH_LIMIT);
});

test('list grows no worse than the machines', async () => {
  const { growth } = await measure('list', [250, 500, 1000], ({ run }) => run('list'));
  expect(growth).toBeLessThan(GROWTH_LIMIT);
});

test('the plan of one machine grows no worse than the others of its file', async () => {
  const { growth } = await measure('plan of one of many', [50, 100, 200], ({ run }) =>
    run('plan', '--exit-code', '--machine', 'machine-0000'),
  );
  expect(growth).toBeLessThan(GROWTH_LIMIT);
});
