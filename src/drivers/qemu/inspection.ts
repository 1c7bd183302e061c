import { askKeeper } from '../../keeper/client.ts';
import type { KeeperStatus } from '../../keeper/protocol.ts';
import { isHaltedState, type RunState, readEnding } from '../../keeper/protocol-ending.ts';
import { type Launch, type MachineFiles, machineFiles, type Run } from '../../keeper/protocol-files.ts';
import { readBootId } from '../../lib/boot-id.ts';
import type { Context } from '../../lib/context.ts';
import { readJsonFile } from '../../lib/json-file.ts';
import { isProcessAlive } from '../../lib/process-identity.ts';
import { connectQmp } from '../../lib/qmp.ts';
import type { FieldId, FieldPath } from '../../model/fields.ts';
import { idleValueOf } from '../../model/idle.ts';
import type { Json } from '../../model/json.ts';
import type { Observation } from '../../model/machine.ts';
import type { NetworkSpec } from '../../model/network.ts';
import type { Inspection, MachineRef } from '../driver.ts';
import { networkFields } from '../network-fields.ts';
import { readVirtualSize } from './disk.ts';
import { diskPath, recordOf } from './record.ts';

/** A QEMU that another keeper speaks to greets nobody else. */
const QMP_TIMEOUT_MS = 500;

/** Of what a keeper holds beside the network. */
const LIVE_WHOLE: readonly FieldPath[] = ['lifecycle.idle'];

const known = (value: Json): Observation => ({ kind: 'known', value });

/** What is there when no keeper answers: the processes that the last one recorded. */
export const inspectByFiles = async (
  context: Context,
  files: MachineFiles,
): Promise<Pick<KeeperStatus, 'power' | 'powerReason' | 'suspendedSince'>> => {
  const run = await readJsonFile<Run>(files.run);
  if (run === undefined) return { power: 'stopped' };
  if (run.bootId !== (await readBootId())) {
    return { power: 'stopped', powerReason: 'this host was started anew' };
  }
  if (run.ended !== undefined) return { power: run.ended.power, powerReason: run.ended.reason };
  if (run.qemu !== undefined && (await isProcessAlive(run.qemu))) {
    const power = await askQemu(files);
    const { suspendedSince } = run;
    // The next keeper will know, too, that nobody has to mend it.
    return power === 'halted' && suspendedSince !== undefined
      ? { power: 'running', suspendedSince }
      : { power: power === 'halted' ? 'paused' : power };
  }
  const ending = await readEnding(files, context.clock.now().toISOString());
  return { power: ending.power, powerReason: ending.reason };
};

/** `halted` is paused because somebody asked for it. */
const askQemu = async (files: MachineFiles): Promise<'running' | 'paused' | 'halted'> => {
  try {
    const qmp = await connectQmp(files.qmpSocket, { timeoutMs: QMP_TIMEOUT_MS });
    const state = (await qmp.execute('query-status')) as RunState;
    qmp.close();
    return isHaltedState(state) ? 'halted' : state.running === false ? 'paused' : 'running';
  } catch {
    // The process lives; what it does in detail is not known to us.
    return 'running';
  }
};

const liveFields = (
  status: Pick<KeeperStatus, 'cpus' | 'memoryMiB' | 'ports' | 'shares' | 'idle'>,
): Record<FieldId, Observation> => {
  const fields: Record<FieldId, Observation> = {
    'resources.cpus': known(status.cpus),
    'resources.memory': known(status.memoryMiB),
  };
  if (status.idle !== undefined) fields['lifecycle.idle'] = known(idleValueOf(status.idle));
  for (const { key, guest, address, port } of status.ports) {
    fields[`ports[${key}]`] = port === null ? { kind: 'absent' } : known({ guest, host: port, address });
  }
  for (const { id, hostPath, guestPath, mode } of status.shares) {
    if (id === 'workspace' || id === 'packages') continue;
    fields[`mounts[${guestPath}]`] = known({ host: hostPath, guest: guestPath, mode });
  }
  return fields;
};

/**
 * Without a wall QEMU's user network lets the guest reach whatever this host reaches, unless it is restricted. Behind
 * one it is what the keeper holds; `launch.json` tells what the next keeper will.
 */
const networkOf = (
  launch: Launch | undefined,
  held: NetworkSpec | undefined,
): Pick<Inspection, 'fields' | 'whole'> => {
  const { wall = 'none', network: written } = launch ?? {};
  const rules = held ?? written;
  if (wall !== 'none' && rules !== undefined) return networkFields(rules);
  const network = launch?.command.find((_word, index, words) => words[index - 1] === '-netdev');
  return network?.startsWith('user,') && !/(^|,)restrict=(on|y|yes)(,|$)/.test(network)
    ? { fields: { 'network.egress': known('open') } }
    : { fields: {} };
};

/** The machine as it is, from its keeper's last look, or from its processes when there is no keeper. */
export const inspectMachine = async (
  context: Context,
  ref: MachineRef,
  options: { readonly refresh: boolean },
): Promise<Inspection> => {
  const now = context.clock.now().toISOString();
  const files = machineFiles(context.paths, ref.id);
  const record = recordOf(ref);
  const diskBytes =
    record === null ? undefined : await readVirtualSize(diskPath(files.dir, record.root.generation));
  if (diskBytes === undefined) return { power: 'absent', at: now, guestReady: false, fields: {} };
  const disk = { 'resources.disk': known(diskBytes) };
  const contact = await askKeeper(context, files.keeperSocket, {
    op: options.refresh ? 'refresh' : 'status',
  }).catch((error: unknown) => {
    context.signal.throwIfAborted();
    // It ended just now, perhaps with its machine; its files tell.
    if ((error as { code?: string }).code === 'KEEPER_BROKEN') return { kind: 'absent' as const };
    throw error;
  });
  if (contact.kind === 'answered') {
    const { status } = contact;
    const isLive = status.power === 'running' || status.power === 'paused';
    const network = isLive ? networkOf(await readJsonFile<Launch>(files.launch), status.rules) : undefined;
    return {
      power: status.power,
      ...(status.powerReason === undefined ? {} : { powerReason: status.powerReason }),
      at: isLive ? status.at : now,
      guestReady: status.guestReady,
      fields: isLive ? { ...disk, ...liveFields(status), ...network?.fields } : disk,
      whole: isLive ? [...(network?.whole ?? []), ...LIVE_WHOLE] : [],
      ...(status.notes.length === 0 ? {} : { notes: status.notes }),
      ...(isLive && status.network !== undefined ? { network: status.network } : {}),
      ...(status.suspendedSince === undefined ? {} : { suspendedSince: status.suspendedSince }),
    };
  }
  const { power, powerReason, suspendedSince } = await inspectByFiles(context, files);
  const base = {
    power,
    at: now,
    guestReady: false,
    ...(powerReason === undefined ? {} : { powerReason }),
    ...(suspendedSince === undefined ? {} : { suspendedSince }),
  };
  if (power !== 'running' && power !== 'paused') return { ...base, fields: disk };
  const launch = await readJsonFile<Launch>(files.launch);
  if (launch === undefined) return { ...base, fields: disk };
  // Nobody forwards ports while there is no keeper; the shares are QEMU's and stay.
  const { cpus, memoryMiB, shares, idle } = launch;
  const ports = launch.ports.map((port) => ({ ...port, port: null }));
  const network = networkOf(launch, undefined);
  return {
    ...base,
    fields: {
      ...disk,
      ...liveFields({ cpus, memoryMiB, ports, shares, ...(idle === undefined ? {} : { idle }) }),
      ...network.fields,
    },
    whole: [...(network.whole ?? []), ...LIVE_WHOLE],
  };
};
