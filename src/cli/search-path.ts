import { existsSync } from 'node:fs';
import { delimiter, dirname, isAbsolute, join } from 'node:path';
import { isWithin } from '../lib/is-within.ts';
import { MANIFEST_NAME } from '../manifest/find.ts';

/** Every folder from the current one upward that holds a manifest, or the current one alone. */
const projectsOf = (cwd: string): readonly string[] => {
  const found: string[] = [];
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (existsSync(join(folder, MANIFEST_NAME))) found.push(folder);
    if (dirname(folder) === folder) return found.length === 0 ? [cwd] : found;
  }
};

/**
 * The PATH on which the host's own programs are looked for: without relative folders, without the project's, and
 * without any `node_modules/.bin`, which npx and npm scripts put in front. An agent can write there, and a file named
 * `ssh` would run on the host.
 */
export const trustedSearchPath = (path: string, cwd: string): string => {
  const projects = projectsOf(cwd);
  return path
    .split(delimiter)
    .filter(
      (folder) =>
        isAbsolute(folder) &&
        !projects.some((project) => isWithin(project, folder)) &&
        !/\/node_modules\/\.bin\/?$/.test(folder),
    )
    .join(delimiter);
};
