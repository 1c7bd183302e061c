import { readFile } from 'node:fs/promises';
import { writeFileAtomic } from '../../lib/atomic-file.ts';
import { type CpioEntry, encodeCpio } from '../../lib/cpio.ts';
import { AgentvmError } from '../../model/errors.ts';

const ROOT = 'agentvm/seed';
/** Linux unpacks archives one after the other, each from a multiple of four bytes on. */
const ALIGNMENT_BYTES = 4;

const folders = (paths: readonly string[]): readonly string[] => {
  const all = paths.flatMap((path) => {
    const parts = path.split('/').slice(0, -1);
    return parts.map((_part, index) => parts.slice(0, index + 1).join('/'));
  });
  return [...new Set(all)].sort();
};

/** The seed as an archive: its files below `agentvm/seed`, for root's eyes only. */
export const seedArchive = (seed: Readonly<Record<string, string>>): Uint8Array => {
  const files = Object.entries(seed).map(([name, content]) => ({ path: `${ROOT}/${name}`, content }));
  const entries: readonly CpioEntry[] = [
    ...folders(files.map((file) => file.path)).map(
      (path): CpioEntry => ({ kind: 'folder', path, mode: 0o700 }),
    ),
    ...files.map(
      ({ path, content }): CpioEntry => ({ kind: 'file', path, mode: 0o600, content: Buffer.from(content) }),
    ),
  ];
  return encodeCpio(entries);
};

/**
 * Writes the layer's initrd with the seed behind it, mode 0600: the guest's host key is in it.
 * @throws AgentvmError LAYER_MISSING.
 */
export const writeSeededInitrd = async (
  layerInitrd: string,
  seed: Readonly<Record<string, string>>,
  path: string,
): Promise<void> => {
  const initrd = await readFile(layerInitrd).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    throw new AgentvmError({
      code: 'LAYER_MISSING',
      message: `The layer that this machine was made from is gone: ${layerInitrd}`,
      hint: 'Its disk cannot be read without it. Make the machine anew: agentvm rm, then agentvm apply.',
      cause: error,
    });
  });
  const padding = Buffer.alloc((ALIGNMENT_BYTES - (initrd.length % ALIGNMENT_BYTES)) % ALIGNMENT_BYTES);
  await writeFileAtomic(path, Buffer.concat([initrd, padding, seedArchive(seed)]));
};
