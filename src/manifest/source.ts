import { closeSync, constants, fstatSync, openSync, readlinkSync, readSync } from 'node:fs';
import type { Diagnostic, Excerpt } from '../model/diagnostic.ts';
import type { SourcePosition } from '../model/fields.ts';

/** A text file that was read. */
export type Source = { readonly path: string; readonly text: string };

/** A stretch of a source, as offsets in UTF-16 units. */
export type Place = { readonly source: Source; readonly start: number; readonly end: number };

export type SourceResult =
  | { readonly ok: true; readonly source: Source }
  | { readonly ok: false; readonly code: string; readonly message: string; readonly hint: string };

/** More than a thousand times the size of a usual manifest, and little enough to parse in a second. */
const SOURCE_LIMIT_BYTES = 1024 * 1024;

const ROOT = 0;
const WRITABLE_BY_ALL = 0o002;

const failure = (code: string, message: string, hint: string): SourceResult => ({
  ok: false,
  code,
  message,
  hint,
});

const openFailure = (
  error: { readonly code?: string | undefined; readonly message?: string },
  what: string,
  path: string,
): SourceResult => {
  switch (error.code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return failure('missing-file', `${what} does not exist`, 'Make the file, or correct its path.');
    case 'EACCES':
    case 'EPERM':
      return failure(
        'unreadable-file',
        `${what} may not be read`,
        `Give yourself the right: chmod u+r ${path}`,
      );
    case 'ELOOP':
      return failure(
        'symbolic-link',
        `${what} is a symbolic link, which the guest could turn elsewhere`,
        'Put the file itself there.',
      );
    default:
      return failure('unreadable-file', `${what} cannot be read: ${error.message}`, 'Check the path.');
  }
};

const decode = (bytes: Uint8Array, what: string): string | SourceResult => {
  const binary = failure('binary-file', `${what} is not a text file`, 'Save it as UTF-8 text.');
  if (bytes.includes(0)) return binary;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return binary;
  }
};

/**
 * Whether an open file is the one that a real path names. A guest that can write to a parent folder could have put a
 * link there after the path was resolved; only Linux tells.
 */
const isStillAt = (descriptor: number, path: string): boolean => {
  if (process.platform !== 'linux') return true;
  try {
    return readlinkSync(`/proc/self/fd/${descriptor}`) === path;
  } catch {
    // Without /proc nothing can be said.
    return true;
  }
};

const readDescriptor = (descriptor: number, path: string, what: string): SourceResult => {
  const stats = fstatSync(descriptor);
  if (stats.isDirectory()) {
    return failure('folder-not-file', `${what} is a folder`, 'Name a file in it.');
  }
  if (!stats.isFile()) {
    return failure('not-a-file', `${what} is not a regular file`, 'Put a regular file there.');
  }
  const self = process.getuid?.();
  if (self !== undefined && stats.uid !== self && stats.uid !== ROOT) {
    return failure(
      'foreign-owner',
      `${what} belongs to another user of this host (${stats.uid}), who could make you start what they like`,
      `If you trust what it says, take it over: sudo chown ${self} ${path}`,
    );
  }
  if (self !== undefined && (stats.mode & WRITABLE_BY_ALL) !== 0) {
    return failure(
      'writable-by-all',
      `${what} can be changed by every user of this host`,
      `Close it: chmod o-w ${path}`,
    );
  }
  if (stats.size > SOURCE_LIMIT_BYTES) {
    return failure(
      'file-too-big',
      `${what} has ${(stats.size / 1024 / 1024).toFixed(1)} MiB; the limit is 1 MiB`,
      'Check that it is the right file.',
    );
  }
  if (!isStillAt(descriptor, path)) return openFailure({ code: 'ELOOP' }, what, path);
  const buffer = Buffer.alloc(stats.size);
  const bytesRead = readSync(descriptor, buffer, 0, buffer.length, 0);
  const text = decode(buffer.subarray(0, bytesRead), what);
  return typeof text === 'string' ? { ok: true, source: { path, text } } : text;
};

/**
 * Reads a text file of at most SOURCE_LIMIT_BYTES. What is no regular file is refused before anything is read, so
 * that a pipe cannot block and a huge file costs nothing; a symbolic link is not followed. Synchronous, because for
 * a small file a round trip through node's threads costs twenty times the read.
 * @param path real but for its last component.
 * @param what the file's role at the start of a message, for example `The manifest`.
 */
export const readSource = (path: string, what: string): SourceResult => {
  try {
    const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
    try {
      return readDescriptor(descriptor, path, what);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    return openFailure(error as NodeJS.ErrnoException, what, path);
  }
};

const excerptAt = ({ source: { text }, start, end }: Place): Excerpt => {
  const at = Math.min(start, text.length);
  const lineStart = at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
  const nextBreak = text.indexOf('\n', at);
  const lineEnd = nextBreak === -1 ? text.length : nextBreak;
  let line = 1;
  for (
    let found = text.indexOf('\n');
    found !== -1 && found < lineStart;
    found = text.indexOf('\n', found + 1)
  ) {
    line++;
  }
  return {
    line,
    column: at - lineStart + 1,
    text: text.slice(lineStart, lineEnd).replace(/\r$/, ''),
    length: Math.max(1, Math.min(end, lineEnd) - at),
  };
};

/** Where a place is, for people. */
export const positionOf = (place: Place): SourcePosition => {
  const { line, column } = excerptAt(place);
  return { file: place.source.path, line, column };
};

/** A diagnostic that points at a place. */
export const diagnosticAt = (place: Place, rest: Omit<Diagnostic, 'file' | 'excerpt'>): Diagnostic => ({
  ...rest,
  file: place.source.path,
  excerpt: excerptAt(place),
});
