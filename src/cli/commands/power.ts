import type { Context } from '../../lib/context.ts';
import { ExitCode } from '../../model/errors.ts';
import { composePorts } from '../compose.ts';
import { findMachineOf } from '../target.ts';

export type PowerAction = 'start' | 'stop' | 'restart';

const DONE = { start: 'is running', stop: 'is stopped', restart: 'has been restarted' } as const;

/** Starts, stops or restarts the project's machine as it was last applied. */
export const power = async (
  context: Context,
  action: PowerAction,
  options: { readonly file?: string },
): Promise<number> => {
  const { startMachine, stopMachine, restartMachine } = await import('../../engine/lifecycle.ts');
  const { state } = await findMachineOf(context, options.file);
  const act = { start: startMachine, stop: stopMachine, restart: restartMachine }[action];
  await act(context, composePorts(), state, `agentvm ${action}`);
  context.io.stdout(`Machine '${state.name}' ${DONE[action]}.\n`);
  return ExitCode.done;
};
