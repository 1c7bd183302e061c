import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makePrivateDir, syncDir, writeFileAtomic } from '../lib/atomic-file.ts';
import type { Context } from '../lib/context.ts';
import { withLock } from '../lib/lock.ts';
import type { Paths } from '../lib/paths.ts';
import type { Layer } from '../model/layer.ts';

/** `layer.json`: a layer without the paths of its files, which stand beside it. */
export type LayerRecord = Pick<Layer, 'arch' | 'virtualSizeBytes' | 'kernelArgs' | 'imageDigest'> & {
  readonly format: 1;
};

export const LAYER_FILES = { disk: 'disk.qcow2', kernel: 'kernel', initrd: 'initrd' } as const;

const RECORD = 'layer.json';

export const layersDir = (paths: Paths): string => join(paths.data, 'layers');

/** The layer of an id, or undefined when it has not been made. Only a complete one is ever there. */
export const findLayer = async (paths: Paths, id: string): Promise<Layer | undefined> => {
  const folder = join(layersDir(paths), id);
  let text: string;
  try {
    text = await readFile(join(folder, RECORD), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const { format: _format, ...record } = JSON.parse(text) as LayerRecord;
  return {
    id,
    ...record,
    disk: join(folder, LAYER_FILES.disk),
    kernel: join(folder, LAYER_FILES.kernel),
    initrd: join(folder, LAYER_FILES.initrd),
  };
};

const buildPrefix = (id: string): string => `.${id}.`;

/**
 * Makes a layer once on this host. Others that want the same one meanwhile wait and get the result. `build` fills the
 * empty folder that it is given; when it fails, or its process is killed, nothing of it stays: what a killed one left is
 * removed by the next that holds the lock.
 */
export const makeLayer = async (
  context: Context,
  id: string,
  build: (folder: string) => Promise<LayerRecord>,
): Promise<Layer> => {
  const root = layersDir(context.paths);
  const lock = {
    // Beside the layers: two users of one data folder may keep their state apart.
    path: join(context.paths.data, 'locks', `layer-${id}.lock`),
    what: `the layer ${id}`,
    command: 'agentvm apply',
    wait: true,
  };
  return withLock(context, lock, async () => {
    await makePrivateDir(root);
    for (const name of await readdir(root)) {
      if (name.startsWith(buildPrefix(id))) await rm(join(root, name), { recursive: true, force: true });
    }
    const present = await findLayer(context.paths, id);
    if (present !== undefined) return present;
    const folder = join(root, `${buildPrefix(id)}${context.ids.hex(8)}`);
    await mkdir(folder, { mode: 0o700 });
    try {
      const record = await build(folder);
      await writeFileAtomic(join(folder, RECORD), `${JSON.stringify(record, null, 2)}\n`);
      // One that lost its record is no layer; rename replaces only an empty folder.
      await rm(join(root, id), { recursive: true, force: true });
      await rename(folder, join(root, id));
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
    await syncDir(root);
    const layer = await findLayer(context.paths, id);
    if (layer === undefined) throw new Error(`the layer ${id} vanished`);
    return layer;
  });
};
