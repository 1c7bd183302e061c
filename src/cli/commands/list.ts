import type { Context } from '../../lib/context.ts';
import { ExitCode } from '../../model/errors.ts';
import type { ListDocument, MachineStatus } from '../../model/status.ts';
import { readAllStates } from '../../state/store.ts';
import { composePorts } from '../compose.ts';
import { tableText } from '../table.ts';

const tableOf = (machines: readonly MachineStatus[]): Promise<string> =>
  tableText(
    ['NAME', 'POWER', 'DRIVER', 'AGENTS', 'PROJECT'],
    machines.map(({ name, power, suspendedSince, driver, agents, project }) => [
      name,
      suspendedSince === null ? power : `${power}, suspended`,
      driver,
      agents.map((agent) => agent.name).join(' ') || '-',
      project,
    ]),
  );

/** Shows every machine of this user. */
export const list = async (context: Context, options: { readonly json?: boolean }): Promise<number> => {
  const { statusOf } = await import('../../engine/status.ts');
  const stored = await readAllStates(context.paths);
  const ports = composePorts();
  const alive = stored.machines.filter((state) => state.phase !== 'deleting');
  const machines = await Promise.all(alive.map((state) => statusOf(context, ports, state)));
  const document: ListDocument = {
    kind: 'list',
    version: 1,
    machines,
    broken: stored.broken.map(({ id, error }) => ({ id, message: error.message, hint: error.hint ?? '' })),
  };
  if (options.json) {
    context.io.stdout(`${JSON.stringify(document, null, 2)}\n`);
    return ExitCode.done;
  }
  context.io.stdout(
    machines.length === 0 && document.broken.length > 0
      ? ''
      : machines.length === 0
        ? 'There are no machines yet. Make one with `agentvm init`, then `agentvm apply`.\n'
        : await tableOf(machines),
  );
  for (const { message, hint } of document.broken) context.io.stderr(`agentvm: ${message}\n  → ${hint}\n`);
  return ExitCode.done;
};
