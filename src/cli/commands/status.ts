import type { Context } from '../../lib/context.ts';
import { CONDITION_TYPES, type Condition } from '../../model/condition.ts';
import { ExitCode } from '../../model/errors.ts';
import type { MachineStatus, StatusDocument, StatusesDocument } from '../../model/status.ts';
import { networkStatusText } from '../../ui/network-text.ts';
import { printable } from '../../ui/printable.ts';
import { composePorts } from '../compose.ts';
import type { Selection } from '../selection.ts';
import { findMachinesOf } from '../target.ts';

const GIBIBYTE = 1024 ** 3;

const NEXT: Partial<Record<MachineStatus['power'], string>> = {
  stopped: 'agentvm start',
  crashed: 'agentvm apply',
  paused: 'agentvm apply',
};

const CONDITION_WIDTH = Math.max(...CONDITION_TYPES.map((type) => type.length));

const conditionText = ({ type, status: held, reason, message, lastTransitionTime }: Condition): string =>
  [
    `  ${type.padEnd(CONDITION_WIDTH)}  ${held.padEnd('False'.length)}`,
    `since ${lastTransitionTime.slice(0, 19)}Z`,
    `${reason}${message === '' ? '' : `: ${printable(message)}`}`,
  ].join('  ');

const guestText = ({ guestReady, suspendedSince }: MachineStatus): string => {
  if (suspendedSince !== null)
    return `suspended since ${suspendedSince.slice(0, 19)}Z (idle); the next use wakes it`;
  return guestReady ? 'ready' : 'not answering yet';
};

/** A machine line by line, the next command last. */
const statusText = (machine: MachineStatus): string => {
  const { resources } = machine;
  const rows: readonly (readonly [string, string])[] = [
    ['power', machine.powerReason === null ? machine.power : `${machine.power}: ${machine.powerReason}`],
    ...(machine.power === 'running' ? [['guest', guestText(machine)] as const] : []),
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
    ...(machine.network === null ? [] : [['network', networkStatusText(machine.network)] as const]),
    ...machine.agents.map(({ name, version }) => ['agent', `${name} ${version}`] as const),
    [
      'applied',
      machine.appliedAt === null ? 'never finished' : `${machine.appliedAt}, manifest @ ${machine.revision}`,
    ],
    ...machine.notes.map((text) => ['note', printable(text)] as const),
  ];
  const conditions = machine.conditions.filter(({ status: held }) => held !== 'Unknown').map(conditionText);
  const width = Math.max(...rows.map(([label]) => label.length));
  const next = NEXT[machine.power];
  return [
    machine.name,
    ...rows.map(([label, value]) => `  ${label.padEnd(width)}  ${value}`),
    ...conditions,
    ...(next === undefined ? [] : [`Run: ${next}`]),
    '',
  ].join('\n');
};

const documentOf = (machines: readonly MachineStatus[]): StatusDocument | StatusesDocument => {
  const [machine, ...others] = machines;
  return machine !== undefined && others.length === 0
    ? { kind: 'status', version: 1, machine }
    : { kind: 'statuses', version: 1, machines };
};

/** How many machines are in which state of power, for a last line. */
const totalText = (machines: readonly MachineStatus[]): string => {
  const powers = [...new Set(machines.map(({ power }) => power))];
  const counts = powers.map((power) => `${machines.filter((one) => one.power === power).length} ${power}`);
  return `Total: ${machines.length} machines, ${counts.join(', ')}.\n`;
};

/** Shows the project's machines without looking into their guests. */
export const status = async (
  context: Context,
  options: Selection & { readonly json?: boolean },
): Promise<number> => {
  const { statusOf } = await import('../../engine/status.ts');
  const states = await findMachinesOf(context, options);
  const ports = composePorts();
  const machines = await Promise.all(states.map((state) => statusOf(context, ports, state)));
  if (options.json) {
    context.io.stdout(`${JSON.stringify(documentOf(machines), null, 2)}\n`);
    return ExitCode.done;
  }
  context.io.stdout(machines.map(statusText).join('\n'));
  if (machines.length > 1) context.io.stdout(`\n${totalText(machines)}`);
  return ExitCode.done;
};
