import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const packageRoot = (): string => {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json')) || !existsSync(join(folder, 'manifests'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error('the package has no manifests folder');
    folder = parent;
  }
  return folder;
};

/** Absolute path of a file or folder that ships in the package, named from its root: `manifests/agents`. */
export const packageFile = (path: string): string => join(packageRoot(), path);
