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
import type { SshTarget } from '../model/guest.ts';
import { openCage } from './cage.ts';
import { startHolder } from './holder.ts';
import { suspendableMachine } from './idle/suspendable-machine.ts';
import { suspendedRun, takenOver } from './idle/suspended-run.ts';
import {
  type KeeperParts,
  type KeepNetworkOptions,
  keepNetwork,
  keepNetworkAgain,
  networkPart,
} from './keep-network.ts';
import { createNotes, type KeeperLog } from './keeper-log.ts';
import type { KeptMachine, Live } from './kept-machine.ts';
import { noMachineError, readLaunch } from './launch-file.ts';
import { shortenLogs } from './log-limit.ts';
import { machineStatus } from './machine-status.ts';
import type { MachineNetwork } from './network/machine-network.ts';
import { createPortListeners } from './port-listeners.ts';
import { createProbePace } from './probe-pace.ts';
import { type Ending, GUEST_PROXY_PORT, type Launch, type MachineFiles, type Run } from './protocol-files.ts';
import { attachQemu, awaitQemu, type QemuProcess } from './qemu-process.ts';
import { refuseShareChange } from './shares/fixed-shares.ts';
import { checkPlainShares } from './shares/plain-shares.ts';
import { createShareTree, type ShareTree } from './shares/share-tree.ts';
import { openSshDoor, type SshDoor } from './ssh-door.ts';
import { createSshMaster, forwardSocket, plainWay } from './ssh-master.ts';

const LOOK_EVERY_MS = 15_000;
const BOOT_LOOK_EVERY_MS = 1000;
/** How long the one who asks for a connection waits for a guest that boots. */
const CONNECT_WAIT_MS = 15_000;
const CONNECT_POLL_MS = 250;
const ENDING_MS = 5000;
const HOLDER_GONE =
  'The holder of the namespaces was ended: mounts and protections cannot change until a restart';

/** The machine of one folder; nothing is started yet. */
export const keepMachine = (
  context: Context,
  files: MachineFiles,
  parts: KeeperParts,
  log: KeeperLog,
): KeptMachine => {
  const inTurn = createMutex();
  const ports = createPortListeners(
    context,
    (port) => forwardSocket(files, port),
    async (port) => live?.idle.awake(`a connection at port ${port}`),
  );
  const { note, notes } = createNotes(log);
  let live: Live | undefined;
  let door: SshDoor | undefined;
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

  const writeRun = async (next: Run): Promise<void> => {
    run = next;
    await writeJsonFile(files.run, next);
  };
  const hostPorts = (): Record<string, number> =>
    Object.fromEntries(ports.status().flatMap(({ key, port }) => (port === null ? [] : [[key, port]])));
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

  const openWays = async ({ master, launch, network }: Live): Promise<void> => {
    await master.forward(launch.ports.map((port) => port.guest));
    if (network?.proxySocket !== undefined) await master.publish(GUEST_PROXY_PORT, network.proxySocket);
  };
  const connectNow = async (): Promise<void> => {
    if (live === undefined) throw noMachineError();
    const { master, pace, qemu, idle } = live;
    if (!idle.isAwake()) return;
    isReady = await master.isUp();
    if (!isReady && !qemu.isPaused() && (await pace.isDue()) && (await master.isGuestAnswering())) {
      await master.start();
      isReady = true;
      log('the SSH master connection is up');
    }
    if (isReady) await openWays(live);
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
    was?.idle.close();
    door?.close();
    door = undefined;
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
  const openDoor = async (qemu: QemuProcess, network: MachineNetwork | undefined): Promise<number> => {
    const way = network ?? plainWay(qemu.sshPort);
    door = await openSshDoor(async () => {
      await live?.idle.awake('an SSH connection');
      return way.dialGuest();
    }, run?.sshPort);
    return door.port;
  };
  const suspensionOf = (of: Pick<Live, 'qemu' | 'network' | 'master'>, target: SshTarget) =>
    suspendableMachine(context, {
      ...{ ...of, target, inTurn, log, note },
      since: run?.suspendedSince,
      launch: () => live?.launch,
      connections: () => ports.connections() + (door?.connections() ?? 0),
      isReady: () => live !== undefined && isReady && !isIntended,
      setReady: (isUp) => {
        isReady = isUp;
      },
      openWays: async () => {
        if (live !== undefined) await openWays(live);
      },
      record: async (suspendedSince) => {
        if (run !== undefined) await writeRun(suspendedRun(run, suspendedSince));
      },
    });
  /** `since` tells a machine that was started just now from one that may have been up for long. */
  const goLive = (
    launch: Launch,
    qemu: QemuProcess,
    tree: ShareTree | undefined,
    network: MachineNetwork | undefined,
    since: 'started' | 'found',
  ): Live => {
    const target = { ...launch.ssh, port: qemu.sshPort };
    const pace = createProbePace(files.console, nowMs, since === 'found');
    const master = createSshMaster(context, files, target, network ?? plainWay(qemu.sshPort));
    const idle = suspensionOf({ qemu, network, master }, target);
    live = { launch, qemu, tree, network, master, pace, idle };
    // Whoever asks for it has it reached.
    if (!idle.isAwake()) isReady = true;
    lookedAt = context.clock.now().toISOString();
    qemu.ended.then((how) => inTurn(() => cleanUp(how))).catch((error: unknown) => log(String(error)));
    scheduleLook();
    idle.watch();
    return live;
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
    shares: () => live?.launch.shares ?? [],
    log,
  });

  const bringUp = async (): Promise<void> => {
    const launch = await readLaunch(files);
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
      const sshPort = await openDoor(attached, network);
      if (run !== undefined) await writeRun({ ...run, qemu, sshPort, ports: hostPorts() });
      goLive(launch, attached, tree, network, 'started');
    } catch (error) {
      network?.close();
      door?.close();
      door = undefined;
      if (run?.qemu !== undefined) await signalProcess(run.qemu, 'SIGKILL');
      if (identity !== undefined) await signalProcess(identity, 'SIGKILL');
      await rm(files.run, { force: true });
      throw error;
    }
  };

  return {
    ended,
    isRunning: () => live !== undefined,
    status: () => ({
      ...machineStatus(live && { ...live, isPaused: live.qemu.isPaused() }, {
        ending,
        suspendedSince: live?.idle.since(),
        at: lookedAt,
        guestReady: isReady,
        ports: ports.status(),
        notes: notes(),
      }),
      ...(live && networkPart(live.network, live.launch, parts.variable)),
    }),
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
        const launch = await readLaunch(files);
        const attached = await attachQemu(context, files, qemu, note);
        run = takenOver({ ...left, qemu }, attached.isHalted());
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
        const sshPort = await openDoor(attached, network);
        const { master } = goLive(launch, attached, tree, network, 'found');
        // From here on who connects is waited for.
        await ports.set(launch.ports, left.ports).catch((error: unknown) => note(String(error)));
        await writeRun({ ...run, sshPort, ports: hostPorts() });
        await master.show();
        log(`took over a ${run.suspendedSince === undefined ? 'running' : 'suspended'} machine`);
        return true;
      }),
    update: async () => {
      await live?.idle.awake('a change');
      await inTurn(async () => {
        if (live === undefined) throw noMachineError();
        const launch = await readLaunch(files);
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
        live.idle.watch();
        await connectNow();
      });
    },
    refresh: async () => {
      const isAnswering = await live?.qemu.refresh().then(
        () => true,
        () => false,
      );
      // It is ending just now: what became of it is worth the wait.
      if (isAnswering === false) await Promise.race([ended, sleep(ENDING_MS, undefined, { ref: false })]);
      await inTurn(look);
    },
    resume: async () => {
      await live?.idle.awake('a command');
      await inTurn(async () => {
        if (live === undefined) throw noMachineError();
        await live.qemu.resume();
      });
    },
    connect: async () => {
      await live?.idle.awake('a session');
      // Nothing that takes long keeps one waiting whose way is open.
      if (isReady && (await live?.master.isUp()) === true) return;
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
        live.idle.used();
        await live.qemu.snapshot(action, name);
        log(`snapshot ${name}: ${action}`);
      }),
    stop: async (graceMs) => {
      if (live === undefined) return;
      isIntended = true;
      await Promise.race([live.idle.settled(), sleep(ENDING_MS, undefined, { ref: false })]);
      await live?.qemu.powerOff(graceMs);
      await ended;
    },
    release: () =>
      inTurn(async () => {
        clearTimeout(timer);
        live?.idle.close();
        door?.close();
        live?.tree?.close();
        live?.network?.close();
        live?.qemu.release();
        await ports.close();
      }),
  };
};
