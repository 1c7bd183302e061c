import { execFileSync } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readHandout } from '../../src/images/handout.ts';
import { testContext } from '../support/context.ts';
import { tempFolder } from '../support/temp-folder.ts';

const INFO = '{"release":"6.1.0","type":"ext4","offsetBytes":68157440,"sizeBytes":2079325184}\n';

/** A raw disk as the guest leaves it: an archive and then nothing. */
const handOut = async (change: (folder: string) => Promise<void> = async () => {}) => {
  const root = await tempFolder();
  const folder = join(root, 'out');
  await mkdir(join(folder, 'modules'), { recursive: true });
  await writeFile(join(folder, 'kernel'), 'kernel');
  await writeFile(join(folder, 'busybox'), 'busybox');
  await writeFile(join(folder, 'modules/101-ext4.ko'), 'b');
  await writeFile(join(folder, 'modules/100-virtio.ko'), 'a');
  await writeFile(join(folder, 'info.json'), INFO);
  await change(folder);
  const disk = join(root, 'disk');
  await writeFile(
    disk,
    Buffer.concat([execFileSync('tar', ['-C', folder, '-c', '.']), Buffer.alloc(1 << 16)]),
  );
  return readHandout(testContext(root), disk, join(root, 'in'));
};

test('what the guest handed out, modules in order', async () => {
  const result = await handOut();
  expect(result?.root).toEqual({ type: 'ext4', offsetBytes: 68157440, sizeBytes: 2079325184 });
  expect(Buffer.from(result?.kernel ?? []).toString()).toBe('kernel');
  expect(result?.modules.map(({ name, content }) => `${name} ${Buffer.from(content)}`)).toEqual([
    '100-virtio.ko a',
    '101-ext4.ko b',
  ]);
});

test.each<[string, (folder: string) => Promise<void>]>([
  [
    'a kernel that is a link',
    async (folder) => {
      execFileSync('rm', [join(folder, 'kernel')]);
      await symlink('/etc/passwd', join(folder, 'kernel'));
    },
  ],
  [
    'sizes that are none',
    (folder) => writeFile(join(folder, 'info.json'), '{"type":"ext4","offsetBytes":"0,x=y","sizeBytes":1}'),
  ],
  ['no JSON', (folder) => writeFile(join(folder, 'info.json'), 'root')],
])('%s is refused', async (_what, change) => {
  expect(await handOut(change)).toBeUndefined();
});

test('an empty disk is no hand-out', async () => {
  const root = await tempFolder();
  await writeFile(join(root, 'disk'), Buffer.alloc(1 << 16));
  expect(await readHandout(testContext(root), join(root, 'disk'), join(root, 'in'))).toBeUndefined();
});
