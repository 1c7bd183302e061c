import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '../lib/context.ts';
import { packageFile } from '../lib/package-files.ts';
import type { BaseDefinition } from '../model/base-definition.generated.ts';
import type { ImageBuild } from '../model/image-catalogue.generated.ts';
import type { Arch } from '../model/machine.ts';
import { BASE_DIR } from './base-files.ts';
import { buildDebianTree } from './debian-tree.ts';
import { convertToQcow2, makeFileSystem } from './disk-image.ts';
import { buildInitrd, readBootModules } from './initrd.ts';

/** The files that make up a layer, all in one folder. */
export type LayerFiles = { readonly disk: string; readonly kernel: string; readonly initrd: string };

export type BuildRequest = {
  readonly arch: Arch;
  readonly title: string;
  readonly build: ImageBuild;
  readonly base: BaseDefinition;
  /** Sorted. */
  readonly packages: readonly string[];
  readonly overlay: string;
  /** A folder of the caller for what is made on the way. */
  readonly work: string;
  readonly files: LayerFiles;
  readonly onStage: (stage: string) => void;
};

export const readInit = (): Promise<Buffer> => readFile(packageFile(`${BASE_DIR}/init`));

/** Makes a layer's disk, kernel and initrd from Debian packages on this host. */
export const buildLayer = async (context: Context, request: BuildRequest): Promise<void> => {
  const { files, work } = request;
  const { archive, mode } = await buildDebianTree(context, request.arch, { ...request, folder: work });
  request.onStage('making the file system');
  const image = join(work, 'disk.raw');
  const tree = await makeFileSystem(context, { archive, mode, folder: work, image });
  const { release, modules } = await readBootModules(join(tree, 'usr/lib/modules'));
  await cp(join(tree, 'boot', `vmlinuz-${release}`), files.kernel);
  const busybox = await readFile(join(tree, 'usr/bin/busybox'));
  await writeFile(files.initrd, await buildInitrd({ busybox, init: await readInit(), modules }));
  request.onStage('writing the disk');
  await convertToQcow2(context, image, files.disk);
};
