import { readdir, rename, rm } from 'node:fs/promises';
import { connect as connectSocket } from 'node:net';
import { join } from 'node:path';
import { askOrStartKeeper, awaitKeeperEnd } from '../../keeper/client-spawn.ts';
import type { KeeperStatus, Operation } from '../../keeper/protocol.ts';
import { type Launch, machineFiles, type Run } from '../../keeper/protocol-files.ts';
import { makePrivateDir } from '../../lib/atomic-file.ts';
import { authorityFiles, dropAuthority, ensureAuthority } from '../../lib/certificate-authority.ts';
import type { Context } from '../../lib/context.ts';
import { readJsonFile, writeJsonFile } from '../../lib/json-file.ts';
import { SOCKET_PATH_LIMIT_BYTES } from '../../lib/paths.ts';
import { signalProcess } from '../../lib/process-identity.ts';
import { AgentvmError } from '../../model/errors.ts';
import type { Layer } from '../../model/layer.ts';
import type { Driver, MachineRef, MachineSpec } from '../driver.ts';
import { limitIdle, limitUnbuilt } from '../unbuilt-fields.ts';
import { chooseAccelerator } from './accelerator.ts';
import { checkFreeSpace, createOverlay, growOverlay } from './disk.ts';
import { handOverSecrets } from './env-secrets.ts';
import { checkHost } from './host-check.ts';
import { inspectMachine } from './inspection.ts';
import { ensureKeys } from './keys.ts';
import { makeLaunch, seededInitrd } from './launch.ts';
import { chooseWall, tryNamespaces } from './namespaces.ts';
import { readOwnSeed } from './own-seed.ts';
import {
  diskPath,
  macAddress,
  mustHaveRecord,
  type QemuRecord,
  recordAsJson,
  recordOf,
  rootFrom,
} from './record.ts';
import { writeSeededInitrd } from './seed-initrd.ts';
import { createSnapshots } from './snapshots.ts';
import { wallSeed } from './wall-seed.ts';

export type QemuOptions = {
  /** Tells the file that `node` runs as a keeper; see lib/program.ts. */
  readonly keeperProgram: () => string;
  /** The wall for a machine's network; by default the best that this host has. */
  readonly wallFor?: typeof chooseWall;
};

const isLive = (power: string): boolean => power === 'running' || power === 'paused';

const overlayOf = (dir: string, layer: Layer, generation: number, sizeBytes: number) => ({
  path: diskPath(dir, generation),
  backing: layer.disk,
  backingBytes: layer.virtualSizeBytes,
  sizeBytes,
});

/** Only now the state on disk names the roots that count: what was replaced before them can go. */
const removeOldDisks = async (dir: string, record: QemuRecord): Promise<void> => {
  const kept = [record.root, record.kept].flatMap((root) =>
    root === null ? [] : [diskPath(dir, root.generation)],
  );
  for (const name of await readdir(dir)) {
    const path = join(dir, name);
    if (/^root\.\d+\.qcow2(\.new)?$/.test(name) && !kept.includes(path)) await rm(path, { force: true });
  }
};

const canConnect = (path: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connectSocket(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

const checkSocketPath = (path: string): void => {
  // ssh appends a dot and 16 characters to its socket's name while it binds it.
  if (Buffer.byteLength(path) + 17 <= SOCKET_PATH_LIMIT_BYTES) return;
  throw new AgentvmError({
    code: 'SOCKET_PATH_TOO_LONG',
    message: `The path '${path}' is too long for a socket`,
    hint: 'Set XDG_STATE_HOME to a folder with a shorter path.',
  });
};

/** Machines of this host's own QEMU, each with a keeper. */
export const createQemuDriver = (options: QemuOptions): Driver => {
  const ask = (context: Context, ref: MachineRef, operation: Operation): Promise<KeeperStatus> =>
    askOrStartKeeper(
      context,
      machineFiles(context.paths, ref.id),
      { program: options.keeperProgram(), machineId: ref.id },
      operation,
    );
  const inspect = (context: Context, ref: MachineRef) => inspectMachine(context, ref, { refresh: false });
  const mustBeStopped = async (context: Context, ref: MachineRef, what: string): Promise<void> => {
    if (!isLive((await inspect(context, ref)).power)) return;
    throw new AgentvmError({
      code: 'MACHINE_RUNNING',
      message: `'${ref.name}' must be stopped to ${what}`,
      hint: 'Stop it: agentvm stop',
    });
  };

  const start = async (context: Context, ref: MachineRef, spec: MachineSpec): Promise<void> => {
    const files = machineFiles(context.paths, ref.id);
    const record = mustHaveRecord(ref);
    checkSocketPath(files.controlSocket);
    if (isLive((await inspect(context, ref)).power)) return;
    await removeOldDisks(files.dir, record);
    await checkFreeSpace(files.dir);
    for (const share of spec.shares) if (share.id === 'packages') await makePrivateDir(share.hostPath);
    const { accelerator } = await chooseAccelerator(context, record.arch);
    const cage = (await tryNamespaces(context)) === undefined;
    const wall = await (options.wallFor ?? chooseWall)(context, spec.network);
    await writeSeededInitrd(
      record.root.initrd,
      { ...spec.seed, ...(await readOwnSeed(files.dir)), ...wallSeed(wall) },
      seededInitrd(files.dir),
    );
    const launch = makeLaunch(files, spec, record, {
      accelerator,
      cage,
      wall,
      sandbox: process.platform === 'linux',
    });
    await rename(files.console, `${files.console}.1`).catch(() => undefined);
    await writeJsonFile(files.launch, launch);
    await ask(context, ref, { op: 'start' });
    await handOverSecrets(context, files);
  };

  const stop = async (context: Context, ref: MachineRef, graceMs: number): Promise<void> => {
    const files = machineFiles(context.paths, ref.id);
    if (isLive((await inspect(context, ref)).power)) await ask(context, ref, { op: 'stop', graceMs });
    await awaitKeeperEnd(context, files);
    // A crash that nobody wants to hear of any more.
    await rm(files.run, { force: true });
  };

  return {
    name: 'qemu',
    limit: (field) => limitUnbuilt('qemu', field) ?? limitIdle('qemu', field, process.platform === 'linux'),
    checkHost: (context) => checkHost(context, process.arch === 'arm64' ? 'aarch64' : 'x86_64'),
    inspect: async (context, ref, depth) => {
      const seen = await inspectMachine(context, ref, depth);
      if (isLive(seen.power)) await handOverSecrets(context, machineFiles(context.paths, ref.id));
      return seen;
    },
    create: async (context, ref, spec, layer) => {
      const { dir } = machineFiles(context.paths, ref.id);
      await makePrivateDir(dir);
      await checkFreeSpace(dir);
      await ensureKeys(context, dir, ref.id);
      const before = recordOf(ref);
      if (before === null) await createOverlay(context, overlayOf(dir, layer, 1, spec.diskBytes));
      const record: QemuRecord = before ?? {
        format: 1,
        arch: layer.arch,
        mac: macAddress(ref.id),
        root: rootFrom(layer, 1),
        kept: null,
      };
      return recordAsJson(record);
    },
    ownSeed: async (ref) => {
      const launch = await readJsonFile<Launch>(join(ref.dir, 'launch.json'));
      return { ...(await readOwnSeed(ref.dir)), ...wallSeed(launch?.wall ?? 'none') };
    },
    ensureAuthority: async (context, ref) => {
      await ensureAuthority(authorityFiles(ref.dir), `agentvm machine ${ref.name}`, context.clock.now());
    },
    dropAuthority: (ref) => dropAuthority(authorityFiles(ref.dir)),
    start: async (context, ref, spec) => {
      await start(context, ref, spec);
      return ref.driverState;
    },
    stop: (context, ref, { graceMs }) => stop(context, ref, graceMs),
    resume: async (context, ref) => {
      await ask(context, ref, { op: 'resume' });
    },
    updateLive: async (context, ref, spec) => {
      const files = machineFiles(context.paths, ref.id);
      const before = await readJsonFile<Launch>(files.launch);
      if (before === undefined || !isLive((await inspect(context, ref)).power)) return ref.driverState;
      const { idle: _, ...kept } = before;
      await writeJsonFile(files.launch, {
        ...kept,
        ...(spec.idle === undefined ? {} : { idle: spec.idle }),
        shares: spec.shares,
        ports: spec.ports,
        network: spec.network,
      } satisfies Launch);
      try {
        await ask(context, ref, { op: 'update' });
      } catch (error) {
        await writeJsonFile(files.launch, before);
        throw error;
      }
      await handOverSecrets(context, files);
      return ref.driverState;
    },
    growDisk: async (context, ref, sizeBytes) => {
      const { root } = mustHaveRecord(ref);
      await mustBeStopped(context, ref, 'grow its disk');
      const { dir } = machineFiles(context.paths, ref.id);
      await growOverlay(context, diskPath(dir, root.generation), sizeBytes);
    },
    replaceRoot: async (context, ref, spec, layer) => {
      const before = mustHaveRecord(ref);
      await mustBeStopped(context, ref, 'get a new root disk');
      const { dir } = machineFiles(context.paths, ref.id);
      // After a rollback the kept root is the newer one.
      const generation = Math.max(before.root.generation, before.kept?.generation ?? 0) + 1;
      await createOverlay(context, overlayOf(dir, layer, generation, spec.diskBytes));
      return recordAsJson({
        ...before,
        arch: layer.arch,
        root: rootFrom(layer, generation),
        kept: before.root,
      });
    },
    restoreRoot: async (context, ref) => {
      const before = mustHaveRecord(ref);
      if (before.kept === null) return ref.driverState;
      await mustBeStopped(context, ref, 'get its old root disk back');
      // The disk that did not boot stays until its place is taken: the state that names it is not rewritten yet.
      return recordAsJson({ ...before, root: before.kept, kept: null });
    },
    snapshots: createSnapshots({
      ask,
      isLive: async (context, ref) => isLive((await inspect(context, ref)).power),
      mustBeStopped,
    }),
    delete: async (context, ref) => {
      const files = machineFiles(context.paths, ref.id);
      const run = await readJsonFile<Run>(files.run);
      await stop(context, ref, 0);
      // A record that was lost does not hide the process.
      if (run?.qemu !== undefined) await signalProcess(run.qemu, 'SIGKILL');
      await rm(files.sockets, { recursive: true, force: true });
    },
    connect: async (context, ref) => {
      const files = machineFiles(context.paths, ref.id);
      const [launch, run] = await Promise.all([
        readJsonFile<Launch>(files.launch),
        readJsonFile<Run>(files.run),
      ]);
      if (launch === undefined || run?.sshPort === undefined || run.ended !== undefined) return undefined;
      const isUp = await canConnect(launch.ssh.controlPath);
      if (!isUp && !isLive((await inspect(context, ref)).power)) return undefined;
      // Where it is suspended when unused, its keeper has to know of a use that may be over before it looks again.
      if (!isUp || launch.idle !== undefined) {
        const { guestReady } = await ask(context, ref, { op: 'connect' });
        if (!guestReady) return undefined;
      }
      await handOverSecrets(context, files);
      return { ...launch.ssh, port: run.sshPort };
    },
    consoleLog: (ref) => join(ref.dir, 'console.log'),
  };
};
