import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { readBootId } from '../lib/boot-id.ts';
import type { Context } from '../lib/context.ts';
import { readJsonFile, writeJsonFile } from '../lib/json-file.ts';
import { createMutex } from '../lib/mutex.ts';
import {
  identifyProcess,
  isProcessAlive,
  type ProcessIdentity,
  signalProcess,
} from '../lib/process-identity.ts';
import { AgentvmError } from '../model/errors.ts';
import { openCage } from './cage.ts';
import { startHolder } from './holder.ts';
import {
  type KeeperParts,
  type KeepNetworkOptions,
  keepNetwork,
  keepNetworkAgain,
  networkPart,
} from './keep-network.ts';
import type { KeeperLog } from './keeper-log.ts';
import { shortenLogs } from './log-limit.ts';
import type { MachineNetwork } from './network/machine-network.ts';
import { createPortListeners } from './port-listeners.ts';
import { createProbePace, type ProbePace } from './probe-pace.ts';
import type { KeeperStatus } from './protocol.ts';
import { type Ending, GUEST_PROXY_PORT, type Launch, type MachineFiles, type Run } from './protocol-files.ts';
import { attachQemu, awaitQemu, type QemuProcess } from './qemu-process.ts';
import { refuseShareChange } from './shares/fixed-shares.ts';
import { checkPlainShares } from './shares/plain-shares.ts';
import { createShareTree, type ShareTree } from './shares/share-tree.ts';
import { createSshMaster, forwardSocket, plainWay, type SshMaster } from './ssh-master.ts';

/** A machine and everything on the host that belongs to it while it runs. */
export type KeptMachine = {
  readonly isRunning: () => boolean;
  readonly status: () => KeeperStatus;
  readonly start: () => Promise<void>;
  /** Goes on with what an earlier keeper left. Returns false when nothing runs. */
  readonly takeOver: () => Promise<boolean>;
  readonly update: () => Promise<void>;
  readonly refresh: () => Promise<void>;
  readonly resume: () => Promise<void>;
  readonly connect: () => Promise<void>;
  readonly snapshot: (action: 'take' | 'remove', name: string) => Promise<void>;
  readonly stop: (graceMs: number) => Promise<void>;
  /** Leaves everything running for another keeper. */
  readonly release: () => Promise<void>;
  /** Settles when the machine that ran has ended and all its traces on the host are gone. */
  readonly ended: Promise<void>;
};

const LOOK_EVERY_MS = 15_000;
const BOOT_LOOK_EVERY_MS = 1000;
/** How long the one who asks for a connection waits for a guest that boots. */
const CONNECT_WAIT_MS = 15_000;
const CONNECT_POLL_MS = 250;
const NOTES_KEPT = 20;
const ENDING_MS = 5000;
const HOLDER_GONE =
  'The holder of the namespaces was ended: mounts and protections cannot change until a restart';

type Live = {
  readonly launch: Launch;
  readonly qemu: QemuProcess;
  readonly tree: ShareTree | undefined;
  /** Absent where nothing holds the guest's traffic. */
  readonly network: MachineNetwork | undefined;
  readonly master: SshMaster;
  readonly pace: ProbePace;
};

const noMachineError = (): AgentvmError =>
  new AgentvmError({
    code: 'NOT_RUNNING',
    message: 'The machine does not run',
    hint: 'Start it with `agentvm start`.',
  });

/** The machine of one folder; nothing is started yet. */
export const keepMachine = (
  context: Context,
  files: MachineFiles,
  parts: KeeperParts,
  log: KeeperLog,
): KeptMachine => {
  const inTurn = createMutex();
  const ports = createPortListeners(context, (port) => forwardSocket(files, port));
  const notes: string[] = [];
  let live: Live | undefined;
  let run: Run | undefined;
  let ending: Ending | undefined;
  let isIntended = false;
  let isReady = false;
  let lookedAt = context.clock.now().toISOString();
  let timer: NodeJS.Timeout | undefined;
  let finish = (): void => {};
  const ended = new Promise<void>((resolve) => {
    finish = resolve;
  });

  const note = (text: string): void => {
    log(text);
    notes.push(text);
    if (notes.length > NOTES_KEPT) notes.shift();
  };
  const writeRun = async (next: Run): Promise<void> => {
    run = next;
    await writeJsonFile(files.run, next);
  };
  const hostPorts = (): Record<string, number> =>
    Object.fromEntries(ports.status().flatMap(({ key, port }) => (port === null ? [] : [[key, port]])));
  const readLaunch = async (): Promise<Launch> => {
    const launch = await readJsonFile<Launch>(files.launch);
    if (launch?.format === 1) return launch;
    throw new AgentvmError({
      code: 'LAUNCH_MISSING',
      message: `There is no launch.json of this version in ${files.dir}`,
      hint: 'Run `agentvm apply`.',
    });
  };
  const makeTree = (holder: ProcessIdentity): Promise<ShareTree> =>
    createShareTree({
      context,
      dir: files.dir,
      cage: openCage(context, holder.pid, files.cage),
      folder: files.cage,
      remembered: { shares: run?.shares ?? [], known: run?.known ?? [] },
      note,
      log,
      onRemember: (remembered) => {
        if (run !== undefined) {
          writeRun({ ...run, ...remembered }).catch((error: unknown) => log(`run.json: ${String(error)}`));
        }
      },
    });

  const connectNow = async (): Promise<void> => {
    if (live === undefined) throw noMachineError();
    const { master, launch, network, pace, qemu } = live;
    isReady = await master.isUp();
    if (!isReady && !qemu.isPaused() && (await pace.isDue()) && (await master.isGuestAnswering())) {
      await master.start();
      isReady = true;
      log('the SSH master connection is up');
    }
    if (!isReady) return;
    await master.forward(launch.ports.map((port) => port.guest));
    if (network?.proxySocket !== undefined) await master.publish(GUEST_PROXY_PORT, network.proxySocket);
  };
  const checkHolder = async (): Promise<void> => {
    if (live?.tree === undefined || run === undefined || (await isProcessAlive(run.holder))) return;
    live.tree.close();
    live = { ...live, tree: undefined };
    note(HOLDER_GONE);
  };
  const look = async (): Promise<void> => {
    if (live === undefined) return;
    await connectNow().catch((error: unknown) => {
      isReady = false;
      log(`connect: ${String(error)}`);
    });
    await checkHolder();
    await live?.tree?.enforce();
    await live?.network?.look();
    await shortenLogs([files.console, files.qemuLog]);
    lookedAt = context.clock.now().toISOString();
  };
  const scheduleLook = (): void => {
    clearTimeout(timer);
    if (live === undefined) return;
    timer = setTimeout(
      () => {
        inTurn(look)
          .catch((error: unknown) => log(`look: ${String(error)}`))
          .finally(scheduleLook);
      },
      isReady ? LOOK_EVERY_MS : BOOT_LOOK_EVERY_MS,
    );
  };

  /** Takes every trace of a machine that has ended off the host. */
  const cleanUp = async (how: Ending): Promise<void> => {
    clearTimeout(timer);
    const was = live;
    live = undefined;
    isReady = false;
    ending = isIntended ? { power: 'stopped', reason: 'stopped by agentvm', at: how.at } : how;
    log(`the machine has ended: ${ending.reason}`);
    was?.tree?.close();
    await was?.tree?.settle().catch((error: unknown) => log(`settling: ${String(error)}`));
    await ports.close();
    await was?.master.stop();
    was?.network?.close();
    if (run !== undefined) await signalProcess(run.holder, 'SIGTERM');
    await rm(files.qmpSocket, { force: true });
    if (ending.power === 'crashed' && run !== undefined) await writeRun({ ...run, ended: ending });
    else await rm(files.run, { force: true });
    run = undefined;
    finish();
  };

  const nowMs = (): number => context.clock.now().getTime();
  /** `since` tells a machine that was started just now from one that may have been up for long. */
  const goLive = (
    launch: Launch,
    qemu: QemuProcess,
    tree: ShareTree | undefined,
    network: MachineNetwork | undefined,
    since: 'started' | 'found',
  ): void => {
    const target = { ...launch.ssh, port: qemu.sshPort };
    const pace = createProbePace(files.console, nowMs, since === 'found');
    const master = createSshMaster(context, files, target, network ?? plainWay(qemu.sshPort));
    live = { launch, qemu, tree, network, master, pace };
    lookedAt = context.clock.now().toISOString();
    qemu.ended.then((how) => inTurn(() => cleanUp(how))).catch((error: unknown) => log(String(error)));
    scheduleLook();
  };

  const networkOptions = (
    launch: Launch,
    holder: ProcessIdentity,
    qemu: QemuProcess,
  ): KeepNetworkOptions => ({
    ...parts,
    files,
    launch,
    holder,
    guestSshPort: qemu.sshPort,
    sshPort: run?.sshPort,
    shares: () => live?.launch.shares ?? [],
    log,
  });

  const bringUp = async (): Promise<void> => {
    const launch = await readLaunch();
    if (!launch.cage) for (const text of await checkPlainShares(launch.shares)) note(text);
    await ports.set(launch.ports);
    const holder = await startHolder(context, files, launch);
    const identity = await identifyProcess(holder.pid);
    let network: MachineNetwork | undefined;
    try {
      if (identity === undefined) throw await awaitQemu(files);
      await writeRun({ format: 1, bootId: await readBootId(), holder: identity, shares: [], known: [] });
      const tree = launch.cage ? await makeTree(identity) : undefined;
      await tree?.set(launch.shares);
      holder.send('go\n');
      const qemu = await awaitQemu(files);
      if (run !== undefined) await writeRun({ ...run, qemu });
      const attached = await attachQemu(context, files, qemu, note);
      network = await keepNetwork(context, networkOptions(launch, identity, attached));
      const sshPort = network?.sshPort ?? attached.sshPort;
      if (run !== undefined) await writeRun({ ...run, qemu, sshPort, ports: hostPorts() });
      goLive(launch, attached, tree, network, 'started');
    } catch (error) {
      network?.close();
      if (run?.qemu !== undefined) await signalProcess(run.qemu, 'SIGKILL');
      if (identity !== undefined) await signalProcess(identity, 'SIGKILL');
      await rm(files.run, { force: true });
      throw error;
    }
  };

  return {
    ended,
    isRunning: () => live !== undefined,
    status: () => {
      const power =
        live === undefined ? (ending?.power ?? 'stopped') : live.qemu.isPaused() ? 'paused' : 'running';
      return {
        power,
        ...(live === undefined && ending !== undefined ? { powerReason: ending.reason } : {}),
        at: lookedAt,
        guestReady: isReady,
        cpus: live?.launch.cpus ?? 0,
        memoryMiB: live?.launch.memoryMiB ?? 0,
        ports: ports.status(),
        shares: (live?.tree?.shares() ?? live?.launch.shares ?? []).map(
          ({ id, hostPath, guestPath, mode }) => ({
            id,
            hostPath,
            guestPath,
            mode,
          }),
        ),
        notes: [...notes],
        ...(live && networkPart(live.network, live.launch, parts.variable)),
      };
    },
    start: () =>
      inTurn(async () => {
        if (live !== undefined) return;
        try {
          await bringUp();
        } catch (error) {
          run = undefined;
          await ports.close();
          throw error;
        }
      }),
    takeOver: () =>
      inTurn(async () => {
        const left = await readJsonFile<Run>(files.run);
        if (left === undefined || left.ended !== undefined || left.bootId !== (await readBootId()))
          return false;
        const qemu = left.qemu ?? ((await isProcessAlive(left.holder)) ? await awaitQemu(files) : undefined);
        if (qemu === undefined || !(await isProcessAlive(qemu))) return false;
        run = { ...left, qemu };
        const launch = await readLaunch();
        const attached = await attachQemu(context, files, qemu, note);
        let tree: ShareTree | undefined;
        if (launch.cage && (await isProcessAlive(left.holder))) {
          tree = await makeTree(left.holder);
          await tree.set(launch.shares).catch((error: unknown) => note(String(error)));
        } else if (launch.cage) {
          note(HOLDER_GONE);
        }
        const network = await keepNetworkAgain(context, {
          ...networkOptions(launch, left.holder, attached),
          note,
        });
        await ports.set(launch.ports, left.ports).catch((error: unknown) => note(String(error)));
        const sshPort = network?.sshPort ?? attached.sshPort;
        await writeRun({ ...run, sshPort, ports: hostPorts() });
        goLive(launch, attached, tree, network, 'found');
        log('took over a running machine');
        return true;
      }),
    update: () =>
      inTurn(async () => {
        if (live === undefined) throw noMachineError();
        const launch = await readLaunch();
        const before = live.launch;
        if (live.tree === undefined) refuseShareChange(before, launch);
        await ports.set(launch.ports);
        try {
          await live.tree?.set(launch.shares);
        } catch (error) {
          await ports.set(before.ports).catch((problem: unknown) => note(String(problem)));
          await live.tree?.set(before.shares).catch((problem: unknown) => note(String(problem)));
          throw error;
        }
        if (run !== undefined) await writeRun({ ...run, ports: hostPorts() });
        if (launch.network !== undefined) await live.network?.set(launch.network);
        // What QEMU was started with stays true until a restart.
        const { cpus, memoryMiB, command, wall } = live.launch;
        live = {
          ...live,
          launch: { ...launch, cpus, memoryMiB, command, ...(wall === undefined ? {} : { wall }) },
        };
        await connectNow();
      }),
    refresh: async () => {
      const isAnswering = await live?.qemu.refresh().then(
        () => true,
        () => false,
      );
      // It is ending just now: what became of it is worth the wait.
      if (isAnswering === false) await Promise.race([ended, sleep(ENDING_MS, undefined, { ref: false })]);
      await inTurn(look);
    },
    resume: () =>
      inTurn(async () => {
        if (live === undefined) throw noMachineError();
        await live.qemu.resume();
      }),
    connect: async () => {
      const deadlineMs = nowMs() + CONNECT_WAIT_MS;
      for (;;) {
        await inTurn(connectNow);
        if (isReady || live?.qemu.isPaused() !== false || nowMs() > deadlineMs) break;
        await sleep(CONNECT_POLL_MS, undefined, { signal: context.signal });
      }
      scheduleLook();
    },
    snapshot: (action, name) =>
      inTurn(async () => {
        if (live === undefined) throw noMachineError();
        await live.qemu.snapshot(action, name);
        log(`snapshot ${name}: ${action}`);
      }),
    stop: async (graceMs) => {
      if (live === undefined) return;
      isIntended = true;
      await live.qemu.powerOff(graceMs);
      await ended;
    },
    release: () =>
      inTurn(async () => {
        clearTimeout(timer);
        live?.tree?.close();
        live?.network?.close();
        live?.qemu.release();
        await ports.close();
      }),
  };
};
