import { rename, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from '../lib/context.ts';
import { execDetached } from '../lib/exec-detached.ts';
import { AgentvmError } from '../model/errors.ts';
import type { SshTarget } from '../model/guest.ts';
import { sshArguments } from '../model/ssh-options.ts';
import { readTail } from './log-tail.ts';
import type { MachineFiles } from './protocol-files.ts';

/** The ControlMaster of a machine: a process of its own, so that sessions survive the keeper. */
export type SshMaster = {
  /** Whether the master listens. */
  readonly isUp: () => Promise<boolean>;
  /** Whether the guest's SSH server answers. */
  readonly isGuestAnswering: () => Promise<boolean>;
  /** Starts it; resolves when it is authenticated. @throws AgentvmError SSH_MASTER_FAILED. */
  readonly start: () => Promise<void>;
  /** Forwards exactly these ports of the guest, each from its `forwardSocket`. */
  readonly forward: (guestPorts: readonly number[]) => Promise<void>;
  /** Brings a unix socket of this host to a port of the guest's loopback. */
  readonly publish: (guestPort: number, socketPath: string) => Promise<void>;
  /**
   * Takes its control socket out of the way, so that no new session finds it; those that there are go on. An `ssh -O stop`
   * could not be taken back, and would leave a master that nobody can end.
   */
  readonly hide: () => Promise<void>;
  /** Takes that back, also what an earlier keeper left so. */
  readonly show: () => Promise<void>;
  /** Ends it, hidden or not. */
  readonly stop: () => Promise<void>;
};

const BANNER = 'SSH-';
const BANNER_TIMEOUT_MS = 3000;
const COMMAND_TIMEOUT_MS = 20_000;
const PUBLISH_TRIES = 5;
const PUBLISH_PAUSE_MS = 300;

const canConnect = (path: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

/** QEMU accepts before the guest listens, so only a banner tells that somebody is there. */
const hasBanner = async (dial: () => Promise<Socket>): Promise<boolean> => {
  const socket = await dial().catch(() => undefined);
  if (socket === undefined) return false;
  return new Promise((resolve) => {
    socket.setTimeout(BANNER_TIMEOUT_MS, () => socket.destroy());
    socket.once('data', (chunk) => {
      resolve(chunk.toString('latin1').startsWith(BANNER));
      socket.destroy();
    });
    socket.on('error', () => {});
    socket.once('close', () => resolve(false));
  });
};

/** The unix socket on the host that leads to a port of the guest. */
export const forwardSocket = (files: MachineFiles, guestPort: number): string =>
  join(files.sockets, `p${guestPort}`);

/** How the host's programs get to the guest's SSH server. */
export type GuestWay = {
  /** The command as it runs where the target's port leads there. */
  readonly enter: (command: readonly string[]) => readonly string[];
  readonly dialGuest: () => Promise<Socket>;
};

/** The way to a guest on plain user networking: QEMU listens on this host. */
export const plainWay = (port: number): GuestWay => ({
  enter: (command) => command,
  dialGuest: () =>
    new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => resolve(socket));
      socket.once('error', reject);
    }),
});

/** The master connection to one guest; nothing is started yet. */
export const createSshMaster = (
  context: Context,
  files: MachineFiles,
  target: SshTarget,
  way: GuestWay,
): SshMaster => {
  const forwarded = new Set<number>();
  let isPublished = false;
  let isOurs = false;
  const socketOf = (port: number): string => forwardSocket(files, port);
  const rule = (port: number): string => `${socketOf(port)}:localhost:${port}`;
  const hidden = `${target.controlPath}.h`;
  const controlAt = async (path: string, operation: string, args: readonly string[]): Promise<boolean> => {
    const result = await context.exec(
      'ssh',
      ['-F', 'none', '-S', path, '-O', operation, ...args, target.host],
      {
        accept: 'any',
        timeoutMs: COMMAND_TIMEOUT_MS,
        signal: context.signal,
      },
    );
    return result.exitCode === 0;
  };
  const control = (operation: string, ...args: readonly string[]): Promise<boolean> =>
    controlAt(target.controlPath, operation, args);
  const isUp = (): Promise<boolean> => canConnect(target.controlPath);
  return {
    isUp,
    isGuestAnswering: () => hasBanner(way.dialGuest),
    start: async () => {
      forwarded.clear();
      isPublished = false;
      await rm(target.controlPath, { force: true });
      const [program = '', ...args] = way.enter([
        'ssh',
        ...sshArguments(target),
        ...['-o', 'ControlMaster=yes', '-o', 'ControlPersist=no', '-o', 'StreamLocalBindUnlink=yes'],
        ...['-o', 'ConnectTimeout=15', '-o', 'ExitOnForwardFailure=no'],
        ...['-N', '-f', target.host],
      ]);
      const { ended } = await execDetached(program, args, {
        logFile: files.sshLog,
        cwd: '/',
        env: context.env,
      });
      isOurs = true;
      if ((await ended) === '0') return;
      throw new AgentvmError({
        code: 'SSH_MASTER_FAILED',
        message: 'The SSH connection to the guest could not be made',
        details: await readTail(files.sshLog),
        hint: 'Look at the console with `agentvm logs --console`; `agentvm restart` starts the guest anew.',
      });
    },
    forward: async (guestPorts) => {
      const wanted = new Set(guestPorts);
      for (const port of [...forwarded].filter((one) => !wanted.has(one))) {
        await control('cancel', '-L', rule(port));
        await rm(socketOf(port), { force: true });
        forwarded.delete(port);
      }
      for (const port of [...wanted].filter((one) => !forwarded.has(one))) {
        // An earlier keeper may have asked for the same: asking again would bind over its socket.
        const isThere = await canConnect(socketOf(port));
        if (isThere || (await control('forward', '-L', rule(port)))) forwarded.add(port);
      }
    },
    publish: async (guestPort, socketPath) => {
      if (isPublished) return;
      isPublished = true;
      const publishNow = () => control('forward', '-R', `127.0.0.1:${guestPort}:${socketPath}`);
      // Of a master that was found, the guest's server says no the second time, and the first holds.
      const tries = isOurs ? PUBLISH_TRIES : 1;
      for (let tried = 1; !(await publishNow()) && tried < tries; tried += 1) {
        // The end of the one before may not have come to the guest's server yet, which then holds the port.
        await sleep(PUBLISH_PAUSE_MS, undefined, { ref: false });
      }
    },
    hide: () => rename(target.controlPath, hidden),
    show: async () => {
      if ((await canConnect(hidden)) && !(await isUp())) await rename(hidden, target.controlPath);
    },
    stop: async () => {
      for (const path of [target.controlPath, hidden]) {
        if (await canConnect(path)) await controlAt(path, 'exit', []).catch(() => false);
      }
      await Promise.all(
        [target.controlPath, hidden, ...[...forwarded].map(socketOf)].map((path) =>
          rm(path, { force: true }),
        ),
      );
      forwarded.clear();
    },
  };
};
