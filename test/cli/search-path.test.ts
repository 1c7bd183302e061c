import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { trustedSearchPath } from '../../src/cli/search-path.ts';
import { tempFolder } from '../support/temp-folder.ts';

test('programs are not looked for where an agent can write', async () => {
  const project = await tempFolder();
  await writeFile(join(project, 'agentvm.yaml'), 'apiVersion: agentvm/v1\n');
  await mkdir(join(project, 'src'));
  const path = [
    '/usr/bin',
    join(project, 'tools'),
    'bin',
    '',
    '/srv/other/node_modules/.bin',
    `${project}-other/bin`,
  ].join(':');
  expect(trustedSearchPath(path, join(project, 'src'))).toBe(`/usr/bin:${project}-other/bin`);
});
