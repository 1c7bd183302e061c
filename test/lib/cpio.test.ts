import { execFileSync, spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { encodeCpio } from '../../src/lib/cpio.ts';

const list = (archive: Buffer): string =>
  execFileSync('cpio', ['-itv', '--quiet', '--numeric-uid-gid'], {
    input: archive,
    env: { ...process.env, TZ: 'UTC' },
  })
    .toString()
    .replaceAll(/ +/g, ' ');

const missing = spawnSync('cpio', ['--version']).error;

test.skipIf(missing)('cpio(1) reads what was written', () => {
  const archive = encodeCpio([
    { kind: 'folder', path: 'agentvm', mode: 0o700 },
    { kind: 'file', path: 'agentvm/a', mode: 0o600, content: Buffer.from('12345') },
    { kind: 'link', path: 'agentvm/b', target: 'a' },
    { kind: 'character-device', path: 'console', mode: 0o600, major: 5, minor: 1 },
  ]);
  expect(list(archive)).toMatchInlineSnapshot(`
    "drwx------ 2 0 0 0 Jan 1 1970 agentvm
    -rw------- 1 0 0 5 Jan 1 1970 agentvm/a
    lrwxrwxrwx 1 0 0 1 Jan 1 1970 agentvm/b -> a
    crw------- 1 0 0 5, 1 Jan 1 1970 console
    "
  `);
  expect(archive.length % 4).toBe(0);
});

test('the bytes of the smallest archive', () => {
  expect(
    encodeCpio([{ kind: 'file', path: 'a', mode: 0o644, content: Buffer.from('x') }]).toString('latin1'),
  ).toBe(
    '070701' +
      '00000001000081a400000000000000000000000100000000' +
      '00000001' +
      '00000000000000000000000000000000' +
      '00000002' +
      '00000000' +
      'a\0x\0\0\0' +
      '070701' +
      '00000000000000000000000000000000' +
      '00000001' +
      '00000000'.repeat(6) +
      '0000000b' +
      '00000000' +
      'TRAILER!!!\0\0\0\0',
  );
});

test.each(['', '/etc/passwd', '../x', 'a/../../x'])(
  'a path that leaves the archive is refused: %j',
  (path) => {
    expect(() => encodeCpio([{ kind: 'folder', path, mode: 0o755 }])).toThrow(RangeError);
  },
);
