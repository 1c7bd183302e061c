import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Diagnostic } from '../model/diagnostic.ts';

export const MANIFEST_NAME = 'agentvm.yaml';

export type FindResult =
  | { readonly ok: true; readonly path: string }
  | { readonly ok: false; readonly diagnostic: Diagnostic };

const notFound = (file: string, code: string, message: string, hint: string): FindResult => ({
  ok: false,
  diagnostic: { code, file, message, hint },
});

const findUpward = (from: string): string | undefined => {
  for (let folder = from; ; folder = dirname(folder)) {
    const path = join(folder, MANIFEST_NAME);
    if (existsSync(path)) return path;
    if (dirname(folder) === folder) return undefined;
  }
};

const namesIn = (folder: string): readonly string[] | Error => {
  try {
    return readdirSync(folder);
  } catch (error) {
    return error as Error;
  }
};

const findInFolder = (folder: string): FindResult => {
  const names = namesIn(folder);
  if (names instanceof Error) {
    return notFound(
      folder,
      'unreadable-file',
      `The folder cannot be read: ${names.message}`,
      'Give yourself the right: chmod u+rx FOLDER',
    );
  }
  const [name, ...more] = names.includes(MANIFEST_NAME)
    ? [MANIFEST_NAME]
    : names.filter((one) => /\.ya?ml$/.test(one)).sort();
  if (name === undefined) {
    return notFound(
      folder,
      'missing-file',
      'The folder has no manifest in it',
      `Run \`agentvm init\` there, or name the file with -f.`,
    );
  }
  if (more.length > 0) {
    return notFound(
      folder,
      'several-manifests',
      `The folder has ${more.length + 1} manifests; several machines at once are not supported yet`,
      `Name one of them: -f ${join(folder, name)}`,
    );
  }
  return { ok: true, path: join(folder, name) };
};

/** The folder's real path with the name behind it: a manifest that is a link must be seen as one. */
const inRealFolder = (path: string): string => {
  try {
    return join(realpathSync.native(dirname(path)), basename(path));
  } catch {
    return path;
  }
};

const isFolder = (path: string): boolean => {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
};

/**
 * The manifest's file: what -f names (a file, or a folder with one manifest in it), otherwise the nearest
 * `agentvm.yaml` from the current folder upward. The path is real but for its last component; the file may not exist.
 */
export const findManifest = (cwd: string, named: string | undefined): FindResult => {
  const path = named === undefined ? findUpward(cwd) : resolve(cwd, named);
  if (path === undefined) {
    return notFound(
      join(cwd, MANIFEST_NAME),
      'missing-file',
      'There is no manifest here nor in any folder above',
      'Write one with `agentvm init`, or name it with -f FILE.',
    );
  }
  if (named === undefined || !isFolder(path)) return { ok: true, path: inRealFolder(path) };
  const found = findInFolder(path);
  return found.ok ? { ok: true, path: inRealFolder(found.path) } : found;
};
