import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import type { Wish } from '../support/desired.ts';
import { fakeWorld } from '../support/fake-world.ts';
import { type NodeScript, nodeScript } from '../support/node-script.ts';

const FIRST: Wish = {
  packages: ['git'],
  scripts: { 'setup.sh': 'true\n' },
  agents: { opencode: 'latest' },
  ports: { 3000: 3000 },
  env: { NODE_ENV: 'development' },
};
const NEW_ROOT: Wish = { ...FIRST, image: 'debian-13', memoryMiB: 2048, packages: ['git', 'jq'] };

const WORKERS = 2;

type World = Awaited<ReturnType<typeof fakeWorld>>;

const runApply = async (script: NodeScript, world: World, wish: Wish, killAt?: number) => {
  const child = script.start([
    world.root,
    world.folder,
    JSON.stringify(wish),
    ...(killAt === undefined ? [] : [String(killAt)]),
  ]);
  if (child.stdout === null) throw new Error('no stdout');
  const [output, [, signal]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  return { output, signal: signal as NodeJS.Signals | null };
};

const prepareWorld = async (before: Wish | undefined): Promise<World> => {
  const world = await fakeWorld();
  if (before !== undefined) await world.apply(before);
  return world;
};

/** After whatever has happened: the same end, one machine, nothing beside it, nothing left to do. */
const expectConvergence = async (world: World, wish: Wish, where: string): Promise<void> => {
  const { outcome } = await world.apply(wish);
  expect(['applied', 'unchanged'], where).toContain(outcome);
  expect((await world.plan(wish)).changes, where).toEqual([]);
  const { phase, unprovenRoot } = await world.state();
  expect({ phase, unprovenRoot }, where).toEqual({ phase: 'ready', unprovenRoot: null });
  const disk = await world.disk();
  expect(disk, where).toMatchObject({
    packages: wish.packages,
    agents: { opencode: '1.0.0' },
    environment: wish.env,
  });
  expect(disk.scripts, where).toContain('setup.sh');
  expect((await world.simulated()).running, where).toMatchObject({ memoryMiB: wish.memoryMiB ?? 1024 });
  expect(await readdir(join(world.context.paths.state, 'machines')), where).toHaveLength(1);
};

test.each<[string, Wish | undefined, Wish]>([
  ['a creation', undefined, FIRST],
  ['a new root with a restart', FIRST, NEW_ROOT],
])(
  '%s that is killed before any entry of its journal converges',
  async (_name, before, wish) => {
    const script = await nodeScript(join(import.meta.dirname, 'apply-program.ts'));
    const whole = await runApply(script, await prepareWorld(before), wish);
    const { outcome, asked } = JSON.parse(whole.output);
    expect([outcome, whole.signal]).toEqual(['applied', null]);
    expect(asked).toBeGreaterThan(20);
    const killFrom = async (first: number): Promise<void> => {
      for (let killAt = first; killAt <= asked; killAt += WORKERS) {
        const world = await prepareWorld(before);
        expect((await runApply(script, world, wish, killAt)).signal, `moment ${killAt}`).toBe('SIGKILL');
        await expectConvergence(world, wish, `killed at moment ${killAt}`);
      }
    };
    await Promise.all(Array.from({ length: WORKERS }, (_, index) => killFrom(index + 1)));
  },
  120_000,
);

const OPERATIONS = [
  'layer',
  'stop',
  'replaceRoot',
  'start',
  'guest.waitUntilReady',
  'guest.writeEnvironment',
];

test.each([
  ...['layer', 'create', 'start', 'guest.waitUntilReady', 'guest.runScript', 'guest.installAgent'].map(
    (operation) => ['a creation', operation, undefined, FIRST] as const,
  ),
  ...OPERATIONS.map((operation) => ['a new root', operation, FIRST, NEW_ROOT] as const),
])('%s that is killed before or after %s converges', async (_name, operation, before, wish) => {
  const script = await nodeScript(join(import.meta.dirname, 'apply-program.ts'));
  for (const side of ['before', 'after']) {
    const at = `${operation}.${side}`;
    const world = await prepareWorld(before);
    await world.breakAt({ at, how: 'crash' });
    expect((await runApply(script, world, wish)).signal, at).toBe('SIGKILL');
    await expectConvergence(world, wish, at);
  }
});
