import { lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { mendGuest } from '../../../src/guest/provision/mend.ts';
import { localGuest } from '../../support/local-guest.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const NOTHING = { files: [], seed: {}, places: [], network: false };

test('files come to stand with their content and mode; a link or a folder in their place is not followed', async () => {
  const root = await tempFolder();
  const at = (name: string): string => join(root, name);
  writeFileSync(at('precious'), 'mine\n');
  symlinkSync(at('precious'), at('link'));
  mkdirSync(at('folder/inner'), { recursive: true });
  const content = 'it\'s "$HOME" \\n `id`\nwithout an end';
  await mendGuest(localGuest(), {
    ...NOTHING,
    files: [
      { path: at('new/place/file'), content, isExecutable: false },
      { path: at('link'), content: '#!/bin/sh\n', isExecutable: true },
      { path: at('folder'), content: 'a file\n', isExecutable: false },
    ],
  });
  expect(readFileSync(at('new/place/file'), 'utf8')).toBe(content);
  expect([readFileSync(at('precious'), 'utf8'), readFileSync(at('link'), 'utf8')]).toEqual([
    'mine\n',
    '#!/bin/sh\n',
  ]);
  const modes = ['new/place/file', 'link', 'folder'].map((name) => lstatSync(at(name)).mode & 0o7777);
  expect(modes).toEqual([0o644, 0o755, 0o644]);
  expect(readdirSync(root).sort()).toEqual(['folder', 'link', 'new', 'precious']);
});

test('what cannot be written is told with the guest’s own words', async () => {
  const root = await tempFolder();
  writeFileSync(join(root, 'file'), '');
  const files = [{ path: join(root, 'file/below'), content: '', isExecutable: false }];
  await expect(mendGuest(localGuest(), { ...NOTHING, files })).rejects.toMatchObject({
    code: 'GUEST_NOT_MENDED',
    exitCode: 7,
    details: [expect.stringContaining('cannot create directory')],
  });
});
