import type { Context } from '../lib/context.ts';
import type { PortValue } from '../model/field-values.ts';
import type { AppliedField, MachineState, Observed } from '../model/machine.ts';
import type { MachineStatus } from '../model/status.ts';
import { conditionsOf } from './conditions.ts';
import { observe } from './observe.ts';
import type { Ports } from './ports.ts';

const numberOf = (state: MachineState, field: string): number | null => {
  const value = state.fields[field]?.value;
  return typeof value === 'number' ? value : null;
};

const keyed = (
  state: MachineState,
  path: AppliedField['path'],
): readonly (readonly [string, AppliedField, string])[] =>
  Object.entries(state.fields).flatMap(([id, field]) =>
    field.path === path && field.key !== undefined ? [[id, field, field.key] as const] : [],
  );

const portsOf = (state: MachineState, observed: Observed): MachineStatus['ports'] =>
  keyed(state, 'ports[]').map(([id, field]) => {
    const seen = observed.fields[id];
    // The observed value knows the port behind `auto`.
    const { guest, host, address } = (seen?.kind === 'known' ? seen.value : field.value) as PortValue;
    return { guest, host: host === 'auto' ? null : host, address };
  });

/** What is known of a machine without looking into its guest. */
export const statusOf = async (
  context: Context,
  ports: Ports,
  state: MachineState,
): Promise<MachineStatus> => {
  const observed = await observe(context, ports, state, undefined, { deep: false });
  const held = await conditionsOf(context, state.id, observed);
  return {
    id: state.id,
    name: state.name,
    driver: state.driver,
    project: state.project.realPath,
    manifest: state.manifestPath,
    power: observed.power,
    powerReason: observed.powerReason ?? null,
    suspendedSince: observed.suspendedSince ?? null,
    guestReady: observed.guestReady,
    observedAt: observed.at,
    createdAt: state.createdAt,
    appliedAt: state.appliedAt,
    revision: state.revision,
    resources: {
      cpus: numberOf(state, 'resources.cpus'),
      memoryMiB: numberOf(state, 'resources.memory'),
      diskBytes: numberOf(state, 'resources.disk'),
    },
    ports: portsOf(state, observed),
    agents: keyed(state, 'agents[].version').map(([, field, name]) => ({
      name,
      version: String(field.resolved ?? field.value),
    })),
    notes: [...(observed.notes ?? [])],
    network: observed.network ?? null,
    labels: Object.fromEntries(keyed(state, 'labels[]').map(([, field, key]) => [key, String(field.value)])),
    ...held,
  };
};
