import { rm } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { makePrivateDir } from '../lib/atomic-file.ts';
import { readBootId } from '../lib/boot-id.ts';
import { writeJsonFile } from '../lib/json-file.ts';
import { acquireLock } from '../lib/lock.ts';
import { pathsFrom } from '../lib/paths.ts';
import { identifyProcess } from '../lib/process-identity.ts';
import { createKeeperContext } from './context.ts';
import { createKeeperLog } from './keeper-log.ts';
import { keepMachine } from './machine.ts';
import { type KeeperStatus, type Operation, PROTOCOL_VERSION } from './protocol.ts';
import { type KeeperNote, machineFiles } from './protocol-files.ts';
import { startServer } from './server.ts';

// The entry of the keeper's process: `node keeper/main.js UUID`, one a machine, started detached by the driver.

/** A keeper that nobody gave a machine to within this time ends. */
const UNUSED_MS = 30_000;

const id = process.argv[2] ?? '';
if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) {
  process.stderr.write('usage: agentvm keeper UUID\n');
  process.exit(3);
}
process.title = `agentvm keeper ${id}`;
process.umask(0o077);
const files = machineFiles(pathsFrom(process.env), id);
const log = createKeeperLog(files.keeperLog, () => new Date());
const abort = new AbortController();
const context = createKeeperContext(process.env, log, abort.signal);
process.on('uncaughtException', (error) => log(`uncaught: ${error.stack ?? error.message}`));
process.on('unhandledRejection', (error) => log(`unhandled: ${String(error)}`));
process.on('SIGHUP', () => {});
process.on('SIGINT', () => {});

await makePrivateDir(files.dir);
await makePrivateDir(files.sockets);
await makePrivateDir(files.cage);
const lock = await acquireLock(context, {
  path: files.keeperLock,
  what: `the machine ${id}`,
  command: 'agentvm keeper',
}).catch((error: unknown) => {
  log(`another keeper is there: ${String(error)}`);
  process.exit(5);
});
const identity = await identifyProcess(process.pid);
if (identity !== undefined) {
  const bootId = await readBootId();
  await writeJsonFile(files.keeper, { ...identity, version: PROTOCOL_VERSION, bootId } satisfies KeeperNote);
}

/** Values that commands handed over, by environment variable; they are nowhere else in this process. */
const handed = new Map<string, string>();
// The inner half lies beside the keeper, under the same ending.
const program = process.argv[1] ?? '';
const innerProgram = join(dirname(program), `inner${extname(program)}`);
const machine = keepMachine(context, files, { innerProgram, variable: (name) => handed.get(name) }, log);
let isLeaving = false;

const leave = async (why: string): Promise<void> => {
  if (isLeaving) return;
  isLeaving = true;
  log(`leaving: ${why}`);
  await server.close();
  await rm(files.keeper, { force: true });
  await lock.release();
  process.exit(0);
};

const perform = async (operation: Operation): Promise<KeeperStatus> => {
  await taken;
  switch (operation.op) {
    case 'status':
      break;
    case 'start':
      await machine.start();
      break;
    case 'refresh':
    case 'update':
    case 'resume':
    case 'connect':
      await machine[operation.op]();
      break;
    case 'snapshot':
      await machine.snapshot(operation.action, operation.name);
      break;
    case 'secrets':
      for (const [variable, value] of Object.entries(operation.values)) handed.set(variable, value);
      break;
    case 'stop':
      await machine.stop(operation.graceMs);
      break;
  }
  return machine.status();
};

let settle = (): void => {};
const taken = new Promise<void>((resolve) => {
  settle = resolve;
});
const server = await startServer({ path: files.keeperSocket, machineId: id, perform, log });
log(`keeper ${process.pid}, protocol ${PROTOCOL_VERSION}`);
try {
  await machine.takeOver();
} catch (error) {
  log(`take over: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
}
settle();

machine.ended.then(() => leave('the machine has ended'));
process.on('SIGTERM', () => {
  machine.release().then(() => leave('another keeper takes over'));
});
setTimeout(() => {
  if (!machine.isRunning()) leave('no machine to keep');
}, UNUSED_MS).unref();
