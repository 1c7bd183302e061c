import { mkdir, mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Driver, MachineRef, MachineSpec } from '../../src/drivers/driver.ts';
import { createQemuDriver, type QemuOptions } from '../../src/drivers/qemu/driver.ts';
import { connectGuest } from '../../src/guest/connection.ts';
import { guestOperations } from '../../src/guest/operations.ts';
import { buildSeed } from '../../src/guest/seed.ts';
import type { KeeperNote, Run } from '../../src/keeper/protocol-files.ts';
import { type MachineFiles, machineFiles } from '../../src/keeper/protocol-files.ts';
import type { Context } from '../../src/lib/context.ts';
import { pathsFrom } from '../../src/lib/paths.ts';
import type { Guest, GuestOperations } from '../../src/model/guest.ts';
import type { Layer } from '../../src/model/layer.ts';
import type { MachineId } from '../../src/model/machine.ts';
import { OPEN_NETWORK } from '../../src/model/network.ts';
import { testContext } from './context.ts';
import { bundleKeeper, type KeeperBundle } from './keeper-bundle.ts';
import { realLayer } from './real-layer.ts';

/** A real machine's driver, its files, and what it takes to look at it and to break it. */
export type RealMachine = {
  readonly root: string;
  readonly project: string;
  readonly context: Context;
  readonly driver: Driver;
  /** Another command of the same user, with the keeper of another release. */
  readonly driverWith: (keeper: KeeperBundle) => Driver;
  readonly files: MachineFiles;
  readonly ref: MachineRef;
  readonly spec: MachineSpec;
  readonly layer: Layer;
  readonly operations: (ref: MachineRef) => GuestOperations;
  readonly guest: (ref: MachineRef) => Promise<Guest>;
  readonly run: () => Promise<Run>;
  readonly keeper: () => Promise<KeeperNote>;
  readonly tearDown: () => Promise<void>;
};

const readDocument = async <T>(path: string): Promise<T> => JSON.parse(await readFile(path, 'utf8')) as T;

/** A machine that is not made yet, in a home of its own. */
export const realMachine = async (
  id: string,
  options: Pick<QemuOptions, 'wallFor'> = {},
): Promise<RealMachine> => {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'avm-')));
  const env = { ...process.env, HOME: root, XDG_STATE_HOME: undefined, XDG_DATA_HOME: undefined };
  const context = testContext(root, { env, paths: pathsFrom(env) });
  const files = machineFiles(context.paths, id);
  const bundle = await bundleKeeper();
  const driverWith = ({ program }: KeeperBundle): Driver =>
    createQemuDriver({ ...options, keeperProgram: () => program });
  const driver = driverWith(bundle);
  const project = join(root, 'project');
  await mkdir(join(project, '.git', 'hooks'), { recursive: true });
  const ref: MachineRef = { id: id as MachineId, name: 'demo', dir: files.dir, driverState: null };
  const shares = [
    {
      id: 'workspace',
      hostPath: project,
      target: project,
      guestPath: project,
      mode: 'rw' as const,
      protect: [],
    },
    {
      id: 'packages',
      hostPath: join(context.paths.data, 'agents'),
      target: join(context.paths.data, 'agents'),
      guestPath: '/run/agentvm/packages',
      mode: 'ro' as const,
      protect: [],
    },
  ];
  const layer = await realLayer();
  const operations = (machine: MachineRef): GuestOperations =>
    guestOperations(context, {
      name: machine.name,
      projectDir: project,
      arch: layer.arch,
      connect: () => driver.connect(context, machine),
      consoleLog: driver.consoleLog(machine),
    });
  let last = ref;
  return {
    root,
    project,
    context,
    driver,
    driverWith,
    files,
    ref,
    layer,
    spec: {
      id: ref.id,
      name: ref.name,
      arch: layer.arch,
      cpus: 2,
      memoryMiB: 1024,
      diskBytes: 6 * 2 ** 30,
      seed: await buildSeed(context, { name: ref.name, shares }),
      shares,
      ports: [],
      network: OPEN_NETWORK,
    },
    operations: (machine) => {
      last = machine;
      return operations(machine);
    },
    guest: async (machine) => {
      last = machine;
      await operations(machine).waitUntilReady();
      const target = await driver.connect(context, machine);
      if (target === undefined) throw new Error('the machine does not run');
      return connectGuest(context, target);
    },
    run: () => readDocument<Run>(files.run),
    keeper: () => readDocument<KeeperNote>(files.keeper),
    tearDown: async () => {
      await driver.delete(context, last);
      await bundle.remove();
      await rm(root, { recursive: true, force: true });
    },
  };
};
