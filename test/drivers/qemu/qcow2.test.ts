import { execFileSync, spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readDiskUse } from '../../../src/drivers/qemu/qcow2.ts';
import { failureOf } from '../../support/failure.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const MIB = 2 ** 20;
const hasQemu =
  spawnSync('qemu-img', ['--version']).status === 0 && spawnSync('qemu-io', ['-V']).status === 0;

/** A disk on which a story of `qemu-io` writes (pattern, start and length in MiB) and snapshots has happened. */
const diskWith = async (
  ...story: readonly (string | readonly [number, number, number])[]
): Promise<string> => {
  const path = join(await tempFolder(), 'disk.qcow2');
  execFileSync('qemu-img', ['create', '-q', '-f', 'qcow2', path, '40G']);
  for (const one of story) {
    if (typeof one === 'string') execFileSync('qemu-img', ['snapshot', ...one.split(' '), path]);
    else execFileSync('qemu-io', ['-c', `write -P ${one[0]} ${one[1]}M ${one[2]}M`, path]);
  }
  return path;
};

const inMiB = async (path: string) => {
  const { activeBytes, snapshots } = await readDiskUse(path);
  return {
    active: Math.round(activeBytes / MIB),
    snapshots: snapshots.map(({ name, sizeBytes }) => [name, Math.round(sizeBytes / MIB)]),
  };
};

describe.skipIf(!hasQemu)('what a disk and its snapshots take (needs qemu-utils)', () => {
  test('is what was written, and what was overwritten since', async () => {
    const disk = await diskWith([1, 0, 8], '-c auto-0001', [2, 0, 3], '-c mine', [3, 2, 4]);
    expect(await inMiB(disk)).toEqual({
      active: 8,
      snapshots: [
        ['auto-0001', 3],
        ['mine', 4],
      ],
    });
    // Going back makes what was written since nobody's, and what is shared costs nothing.
    execFileSync('qemu-img', ['snapshot', '-a', 'auto-0001', disk]);
    expect(await inMiB(disk)).toEqual({
      active: 8,
      snapshots: [
        ['auto-0001', 0],
        ['mine', 3],
      ],
    });
    execFileSync('qemu-img', ['snapshot', '-d', 'mine', disk]);
    expect(await inMiB(disk)).toEqual({ active: 8, snapshots: [['auto-0001', 0]] });
  });

  test('is told of a disk without anything on it, and not of what is no disk', async () => {
    expect(await inMiB(await diskWith())).toEqual({ active: 0, snapshots: [] });
    const path = join(await tempFolder(), 'disk.qcow2');
    for (const content of [
      '',
      'QFI\xfb',
      Buffer.alloc(200, 0xff),
      Buffer.from('514649fb00000003'.padEnd(200, 'f'), 'hex'),
    ]) {
      await writeFile(path, content);
      expect((await failureOf(readDiskUse(path))).code).toBe('DISK_DAMAGED');
    }
  });
});
