import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makePrivateDir } from '../lib/atomic-file.ts';
import { readBootId } from '../lib/boot-id.ts';
import type { Context } from '../lib/context.ts';
import { execDetached } from '../lib/exec-detached.ts';
import { readJsonFile } from '../lib/json-file.ts';
import { isProcessAlive, signalProcess } from '../lib/process-identity.ts';
import { AgentvmError, ExitCode } from '../model/errors.ts';
import { askKeeper } from './client.ts';
import { readTail } from './log-tail.ts';
import type { KeeperStatus, Operation } from './protocol.ts';
import type { KeeperNote, MachineFiles } from './protocol-files.ts';
import { PROXY_VARIABLES } from './proxy-variables.ts';

const APPEAR_TIMEOUT_MS = 30_000;
const RETIRE_TIMEOUT_MS = 10_000;
const POLL_MS = 20;
/** Exit code of a keeper that found another one. */
const LOCKED = String(ExitCode.locked);

/** What a keeper needs of the environment; the rest may hold secrets. */
const PASSED_ON = [
  'HOME',
  'PATH',
  'LANG',
  'LC_ALL',
  'TZ',
  'TMPDIR',
  'USER',
  'LOGNAME',
  'XDG_STATE_HOME',
  'XDG_DATA_HOME',
  'XDG_CONFIG_HOME',
  'XDG_CACHE_HOME',
  'XDG_RUNTIME_DIR',
  'DBUS_SESSION_BUS_ADDRESS',
  // It dials for the guest as this host's own programs would, and trusts whom they trust.
  ...PROXY_VARIABLES,
  'NODE_EXTRA_CA_CERTS',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
];

const failedError = async (files: MachineFiles, why: string): Promise<AgentvmError> =>
  new AgentvmError({
    code: 'KEEPER_FAILED',
    message: `The keeper of the machine ${why}`,
    details: await readTail(files.keeperLog),
    hint: `Its log is ${files.keeperLog}.`,
  });

/** Who keeps the machine; a note that was left before this host booted last names nobody. */
export const readKeeperNote = async (files: MachineFiles): Promise<KeeperNote | undefined> => {
  const note = await readJsonFile<KeeperNote>(files.keeper);
  return note?.bootId === (await readBootId()) ? note : undefined;
};

/** Ends a keeper whose language we do not speak; its machine and sessions go on. */
const retireKeeper = async (context: Context, files: MachineFiles): Promise<void> => {
  const note = await readKeeperNote(files);
  if (note === undefined || !(await signalProcess(note, 'SIGTERM'))) return;
  const deadline = Date.now() + RETIRE_TIMEOUT_MS;
  while (await isProcessAlive(note)) {
    // It holds no truth of its own, so that even this loses nothing.
    if (Date.now() > deadline) await signalProcess(note, 'SIGKILL');
    await sleep(POLL_MS, undefined, { signal: context.signal });
  }
};

/** The ways to start a keeper, best first: in a scope of its own a logout does not end it. */
const waysToStart = (
  context: Context,
  keeper: { readonly program: string; readonly machineId: string },
): readonly (readonly string[])[] => {
  const command = [process.execPath, keeper.program, keeper.machineId];
  const runtime = context.env.XDG_RUNTIME_DIR;
  const hasUserSession = runtime !== undefined && existsSync(join(runtime, 'systemd', 'private'));
  const scope = ['systemd-run', '--user', '--scope', '--quiet', '--collect', '--'];
  return hasUserSession ? [[...scope, ...command], command] : [command];
};

/** Returns what tells how it ended, once it has. */
const spawnKeeper = async (
  context: Context,
  files: MachineFiles,
  [program = '', ...args]: readonly string[],
): Promise<() => string | undefined> => {
  const env = Object.fromEntries(PASSED_ON.map((name) => [name, context.env[name]]));
  let ended: string | undefined;
  await execDetached(program, args, { logFile: files.keeperLog, cwd: '/', env }).then(
    (spawned) => {
      spawned.ended.then((how) => {
        ended = how;
      });
    },
    (error: unknown) => {
      ended = String(error);
    },
  );
  return () => ended;
};

/**
 * Says one thing to the machine's keeper, after starting one if there is none or replacing one of another version.
 * `program` is the keeper's bundle.
 * @throws the keeper's own AgentvmError, KEEPER_FAILED with the end of its log.
 */
export const askOrStartKeeper = async (
  context: Context,
  files: MachineFiles,
  keeper: { readonly program: string; readonly machineId: string },
  operation: Operation,
): Promise<KeeperStatus> => {
  const deadline = Date.now() + APPEAR_TIMEOUT_MS;
  const ways = [...waysToStart(context, keeper)];
  let endOf: () => string | undefined = () => 'it was not started';
  await makePrivateDir(files.dir);
  for (;;) {
    const contact = await askKeeper(context, files.keeperSocket, operation);
    if (contact.kind === 'answered') return contact.status;
    if (contact.kind === 'foreign') await retireKeeper(context, files);
    else {
      const ended = endOf();
      // Somebody else's keeper was faster: it will answer.
      if (ended !== undefined && ended !== LOCKED) {
        const way = ways.shift();
        if (way === undefined) throw await failedError(files, `ended at once (${ended})`);
        endOf = await spawnKeeper(context, files, way);
      }
    }
    if (Date.now() > deadline) throw await failedError(files, 'did not appear');
    await sleep(POLL_MS, undefined, { signal: context.signal });
  }
};

/** Waits until a keeper whose machine has ended is gone too. */
export const awaitKeeperEnd = async (context: Context, files: MachineFiles): Promise<void> => {
  const note = await readKeeperNote(files);
  if (note === undefined) return;
  const deadline = Date.now() + RETIRE_TIMEOUT_MS;
  while ((await isProcessAlive(note)) && Date.now() < deadline) {
    await sleep(POLL_MS, undefined, { signal: context.signal });
  }
};
