import type { Context } from '../../lib/context.ts';
import { AgentvmError } from '../../model/errors.ts';
import type { FieldId } from '../../model/fields.ts';
import type { Observation } from '../../model/machine.ts';
import type { Driver, Inspection, MachineRef, MachineSpec, PortForward, Share } from '../driver.ts';
import { withFaults } from './faults.ts';
import { fakeGuest, fakeGuestOperations } from './guest.ts';
import { packagesOfLayer } from './layers.ts';
import { limit } from './limit.ts';
import {
  changeMachine,
  deleteMachine,
  driverStateOf,
  type FakeMachine,
  type FakeRoot,
  machineOf,
  readMachine,
  writeMachine,
} from './record.ts';

/** `auto` becomes a port that tells what it forwards to; nothing listens on it. */
const AUTO_PORT_BASE = 30_000;
const hostPort = (port: PortForward): number =>
  port.host === 'auto' ? AUTO_PORT_BASE + (port.guest % AUTO_PORT_BASE) : port.host;

const runningPart = (spec: MachineSpec): NonNullable<FakeMachine['running']> => ({
  name: spec.name,
  cpus: spec.cpus,
  memoryMiB: spec.memoryMiB,
  shares: spec.shares,
  ports: spec.ports,
});

const isMount = (share: Share): boolean => share.id !== 'workspace' && share.id !== 'packages';

const observedFields = (machine: FakeMachine): Record<FieldId, Observation> => {
  const fields: Record<FieldId, Observation> = {
    'resources.disk': { kind: 'known', value: machine.root.diskBytes },
  };
  if (machine.power !== 'running' || machine.running === null) return fields;
  const { cpus, memoryMiB, ports, shares } = machine.running;
  fields['resources.cpus'] = { kind: 'known', value: cpus };
  fields['resources.memory'] = { kind: 'known', value: memoryMiB };
  for (const port of ports) {
    const { guest, address } = port;
    fields[`ports[${port.key}]`] = { kind: 'known', value: { guest, host: hostPort(port), address } };
  }
  for (const share of shares.filter(isMount)) {
    const { hostPath, guestPath, mode } = share;
    fields[`mounts[${guestPath}]`] = { kind: 'known', value: { host: hostPath, guest: guestPath, mode } };
  }
  return fields;
};

const inspect = async (context: Context, ref: MachineRef): Promise<Inspection> => {
  const machine = await readMachine(ref);
  const at = context.clock.now().toISOString();
  if (machine === undefined) return { power: 'absent', at, guestReady: false, fields: {} };
  return {
    power: machine.power,
    ...(machine.power === 'crashed' ? { powerReason: 'the simulated process is gone' } : {}),
    at,
    guestReady: machine.power === 'running' && machine.isReady,
    fields: observedFields(machine),
  };
};

const freshRoot = (layer: string, packages: readonly string[], diskBytes: number): FakeRoot => ({
  layer,
  diskBytes,
  packages: [...packages].sort(),
  agents: {},
  scripts: [],
  environment: {},
  files: {},
});

/** What stands in the driver's record before the next root: makes a second try overwrite a half-made first one. */
const generationOf = (ref: MachineRef): number =>
  (ref.driverState as { readonly generation?: number } | null)?.generation ?? 0;

const mustBeStopped = (machine: FakeMachine, ref: MachineRef, what: string): void => {
  if (machine.power === 'stopped' || machine.power === 'crashed') return;
  throw new AgentvmError({
    code: 'MACHINE_RUNNING',
    message: `'${ref.name}' must be stopped to ${what}`,
    hint: 'Stop it: agentvm stop',
  });
};

/** The simulator: a real state machine on disk, without time and without processes. */
export const fakeDriver: Driver = {
  name: 'fake',
  limit,
  checkHost: async () => [{ name: 'simulator', status: 'ok', found: 'built in' }],
  inspect: (context, ref) => withFaults(context, 'inspect', () => inspect(context, ref)),
  create: (context, ref, spec, layer) =>
    withFaults(context, 'create', async () => {
      const machine: FakeMachine = {
        power: 'stopped',
        isReady: false,
        boots: 0,
        generation: 1,
        root: freshRoot(layer.id, await packagesOfLayer(layer), spec.diskBytes),
        previousRoot: null,
        running: null,
        mounted: [],
      };
      await writeMachine(ref, machine);
      return driverStateOf(machine);
    }),
  start: (context, ref, spec) =>
    withFaults(context, 'start', async () => {
      const machine = await changeMachine(ref, (one) =>
        one.power === 'running'
          ? one
          : {
              ...one,
              power: 'running',
              isReady: false,
              boots: one.boots + 1,
              running: runningPart(spec),
              mounted: spec.shares.map((share) => share.id).sort(),
            },
      );
      return driverStateOf(machine);
    }),
  stop: (context, ref) =>
    withFaults(context, 'stop', async () => {
      await changeMachine(ref, (machine) => ({ ...machine, power: 'stopped', isReady: false, mounted: [] }));
    }),
  resume: (context, ref) =>
    withFaults(context, 'resume', async () => {
      await changeMachine(ref, (machine) => ({
        ...machine,
        power: machine.power === 'paused' ? 'running' : machine.power,
      }));
    }),
  updateLive: (context, ref, spec) =>
    withFaults(context, 'updateLive', async () => {
      const shared = new Set(spec.shares.map((share) => share.id));
      const machine = await changeMachine(ref, (one) =>
        one.running === null
          ? one
          : {
              ...one,
              running: { ...one.running, name: spec.name, shares: spec.shares, ports: spec.ports },
              mounted: one.mounted.filter((id) => shared.has(id)),
            },
      );
      return driverStateOf(machine);
    }),
  growDisk: (context, ref, sizeBytes) =>
    withFaults(context, 'growDisk', async () => {
      mustBeStopped(await machineOf(ref), ref, 'grow its disk');
      await changeMachine(ref, (machine) => ({
        ...machine,
        root: { ...machine.root, diskBytes: Math.max(machine.root.diskBytes, sizeBytes) },
      }));
    }),
  replaceRoot: (context, ref, spec, layer) =>
    withFaults(context, 'replaceRoot', async () => {
      mustBeStopped(await machineOf(ref), ref, 'replace its root disk');
      const root = freshRoot(layer.id, await packagesOfLayer(layer), spec.diskBytes);
      const generation = generationOf(ref) + 1;
      const machine = await changeMachine(ref, (one) => ({
        ...one,
        generation,
        root,
        previousRoot: one.generation === generation ? one.previousRoot : one.root,
      }));
      return driverStateOf(machine);
    }),
  restoreRoot: (context, ref) =>
    withFaults(context, 'restoreRoot', async () => {
      mustBeStopped(await machineOf(ref), ref, 'put its old root disk back');
      const machine = await changeMachine(ref, (one) => ({
        ...one,
        generation: one.previousRoot === null ? one.generation : one.generation + 1,
        root: one.previousRoot ?? one.root,
        previousRoot: null,
      }));
      return driverStateOf(machine);
    }),
  delete: (context, ref) => withFaults(context, 'delete', () => deleteMachine(ref)),
  connect: async () => undefined,
  guest: fakeGuest,
  guestOperations: fakeGuestOperations,
  consoleLog: () => undefined,
};
