import { join } from 'node:path';
import type { Launch, MachineFiles } from '../../keeper/protocol-files.ts';
import type { NetworkWall } from '../../model/network.ts';
import type { MachineSpec } from '../driver.ts';
import { type Accelerator, type Export, qemuArguments, qemuProgram } from './arguments.ts';
import { hostKeyAlias, keyFiles } from './keys.ts';
import { diskPath, type QemuRecord } from './record.ts';

/** Tag of the one exported folder with all shares in it. */
const TREE_TAG = 'agentvm';

/** The seed's `user` line starts with the name. */
const guestUser = (spec: MachineSpec): string => spec.seed.user?.split(/\s/)[0] || 'root';

const exportsOf = (files: MachineFiles, spec: MachineSpec, cage: boolean): readonly Export[] =>
  cage
    ? [{ tag: TREE_TAG, path: join(files.cage, 'export'), readOnly: false }]
    : spec.shares.map((share) => ({
        tag: `${TREE_TAG}-${share.id}`,
        // By its real path, so that no link is left to follow.
        path: share.target ?? share.hostPath,
        readOnly: share.mode === 'ro',
      }));

export const seededInitrd = (dir: string): string => join(dir, 'initrd');

/** What the keeper is to run, without shares and ports where it differs. Pure. */
export const makeLaunch = (
  files: MachineFiles,
  spec: MachineSpec,
  record: QemuRecord,
  host: {
    readonly accelerator: Accelerator;
    readonly cage: boolean;
    readonly wall: NetworkWall;
    readonly sandbox: boolean;
  },
): Launch => {
  const keys = keyFiles(files.dir);
  return {
    format: 1,
    name: spec.name,
    cpus: spec.cpus,
    memoryMiB: spec.memoryMiB,
    cage: host.cage,
    command: [
      qemuProgram(record.arch),
      ...qemuArguments({
        id: spec.id,
        name: spec.name,
        arch: record.arch,
        accelerator: host.accelerator,
        sandbox: host.sandbox,
        cpus: spec.cpus,
        memoryMiB: spec.memoryMiB,
        disk: diskPath(files.dir, record.root.generation),
        kernel: record.root.kernel,
        initrd: seededInitrd(files.dir),
        kernelArgs: record.root.kernelArgs,
        mac: record.mac,
        wall: host.wall,
        consoleLog: files.console,
        qmpSocket: files.qmpSocket,
        exports: exportsOf(files, spec, host.cage),
      }),
    ],
    shares: spec.shares,
    ports: spec.ports,
    wall: host.wall,
    network: spec.network,
    ...(spec.idle === undefined ? {} : { idle: spec.idle }),
    ssh: {
      host: '127.0.0.1',
      user: guestUser(spec),
      identityFile: keys.identity,
      knownHostsFile: keys.knownHosts,
      hostKeyAlias: hostKeyAlias(spec.id),
      controlPath: files.controlSocket,
    },
  };
};
