import { cp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { restoreMachine, trashMachine } from '../../src/engine/trash.ts';
import { readAllStates } from '../../src/state/store.ts';
import { readTrash } from '../../src/state/trash.ts';
import { fakePorts } from '../support/fake-ports.ts';
import { fakeWorld } from '../support/fake-world.ts';
import { type CrashScript, crashScript } from './crash-script.ts';

// A machine on its way into the trash, or out of it, is at every moment in exactly one of the two places, whole.
const WISH = { packages: ['git'], ports: { 3000: 3000 } };

let script: CrashScript;
beforeAll(async () => {
  script = await crashScript();
});
afterAll(() => script.remove());

/** A world in which a command is killed again and again; `whereabouts` also fails when a machine is in no place, or in two. */
const worldOf = async (isTrashed: boolean) => {
  const world = await fakeWorld();
  const { context, root } = world;
  await world.apply(WISH);
  const { id } = await world.state();
  if (isTrashed)
    await trashMachine(context, fakePorts, await world.state(), { command: 'test', why: 'test' });
  const home = join(root, '.local');
  const template = join(root, 'before');
  await cp(home, template, { recursive: true });
  return {
    ...world,
    reset: async (): Promise<void> => {
      await rm(home, { recursive: true, force: true });
      await cp(template, home, { recursive: true });
    },
    whereabouts: async (): Promise<'machines' | 'trash'> => {
      const [made, trash] = await Promise.all([readAllStates(context.paths), readTrash(context.paths)]);
      expect([made.broken, trash.broken]).toEqual([[], []]);
      const there = made.machines.some((one) => one.id === id);
      expect(trash.machines.some(({ state }) => state.id === id)).toBe(!there);
      return there ? 'machines' : 'trash';
    },
    leftOver: async (): Promise<readonly string[]> => {
      const names = await readdir(context.paths.state, { recursive: true });
      return names.filter((name) => /\.tmp$|\.emptied-|\.trash-/.test(name));
    },
  };
};

test.each([
  { action: 'trash', from: 'machines', to: 'trash' },
  { action: 'restore', from: 'trash', to: 'machines' },
] as const)('killed at every point of $action, it goes on from there', async ({ action, from, to }) => {
  const world = await worldOf(from === 'trash');
  const { context, root } = world;
  const { points } = await script.run(root, { action, wish: WISH });
  expect(await world.whereabouts()).toBe(to);
  const seen: string[] = [];
  for (const { index, what } of points) {
    await world.reset();
    expect((await script.run(root, { action, wish: WISH, at: index })).isKilled).toBe(true);
    const place = await world.whereabouts();
    if (place !== seen.at(-1)) seen.push(place);
    // As a person would: the same command again, unless it had done its work; then back, and on.
    if (place === from) await script.run(root, { action, wish: WISH });
    expect(await world.whereabouts(), `after ${what}`).toBe(to);
    for (const one of (await readTrash(context.paths)).machines) await restoreMachine(context, one, 'test');
    expect((await world.apply(WISH)).outcome).toBe('applied');
    expect((await world.plan(WISH)).steps).toEqual([]);
    expect((await world.simulated()).power).toBe('running');
    expect(await world.leftOver()).toEqual([]);
  }
  // The switch is one: before it the machine is where it was, and behind it where it goes.
  expect(seen).toEqual([from, to]);
  console.log(`${action}: ${points.length} points tried, all converged`);
});
