import { copyFile, link, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makePrivateDir } from '../lib/atomic-file.ts';
import type { Context } from '../lib/context.ts';
import type { ImageBuild } from '../model/image-catalogue.generated.ts';

/** A build's own view of the packages that former builds fetched. */
export type Debs = {
  /** What there is, to read from. */
  readonly folder: string;
  /** An empty folder that the build fills with everything it had or fetched. */
  readonly result: string;
  /** Makes the result what the next build finds. */
  readonly keep: () => Promise<void>;
};

/** A second name for a file, or a copy where the other folder lies on another file system. */
const linkOrCopy = async (from: string, to: string): Promise<void> => {
  try {
    await link(from, to);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EXDEV' || code === 'EPERM') await copyFile(from, to);
    // Another build has just dropped or brought this package: either is as good.
    else if (code !== 'ENOENT' && code !== 'EEXIST') throw error;
  }
};

const debsIn = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder)).filter((name) => name.endsWith('.deb'));

/**
 * Package files kept between builds of one release; apt checks each against its list before it uses it. Builds run at the
 * same time without disturbing each other, since each has names of its own for the files.
 */
export const takeDebs = async (context: Context, build: ImageBuild, folder: string): Promise<Debs> => {
  const cache = join(context.paths.cache, 'apt', build.suite);
  const own = join(folder, 'debs');
  const result = join(folder, 'debs.kept');
  await makePrivateDir(cache);
  await mkdir(own);
  await mkdir(result);
  for (const name of await debsIn(cache)) await linkOrCopy(join(cache, name), join(own, name));
  const keep = async (): Promise<void> => {
    const kept = new Set(await debsIn(result));
    for (const name of await debsIn(cache)) {
      if (!kept.has(name)) await rm(join(cache, name), { force: true });
    }
    for (const name of kept) {
      const temporary = join(cache, `.${name}.${context.ids.hex(8)}`);
      await linkOrCopy(join(result, name), temporary);
      await rename(temporary, join(cache, name));
    }
  };
  return { folder: own, result, keep };
};
