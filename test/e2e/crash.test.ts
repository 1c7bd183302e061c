import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { StepKind } from '../../src/model/plan.ts';
import type { JournalEntry } from '../../src/state/journal.ts';
import { type InstalledCli, installCli } from '../support/installed-cli.ts';
import { processesWith } from '../support/processes.ts';
import { isNightly } from '../support/proof-size.ts';

// On a real machine, what test/crash does on the simulator: the command dies, the next apply goes on to the same end.

type Moment = {
  readonly of: 'a creation' | 'a new root';
  readonly entry: 'intent' | 'done';
  readonly step: StepKind;
  readonly laterMs: number;
  /** What is going on then. */
  readonly what: string;
  readonly isInCi?: true;
};

const MOMENTS: readonly Moment[] = [
  { of: 'a creation', entry: 'intent', step: 'machine.create', laterMs: 0, what: 'disk and keys are made' },
  { of: 'a creation', entry: 'done', step: 'machine.create', laterMs: 0, what: 'nothing was started yet' },
  { of: 'a creation', entry: 'intent', step: 'machine.start', laterMs: 150, what: 'the keeper comes up' },
  { of: 'a creation', entry: 'done', step: 'script.run', laterMs: 0, what: 'the script has run' },
  { of: 'a creation', entry: 'intent', step: 'script.run', laterMs: 1500, what: 'the script runs' },
  { of: 'a creation', entry: 'intent', step: 'machine.start', laterMs: 3000, what: 'it boots', isInCi: true },
  { of: 'a new root', entry: 'intent', step: 'machine.stop', laterMs: 500, what: 'the old one shuts down' },
  { of: 'a new root', entry: 'intent', step: 'root.replace', laterMs: 0, what: 'it is made', isInCi: true },
  { of: 'a new root', entry: 'intent', step: 'machine.start', laterMs: 3000, what: 'it boots', isInCi: true },
  { of: 'a new root', entry: 'done', step: 'machine.start', laterMs: 0, what: 'nothing is in it yet' },
];

let cli: InstalledCli;
const tried = { points: 0, converged: 0 };
/** A smaller disk is a new root. */
let diskGiB = 30;

const writeManifest = (): Promise<void> =>
  cli.write(
    'agentvm.yaml',
    `apiVersion: agentvm/v1\nname: shop\nbase: {image: debian-12, scripts: [./setup.sh]}\nresources: {cpus: 2, memory: 1GiB, disk: ${diskGiB}GiB}\n`,
  );

beforeAll(async () => {
  cli = await installCli();
  await cli.write('setup.sh', '#!/bin/sh\nset -e\necho ran >> /var/lib/setup-ran\nsleep 3\n');
});
afterAll(async () => {
  console.log(`crash on QEMU: ${tried.points} points tried, ${tried.converged} converged`);
  await cli.run(['rm', '--yes']);
  await cli.remove();
});

const journalFiles = (): readonly string[] => {
  const machines = join(cli.stateDir, 'machines');
  if (!existsSync(machines)) return [];
  return readdirSync(machines).map((id) => join(machines, id, 'journal.ndjson'));
};

const entriesOf = (file: string): readonly JournalEntry[] =>
  existsSync(file)
    ? readFileSync(file, 'utf8')
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line) as JournalEntry)
    : [];

/** A `done` names the step by its id, which begins with the kind. */
const isAt = (entry: JournalEntry, moment: Moment): boolean => {
  if (entry.kind !== moment.entry) return false;
  if (entry.kind === 'intent') return entry.step.action.kind === moment.step;
  return entry.kind === 'done' && entry.step.split(':')[0] === moment.step;
};

const applyAndKill = async (moment: Moment): Promise<void> => {
  const before = journalFiles().flatMap(entriesOf).length;
  const child = spawn(process.execPath, [cli.entry, 'apply', '--yes', '--allow', 'recreate'], {
    cwd: cli.project,
    env: cli.env,
    stdio: 'ignore',
  });
  const ended = once(child, 'exit');
  while (
    !journalFiles()
      .flatMap(entriesOf)
      .slice(before)
      .some((entry) => isAt(entry, moment))
  ) {
    if (child.exitCode !== null) throw new Error(`apply ended with ${child.exitCode} before it came there`);
    await sleep(5);
  }
  await sleep(moment.laterMs);
  child.kill('SIGKILL');
  expect((await ended)[1]).toBe('SIGKILL');
};

const expectConvergence = async (moment: Moment): Promise<void> => {
  const applied = await cli.run(['apply', '--yes', '--allow', 'recreate']);
  expect(applied, applied.stderr).toMatchObject({ exitCode: 0 });
  expect(await cli.run(['plan', '--refresh', '--exit-code'])).toMatchObject({ exitCode: 0 });
  const [id = '', ...others] = readdirSync(join(cli.stateDir, 'machines'));
  expect(others).toEqual([]);
  const left = readdirSync(join(cli.stateDir, 'machines', id));
  expect(left.filter((name) => name.endsWith('.tmp'))).toEqual([]);
  expect(processesWith('qemu-system', cli.stateDir)).toHaveLength(1);
  expect(processesWith('agentvm keeper', id)).toHaveLength(1);
  const { stdout } = await cli.run([
    'exec',
    'sh',
    '-c',
    'wc -l < /var/lib/setup-ran; df -BG --output=size / | tail -1',
  ]);
  const [runs = 0, size = 0] = stdout.split('\n').map((line) => Number.parseInt(line, 10));
  // What was recorded as done is not done again; what was cut off in the middle is.
  const wasCutOff = moment.entry === 'intent' && moment.step === 'script.run';
  expect(runs).toBe(wasCutOff ? 2 : 1);
  expect(Math.abs(size - diskGiB)).toBeLessThan(3);
};

const removeMachine = async (): Promise<void> => {
  if (journalFiles().length === 0) return;
  expect(await cli.run(['rm', '--yes'])).toMatchObject({ exitCode: 0 });
  expect(processesWith('', cli.stateDir)).toEqual([]);
  expect(readdirSync(join(cli.stateDir, 'machines'))).toEqual([]);
};

test.each(MOMENTS.filter(({ isInCi }) => isNightly || isInCi))(
  '$of is killed at the $entry of $step, $laterMs ms later: $what',
  async (moment) => {
    if (moment.of === 'a creation') await removeMachine();
    else diskGiB -= 1;
    await writeManifest();
    tried.points += 1;
    await applyAndKill(moment);
    await expectConvergence(moment);
    tried.converged += 1;
  },
);

test('after all of that, rm leaves nothing', removeMachine);
