import type { Context } from '../../lib/context.ts';
import { AgentvmError, ExitCode } from '../../model/errors.ts';
import { readTrash, type TrashedMachine } from '../../state/trash.ts';
import { namesOf } from '../selection.ts';

const findTrashed = async (context: Context, wanted: string): Promise<TrashedMachine> => {
  const { machines, broken } = await readTrash(context.paths);
  const found = machines.filter(({ state }) => state.name === wanted || state.id === wanted);
  const [first, ...others] = found;
  if (first === undefined) {
    const damaged = broken.find(({ id }) => id === wanted);
    if (damaged !== undefined) throw damaged.error;
    throw new AgentvmError({
      code: 'TRASH_UNKNOWN',
      exitCode: ExitCode.usage,
      message: `There is no machine '${wanted}' in the trash`,
      hint:
        machines.length === 0
          ? 'The trash is empty.'
          : `In it are: ${namesOf(machines.map(({ state }) => state))}`,
    });
  }
  if (others.length === 0) return first;
  throw new AgentvmError({
    code: 'TRASH_AMBIGUOUS',
    exitCode: ExitCode.usage,
    message: `The trash has ${found.length} machines '${wanted}'`,
    details: found.map(
      ({ state, note }) => `${state.id}  ${state.project.realPath}, ${note.at}: ${note.why}`,
    ),
    hint: `Say which one: agentvm restore ${found.at(-1)?.state.id}`,
  });
};

/** Takes a machine out of the trash again. It stays stopped, so nothing of its project is shown to it yet. */
export const restore = async (context: Context, options: { readonly name: string }): Promise<number> => {
  const trashed = await findTrashed(context, options.name);
  const { restoreMachine } = await import('../../engine/trash.ts');
  await restoreMachine(context, trashed, 'agentvm restore');
  const { name, project, manifestPath } = trashed.state;
  const { identifyFolder } = await import('../../state/inventory.ts');
  const here = await identifyFolder(project.realPath);
  const note =
    here === undefined
      ? `Its folder ${project.realPath} is not there; put it back, or run agentvm apply where it is now.\n`
      : here.inode !== project.inode || here.device !== project.device
        ? `${project.realPath} is another folder than when the machine was made; agentvm apply takes it for the same project.\n`
        : '';
  context.io.stdout(
    `Machine '${name}' is back, stopped. Unless ${manifestPath} declares it, the next --prune sets it aside again.\n${note}Run: agentvm start -f ${manifestPath} --machine ${name}\n`,
  );
  return ExitCode.done;
};
