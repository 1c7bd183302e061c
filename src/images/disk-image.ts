import { mkdir, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '../lib/context.ts';
import { AgentvmError } from '../model/errors.ts';
import type { BuildMode } from './debian-tree.ts';
import { withSystemPath } from './system-path.ts';

const E2FSPROGS_HINT = 'Install them: `sudo apt-get install e2fsprogs fakeroot qemu-utils`.';

const GIB = 1024 ** 3;

/**
 * Size of a layer's file system: what is unpacked, a fifth for the file system itself, and a reserve, in whole GiB.
 * Machines get larger overlays and grow theirs at boot. The file takes what is written.
 */
const fileSystemBytes = (archiveBytes: number): number => Math.ceil((archiveBytes * 1.2) / GIB + 1.5) * GIB;

/** What the label of the root file system says in `lsblk -f`. */
const LABEL = 'agentvm-root';

const MAKE_FILE_SYSTEM = `set -e
tar --numeric-owner -xpf "$1" -C "$2"
rm -f "$1"
exec mkfs.ext4 -q -F -m 1 -L ${LABEL} -d "$2" "$3"`;

/**
 * Unpacks a tree and makes a file system of it without mounting anything. Ownership by others holds for root; anyone else
 * pretends to be it for the two programs (fakeroot).
 * @returns the folder with the unpacked tree, to read from.
 */
export const makeFileSystem = async (
  context: Context,
  request: {
    readonly archive: string;
    readonly mode: BuildMode;
    readonly folder: string;
    readonly image: string;
  },
): Promise<string> => {
  const tree = join(request.folder, 'tree');
  await mkdir(tree);
  await writeFile(request.image, '');
  await truncate(request.image, fileSystemBytes((await stat(request.archive)).size));
  const script = ['sh', '-c', MAKE_FILE_SYSTEM, 'sh', request.archive, tree, request.image];
  const command = request.mode === 'root' ? script : ['fakeroot', '--', ...script];
  const [file = '', ...args] = command;
  await context.exec(file, args, {
    signal: context.signal,
    env: withSystemPath(context.env),
    hint: E2FSPROGS_HINT,
  });
  return tree;
};

/** Turns a raw image into a qcow2 one and deletes it. Not compressed: a machine's boot reads it, and that is what counts. */
export const convertToQcow2 = async (context: Context, image: string, target: string): Promise<void> => {
  await context.exec('qemu-img', ['convert', '-f', 'raw', '-O', 'qcow2', image, target], {
    signal: context.signal,
    hint: E2FSPROGS_HINT,
  });
  await rm(image);
};

/** The size that a guest sees of a disk image. */
export const virtualSize = async (context: Context, image: string): Promise<number> => {
  const { stdout } = await context.exec('qemu-img', ['info', '--output=json', image], {
    signal: context.signal,
  });
  const size = (JSON.parse(stdout) as { readonly 'virtual-size'?: unknown })['virtual-size'];
  if (typeof size !== 'number') {
    throw new AgentvmError({ code: 'IMAGE_UNREADABLE', message: `qemu-img tells no size of ${image}` });
  }
  return size;
};
