import { spawnSync } from 'node:child_process';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { removeDeadTemporaries } from '../../src/lib/atomic-file.ts';
import { tempFolder } from '../support/temp-folder.ts';

test('temp files of killed writers go, those of living ones and all else stay', async () => {
  const folder = await tempFolder();
  const { pid: dead } = spawnSync('true');
  const names = [
    `machine.json.${dead}.0a1b2c3d.tmp`,
    `machine.json.${process.pid}.0a1b2c3d.tmp`,
    'machine.json',
    `machine.json.${dead}.0a1b2c3d`,
    'notes.tmp',
  ];
  for (const name of names) await writeFile(join(folder, name), '');
  await removeDeadTemporaries(folder);
  expect((await readdir(folder)).sort()).toEqual(names.slice(1).sort());
  await removeDeadTemporaries(join(folder, 'nowhere'));
});
