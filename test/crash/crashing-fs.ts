/**
 * Stands in for `node:fs/promises` in the program that is killed: each call that changes something on the disk is a
 * point at which the process can end. What was written and not synced can be torn then, as a power cut does it.
 */
import { existsSync, readdirSync, rmSync, statSync, truncateSync } from 'node:fs';
import * as real from 'node:fs/promises';
import { basename, join } from 'node:path';

export * from 'node:fs/promises';

/** A moment at which the process can be killed, before something changes on the disk. */
export type Point = {
  /** 1-based, in the order of the run. */
  readonly index: number;
  /** Kind of the step under way, `start` before the first one and `end` after the last. */
  readonly step: string;
  /** Which step of that kind it is in this run, from 1. */
  readonly occurrence: number;
  /** What is about to be done, and to what, for example `rename machine.json`. */
  readonly what: string;
  /** Whether something stands written and not synced, which a power cut can tear. */
  readonly isTearable: boolean;
};

export type Crash = {
  /** The point to end at; never where absent. */
  readonly at?: number;
  /** Whether what is not synced is torn on the way out. */
  readonly tear?: boolean;
  /** Called with the point at which the process is about to end, and with each one before. */
  readonly onPoint: (point: Point) => void;
};

let crash: Crash | undefined;
let index = 0;
let step = 'start';
const occurrences = new Map<string, number>();
/** Files that were written to and not synced → their size before. */
const unsynced = new Map<string, number>();

/** Arms the file system; until then nothing is counted. */
export const armCrash = (next: Crash): void => {
  crash = next;
};

/** The file's name without what differs from run to run. */
const plainName = (path: string): string =>
  basename(path)
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/, 'UUID')
    .replaceAll(/\.\d+\.[0-9a-f]{8}/g, '');

const tearFiles = (): void => {
  for (const [path, before] of unsynced) {
    if (existsSync(path)) truncateSync(path, before + Math.floor((statSync(path).size - before) / 2));
  }
};

const tearFolder = (path: string): void => {
  const names = readdirSync(path);
  for (const name of names.slice(0, Math.ceil(names.length / 2))) {
    rmSync(join(path, name), { recursive: true });
  }
};

const meet = (operation: string, path: string): void => {
  if (crash === undefined) return;
  index += 1;
  const isFolderRemoval = operation === 'rm' && statSync(path).isDirectory();
  crash.onPoint({
    index,
    step,
    occurrence: occurrences.get(step) ?? 1,
    what: `${operation} ${plainName(path)}`,
    isTearable: isFolderRemoval || [...unsynced.keys()].some((file) => existsSync(file)),
  });
  if (index !== crash.at) return;
  if (crash.tear) {
    tearFiles();
    if (isFolderRemoval) tearFolder(path);
  }
  process.kill(process.pid, 'SIGKILL');
};

/** The journal tells which step the process is at. */
const follow = (path: string, content: unknown): void => {
  if (basename(path) !== 'journal.ndjson' || typeof content !== 'string') return;
  const entry = JSON.parse(content) as { kind: string; step?: { action: { kind: string } } };
  if (entry.kind === 'end') step = 'end';
  if (entry.kind !== 'intent' || entry.step === undefined) return;
  step = entry.step.action.kind;
  occurrences.set(step, (occurrences.get(step) ?? 0) + 1);
};

const isWriting = (flags: string | number | undefined): boolean =>
  typeof flags === 'number' ? (flags & 3) !== 0 : flags !== undefined && flags !== 'r';

export const open: typeof real.open = async (path, flags, mode) => {
  const name = String(path);
  if (isWriting(flags) && !existsSync(name)) meet('make', name);
  const handle = await real.open(path, flags, mode);
  const wrap = (operation: 'writeFile' | 'appendFile' | 'truncate' | 'sync' | 'datasync'): void => {
    const original = handle[operation].bind(handle) as (...args: readonly unknown[]) => Promise<void>;
    const isSync = operation === 'sync' || operation === 'datasync';
    const wrapped = async (...args: readonly unknown[]): Promise<void> => {
      follow(name, args[0]);
      meet(isSync ? 'sync' : 'write', name);
      const before = statSync(name).size;
      await original(...args);
      if (isSync) unsynced.delete(name);
      else if (operation !== 'truncate' && !unsynced.has(name)) unsynced.set(name, before);
    };
    Object.assign(handle, { [operation]: wrapped });
  };
  for (const operation of ['writeFile', 'appendFile', 'truncate', 'sync', 'datasync'] as const) {
    wrap(operation);
  }
  return handle;
};

export const rename: typeof real.rename = async (from, to) => {
  meet('rename', String(to));
  await real.rename(from, to);
  const before = unsynced.get(String(from));
  unsynced.delete(String(from));
  if (before === undefined) unsynced.delete(String(to));
  else unsynced.set(String(to), before);
};

export const rm: typeof real.rm = async (path, options) => {
  if (existsSync(String(path))) meet('rm', String(path));
  await real.rm(path, options);
};

export const mkdir = (async (path: string, options?: Parameters<typeof real.mkdir>[1]) => {
  if (!existsSync(path)) meet('mkdir', path);
  return real.mkdir(path, options);
}) as typeof real.mkdir;

export const link: typeof real.link = async (from, to) => {
  meet('link', String(to));
  await real.link(from, to);
};

export const rmdir: typeof real.rmdir = async (path, options) => {
  meet('rmdir', String(path));
  await real.rmdir(path, options);
};

export const unlink: typeof real.unlink = async (path) => {
  meet('unlink', String(path));
  await real.unlink(path);
};

export const writeFile = (async (path: string, ...rest: readonly [never, never]) => {
  meet('write', String(path));
  await real.writeFile(path, ...rest);
}) as typeof real.writeFile;

export const appendFile = (async (path: string, ...rest: readonly [never, never]) => {
  meet('write', String(path));
  await real.appendFile(path, ...rest);
}) as typeof real.appendFile;

export const copyFile: typeof real.copyFile = async (from, to, mode) => {
  meet('copy', String(to));
  await real.copyFile(from, to, mode);
};
