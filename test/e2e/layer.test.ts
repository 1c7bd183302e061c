import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { ensureLayer } from '../../src/images/ensure-layer.ts';
import { layersDir, makeLayer } from '../../src/images/layer-store.ts';
import { pathsFrom } from '../../src/lib/paths.ts';
import { bootLayer } from '../support/boot-layer.ts';
import { testContext } from '../support/context.ts';
import { failureOf } from '../support/failure.ts';
import { nodeScript } from '../support/node-script.ts';
import { tempFolder } from '../support/temp-folder.ts';

const ARCH = process.arch === 'arm64' ? 'aarch64' : 'x86_64';

/** Command lines of the processes that mention a text. */
const processesWith = async (text: string): Promise<readonly string[]> => {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(ids.map((id) => readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')));
  return lines.filter((line) => line.includes(text)).map((line) => line.replaceAll('\0', ' '));
};

test.skipIf(ARCH !== 'x86_64')(
  "the layer of debian-12, kept with this host's others, boots to its user",
  async () => {
    const root = await tempFolder();
    const context = testContext(root, { env: process.env, paths: pathsFrom(process.env) });
    const request = { image: { name: 'debian-12' }, arch: ARCH, packages: [] } as const;
    const layer = await ensureLayer(context, request);
    expect(await ensureLayer(context, request)).toEqual(layer);
    const { run } = await bootLayer(layer, root);
    expect(await run('id; hostname; date +%Z; echo $LANG; pwd')).toMatch(
      /^uid=4321\(tester\) gid=4321\(tester\) groups=4321\(tester\)\nlayer-test\nCES?T\nC\.UTF-8\n\/home\/tester\n$/,
    );
    expect(await run('sudo cat /etc/apt/apt.conf.d/95agentvm-proxy; echo $http_proxy')).toBe(
      'Acquire::http::Proxy "http://proxy.example:3128";\nhttp://proxy.example:3128\n',
    );
    expect(await run('node -p "process.versions.node.split(\'.\')[0]"; npm --version | cut -d. -f1')).toBe(
      '24\n11\n',
    );
    // Packages like Java's link manuals when they are installed, and fail where there is no folder for them.
    expect(await run('cd /usr/share/man; ls -d man1 man8; find man1 -type f | wc -l')).toBe(
      'man1\nman8\n0\n',
    );
    expect(await run('apt-mark showhold | grep -c "^linux-image"')).toBe('2\n');
    expect(await run('systemctl --failed --no-legend; sudo find / -xdev -nouser -o -xdev -nogroup')).toBe('');
    // Grown from the layer's size to the disk's, in the background.
    await expect
      .poll(() => run("df --output=size -BG / | tail -n 1 | tr -dc '0-9'"), { timeout: 60_000 })
      .toBe('12');
  },
);

test('a package that does not exist is named, and nothing is left', async () => {
  const root = await tempFolder();
  const { cache } = pathsFrom(process.env);
  const context = testContext(root, { env: process.env, paths: { ...testContext(root).paths, cache } });
  const request = { image: { name: 'debian-12' }, arch: ARCH, packages: ['no-such-package'] } as const;
  expect(await failureOf(ensureLayer(context, request))).toMatchObject({
    code: 'PACKAGE_UNKNOWN',
    exitCode: 7,
    message: "base.packages: Debian 12 (bookworm) has no package 'no-such-package'",
  });
  expect(await readdir(layersDir(context.paths))).toEqual([]);
});

test('a killed build takes its programs with it, and the next one finds no trace', async () => {
  const root = await tempFolder();
  const script = await nodeScript(join(import.meta.dirname, '../support/build-layer-program.ts'));
  const child = script.start([root]);
  if (child.stdout === null) throw new Error('the build has no output');
  for await (const line of createInterface(child.stdout)) {
    if (line === 'downloading packages') break;
  }
  expect(await processesWith(join(root, '.local'))).not.toEqual([]);
  child.kill('SIGKILL');
  await once(child, 'exit');
  await expect.poll(() => processesWith(join(root, '.local')), { timeout: 60_000 }).toEqual([]);
  const context = testContext(root);
  const [left = ''] = await readdir(layersDir(context.paths));
  const id = /^\.([0-9a-f]{32})\./.exec(left)?.[1] ?? '';
  await expect(makeLayer(context, id, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await readdir(layersDir(context.paths))).toEqual([]);
});
