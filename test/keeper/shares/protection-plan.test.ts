import { expect, test } from 'vitest';
import { parseMountTable, readOnlyRemount } from '../../../src/keeper/shares/mount-table.ts';
import { effectiveMode, guardedPaths } from '../../../src/keeper/shares/protection-plan.ts';
import type { Share } from '../../../src/model/share.ts';

const share = (id: string, hostPath: string, more: Partial<Share> = {}): Share => ({
  id,
  hostPath,
  target: hostPath,
  guestPath: hostPath,
  mode: 'rw',
  protect: [],
  ...more,
});

const shown = (shares: readonly Share[]): readonly string[] =>
  guardedPaths(shares).map(({ shareId, path, kind }) => `${shareId} ${kind} ${path}`);

test('folders on the way are pinned, before what lies in them', () => {
  expect(
    shown([share('workspace', '/p', { protect: ['.git/hooks', 'agentvm.yaml', 'a/b/c'] })]),
  ).toMatchInlineSnapshot(`
      [
        "workspace pin .git",
        "workspace pin a",
        "workspace lock agentvm.yaml",
        "workspace lock .git/hooks",
        "workspace pin a/b",
        "workspace lock a/b/c",
      ]
    `);
});

test('what lies in a locked folder needs no lock of its own, and a locked folder no pin', () => {
  expect(
    shown([share('w', '/p', { protect: ['.git', '.git/hooks', './.git/config'] })]),
  ).toMatchInlineSnapshot(`
    [
      "w lock .git",
    ]
  `);
});

test('a protected path is protected in every share that shows it', () => {
  const shares = [
    share('workspace', '/home/a/p', { protect: ['.git/hooks'] }),
    share('home', '/home/a'),
    share('git', '/home/a/p/.git'),
    share('other', '/home/a/p2'),
    share('reader', '/home', { mode: 'ro' }),
  ];
  expect(shown(shares)).toMatchInlineSnapshot(`
    [
      "workspace pin .git",
      "workspace lock .git/hooks",
      "home pin p",
      "home pin p/.git",
      "home lock p/.git/hooks",
      "git lock hooks",
    ]
  `);
});

test('a share of a protected folder, or of what lies in it, can only be read', () => {
  const workspace = share('workspace', '/p', { protect: ['.git/hooks'] });
  const mode = (hostPath: string) => {
    const one = share('x', hostPath);
    return effectiveMode(one, [workspace, one]);
  };
  expect([mode('/p/.git/hooks'), mode('/p/.git/hooks/a'), mode('/p/.git'), mode('/p/.git/hooks2')]).toEqual([
    'ro',
    'ro',
    'rw',
    'rw',
  ]);
});

test('the mount table is read with the kernel’s escapes, and locked flags are repeated', () => {
  const [mount] = parseMountTable(
    '63 43 0:39 / /tmp/a\\040b\\134c rw,nosuid,nodev,relatime shared:1 - tmpfs x rw,mode=700\n',
  );
  expect(mount).toEqual({
    id: 63,
    mountPoint: '/tmp/a b\\c',
    options: ['rw', 'nosuid', 'nodev', 'relatime'],
  });
  expect(mount && readOnlyRemount(mount)).toBe('remount,bind,ro,nosuid,nodev,relatime');
});
