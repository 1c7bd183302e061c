/**
 * One of many processes on the same state: `ROOT ROLE`. As `worker` it applies, restarts and removes machines of a few
 * projects at random until it is killed; as `checker` it reads every document again and again. Each line on stdout is
 * something that must not be, or, when it begins with `#`, a count.
 */
import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { apply } from '../../src/engine/apply.ts';
import { restartMachine, stopMachine } from '../../src/engine/lifecycle.ts';
import { removeMachine } from '../../src/engine/remove.ts';
import { AgentvmError } from '../../src/model/errors.ts';
import type { MachineState } from '../../src/model/machine.ts';
import { findMachine } from '../../src/state/inventory.ts';
import { readJournal } from '../../src/state/journal.ts';
import { readAllStates } from '../../src/state/store.ts';
import { testContext } from '../support/context.ts';
import { desiredOf, type Wish } from '../support/desired.ts';
import { fakePorts } from '../support/fake-ports.ts';
import { grantAll } from '../support/grant-all.ts';
import { PROJECTS, WISHES } from './wishes.ts';

const [root = '', role = 'worker'] = process.argv.slice(2);
const context = testContext(root);
/** At once, for the next moment may be this process's last; a reader that is behind is waited for. */
const tell = (line: string): void => {
  for (;;) {
    try {
      writeSync(1, `${line.replaceAll('\n', ' ')}\n`);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    }
  }
};

const oneOf = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)] as T;

const isAlive = (pid: number): boolean => {
  try {
    // A zombie, which the killer has not asked for yet, holds nothing any more.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3) !== 'Z';
  } catch {
    return false;
  }
};

/** Stands for the time in which only one may be at a project; knows nothing of locks. */
const witness = (project: string) => {
  const path = join(root, `${project}.witness`);
  return {
    enter: (): void => {
      try {
        const file = openSync(path, 'wx');
        writeSync(file, String(process.pid));
        closeSync(file);
      } catch {
        const other = Number(readFileSync(path, 'utf8'));
        if (other !== process.pid && other !== 0 && isAlive(other)) {
          tell(`two holders of ${project}: ${other} and ${process.pid}`);
        }
        rmSync(path, { force: true });
      }
    },
    leave: (): void => rmSync(path, { force: true }),
  };
};

const applyOnce = async (project: string, wish: Wish): Promise<void> => {
  const { enter, leave } = witness(project);
  await apply(context, fakePorts, {
    desired: await desiredOf(join(root, project), wish),
    command: 'agentvm apply',
    approve: grantAll,
    onEvent: ({ event }) => {
      if (event === 'step-started') enter();
      if (event === 'step-done' || event === 'step-failed') leave();
    },
  });
};

const machineOf = async (project: string): Promise<MachineState | undefined> => {
  const { project: identity, name } = await desiredOf(join(root, project), {});
  const match = await findMachine(context.paths, identity, name);
  return match.kind === 'none' ? undefined : match.state;
};

const act = async (): Promise<void> => {
  const project = oneOf(PROJECTS);
  const dice = Math.random();
  if (dice < 0.8) return applyOnce(project, oneOf(WISHES));
  const machine = await machineOf(project);
  if (machine === undefined) return;
  const change = oneOf([removeMachine, restartMachine, stopMachine]);
  await change(context, fakePorts, machine, 'agentvm');
};

const work = async (): Promise<void> => {
  for (;;) {
    try {
      await act();
      tell('# done');
    } catch (error) {
      if (error instanceof AgentvmError) tell(`# ${error.code}`);
      else tell(`an error that is no diagnostic: ${error instanceof Error ? error.stack : String(error)}`);
      await sleep(Math.random() * 20);
    }
  }
};

const check = async (): Promise<void> => {
  for (;;) {
    const { machines, broken } = await readAllStates(context.paths);
    for (const { error } of broken) tell(`a broken state: ${error.message}`);
    for (const { id } of machines) {
      await readJournal(context.paths, id).catch((error: Error) =>
        tell(`a broken journal: ${error.message}`),
      );
    }
    const alive = machines.filter(({ phase }) => phase !== 'deleting');
    const folders = alive.map(({ project }) => project.realPath);
    for (const folder of new Set(folders)) {
      if (folders.filter((one) => one === folder).length > 1) tell(`two machines of ${folder}`);
    }
    tell(`# read ${machines.length}`);
  }
};

await (role === 'worker' ? work() : check());
