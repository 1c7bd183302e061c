import { constants } from 'node:fs';
import { mkdir, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '../lib/context.ts';

/** What a cloud image hands out after its preparation boot. */
export type Handout = {
  readonly kernel: Uint8Array;
  readonly busybox: Uint8Array;
  /** In the order of loading. */
  readonly modules: readonly { readonly name: string; readonly content: Uint8Array }[];
  /** Where the root file system lies on the disk, and its type. */
  readonly root: { readonly offsetBytes: number; readonly sizeBytes: number; readonly type: string };
};

/** The image's author wrote these files: only plain ones of a bearable size are read, and no link is followed. */
const LARGEST_FILE_BYTES = 256 * 1024 ** 2;

const readPlainFile = async (path: string): Promise<Buffer> => {
  const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const status = await handle.stat();
    if (!status.isFile() || status.size > LARGEST_FILE_BYTES) throw new Error(`${path} is no plain file`);
    return await handle.readFile();
  } finally {
    await handle.close();
  }
};

const isByteCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

const parseRoot = (text: string): Handout['root'] | undefined => {
  const info = JSON.parse(text) as Record<string, unknown>;
  const { offsetBytes, sizeBytes, type } = info;
  return isByteCount(offsetBytes) && isByteCount(sizeBytes) && typeof type === 'string'
    ? { offsetBytes, sizeBytes, type }
    : undefined;
};

/** Reads the archive that the guest wrote to a raw disk; undefined when it did not get so far. */
export const readHandout = async (
  context: Context,
  disk: string,
  folder: string,
): Promise<Handout | undefined> => {
  await mkdir(folder);
  const unpacked = await context.exec(
    'tar',
    ['--no-same-owner', '--no-same-permissions', '-C', folder, '-xf', disk],
    { signal: context.signal, accept: 'any' },
  );
  if (unpacked.exitCode !== 0) return undefined;
  try {
    const root = parseRoot((await readPlainFile(join(folder, 'info.json'))).toString('utf8'));
    if (root === undefined) return undefined;
    const names = (await readdir(join(folder, 'modules'))).sort();
    return {
      root,
      kernel: await readPlainFile(join(folder, 'kernel')),
      busybox: await readPlainFile(join(folder, 'busybox')),
      modules: await Promise.all(
        names.map(async (name) => ({ name, content: await readPlainFile(join(folder, 'modules', name)) })),
      ),
    };
  } catch {
    // Whatever is missing or odd in it, the console says why.
    return undefined;
  }
};
