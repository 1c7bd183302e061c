import { mkdir, readdir, rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { handlePath, makeWritable, openBeneath } from '../../lib/open-beneath.ts';

const SUFFIX = '.from-guest';

/**
 * Renames what stands at a path below a folder to a name of no meaning beside it, by a handle of its parent, so that
 * no link can lead us elsewhere. With `leaveFolder` an empty folder takes the place. Returns the new relative path,
 * or undefined when it is gone already.
 */
export const moveAside = async (
  folder: string,
  path: string,
  leaveFolder: boolean,
): Promise<string | undefined> => {
  const parent = await openBeneath(folder, path.split('/').slice(0, -1));
  if (parent.kind !== 'found') return undefined;
  try {
    const here = handlePath(parent.handle);
    await makeWritable(parent.handle);
    const taken = new Set(await readdir(here));
    const name = basename(path);
    if (!taken.has(name)) return undefined;
    let aside = `${name}${SUFFIX}`;
    for (let count = 2; taken.has(aside); count++) aside = `${name}${SUFFIX}-${count}`;
    await rename(`${here}/${name}`, `${here}/${aside}`);
    if (leaveFolder) await mkdir(`${here}/${name}`);
    return join(dirname(path), aside);
  } finally {
    await parent.handle.close();
  }
};
