import { isDeepStrictEqual } from 'node:util';
import { diffLines } from 'diff';
import type { CrashRun, CrashScript } from './crash-script.ts';
import { type CrashWorld, crashWorld, type End } from './crash-world.ts';
import type { Point } from './crashing-fs.ts';
import type { Scenario } from './scenarios.ts';

/** One or two kills in a row, the command's and that of the apply that goes on; and what is applied then. */
type Attack = {
  readonly first: Point;
  readonly tear: boolean;
  readonly second?: number;
  /** Whether the manifest is put back to what it was before the command. */
  readonly isTakenBack?: true;
};

export type Outcome = { readonly tried: number; readonly failures: readonly string[] };

/**
 * Steps that may be done again although they were recorded: they find their work done, or are the first half of a
 * change whose second half has the record.
 */
const REPEATABLE = /^(layer\.ensure|record|port\.remove|mount\.remove)/;

/** The ends of a scenario that nothing disturbs. */
type Reference = { readonly before: End; readonly end: End };

/** Runs in parallel, each in a world of its own. */
const WORKERS = 2;

const attackText = (scenario: Scenario, { first, tear, second, isTakenBack }: Attack): string =>
  `${scenario.name}: ${tear ? 'torn' : 'killed'} at ${first.index}, before ${first.step}#${first.occurrence} ${first.what}${
    second === undefined ? '' : `, then killed at ${second} of the next apply`
  }${isTakenBack ? ', then taken back' : ''}`;

const sorted = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;

const asText = (end: End): string => `${JSON.stringify(end, sorted, 1)}\n`;

/** What is different, and not what is equal. */
const difference = (expected: End, found: End): string =>
  diffLines(asText(expected), asText(found))
    .filter((part) => part.added || part.removed)
    .map((part) => `${part.added ? '+' : '-'} ${part.value.trim()}`)
    .join('\n');

const expectSame = (expected: End, found: End): void => {
  if (!isDeepStrictEqual(found, expected)) throw new Error(difference(expected, found));
};

const goOn = (scenario: Scenario): CrashRun => ({ action: 'apply', wish: scenario.wish });

const kill = async (
  script: CrashScript,
  world: CrashWorld,
  run: CrashRun,
  expected?: Point,
): Promise<void> => {
  const { points, isKilled } = await script.run(world.root, run);
  if (!isKilled) throw new Error('it was not killed');
  const [last] = points;
  if (expected !== undefined && last?.what !== expected.what) {
    throw new Error(`it was killed before ${last?.what} and not before ${expected.what}`);
  }
};

const tryOne = async (
  script: CrashScript,
  world: CrashWorld,
  scenario: Scenario,
  reference: Reference,
  attack: Attack,
): Promise<string | undefined> => {
  try {
    await world.reset();
    const { first, tear, second } = attack;
    await kill(script, world, { ...scenario, at: first.index, tear }, first);
    if (second !== undefined) await kill(script, world, { ...goOn(scenario), at: second });
    if (attack.isTakenBack) {
      await world.goOn(scenario.before ?? {});
      expectSame(reference.before, await world.machine());
      return undefined;
    }
    // A removal that died before it was written down has not begun, and whoever wants it says so again.
    if (scenario.goOnIn !== undefined && first.step === 'start') await script.run(world.root, scenario);
    const recorded = await world.recorded();
    const steps = await world.goOn(scenario.wish);
    const twice = steps.filter((step) => recorded.includes(step) && !REPEATABLE.test(step));
    if (twice.length > 0) throw new Error(`done twice: ${twice.join(', ')}`);
    expectSame(reference.end, await world.end());
    return undefined;
  } catch (error) {
    return `${attackText(scenario, attack)}\n${error instanceof Error ? error.message : String(error)}`;
  }
};

/** The points of a command that is left alone, and the end to which it and the next apply lead. */
const explore = async (
  script: CrashScript,
  world: CrashWorld,
  scenario: Scenario,
): Promise<{ readonly points: readonly Point[]; readonly reference: Reference }> => {
  await world.reset();
  const canGoBack = scenario.before !== undefined && scenario.goOnIn === undefined;
  if (canGoBack) await world.goOn(scenario.before ?? {});
  const before = canGoBack ? await world.machine() : {};
  await world.reset();
  const { points } = await script.run(world.root, scenario);
  await world.goOn(scenario.wish);
  return { points, reference: { before, end: await world.end() } };
};

/** The points at which an apply settles what the one before had left, after that was killed just behind its effect. */
const secondKills = async (
  script: CrashScript,
  world: CrashWorld,
  scenario: Scenario,
  points: readonly Point[],
): Promise<readonly Attack[]> => {
  const afterEffect = points.filter(
    ({ step, occurrence, what }) => step !== 'start' && occurrence === 1 && what === 'make machine.json.tmp',
  );
  const attacks: Attack[] = [];
  for (const first of afterEffect) {
    await world.reset();
    await kill(script, world, { ...scenario, at: first.index }, first);
    const next = await script.run(world.root, goOn(scenario));
    const settling = next.points.filter(({ step }) => step === 'start');
    for (const { index } of settling) attacks.push({ first, tear: false, second: index });
  }
  return attacks;
};

/** The first of each kind of step, point by point; what comes again does the same again. */
const singleKills = (points: readonly Point[]): readonly Attack[] =>
  points
    .filter(({ occurrence }) => occurrence === 1)
    .flatMap((first) => [{ first, tear: false }, ...(first.isTearable ? [{ first, tear: true }] : [])]);

/** Kills after which the manifest goes back to what it was before. */
const killsAndBack = (scenario: Scenario, points: readonly Point[]): readonly Attack[] =>
  scenario.before === undefined || scenario.goOnIn !== undefined
    ? []
    : points
        .filter(
          ({ step, occurrence, what }) => step !== 'start' && occurrence === 1 && what.startsWith('make '),
        )
        .map((first) => ({ first, tear: false, isTakenBack: true as const }));

/** Kinds of steps that a scenario goes through. */
export const stepsOf = async (script: CrashScript, scenario: Scenario): Promise<readonly string[]> => {
  const world = await crashWorld(scenario);
  const { points } = await explore(script, world, scenario);
  return points.map(({ step }) => step);
};

/** Killed at each point, at those again while it is settled, and at each with the manifest put back. */
export const KILLS = ['once', 'twice', 'once and back'] as const;

export type AttackOptions = {
  /** Takes one attack of so many. */
  readonly every: number;
  readonly kills: (typeof KILLS)[number];
  /** Names of stretches that another scenario went through already; what is tried here is added. */
  readonly seen?: Set<string>;
};

/** A stretch of a command that is the same in every scenario: a kind of step, or what is before and behind the steps. */
const stretchOf = ({ action, before }: Scenario, { step }: Point): string =>
  step === 'start' || step === 'end'
    ? `${action}${before === undefined ? ' of a new one' : ''}, ${step}`
    : step;

const unseen = (scenario: Scenario, points: readonly Point[], seen: Set<string>): readonly Point[] => {
  const left = points.filter((point) => !seen.has(stretchOf(scenario, point)));
  for (const point of left) seen.add(stretchOf(scenario, point));
  return left;
};

/** Kills a scenario's command at its points, and holds what the next apply makes of it against an undisturbed run. */
export const attack = async (
  script: CrashScript,
  scenario: Scenario,
  { every, kills, seen = new Set() }: AttackOptions,
): Promise<Outcome> => {
  const explorer = await crashWorld(scenario);
  const { points } = await explore(script, explorer, scenario);
  const all = await {
    once: () => singleKills(unseen(scenario, points, seen)),
    twice: () => secondKills(script, explorer, scenario, points),
    'once and back': () => killsAndBack(scenario, points),
  }[kills]();
  const queue = all.filter((_, index) => index % every === 0);
  const tried = queue.length;
  const failures: string[] = [];
  const work = async (): Promise<void> => {
    const world = await crashWorld(scenario);
    const { reference } = await explore(script, world, scenario);
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const failure = await tryOne(script, world, scenario, reference, next);
      if (failure !== undefined) failures.push(failure);
    }
  };
  await Promise.all(Array.from({ length: WORKERS }, work));
  return { tried, failures };
};
