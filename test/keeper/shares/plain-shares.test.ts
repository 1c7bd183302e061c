import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkPlainShares } from '../../../src/keeper/shares/plain-shares.ts';
import type { Share } from '../../../src/model/share.ts';
import { failureOf } from '../../support/failure.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const shareOf = (hostPath: string, more: Partial<Share> = {}): Share => ({
  id: 'aaaaaaaaaaaa',
  hostPath,
  target: hostPath,
  guestPath: '/mnt/a',
  mode: 'rw',
  protect: [],
  ...more,
});

test('without namespaces a person is told what is not protected', async () => {
  const folder = await tempFolder();
  expect(await checkPlainShares([shareOf(folder, { mode: 'ro', protect: ['a'] })])).toEqual([]);
  expect(await checkPlainShares([shareOf(folder, { protect: ['agentvm.yaml', '.git/hooks'] })])).toEqual([
    'This host allows no user namespaces, so the guest can change protected files (agentvm.yaml, .git/hooks): review them before you use them on the host',
  ]);
});

test('what QEMU could not export, or should not, is named', async () => {
  const folder = await tempFolder();
  const file = join(folder, 'file');
  await writeFile(file, '');
  await mkdir(join(folder, 'project'));
  await symlink('/etc', join(folder, 'project', 'link'));
  const codeOf = async (hostPath: string, more: Partial<Share> = {}) =>
    (await failureOf(checkPlainShares([shareOf(hostPath, more)]))).code;
  expect(await codeOf(file)).toBe('MOUNT_SOURCE_IS_FILE');
  expect(await codeOf(join(folder, 'gone'))).toBe('MOUNT_SOURCE_MISSING');
  const link = join(folder, 'project', 'link');
  expect(await codeOf(link, { within: join(folder, 'project') })).toBe('MOUNT_SOURCE_IS_LINK');
});
