import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findLayer, type LayerRecord, layersDir, makeLayer } from '../../src/images/layer-store.ts';
import { testContext } from '../support/context.ts';
import { tempFolder } from '../support/temp-folder.ts';

const ID = '0123456789abcdef0123456789abcdef';

const RECORD: LayerRecord = {
  format: 1,
  arch: 'x86_64',
  virtualSizeBytes: 1024,
  kernelArgs: 'root=/dev/vda rw',
  imageDigest: 'sha256:00',
};

const prepare = async () => {
  const context = testContext(await tempFolder());
  return { context, root: layersDir(context.paths) };
};

test('a layer is there when its folder is complete, and is made once by those who want it at the same time', async () => {
  const { context, root } = await prepare();
  let builds = 0;
  const build = async (folder: string): Promise<LayerRecord> => {
    builds += 1;
    await writeFile(join(folder, 'disk.qcow2'), 'disk');
    expect(await findLayer(context.paths, ID)).toBeUndefined();
    await new Promise((resolve) => setTimeout(resolve, 100));
    return RECORD;
  };
  const layers = await Promise.all([1, 2, 3].map(() => makeLayer(context, ID, build)));
  const { format: _format, ...shared } = RECORD;
  const folder = join(root, ID);
  const expected = {
    id: ID,
    ...shared,
    disk: join(folder, 'disk.qcow2'),
    kernel: join(folder, 'kernel'),
    initrd: join(folder, 'initrd'),
  };
  expect(layers).toEqual([expected, expected, expected]);
  expect(builds).toBe(1);
  expect(await findLayer(context.paths, ID)).toEqual(expected);
});

test('a build that fails leaves nothing, and the next one may work', async () => {
  const { context, root } = await prepare();
  const failing = makeLayer(context, ID, async (folder) => {
    await writeFile(join(folder, 'disk.qcow2'), 'half');
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  expect(await readdir(root)).toEqual([]);
  await makeLayer(context, ID, async () => RECORD);
  expect(await readdir(root)).toEqual([ID]);
});

test('what a killed build left is swept by the next, that of another layer is not', async () => {
  const { context, root } = await prepare();
  const other = `.${'f'.repeat(32)}.00000000`;
  await mkdir(join(root, `.${ID}.dead0000`, 'work'), { recursive: true });
  await mkdir(join(root, other));
  await makeLayer(context, ID, async () => RECORD);
  expect((await readdir(root)).sort()).toEqual([other, ID].sort());
});

test('a folder that lost its record is made anew', async () => {
  const { context, root } = await prepare();
  await mkdir(join(root, ID), { recursive: true });
  await writeFile(join(root, ID, 'disk.qcow2'), 'old');
  await makeLayer(context, ID, async () => RECORD);
  expect(await readdir(join(root, ID))).toEqual(['layer.json']);
});
