import { execFileSync } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { digestFile } from '../../src/images/digest.ts';
import { ensureLayer } from '../../src/images/ensure-layer.ts';
import { layersDir } from '../../src/images/layer-store.ts';
import { pathsFrom } from '../../src/lib/paths.ts';
import { bootLayer } from '../support/boot-layer.ts';
import { makeCloudImage } from '../support/cloud-image.ts';
import { testContext } from '../support/context.ts';
import { failureOf } from '../support/failure.ts';
import { serveFile } from '../support/file-server.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** The host's own cache of packages, everything else of the test's own. */
const prepare = async () => {
  const root = await tempFolder();
  const { cache } = pathsFrom(process.env);
  const fetching = testContext(root, { paths: { ...testContext(root).paths, cache }, env: process.env });
  const context = testContext(root, { env: process.env });
  return { root, context, fetching };
};

test.skipIf(process.arch !== 'x64')(
  'a cloud image is downloaded, boots once by its own loader, and is a layer from then on',
  async () => {
    const { root, context, fetching } = await prepare();
    const image = await makeCloudImage(fetching, root);
    const server = await serveFile(await readFile(image));
    const sha256 = await digestFile(image, 'sha256', context.signal);
    const request = { image: { url: server.url, sha256 }, arch: 'x86_64', packages: ['jq'] } as const;

    const layer = await ensureLayer(context, request);
    expect(layer.imageDigest).toBe(`sha256:${sha256}`);
    expect(await ensureLayer(context, request)).toEqual(layer);
    expect(server.ranges).toEqual([null]);
    expect(await readdir(layersDir(context.paths))).toEqual([layer.id]);

    const { run } = await bootLayer(layer, root);
    expect(
      await run(
        'id -un; id -u; hostname; sudo id -u; jq --version; node --version | cut -d. -f1; sudo apt-mark showhold',
      ),
    ).toMatch(/^tester\n4321\nlayer-test\n0\njq-1\.6\nv24\n(linux-image-\S+\n)+$/);
    expect(
      await run(
        'findmnt -no SOURCE,FSTYPE /; systemctl --failed --no-legend; getent passwd 1000 || echo nobody',
      ),
    ).toBe('/dev/vda ext4\nnobody\n');
  },
);

test.skipIf(process.arch !== 'x64')(
  'an image that does not boot leaves nothing, and its console is shown',
  async () => {
    const { root, context } = await prepare();
    const image = join(root, 'empty.qcow2');
    execFileSync('qemu-img', ['create', '-q', '-f', 'qcow2', image, '1G']);
    const sha256 = await digestFile(image, 'sha256', context.signal);
    const request = { image: { path: image, sha256 }, arch: 'x86_64', packages: [] } as const;
    const error = await failureOf(ensureLayer(context, request));
    expect(error).toMatchObject({ code: 'PREPARATION_FAILED', exitCode: 7 });
    expect(await readdir(layersDir(context.paths))).toEqual([]);
  },
);
