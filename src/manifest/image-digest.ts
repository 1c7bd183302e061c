import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomic } from '../lib/atomic-file.ts';
import type { Context } from '../lib/context.ts';

/** What tells that a file has not changed since it was read: size, modification time and inode. */
type Known = {
  readonly size: number;
  readonly mtimeMs: number;
  readonly inode: number;
  readonly sha256: string;
};

const digestFile = async (path: string, signal: AbortSignal): Promise<string> => {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { signal })) hash.update(chunk as Buffer);
  return hash.digest('hex');
};

const readCache = (path: string): Promise<Record<string, Known>> =>
  readFile(path, 'utf8')
    .then((text) => JSON.parse(text) as Record<string, Known>)
    // Absent, or half-written by another release.
    .catch(() => ({}));

/**
 * SHA-256 of an image's file, kept in the cache, because an image can have gigabytes and every plan asks.
 * @returns the system's error for a file that cannot be read.
 */
export const imageDigest = async (context: Context, path: string): Promise<string | Error> => {
  const cacheFile = join(context.paths.cache, 'image-digests.json');
  try {
    const { size, mtimeMs, ino: inode } = await stat(path);
    const cache = await readCache(cacheFile);
    const known = cache[path];
    if (known?.size === size && known.mtimeMs === mtimeMs && known.inode === inode) return known.sha256;
    const digest = await digestFile(path, context.signal);
    const next = { ...cache, [path]: { size, mtimeMs, inode, sha256: digest } satisfies Known };
    // Without a cache the next plan reads the image again, that is all.
    await writeFileAtomic(cacheFile, `${JSON.stringify(next)}\n`).catch(() => {});
    return digest;
  } catch (error) {
    context.signal.throwIfAborted();
    return error as Error;
  }
};
