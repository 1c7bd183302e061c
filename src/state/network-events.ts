import { type FileHandle, open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { NETWORK_LOG, type NetworkEvent } from '../model/network.ts';

/** A place in a machine's log of connections: behind the last whole line that was read. */
export type LogPlace = { readonly inode: number; readonly offset: number };

export type LogPart = { readonly events: readonly NetworkEvent[]; readonly end: LogPlace };

const NOWHERE: LogPlace = { inode: 0, offset: 0 };
const NEWLINE = 10;
/** The keeper's own limit is lower; what is larger was not written by it. */
const LIMIT_BYTES = 64 * 2 ** 20;

const PROTOCOLS = ['tcp', 'tls', 'http', 'dns'];

const isTextOrNothing = (value: unknown): boolean => value === undefined || typeof value === 'string';
const isCountOrNothing = (value: unknown): boolean =>
  value === undefined || (Number.isSafeInteger(value) && Number(value) >= 0);

const isEvent = (value: Readonly<Record<string, unknown>>): boolean =>
  typeof value.at === 'string' &&
  (value.verdict === 'refused' || value.verdict === 'passed') &&
  PROTOCOLS.includes(String(value.protocol)) &&
  typeof value.rule === 'string' &&
  isTextOrNothing(value.name) &&
  isTextOrNothing(value.address) &&
  isCountOrNothing(value.port) &&
  isCountOrNothing(value.repeated) &&
  (value.secrets === undefined ||
    (Array.isArray(value.secrets) && value.secrets.every((one) => typeof one === 'string')));

/** One line of the log, or undefined for one that a crash cut off. */
const parseEvent = (line: string): NetworkEvent | undefined => {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && isEvent(value as Readonly<Record<string, unknown>>)
      ? (value as NetworkEvent)
      : undefined;
  } catch {
    return undefined;
  }
};

const openIfThere = (path: string): Promise<FileHandle | undefined> =>
  open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });

/** The whole lines of a file from an offset on. */
const readLines = async (handle: FileHandle, offset: number): Promise<LogPart> => {
  const { ino, size } = await handle.stat();
  const from = offset > size ? 0 : offset;
  const bytes = Buffer.alloc(Math.min(size - from, LIMIT_BYTES));
  const { bytesRead } = await handle.read(bytes, 0, bytes.length, from);
  const whole = bytes.subarray(0, bytes.subarray(0, bytesRead).lastIndexOf(NEWLINE) + 1);
  const events = whole
    .toString('utf8')
    .split('\n')
    .flatMap((line) => parseEvent(line) ?? []);
  return { events, end: { inode: ino, offset: from + whole.length } };
};

/**
 * What the keeper of a machine wrote into its log of connections behind a place, oldest first, the rotated file
 * included; all that is there without one. A machine that has no such log yet has no events.
 * @param dir the machine's folder.
 */
export const readNetworkEvents = async (dir: string, after: LogPlace = NOWHERE): Promise<LogPart> => {
  // This one first: what is rotated between the two is then read from here.
  const current = await openIfThere(join(dir, NETWORK_LOG));
  const rotated = await openIfThere(join(dir, `${NETWORK_LOG}.1`));
  try {
    const now = await current?.stat();
    const before = await rotated?.stat();
    const isSame = now !== undefined && before?.ino === now.ino;
    const offsetIn = (inode: number | undefined): number => (inode === after.inode ? after.offset : 0);
    const earlier =
      rotated === undefined || isSame || (now !== undefined && now.ino === after.inode)
        ? []
        : (await readLines(rotated, offsetIn(before?.ino))).events;
    if (current === undefined) return { events: earlier, end: NOWHERE };
    const latest = await readLines(current, offsetIn(now?.ino));
    return { events: [...earlier, ...latest.events], end: latest.end };
  } finally {
    await Promise.all([current?.close(), rotated?.close()]);
  }
};

/** Where the log of a machine ends now. */
export const endOfNetworkLog = async (dir: string): Promise<LogPlace> => {
  const found = await stat(join(dir, NETWORK_LOG)).catch(() => undefined);
  return found === undefined ? NOWHERE : { inode: found.ino, offset: found.size };
};
