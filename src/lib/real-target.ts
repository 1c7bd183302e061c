import { realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * The real path of what a path leads to now. What does not exist yet, or cannot be looked at, stands below the real
 * path of the longest part that does; should a link appear there, the target is another one.
 */
export const realTarget = async (path: string): Promise<string> => {
  try {
    return await realpath(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(await realTarget(parent), basename(path));
  }
};
