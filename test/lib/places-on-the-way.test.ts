import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { placesOnTheWay } from '../../src/lib/places-on-the-way.ts';
import { tempFolder } from '../support/temp-folder.ts';

test('every place that a path leads through, and where it ends', async () => {
  const root = await tempFolder();
  await mkdir(join(root, 'a/b'), { recursive: true });
  await symlink('a', join(root, 'relative'));
  await symlink(join(root, 'relative/b'), join(root, 'absolute'));
  await symlink('../../absolute', join(root, 'a/b/up'));
  await symlink('round', join(root, 'round'));
  const places = (path: string) =>
    placesOnTheWay(join(root, path))
      .filter((place) => place.startsWith(`${root}/`))
      .map((place) => place.slice(root.length + 1));
  expect(places('a/b/c/d')).toEqual(['a', 'a/b', 'a/b/c', 'a/b/c/d']);
  expect(places('absolute/x')).toEqual(['absolute', 'relative', 'a', 'a/b', 'a/b/x']);
  expect(placesOnTheWay(`${root}/a/b/../b/./up/x`).at(-1)).toBe(join(root, 'a/b/x'));
  expect(places('a/b/up')).toEqual(['a', 'a/b', 'a/b/up', 'absolute', 'relative', 'a', 'a/b']);
  expect(new Set(places('round/x'))).toEqual(new Set(['round', 'round/x']));
});
