import { existsSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Diagnostic } from '../model/diagnostic.ts';

export const MANIFEST_NAME = 'agentvm.yaml';

/** Where manifests are: a file of one or more machines, or a folder of such files. */
export type ManifestPlace = {
  readonly kind: 'file' | 'folder';
  /** A folder's is real; a file's is real but for its last component, and the file may not exist. */
  readonly path: string;
};

export type FindResult =
  | { readonly ok: true; readonly place: ManifestPlace }
  | { readonly ok: false; readonly diagnostic: Diagnostic };

const findUpward = (from: string): string | undefined => {
  for (let folder = from; ; folder = dirname(folder)) {
    const path = join(folder, MANIFEST_NAME);
    if (existsSync(path)) return path;
    if (dirname(folder) === folder) return undefined;
  }
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
 * Where a command's manifests are: what -f names, otherwise the nearest `agentvm.yaml` from the current folder upward.
 */
export const findManifest = (cwd: string, named: string | undefined): FindResult => {
  const path = named === undefined ? findUpward(cwd) : resolve(cwd, named);
  if (path === undefined) {
    return {
      ok: false,
      diagnostic: {
        code: 'missing-file',
        file: join(cwd, MANIFEST_NAME),
        message: 'There is no manifest here nor in any folder above',
        hint: 'Write one with `agentvm init`, or name it with -f FILE.',
      },
    };
  }
  return named !== undefined && isFolder(path)
    ? { ok: true, place: { kind: 'folder', path: realpathSync.native(path) } }
    : { ok: true, place: { kind: 'file', path: inRealFolder(path) } };
};
