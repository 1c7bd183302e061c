import type { Context } from '../../lib/context.ts';
import { AgentvmError, ExitCode } from '../../model/errors.ts';
import { composePorts } from '../compose.ts';
import type { Selection } from '../selection.ts';
import { findMachineOf } from '../target.ts';

export type SnapshotOptions = Selection & { readonly json?: boolean };

const nameFor = (action: string, name: string | undefined): string => {
  if (name !== undefined) return name;
  throw new AgentvmError({
    code: 'USAGE',
    exitCode: ExitCode.usage,
    message: `agentvm snapshot ${action} needs the snapshot's name`,
    hint: `Run: agentvm snapshot ${action} NAME`,
  });
};

/** Lists, takes and deletes snapshots of the machine's disk. */
export const snapshot = async (
  context: Context,
  action: string,
  name: string | undefined,
  options: SnapshotOptions,
): Promise<number> => {
  const { deleteSnapshot, listSnapshots, takeSnapshot } = await import('../../engine/snapshots.ts');
  const { state } = await findMachineOf(context, options);
  const ports = composePorts();
  const command = `agentvm snapshot ${action}`;
  switch (action) {
    case 'list': {
      const document = await listSnapshots(context, ports, state);
      const { snapshotsText } = await import('../../ui/snapshots-text.ts');
      context.io.stdout(options.json ? `${JSON.stringify(document, null, 2)}\n` : snapshotsText(document));
      return ExitCode.done;
    }
    case 'take': {
      const wanted = nameFor(action, name);
      await takeSnapshot(context, ports, state, wanted, command);
      context.io.stdout(
        `The disk of '${state.name}' is kept as ${wanted}. Back to it: agentvm rollback ${wanted}\n`,
      );
      return ExitCode.done;
    }
    case 'delete': {
      const wanted = nameFor(action, name);
      await deleteSnapshot(context, ports, state, wanted, command);
      context.io.stdout(`The snapshot ${wanted} of '${state.name}' is gone.\n`);
      return ExitCode.done;
    }
    default:
      throw new AgentvmError({
        code: 'USAGE',
        exitCode: ExitCode.usage,
        message: `agentvm snapshot does not know '${action}'`,
        hint: 'Use list, take NAME or delete NAME.',
      });
  }
};
