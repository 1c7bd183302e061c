import type { Context } from '../../lib/context.ts';
import { composePorts } from '../compose.ts';
import { forEachMachine, tellFailures } from '../fleet.ts';
import type { Selection } from '../selection.ts';
import { findMachinesOf } from '../target.ts';

export type PowerAction = 'start' | 'stop' | 'restart';

const DONE = { start: 'is running', stop: 'is stopped', restart: 'has been restarted' } as const;

/** Starts, stops or restarts the project's machines as they were last applied. */
export const power = async (context: Context, action: PowerAction, options: Selection): Promise<number> => {
  const { startMachine, stopMachine, restartMachine } = await import('../../engine/lifecycle.ts');
  const machines = await findMachinesOf(context, options);
  const act = { start: startMachine, stop: stopMachine, restart: restartMachine }[action];
  const outcomes = await forEachMachine(context, machines, async (own, state) => {
    await act(own, composePorts(), state, `agentvm ${action}`);
    context.io.stdout(`Machine '${state.name}' ${DONE[action]}.\n`);
  });
  return tellFailures(context, outcomes);
};
