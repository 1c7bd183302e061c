import { cp, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exec } from '../../src/lib/exec.ts';
import { tempFolder } from '../support/temp-folder.ts';

const ROOT = join(import.meta.dirname, '../..');
const NEEDED = ['generate.config.mjs', 'package.json', 'schemas', 'src'];

const check = (folder: string) =>
  exec(process.execPath, [join(folder, 'generate.config.mjs'), '--check'], { accept: 'any' });

test('what is generated is what the schemas say', async () => {
  expect(await check(ROOT)).toEqual({ exitCode: 0, stdout: '', stderr: '' });
});

test('a stale file is named, and generating mends it', async () => {
  const folder = await tempFolder();
  for (const name of NEEDED) await cp(join(ROOT, name), join(folder, name), { recursive: true });
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  const schema = join(folder, 'schemas/agentvm.v1.json');
  await writeFile(schema, (await readFile(schema, 'utf8')).replace('"maximum": 512', '"maximum": 513'));

  expect(await check(folder)).toEqual({
    exitCode: 1,
    stdout: '',
    stderr: 'src/manifest/manifest-validator.generated.js is stale: run `npm run generate`\n',
  });
  await exec(process.execPath, [join(folder, 'generate.config.mjs')]);
  expect((await check(folder)).exitCode).toBe(0);
});
