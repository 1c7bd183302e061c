import type { Context } from '../../lib/context.ts';
import { ExitCode } from '../../model/errors.ts';
import type { ListDocument, MachineStatus } from '../../model/status.ts';
import { readAllStates } from '../../state/store.ts';
import { composePorts } from '../compose.ts';

const BORDERLESS = Object.fromEntries(
  [
    'top',
    'top-mid',
    'top-left',
    'top-right',
    'bottom',
    'bottom-mid',
    'bottom-left',
    'bottom-right',
    'left',
    'left-mid',
    'mid',
    'mid-mid',
    'right',
    'right-mid',
    'middle',
  ].map((part) => [part, part === 'middle' ? '  ' : '']),
);

const tableOf = async (machines: readonly MachineStatus[]): Promise<string> => {
  const { default: Table } = await import('cli-table3');
  const table = new Table({
    head: ['NAME', 'POWER', 'DRIVER', 'AGENTS', 'PROJECT'],
    chars: BORDERLESS,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  for (const { name, power, driver, agents, project } of machines) {
    table.push([name, power, driver, agents.map((agent) => agent.name).join(' ') || '-', project]);
  }
  return `${table.toString()}\n`;
};

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
    machines.length === 0
      ? 'There are no machines yet. Make one with `agentvm init`, then `agentvm apply`.\n'
      : await tableOf(machines),
  );
  for (const { message, hint } of document.broken) context.io.stderr(`agentvm: ${message}\n  → ${hint}\n`);
  return ExitCode.done;
};
