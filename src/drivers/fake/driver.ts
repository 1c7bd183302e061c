import type { Context } from '../../lib/context.ts';
import { realTarget } from '../../lib/real-target.ts';
import { AgentvmError } from '../../model/errors.ts';
import type { FieldId } from '../../model/fields.ts';
import { seededGuest } from '../../model/guest-files.ts';
import type { Observation } from '../../model/machine.ts';
import { OPEN_NETWORK } from '../../model/network.ts';
import { notGrantedError } from '../../model/not-granted.ts';
import type { Driver, Inspection, MachineRef, MachineSpec, PortForward, Share } from '../driver.ts';
import { networkFields } from '../network-fields.ts';
import { limitIdle, limitUnbuilt } from '../unbuilt-fields.ts';
import { withFaults } from './faults.ts';
import { fakeGuest, fakeGuestOperations, seededFiles } from './guest.ts';
import { packagesOfLayer } from './layers.ts';
import {
  changeMachine,
  changeRoot,
  deleteMachine,
  driverStateOf,
  type FakeDriverState,
  type FakeMachine,
  type FakeRoot,
  type FakeRunning,
  machineOf,
  readMachine,
  rootOf,
  writeMachine,
} from './record.ts';
import { fakeSnapshots } from './snapshots.ts';

/** `auto` becomes a port that tells what it forwards to; nothing listens on it. */
const FIRST_GENERATION = 1;
const AUTO_PORT_BASE = 30_000;
const hostPort = (port: PortForward): number =>
  port.host === 'auto' ? AUTO_PORT_BASE + (port.guest % AUTO_PORT_BASE) : port.host;

const runningPart = (spec: MachineSpec, generation: number): FakeRunning => ({
  generation,
  name: spec.name,
  cpus: spec.cpus,
  memoryMiB: spec.memoryMiB,
  shares: spec.shares,
  ports: spec.ports,
  network: spec.network,
  hostname: seededGuest(spec.seed).hostname ?? spec.name,
  user: seededGuest(spec.seed).user,
  hasRoute: true,
  closedPorts: [],
});

/** A boot writes what its seed says and leaves the rest of the disk alone. */
const bootedRoot = (root: FakeRoot, spec: MachineSpec): FakeRoot => ({
  ...root,
  system: { ...root.system, ...seededFiles(spec.seed) },
});

const isMount = (share: Share): boolean => share.id !== 'workspace' && share.id !== 'packages';

const observedFields = (machine: FakeMachine, ref: MachineRef): Record<FieldId, Observation> => {
  const fields: Record<FieldId, Observation> = {
    'resources.disk': { kind: 'known', value: rootOf(machine, ref).diskBytes },
  };
  if (machine.power !== 'running' || machine.running === null) return fields;
  const { cpus, memoryMiB, ports, shares, network, closedPorts } = machine.running;
  fields['resources.cpus'] = { kind: 'known', value: cpus };
  fields['resources.memory'] = { kind: 'known', value: memoryMiB };
  // A machine of a release without rules reaches what its host reaches.
  Object.assign(fields, networkFields(network ?? OPEN_NETWORK).fields);
  for (const port of ports) {
    const { guest, address } = port;
    fields[`ports[${port.key}]`] = closedPorts.includes(port.key)
      ? { kind: 'absent' }
      : { kind: 'known', value: { guest, host: hostPort(port), address } };
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
  // What a crash left behind before it was recorded is no machine.
  if (machine === undefined || driverStateOf(ref) === null) {
    return { power: 'absent', at, guestReady: false, fields: {} };
  }
  return {
    power: machine.power,
    ...(machine.power === 'crashed' ? { powerReason: 'the simulated process is gone' } : {}),
    at,
    guestReady: machine.power === 'running' && machine.isReady,
    fields: observedFields(machine, ref),
    whole: machine.running === null ? [] : networkFields(machine.running.network ?? OPEN_NETWORK).whole,
  };
};

const freshRoot = (layer: string, packages: readonly string[], diskBytes: number): FakeRoot => ({
  layer,
  diskBytes,
  packages: [...packages].sort(),
  agents: {},
  alteredAgents: [],
  scripts: [],
  marks: {},
  environment: {},
  system: {},
  usedBytes: Math.floor(diskBytes / 8),
  files: {},
});

const stateOf = (ref: MachineRef): FakeDriverState =>
  driverStateOf(ref) ?? { generation: FIRST_GENERATION, previous: null };

const mustBeStopped = (machine: FakeMachine, ref: MachineRef, what: string): void => {
  if (machine.power === 'stopped' || machine.power === 'crashed') return;
  throw new AgentvmError({
    code: 'MACHINE_RUNNING',
    message: `'${ref.name}' must be stopped to ${what}`,
    hint: 'Stop it: agentvm stop',
  });
};

/** As a keeper does: what a share leads to now must be what was granted. What is exported already stays. */
const refuseNotGranted = async (shares: readonly Share[], exported: readonly Share[]): Promise<void> => {
  for (const share of shares) {
    if (exported.some((one) => one.id === share.id && one.hostPath === share.hostPath)) continue;
    const path = await realTarget(share.hostPath);
    if (path !== share.target) throw notGrantedError(share, path);
  }
};

/** The simulator: a real state machine on disk, without time and without processes. */
export const fakeDriver: Driver = {
  name: 'fake',
  limit: (field) => limitUnbuilt('fake', field) ?? limitIdle('fake', field, false),
  checkHost: async () => [{ name: 'simulator', status: 'ok', found: 'built in' }],
  inspect: (context, ref) => withFaults(context, 'inspect', () => inspect(context, ref)),
  create: (context, ref, spec, layer) =>
    withFaults(context, 'create', async () => {
      const root = freshRoot(layer.id, await packagesOfLayer(layer), spec.diskBytes);
      await writeMachine(ref, {
        power: 'stopped',
        isReady: false,
        boots: 0,
        roots: { [FIRST_GENERATION]: root },
        running: null,
        mounted: [],
      });
      return { generation: FIRST_GENERATION, previous: null };
    }),
  start: (context, ref, spec) =>
    withFaults(context, 'start', async () => {
      const before = await machineOf(ref);
      await refuseNotGranted(spec.shares, before.power === 'running' ? spec.shares : []);
      await changeMachine(ref, (one) =>
        one.power === 'running'
          ? one
          : {
              ...one,
              power: 'running',
              isReady: false,
              boots: one.boots + 1,
              roots: {
                ...one.roots,
                [stateOf(ref).generation]: bootedRoot(rootOf(one, ref), spec),
              },
              running: runningPart(spec, stateOf(ref).generation),
              mounted: spec.shares.map((share) => share.id),
            },
      );
      return stateOf(ref);
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
      await refuseNotGranted(spec.shares, (await machineOf(ref)).running?.shares ?? []);
      const shared = new Set(spec.shares.map((share) => share.id));
      await changeMachine(ref, (one) =>
        one.running === null
          ? one
          : {
              ...one,
              running: {
                ...one.running,
                name: spec.name,
                shares: spec.shares,
                ports: spec.ports,
                network: spec.network,
                closedPorts: [],
              },
              mounted: one.mounted.filter((id) => shared.has(id)),
            },
      );
      return stateOf(ref);
    }),
  growDisk: (context, ref, sizeBytes) =>
    withFaults(context, 'growDisk', async () => {
      mustBeStopped(await machineOf(ref), ref, 'grow its disk');
      await changeRoot(ref, (root) => ({ diskBytes: Math.max(root.diskBytes, sizeBytes) }));
    }),
  replaceRoot: (context, ref, spec, layer) =>
    withFaults(context, 'replaceRoot', async () => {
      mustBeStopped(await machineOf(ref), ref, 'replace its root disk');
      const root = freshRoot(layer.id, await packagesOfLayer(layer), spec.diskBytes);
      const { generation, previous } = stateOf(ref);
      // After a rollback the kept root is the newer one.
      const next = Math.max(generation, previous ?? 0) + 1;
      await changeMachine(ref, (one) => ({ ...one, roots: { ...one.roots, [next]: root } }));
      return { generation: next, previous: generation };
    }),
  restoreRoot: (context, ref) =>
    withFaults(context, 'restoreRoot', async () => {
      mustBeStopped(await machineOf(ref), ref, 'put its old root disk back');
      const { generation, previous } = stateOf(ref);
      return { generation: previous ?? generation, previous: null };
    }),
  snapshots: fakeSnapshots,
  delete: (context, ref) => withFaults(context, 'delete', () => deleteMachine(ref)),
  connect: async () => undefined,
  guest: fakeGuest,
  guestOperations: fakeGuestOperations,
  consoleLog: () => undefined,
};
