import type { Context } from '../../lib/context.ts';
import { AgentvmError, ExitCode } from '../../model/errors.ts';
import { durationMs } from '../duration.ts';
import type { Selection } from '../selection.ts';
import { findMachinesOf, placeOf, projectFolderOf } from '../target.ts';

/** Keeps watch from acting on machines, until it is ended or for a time. */
export const suspendReconcile = async (
  context: Context,
  options: Selection & { readonly for?: string; readonly reason?: string },
): Promise<number> => {
  const { readSuspended, suspend, suspendedJudgement } = await import('../../engine/suspension.ts');
  const lastsMs = options.for === undefined ? null : await durationMs(options.for);
  for (const { id, name } of await findMachinesOf(context, options)) {
    await suspend(context, id, { durationMs: lastsMs, reason: options.reason ?? null });
    const { message } = suspendedJudgement(context, await readSuspended(context, id));
    context.io.stdout(`Watch leaves '${name}' alone ${message}.\n`);
  }
  return ExitCode.done;
};

/** Lets watch act on machines again. */
export const resumeReconcile = async (context: Context, options: Selection): Promise<number> => {
  const { endSuspension, readSuspended } = await import('../../engine/suspension.ts');
  for (const { id, name } of await findMachinesOf(context, options)) {
    const was = await readSuspended(context, id);
    await endSuspension(context, id);
    context.io.stdout(
      was === undefined ? `'${name}' was not suspended.\n` : `Watch may act on '${name}' again.\n`,
    );
  }
  return ExitCode.done;
};

/**
 * Asks the watch that runs to try again at once what failed, stalled or was given up.
 * @throws AgentvmError NOT_WATCHED (exit 3).
 */
export const retry = async (context: Context, { file, machine }: Selection): Promise<number> => {
  const { watchersOf, writePoke } = await import('../../state/watch-place.ts');
  const folder = await projectFolderOf(placeOf(context, file));
  const watchers = (await watchersOf(context.paths, folder)).filter(
    (one) => machine === undefined || one.machine === machine,
  );
  if (watchers.length === 0) {
    throw new AgentvmError({
      code: 'NOT_WATCHED',
      exitCode: ExitCode.usage,
      message: `No watch runs for ${machine === undefined ? folder : `'${machine}' of ${folder}`}`,
      hint: 'Start one with `agentvm watch`, or try once with `agentvm apply`.',
    });
  }
  await writePoke(context.paths, folder, {
    format: 1,
    id: context.ids.uuid(),
    machine: machine ?? null,
    retry: true,
  });
  for (const { machine: name, pid } of watchers) {
    context.io.stdout(`Asked the watch of '${name}' (process ${pid}) to try again now.\n`);
  }
  return ExitCode.done;
};
