import type { Context } from '../../lib/context.ts';
import { ExitCode } from '../../model/errors.ts';
import type { TrashDocument } from '../../model/trash.ts';
import { daysLeft, readTrash, TRASH_DAYS } from '../../state/trash.ts';
import { printable } from '../../ui/printable.ts';
import { tableText } from '../table.ts';

const daysText = (days: number): string => (days === 0 ? 'over' : `${days} ${days === 1 ? 'day' : 'days'}`);

/** Shows the machines that were set aside, and for how long they can be restored. */
export const trash = async (context: Context, options: { readonly json?: boolean }): Promise<number> => {
  const found = await readTrash(context.paths);
  const now = context.clock.now();
  const document: TrashDocument = {
    kind: 'trash',
    version: 1,
    machines: found.machines.map((one) => ({
      id: one.state.id,
      name: one.state.name,
      driver: one.state.driver,
      project: one.state.project.realPath,
      manifest: one.state.manifestPath,
      trashedAt: one.note.at,
      why: one.note.why,
      expiresAt: one.expiresAt,
      daysLeft: daysLeft(one, now),
    })),
    broken: found.broken.map(({ id, error }) => ({ id, message: error.message, hint: error.hint ?? '' })),
  };
  if (options.json) {
    context.io.stdout(`${JSON.stringify(document, null, 2)}\n`);
    return ExitCode.done;
  }
  context.io.stdout(
    document.machines.length === 0
      ? 'The trash is empty.\n'
      : `${await tableText(
          ['NAME', 'LEFT', 'WHY', 'PROJECT', 'ID'],
          document.machines.map((one) => [
            one.name,
            daysText(one.daysLeft),
            printable(one.why),
            printable(one.project),
            one.id,
          ]),
        )}Each is deleted ${TRASH_DAYS} days after it was set aside.\nRun: agentvm restore NAME\n`,
  );
  for (const { message, hint } of document.broken) context.io.stderr(`agentvm: ${message}\n  → ${hint}\n`);
  return ExitCode.done;
};
