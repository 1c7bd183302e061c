import { join } from 'node:path';
import { machineDir, type Paths, socketDir } from '../lib/paths.ts';
import type { ProcessIdentity } from '../lib/process-identity.ts';
import type { SshTarget } from '../model/guest.ts';
import type { IdleSpec } from '../model/idle.ts';
import type { PowerState } from '../model/machine.ts';
import { NETWORK_LOG, type NetworkSpec, type NetworkWall } from '../model/network.ts';
import type { PortForward, Share } from '../model/share.ts';

/** Files of a machine that its driver and its keeper share. Every path is absolute. */
export type MachineFiles = {
  readonly dir: string;
  readonly sockets: string;
  readonly launch: string;
  readonly run: string;
  readonly keeper: string;
  readonly keeperLog: string;
  readonly keeperLock: string;
  readonly keeperSocket: string;
  readonly qmpSocket: string;
  readonly controlSocket: string;
  /** The keeper's proxy, behind the second wall. */
  readonly proxySocket: string;
  readonly console: string;
  readonly qemuLog: string;
  readonly qemuPid: string;
  readonly qemuExit: string;
  readonly holderReady: string;
  readonly sshLog: string;
  /** What the machine's user network takes for this host's /etc/resolv.conf. */
  readonly resolver: string;
  readonly networkLog: string;
  /** An empty folder on the host; in the cage a small file system with the exported tree in it. */
  readonly cage: string;
};

/** Where the files of a machine are. */
export const machineFiles = (paths: Paths, id: string): MachineFiles => {
  const dir = machineDir(paths, id);
  const sockets = socketDir(paths, id);
  return {
    dir,
    sockets,
    launch: join(dir, 'launch.json'),
    run: join(dir, 'run.json'),
    keeper: join(dir, 'keeper.json'),
    keeperLog: join(dir, 'keeper.log'),
    keeperLock: join(dir, 'keeper.lock'),
    keeperSocket: join(sockets, 'k'),
    qmpSocket: join(sockets, 'q'),
    controlSocket: join(sockets, 's'),
    proxySocket: join(sockets, 'x'),
    console: join(dir, 'console.log'),
    qemuLog: join(dir, 'qemu.log'),
    qemuPid: join(dir, 'qemu.pid'),
    qemuExit: join(dir, 'qemu.exit'),
    holderReady: join(dir, 'holder.ready'),
    sshLog: join(dir, 'ssh.log'),
    resolver: join(dir, 'resolv.conf'),
    networkLog: join(dir, NETWORK_LOG),
    cage: join(dir, 'cage'),
  };
};

/** Port of the guest's loopback that leads to the keeper's proxy, behind the second wall. */
export const GUEST_PROXY_PORT = 3128;

/** `launch.json`: what the driver tells the keeper to run. */
export type Launch = {
  readonly format: 1;
  readonly name: string;
  readonly cpus: number;
  readonly memoryMiB: number;
  /** Whether QEMU lives in namespaces in which shares are bind mounts, or exports each share's folder itself. */
  readonly cage: boolean;
  /** QEMU and its arguments. */
  readonly command: readonly string[];
  readonly shares: readonly Share[];
  readonly ports: readonly PortForward[];
  /** What holds the guest's traffic; chosen at the start. Absent in files of releases before there was a wall. */
  readonly wall?: NetworkWall;
  readonly network?: NetworkSpec;
  /** When it is suspended while nobody uses it; absent where never. */
  readonly idle?: IdleSpec;
  /** How to reach the guest, but for the port, which is found at the start. */
  readonly ssh: Omit<SshTarget, 'port'>;
};

/** How a machine ended. */
export type Ending = { readonly power: PowerState; readonly reason: string; readonly at: string };

/** `run.json`: the processes of a started machine. Absent when it was never started or was stopped. */
export type Run = {
  readonly format: 1;
  readonly bootId: string;
  readonly holder: ProcessIdentity;
  /** Absent for the moment between holder and QEMU. */
  readonly qemu?: ProcessIdentity;
  /** Port of this host's 127.0.0.1 that leads to the guest's SSH server: the keeper's door. */
  readonly sshPort?: number;
  /** Key of each forwarded port → its host port, so that `auto` stays what it was. */
  readonly ports?: Readonly<Record<string, number>>;
  /** What is exported, and the protected paths (`SHARE/PATH`) that are bound or were when last seen. */
  readonly shares: readonly Share[];
  readonly known: readonly string[];
  /** RFC 3339 in UTC: nobody used it, so that its processors were halted. Written before; it may still run. */
  readonly suspendedSince?: string;
  readonly ended?: Ending;
};

/** `keeper.json`: who keeps the machine. */
export type KeeperNote = ProcessIdentity & {
  readonly version: number;
  /** The boot in which it runs: another one's process numbers and start times mean nothing. */
  readonly bootId: string;
};
