import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildDebianTree, explainBuildFailure } from '../../src/images/debian-tree.ts';
import { checkDiskSpace } from '../../src/images/disk-space.ts';
import { chooseSource } from '../../src/images/source.ts';
import { testContext } from '../support/context.ts';
import { failureOf } from '../support/failure.ts';
import { tempFolder } from '../support/temp-folder.ts';

const REQUEST = { title: 'Debian 12 (bookworm)', folder: '/data/layers' };

test.each([
  'E: Unable to locate package no-such',
  "E: Package 'no-such' has no installation candidate",
  'E: Package no-such has no installation candidate',
])('a package that does not exist is named, with the field: %s', (line) => {
  const error = explainBuildFailure(['I: downloading packages with apt...', line], REQUEST);
  expect(error).toMatchObject({
    code: 'PACKAGE_UNKNOWN',
    exitCode: 7,
    message: "base.packages: Debian 12 (bookworm) has no package 'no-such'",
  });
});

test('a disk that filled up during the build is told as such', () => {
  const error = explainBuildFailure(['tar: ./a: Cannot write: No space left on device'], REQUEST);
  expect(error?.message).toBe(
    'Not enough disk space in /data/layers: the disk filled up while the image was built',
  );
});

test('a failure of another kind shows the last lines', async () => {
  const root = await tempFolder();
  const bin = join(root, 'bin');
  await mkdir(bin);
  const program = join(bin, 'mmdebstrap');
  await writeFile(program, '#!/bin/sh\necho "E: the mirror is on fire" >&2\nexit 25\n');
  await chmod(program, 0o755);
  const context = testContext(root, { env: { HOME: root, PATH: `${bin}:${process.env.PATH}` } });
  const error = await failureOf(
    buildDebianTree(context, 'x86_64', {
      title: REQUEST.title,
      build: { tool: 'mmdebstrap', suite: 'bookworm', components: ['main'], packages: [] },
      base: { apiVersion: 'agentvm/base/v1', packages: [], node: '24', npm: '11', exclude: [], include: [] },
      packages: ['git'],
      overlay: join(root, 'overlay.tar'),
      folder: root,
      onStage: () => {},
    }),
  );
  expect(error).toMatchObject({
    code: 'BUILD_FAILED',
    exitCode: 7,
    details: [
      expect.stringMatching(/^setpriv .* mmdebstrap --mode=.* exited with code 25$/),
      'E: the mirror is on fire',
    ],
  });
  expect(await readdir(join(context.paths.cache, 'apt/bookworm'))).toEqual([]);
});

test('too little disk space names the folder, what is needed and what is free', async () => {
  const folder = join(await tempFolder(), 'not/there/yet');
  const error = await failureOf(checkDiskSpace(folder, Number.MAX_SAFE_INTEGER));
  expect(error).toMatchObject({ code: 'DISK_FULL', exitCode: 7 });
  expect(error.message.replace(/[\d.]+ GiB are free/, 'N GiB are free')).toBe(
    `Not enough disk space in ${folder}: 8388608.0 GiB are needed, N GiB are free`,
  );
  await checkDiskSpace(folder, 1);
});

test("a name for another processor than the host's is downloaded, by the digest that its publisher tells", async () => {
  const context = testContext(await tempFolder());
  const foreign = process.arch === 'arm64' ? 'x86_64' : 'aarch64';
  expect(await chooseSource(context, { name: 'debian-12' }, foreign)).toMatchObject({
    kind: 'download',
    title: 'Debian 12 (bookworm)',
    digest: { algorithm: 'sha512' },
  });
});
