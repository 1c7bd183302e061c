import type { Context } from '../../lib/context.ts';
import { ExitCode } from '../../model/errors.ts';
import type { MachineStatus, StatusDocument } from '../../model/status.ts';
import { composePorts } from '../compose.ts';
import { findMachineOf } from '../target.ts';

const GIBIBYTE = 1024 ** 3;

const NEXT: Partial<Record<MachineStatus['power'], string>> = {
  stopped: 'agentvm start',
  crashed: 'agentvm apply',
  paused: 'agentvm apply',
};

/** A machine line by line, the next command last. */
const statusText = (machine: MachineStatus): string => {
  const { resources } = machine;
  const rows: readonly (readonly [string, string])[] = [
    ['power', machine.powerReason === null ? machine.power : `${machine.power}: ${machine.powerReason}`],
    ...(machine.power === 'running'
      ? [['guest', machine.guestReady ? 'ready' : 'not answering yet'] as const]
      : []),
    ['project', machine.project],
    ['driver', machine.driver],
    [
      'resources',
      [
        ...(resources.cpus === null ? [] : [`${resources.cpus} CPUs`]),
        ...(resources.memoryMiB === null ? [] : [`${resources.memoryMiB / 1024} GiB memory`]),
        ...(resources.diskBytes === null ? [] : [`${resources.diskBytes / GIBIBYTE} GiB disk`]),
      ].join(', '),
    ],
    ...machine.ports.map(
      ({ address, host, guest }) =>
        ['port', `${address}:${host ?? 'auto'} → ${guest} in the machine`] as const,
    ),
    ...machine.agents.map(({ name, version }) => ['agent', `${name} ${version}`] as const),
    [
      'applied',
      machine.appliedAt === null ? 'never finished' : `${machine.appliedAt}, manifest @ ${machine.revision}`,
    ],
  ];
  const width = Math.max(...rows.map(([label]) => label.length));
  const next = NEXT[machine.power];
  return [
    machine.name,
    ...rows.map(([label, value]) => `  ${label.padEnd(width)}  ${value}`),
    ...(next === undefined ? [] : [`Run: ${next}`]),
    '',
  ].join('\n');
};

/** Shows the project's machine without looking into its guest. */
export const status = async (
  context: Context,
  options: { readonly file?: string; readonly json?: boolean },
): Promise<number> => {
  const { statusOf } = await import('../../engine/status.ts');
  const { state } = await findMachineOf(context, options.file);
  const machine = await statusOf(context, composePorts(), state);
  const document: StatusDocument = { kind: 'status', version: 1, machine };
  context.io.stdout(options.json ? `${JSON.stringify(document, null, 2)}\n` : statusText(machine));
  return ExitCode.done;
};
