import { readdir, realpath, stat } from 'node:fs/promises';
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

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

const findUpward = async (from: string): Promise<string | undefined> => {
  for (let folder = from; ; folder = dirname(folder)) {
    const path = join(folder, MANIFEST_NAME);
    if (await exists(path)) return path;
    if (dirname(folder) === folder) return undefined;
  }
};

const findInFolder = async (folder: string): Promise<FindResult> => {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => error);
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
const inRealFolder = async (path: string): Promise<string> => {
  const folder = dirname(path);
  return join(await realpath(folder).catch(() => folder), basename(path));
};

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );

/**
 * The manifest's file: what -f names (a file, or a folder with one manifest in it), otherwise the nearest
 * `agentvm.yaml` from the current folder upward. The path is real but for its last component; the file may not exist.
 */
export const findManifest = async (cwd: string, named: string | undefined): Promise<FindResult> => {
  const path = named === undefined ? await findUpward(cwd) : resolve(cwd, named);
  if (path === undefined) {
    return notFound(
      join(cwd, MANIFEST_NAME),
      'missing-file',
      'There is no manifest here nor in any folder above',
      'Write one with `agentvm init`, or name it with -f FILE.',
    );
  }
  if (named === undefined || !(await isFolder(path))) return { ok: true, path: await inRealFolder(path) };
  const found = await findInFolder(path);
  return found.ok ? { ok: true, path: await inRealFolder(found.path) } : found;
};
