import { constants } from 'node:fs';
import { type FileHandle, open, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AgentvmError, ExitCode } from '../model/errors.ts';
import { makePrivateDir } from './atomic-file.ts';
import type { Context } from './context.ts';
import { isDiskFull } from './disk-full.ts';
import { execWithDescriptor, INHERITED_DESCRIPTOR } from './exec-descriptor.ts';

/** Who holds a lock, for messages only: the lock itself is the kernel's. */
export type LockHolder = { readonly pid: number; readonly command: string; readonly since: string };

export type LockRequest = {
  /** The lock's file. It is made with mode 0600 and never deleted, so that two processes cannot lock two files of one name. */
  readonly path: string;
  /** What is locked, for people: `the machine 'my-app'`. */
  readonly what: string;
  /** What the holder is doing, for people: `agentvm apply`. */
  readonly command: string;
  /** Waits for the present holder instead of failing with LOCKED. */
  readonly wait?: boolean;
};

export type Lock = { readonly release: () => Promise<void> };

/** Exit code of util-linux flock(1) for a lock that another open file description holds. */
const FLOCK_CONFLICT = 1;

/** The note that stands beside a lock file. It can outlive its writer, which the lock cannot. */
const holderPath = (path: string): string => `${path}.holder`;

/** Who took a lock last, which may have ended without a word; undefined while nobody holds it. */
export const readLockHolder = async (path: string): Promise<LockHolder | undefined> => {
  try {
    return JSON.parse(await readFile(holderPath(path), 'utf8')) as LockHolder;
  } catch {
    // The holder has not written all of its note yet, or let go just now.
    return undefined;
  }
};

const lockedError = async (request: LockRequest): Promise<AgentvmError> => {
  const holder = await readLockHolder(request.path);
  return new AgentvmError({
    code: 'LOCKED',
    exitCode: ExitCode.locked,
    message:
      holder === undefined
        ? `Another process is changing ${request.what}`
        : `${holder.command} (process ${holder.pid}, since ${holder.since}) is changing ${request.what}`,
    hint:
      holder === undefined
        ? 'Wait until it has finished, then run this command again.'
        : `Wait until it has finished, or end it with \`kill ${holder.pid}\`, then run this command again.`,
  });
};

/**
 * util-linux flock(1) locks the open file description that it inherits from us; the lock is ours when it has
 * ended, and the kernel frees it with our last descriptor, however we end.
 */
const lockByUtilLinux = async (context: Context, handle: FileHandle, wait: boolean): Promise<boolean> => {
  const args = [...(wait ? [] : ['-n']), String(INHERITED_DESCRIPTOR)];
  const result = await execWithDescriptor('flock', args, handle.fd, context.signal).catch((error) => {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new AgentvmError({
      code: 'FLOCK_MISSING',
      message: "The program 'flock' was not found",
      hint: 'Install util-linux: apt-get install util-linux',
      cause: error,
    });
  });
  if (result.exitCode === 0) return true;
  if (result.exitCode === FLOCK_CONFLICT && !wait) return false;
  context.signal.throwIfAborted();
  throw new AgentvmError({
    code: 'LOCK_FAILED',
    message: `flock exited with code ${result.exitCode}`,
    details: result.stderr.trimEnd().split('\n'),
    hint: 'The state folder must be on a file system that has flock(2); network file systems often have not.',
  });
};

/** macOS has no flock(1); the package calls flock(2), with the same meaning. */
const lockByPackage = async (handle: FileHandle, wait: boolean): Promise<boolean> => {
  const { tryLock, waitForLock } = await import('fs-native-extensions');
  if (!wait) return tryLock(handle.fd);
  await waitForLock(handle.fd);
  return true;
};

/**
 * Takes an exclusive lock that the kernel frees when this process ends in any way.
 * @throws AgentvmError LOCKED (exit 5) naming the holder, FLOCK_MISSING, LOCK_FAILED.
 */
export const acquireLock = async (context: Context, request: LockRequest): Promise<Lock> => {
  context.signal.throwIfAborted();
  await makePrivateDir(dirname(request.path));
  const handle = await open(request.path, constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW, 0o600);
  try {
    const wait = request.wait ?? false;
    const held = await (process.platform === 'darwin'
      ? lockByPackage(handle, wait)
      : lockByUtilLinux(context, handle, wait));
    if (!held) throw await lockedError(request);
    const holder: LockHolder = {
      pid: process.pid,
      command: request.command,
      since: context.clock.now().toISOString(),
    };
    // Written in place: whoever reads half of it is told less, and a killed writer leaves no temp file among the locks.
    const note = `${JSON.stringify(holder)}\n`;
    await writeFile(holderPath(request.path), note, { mode: 0o600 }).catch((error: unknown) => {
      // It only makes a message better, and what frees space needs the lock.
      if (!isDiskFull(error)) throw error;
    });
  } catch (error) {
    await handle.close();
    throw error;
  }
  return {
    release: async () => {
      // The note goes first: while the lock is held nobody else can have written one.
      await rm(holderPath(request.path), { force: true });
      await handle.close();
    },
  };
};

/** Does work under a lock and lets go of it afterwards, also when the work fails. */
export const withLock = async <T>(
  context: Context,
  request: LockRequest,
  work: () => Promise<T>,
): Promise<T> => {
  const lock = await acquireLock(context, request);
  try {
    return await work();
  } finally {
    await lock.release();
  }
};
