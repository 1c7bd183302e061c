import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '../lib/context.ts';
import { packageFile } from '../lib/package-files.ts';
import type { BaseDefinition } from '../model/base-definition.generated.ts';
import type { Arch } from '../model/machine.ts';
import { ROOTFS_DIR } from './base-files.ts';
import { addNodeRuntime } from './node-runtime.ts';

export type OverlayRequest = {
  readonly arch: Arch;
  readonly base: BaseDefinition;
  /** File name, ending in `.crt` → PEM text. */
  readonly certificates: Readonly<Record<string, string>>;
  /** A folder of the caller, for the archive and what it is made of. */
  readonly folder: string;
};

/**
 * Owner and modes of the archive's entries, whatever the umask of those who made the files: root's, and writable by
 * nobody else. bsdtar, macOS's, sets no modes; there the guest does so while it unpacks.
 */
const normalise = (platform: NodeJS.Platform): readonly string[] =>
  platform === 'linux' ? ['--owner=0', '--group=0', '--mode=u+rw,go=rX'] : ['--uid', '0', '--gid', '0'];

/** Packs what is put over any root file system to make it a guest: our own files, Node, the host's certificates. */
export const packOverlay = async (context: Context, request: OverlayRequest): Promise<string> => {
  const tree = join(request.folder, 'overlay');
  const archive = join(request.folder, 'overlay.tar');
  await cp(packageFile(ROOTFS_DIR), tree, { recursive: true });
  await addNodeRuntime(context, { arch: request.arch, tree, folder: request.folder, ...request.base });
  const certificates = join(tree, 'usr/local/share/ca-certificates');
  await mkdir(certificates, { recursive: true });
  for (const [name, pem] of Object.entries(request.certificates)) {
    await writeFile(join(certificates, `agentvm-${name}`), pem);
  }
  await context.exec('tar', [...normalise(process.platform), '-C', tree, '-cf', archive, '.'], {
    signal: context.signal,
  });
  await rm(tree, { recursive: true });
  return archive;
};
