import { chmod, open, rename, rm, statfs } from 'node:fs/promises';
import type { Context } from '../../lib/context.ts';
import { AgentvmError, ExitCode } from '../../model/errors.ts';

export const QEMU_IMG_HINT =
  'Install QEMU: apt-get install qemu-utils (Debian, Ubuntu), brew install qemu (macOS).';
const TIMEOUT_MS = 60_000;

/** QEMU's qcow2 specification (docs/interop/qcow2): magic at 0, virtual size in bytes at 24, big endian. */
const MAGIC = 0x514649fb;
const SIZE_OFFSET = 24;
const HEADER_BYTES = 32;

/** A machine whose overlay cannot grow is stopped by QEMU in the middle of its work. */
export const NEEDED_FREE_BYTES = 512 * 2 ** 20;

/** @throws AgentvmError DISK_FULL when the folder's file system has no room for a machine to write. */
export const checkFreeSpace = async (folder: string): Promise<void> => {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize >= NEEDED_FREE_BYTES) return;
  throw new AgentvmError({
    code: 'DISK_FULL',
    message: `Only ${Math.floor((bavail * bsize) / 2 ** 20)} MiB are free in ${folder}`,
    exitCode: ExitCode.applyFailed,
    hint: 'Free some space, or delete machines that you no longer need: agentvm list, agentvm rm.',
  });
};

/**
 * Makes an overlay of a backing file. It stands under its name only when it is whole.
 * @throws AgentvmError DISK_TOO_SMALL when the overlay would cut the backing file off, EXEC_FAILED.
 */
export const createOverlay = async (
  context: Context,
  overlay: {
    readonly path: string;
    readonly backing: string;
    readonly backingBytes: number;
    readonly sizeBytes: number;
  },
): Promise<void> => {
  if (overlay.sizeBytes < overlay.backingBytes) {
    throw new AgentvmError({
      code: 'DISK_TOO_SMALL',
      message: `The image needs a disk of at least ${Math.ceil(overlay.backingBytes / 2 ** 20)} MiB`,
      hint: 'Raise resources.disk in agentvm.yaml.',
    });
  }
  const temporary = `${overlay.path}.new`;
  await rm(temporary, { force: true });
  await context.exec(
    'qemu-img',
    [
      ...['create', '-q', '-f', 'qcow2', '-F', 'qcow2', '-b', overlay.backing],
      ...['--', temporary, String(overlay.sizeBytes)],
    ],
    { hint: QEMU_IMG_HINT, timeoutMs: TIMEOUT_MS, signal: context.signal },
  );
  await chmod(temporary, 0o600);
  await rename(temporary, overlay.path);
};

/** Grows a disk that nothing has open; a size that it has already is left alone. It never shrinks one. */
export const growOverlay = async (context: Context, path: string, sizeBytes: number): Promise<void> => {
  const now = await readVirtualSize(path);
  if (now !== undefined && now >= sizeBytes) return;
  await context.exec('qemu-img', ['resize', '-q', '-f', 'qcow2', '--', path, String(sizeBytes)], {
    hint: QEMU_IMG_HINT,
    timeoutMs: TIMEOUT_MS,
    signal: context.signal,
  });
};

/** Virtual size in bytes, read from the header without starting anything; undefined when there is no such file. */
export const readVirtualSize = async (path: string): Promise<number | undefined> => {
  const handle = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (handle === undefined) return undefined;
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEADER_BYTES), 0, HEADER_BYTES, 0);
    if (bytesRead === HEADER_BYTES && buffer.readUInt32BE(0) === MAGIC) {
      return Number(buffer.readBigUInt64BE(SIZE_OFFSET));
    }
  } finally {
    await handle.close();
  }
  throw new AgentvmError({
    code: 'DISK_DAMAGED',
    message: `${path} is no qcow2 disk`,
    hint: 'The disk is lost; `agentvm rm` and `agentvm apply` make a new machine.',
  });
};
