import type { Context } from '../../lib/context.ts';
import { AgentvmError, ExitCode } from '../../model/errors.ts';
import { composePorts } from '../compose.ts';
import type { Selection } from '../selection.ts';
import { findMachineNamed, findMachineOf } from '../target.ts';

/** Deletes the project's machine, or one named wherever its project is or was, after asking. The project's folder stays as it is. */
export const remove = async (
  context: Context,
  options: Selection & {
    readonly yes?: boolean;
    readonly trash?: boolean;
    readonly named?: string | undefined;
  },
): Promise<number> => {
  const { state } =
    options.named === undefined
      ? await findMachineOf(context, options)
      : await findMachineNamed(context, options.named);
  if (options.trash) {
    // It can be taken back, so nobody is asked.
    const { trashMachine } = await import('../../engine/trash.ts');
    await trashMachine(context, composePorts(), state, { command: 'agentvm rm', why: 'agentvm rm --trash' });
    context.io.stdout(
      `Machine '${state.name}' is in the trash for 7 days. To bring it back: agentvm restore ${state.name}\n`,
    );
    return ExitCode.done;
  }
  if (!options.yes) {
    if (!context.io.isTerminal.stdin || !context.io.isTerminal.stderr) {
      throw new AgentvmError({
        code: 'APPROVAL_MISSING',
        exitCode: ExitCode.approvalMissing,
        message: `Deleting '${state.name}' needs your word`,
        hint: 'Run: agentvm rm --yes',
      });
    }
    const { ask } = await import('../prompt.ts');
    const question = `Delete machine '${state.name}' with everything in it? ${state.project.realPath} stays as it is.`;
    if (!(await ask(context, question))) return ExitCode.approvalMissing;
  }
  const { removeMachine } = await import('../../engine/remove.ts');
  await removeMachine(context, composePorts(), state, 'agentvm rm');
  context.io.stdout(`Machine '${state.name}' is gone; ${state.project.realPath} is as it was.\n`);
  return ExitCode.done;
};
