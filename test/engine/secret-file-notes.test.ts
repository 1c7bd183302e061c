import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { secretFileNotes } from '../../src/engine/secret-file-notes.ts';
import { desiredOf } from '../support/desired.ts';
import { tempFolder } from '../support/temp-folder.ts';

test('a file that others can open is told at its place in the manifest, and one that is not there', async () => {
  const root = await tempFolder();
  const file = join(root, 'my keys', 'token');
  const desired = await desiredOf(join(root, 'project'), {
    secrets: { TOKEN: { from: 'file', path: file }, OTHER: { from: 'env', variable: 'OTHER' } },
  });
  const notes = async () => (await secretFileNotes(desired)).map((note) => note.replaceAll(root, 'ROOT'));
  expect(await notes()).toEqual([
    'TOKEN comes from ROOT/my keys/token, which is not there: until it is, requests that carry it are refused (agentvm.yaml:1:1)',
  ]);
  await mkdir(join(root, 'my keys'));
  await writeFile(file, 'x');
  for (const mode of [0o644, 0o640, 0o620, 0o606]) {
    await chmod(file, mode);
    expect(await notes()).toEqual([
      "TOKEN comes from ROOT/my keys/token, which others on this host can open: chmod 600 'ROOT/my keys/token' (agentvm.yaml:1:1)",
    ]);
  }
  for (const mode of [0o600, 0o400]) {
    await chmod(file, mode);
    expect(await notes()).toEqual([]);
  }
});
