import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from '../lib/context.ts';
import {
  identifyProcess,
  isProcessAlive,
  type ProcessIdentity,
  signalProcess,
} from '../lib/process-identity.ts';
import { connectQmp, type Qmp, type QmpEvent } from '../lib/qmp.ts';
import { AgentvmError } from '../model/errors.ts';
import { readTail } from './log-tail.ts';
import { isHaltedState, type RunState, readEnding } from './protocol-ending.ts';
import type { Ending, MachineFiles } from './protocol-files.ts';
import { parseSshPort } from './user-network.ts';

/** A living QEMU that we speak QMP with. */
export type QemuProcess = {
  readonly identity: ProcessIdentity;
  readonly sshPort: number;
  readonly isPaused: () => boolean;
  /** Whether it is paused because somebody asked for it, not after an error of the disk. */
  readonly isHalted: () => boolean;
  /** Halts the guest's processors; its memory stays where it is. */
  readonly halt: () => Promise<void>;
  readonly resume: () => Promise<void>;
  /** What QEMU tells of its user network. */
  readonly userNetwork: () => Promise<string>;
  /** Takes a snapshot of the root disk, or lets go of one. */
  readonly snapshot: (action: 'take' | 'remove', name: string) => Promise<void>;
  /** Asks QEMU itself. */
  readonly refresh: () => Promise<void>;
  /** Asks the guest to power off, then ends QEMU after graceMs. Returns when it has ended. */
  readonly powerOff: (graceMs: number) => Promise<void>;
  /** Settles when the process has ended, however. */
  readonly ended: Promise<Ending>;
  /** Leaves it running and lets another keeper speak to it. */
  readonly release: () => void;
};

const START_TIMEOUT_MS = 20_000;
const ANSWER_TIMEOUT_MS = 10_000;
const POLL_MS = 20;
/** The guest may be too early in its boot to hear the power button the first time. */
const POWER_BUTTON_EVERY_MS = 5000;
const QUIT_TIMEOUT_MS = 5000;

/** Letting go of many gigabytes on a slow disk. */
const SNAPSHOT_TIMEOUT_MS = 300_000;
const SNAPSHOT_COMMANDS = {
  take: 'blockdev-snapshot-internal-sync',
  remove: 'blockdev-snapshot-delete-internal-sync',
} as const;

const wait = (ms: number): Promise<void> => sleep(ms, undefined, { ref: false });

const failedError = async (files: MachineFiles): Promise<AgentvmError> =>
  new AgentvmError({
    code: 'QEMU_FAILED',
    message: `QEMU did not start: ${(await readEnding(files, '')).reason}`,
    details: await readTail(files.qemuLog),
    hint: 'Run `agentvm doctor`; the whole output is in qemu.log in the folder of the machine.',
  });

/** Waits until the holder has started QEMU. @throws AgentvmError QEMU_FAILED. */
export const awaitQemu = async (files: MachineFiles): Promise<ProcessIdentity> => {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < deadline) {
    const pid = Number(await readFile(files.qemuPid, 'utf8').catch(() => ''));
    if (pid > 0) {
      const identity = await identifyProcess(pid);
      if (identity === undefined) throw await failedError(files);
      return identity;
    }
    await wait(POLL_MS);
  }
  throw await failedError(files);
};

const openQmp = async (
  files: MachineFiles,
  identity: ProcessIdentity,
  onEvent: (event: QmpEvent) => void,
): Promise<Qmp> => {
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    try {
      return await connectQmp(files.qmpSocket, { timeoutMs: ANSWER_TIMEOUT_MS, onEvent });
    } catch (error) {
      if (!(await isProcessAlive(identity))) {
        await wait(POLL_MS * 5);
        throw await failedError(files);
      }
      if (Date.now() > deadline) throw error;
      await wait(POLL_MS);
    }
  }
};

/**
 * Speaks to a QEMU that was just started or that another keeper left.
 * @throws AgentvmError QEMU_FAILED with QEMU's last words, QMP_TIMEOUT.
 */
export const attachQemu = async (
  context: Context,
  files: MachineFiles,
  identity: ProcessIdentity,
  note: (text: string) => void,
): Promise<QemuProcess> => {
  let paused = false;
  let halted = false;
  const onEvent = ({ name, data }: QmpEvent): void => {
    if (name === 'STOP') paused = true;
    if (name === 'RESUME') {
      paused = false;
      halted = false;
    }
    // QEMU pauses a guest whose disk cannot grow on the host.
    if (name === 'BLOCK_IO_ERROR') note(`the machine's disk cannot be used: ${String(data.reason)}`);
  };
  let isReleased = false;
  let qmp = await openQmp(files, identity, onEvent);
  const refresh = async (): Promise<void> => {
    const state = (await qmp.execute('query-status')) as RunState;
    paused = state.running === false;
    halted = isHaltedState(state);
  };
  await refresh();
  const userNetwork = async (): Promise<string> =>
    String(await qmp.execute('human-monitor-command', { 'command-line': 'info usernet' }));
  const network = await userNetwork();
  const sshPort = parseSshPort(network);
  if (sshPort === undefined) {
    throw new AgentvmError({
      code: 'QEMU_FAILED',
      message: 'QEMU did not forward a port to the guest',
      details: network.split('\n'),
      hint: 'This QEMU may be built without user networking (slirp); install the one of your system.',
    });
  }

  /** QMP's end is the first sign; a connection that broke alone is made again. */
  const watchEnd = async (): Promise<Ending> => {
    for (;;) {
      await qmp.closed;
      if (isReleased) return new Promise(() => {});
      const deadline = Date.now() + ANSWER_TIMEOUT_MS;
      while ((await isProcessAlive(identity)) && Date.now() < deadline) await wait(POLL_MS);
      if (!(await isProcessAlive(identity))) break;
      qmp = await openQmp(files, identity, onEvent).catch(() => qmp);
    }
    // The holder writes the exit status right after.
    const deadline = Date.now() + 1000;
    while (Date.now() < deadline && !(await readFile(files.qemuExit).catch(() => undefined)))
      await wait(POLL_MS);
    return readEnding(files, context.clock.now().toISOString());
  };
  const ended = watchEnd();

  const endsWithin = async (ms: number): Promise<boolean> => {
    const deadline = Date.now() + ms;
    while (Date.now() < deadline) {
      if (!(await isProcessAlive(identity))) return true;
      await wait(POLL_MS);
    }
    return !(await isProcessAlive(identity));
  };

  return {
    identity,
    sshPort,
    isPaused: () => paused,
    isHalted: () => halted,
    refresh,
    halt: async () => {
      await qmp.execute('stop');
      paused = true;
      halted = true;
    },
    resume: async () => {
      await qmp.execute('cont');
      paused = false;
      halted = false;
    },
    userNetwork,
    snapshot: async (action, name) => {
      await qmp.execute(SNAPSHOT_COMMANDS[action], { device: 'root', name }, SNAPSHOT_TIMEOUT_MS);
    },
    powerOff: async (graceMs) => {
      const deadline = Date.now() + graceMs;
      if (paused) await qmp.execute('cont').catch(() => undefined);
      while (Date.now() < deadline) {
        await qmp.execute('system_powerdown').catch(() => undefined);
        if (await endsWithin(Math.min(POWER_BUTTON_EVERY_MS, deadline - Date.now()))) return;
      }
      await qmp.execute('quit').catch(() => undefined);
      if (await endsWithin(QUIT_TIMEOUT_MS)) return;
      await signalProcess(identity, 'SIGKILL');
      if (await endsWithin(QUIT_TIMEOUT_MS)) return;
      throw new AgentvmError({
        code: 'STOP_FAILED',
        message: `QEMU (process ${identity.pid}) does not end, not even by SIGKILL`,
        hint: 'It waits for the host, perhaps for a disk or a network file system; mend that, then try again.',
      });
    },
    ended,
    release: () => {
      isReleased = true;
      qmp.close();
    },
  };
};
