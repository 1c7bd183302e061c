import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { type CpioEntry, encodeCpio } from '../lib/cpio.ts';
import { AgentvmError } from '../model/errors.ts';
import { type ModulePath, orderModules } from './kernel-modules.ts';

/**
 * What a machine needs to reach its root: virtio over PCI or, on boards without, MMIO; its disk; ext4, whose checksums
 * are an algorithm that it asks for by name, so that no module depends on it.
 */
export const BOOT_MODULES = ['virtio_pci', 'virtio_mmio', 'virtio_blk', 'crc32c_generic', 'ext4'];

/** Folders that the init script mounts on. */
const FOLDERS = ['bin', 'dev', 'proc', 'newroot', 'lib', 'lib/modules'];

const CONSOLE = { major: 5, minor: 1 } as const;
const ALIGNMENT = 4;

export type InitrdParts = {
  /** A static busybox for the guest's processor. */
  readonly busybox: Uint8Array;
  /** The script that runs as init. */
  readonly init: Uint8Array;
  /** Uncompressed kernel modules in the order of loading. */
  readonly modules: readonly { readonly name: string; readonly content: Uint8Array }[];
};

const moduleFileName = (path: ModulePath): string => path.split('/').at(-1) ?? path;

/**
 * Reads the modules that the initrd needs from `lib/modules` of a tree that holds one kernel.
 * @throws AgentvmError KERNEL_MISSING when it holds none; MODULE_COMPRESSED when its modules must be unpacked first.
 */
export const readBootModules = async (
  modulesDir: string,
): Promise<{ readonly release: string; readonly modules: InitrdParts['modules'] }> => {
  const releases = await readdir(modulesDir).catch(() => []);
  const release = releases.sort().at(-1);
  if (release === undefined) {
    throw new AgentvmError({
      code: 'KERNEL_MISSING',
      message: `The image holds no kernel modules (${modulesDir} is empty)`,
      hint: 'Use an image with a generic Linux kernel.',
    });
  }
  const folder = join(modulesDir, release);
  const paths = orderModules(await readFile(join(folder, 'modules.dep'), 'utf8'), BOOT_MODULES);
  const modules = await Promise.all(
    paths.map(async (path) => {
      if (!path.endsWith('.ko')) {
        throw new AgentvmError({
          code: 'MODULE_COMPRESSED',
          message: `The kernel module ${path} is compressed`,
          hint: 'Use an image whose kernel modules are plain .ko files, as in Debian 12.',
        });
      }
      return { name: moduleFileName(path), content: await readFile(join(folder, path)) };
    }),
  );
  return { release, modules };
};

/** The initrd's bytes: a gzip-compressed cpio archive, padded so that an uncompressed one can follow. */
export const buildInitrd = async (parts: InitrdParts): Promise<Buffer> => {
  const entries: readonly CpioEntry[] = [
    ...FOLDERS.map((path): CpioEntry => ({ kind: 'folder', path, mode: 0o755 })),
    { kind: 'character-device', path: 'dev/console', mode: 0o600, ...CONSOLE },
    { kind: 'file', path: 'bin/busybox', mode: 0o755, content: parts.busybox },
    { kind: 'file', path: 'init', mode: 0o755, content: parts.init },
    {
      kind: 'file',
      path: 'modules',
      mode: 0o644,
      content: Buffer.from(parts.modules.map(({ name }) => `${name}\n`).join('')),
    },
    ...parts.modules.map(
      ({ name, content }): CpioEntry => ({ kind: 'file', path: `lib/modules/${name}`, mode: 0o644, content }),
    ),
  ];
  const archive = await promisify(gzip)(encodeCpio(entries));
  return Buffer.concat([archive, Buffer.alloc((ALIGNMENT - (archive.length % ALIGNMENT)) % ALIGNMENT)]);
};
