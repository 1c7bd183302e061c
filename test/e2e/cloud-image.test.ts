import { execFileSync } from 'node:child_process';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { digestFile } from '../../src/images/digest.ts';
import { ensureLayer } from '../../src/images/ensure-layer.ts';
import { layersDir } from '../../src/images/layer-store.ts';
import { type Paths, pathsFrom } from '../../src/lib/paths.ts';
import { makeCloudImage } from '../support/cloud-image.ts';
import { testContext } from '../support/context.ts';
import { failureOf } from '../support/failure.ts';
import { serveFile } from '../support/file-server.ts';
import { installCli } from '../support/installed-cli.ts';
import { isNightly } from '../support/proof-size.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { testUser } from '../support/test-user.ts';

/** The host's own cache of packages, everything else of the test's own. */
const prepare = async () => {
  const root = await tempFolder();
  const { cache } = pathsFrom(process.env);
  const fetching = testContext(root, { paths: { ...testContext(root).paths, cache }, env: process.env });
  const context = testContext(root, { env: process.env });
  return { root, context, fetching };
};

/** Folders of layers that were made of an image. */
const layersOf = async (paths: Paths, sha256: string): Promise<readonly string[]> => {
  const folders = (await readdir(layersDir(paths))).map((name) => join(layersDir(paths), name));
  const records = await Promise.all(
    folders.map((folder) => readFile(join(folder, 'layer.json'), 'utf8').catch(() => '')),
  );
  return folders.filter((_folder, index) => records[index]?.includes(`sha256:${sha256}`));
};

// Making the image and booting it once take five minutes. An ordinary user where one can be made: what works for it works
// for root, and not the other way round.
test.runIf(isNightly && process.arch === 'x64')(
  'a machine moves to a downloaded image, which boots once by its own loader, when that is allowed by name',
  async () => {
    const { root, context, fetching } = await prepare();
    const image = await makeCloudImage(fetching, root);
    const server = await serveFile(await readFile(image));
    const sha256 = await digestFile(image, 'sha256', context.signal);

    // Layers that other tests made are found in the user's data, and the one made here must not stay there.
    const cli = await installCli(process.getuid?.() === 0 ? { user: testUser() } : {});
    const paths = pathsFrom(cli.env);
    onTestFinished(async () => {
      await cli.run(['rm', '--yes']);
      await cli.remove();
      const made = await layersOf(paths, sha256);
      for (const path of [...made, join(paths.cache, 'images', `sha256-${sha256}`)]) {
        await rm(path, { recursive: true, force: true });
      }
    });
    const manifest = (base: string): string =>
      `apiVersion: agentvm/v1\nname: moves\nbase: {image: ${base}, packages: [jq]}\nresources: {cpus: 2, memory: 1GiB, disk: 12GiB}\n`;
    await cli.write('agentvm.yaml', manifest('debian-12'));
    expect(await cli.run(['apply', '--yes'])).toMatchObject({ exitCode: 0 });
    const hostKey = 'cat /etc/ssh/ssh_host_ed25519_key.pub';
    const key = await cli.run(['exec', 'sh', '-c', hostKey]);
    expect(await cli.run(['exec', 'sudo', 'touch', '/var/marker'])).toMatchObject({ exitCode: 0 });

    await cli.write('agentvm.yaml', manifest(`{url: "${server.url}", sha256: "${sha256}"}`));
    const refused = await cli.run(['apply', '--yes']);
    expect(refused).toMatchObject({ exitCode: 4, stdout: '' });
    expect(refused.stderr).toMatch(/→ Run: agentvm apply --allow recreate\n$/);
    expect(await cli.run(['exec', 'ls', '/var/marker'])).toMatchObject({ exitCode: 0 });
    expect({ ranges: server.ranges, layers: await layersOf(paths, sha256) }).toEqual({
      ranges: [],
      layers: [],
    });
    const moved = await cli.run(['apply', '--allow', 'recreate']);
    expect({ ...moved, stderr: moved.exitCode === 0 ? '' : moved.stderr }).toMatchObject({
      exitCode: 0,
      stderr: '',
    });
    expect(server.ranges).toEqual([null]);
    expect(await layersOf(paths, sha256)).toHaveLength(1);

    const run = async (script: string): Promise<string> =>
      (await cli.run(['exec', 'sh', '-c', script])).stdout;
    expect(
      await run(
        'test -e /var/marker || echo new; pwd; id -u; hostname; jq --version; node --version | cut -d. -f1',
      ),
    ).toBe(`new\n${cli.project}\n${cli.user?.uid ?? process.getuid?.()}\nmoves\njq-1.6\nv24\n`);
    expect(await run(hostKey)).toBe(key.stdout);
    expect(await run('apt-mark showhold')).toMatch(/^(linux-image-\S+\n)+$/);
    const leftBehind = 'getent passwd debian cloud-user || echo nobody';
    expect(await run(`findmnt -no SOURCE,FSTYPE /; systemctl --failed --no-legend; ${leftBehind}`)).toBe(
      '/dev/vda ext4\nnobody\n',
    );
    expect((await cli.run(['plan', '--exit-code', '--refresh'])).exitCode).toBe(0);
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
