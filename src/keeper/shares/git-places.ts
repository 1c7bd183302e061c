import { readdir } from 'node:fs/promises';
import { handlePath, openBeneath } from '../../lib/open-beneath.ts';

/** Files of a git folder that tell git what to do, as paths relative to the share. */
export type GitPlaces = {
  /** Files with settings, and the git folder that each belongs to. */
  readonly configs: readonly { readonly path: string; readonly gitDir: string }[];
  /** `commondir` files, which send git elsewhere for settings and hooks, and the one content that is right there. */
  readonly pointers: readonly { readonly path: string; readonly right: string | undefined }[];
  /** Folders in which more of them can appear. */
  readonly folders: readonly { readonly path: string }[];
  /** Whether there is more than anybody has, so that not all of it was looked at. */
  readonly isCut: boolean;
};

const FOLDERS_AT_MOST = 300;
const DEPTH_AT_MOST = 8;

/** Names of folders and whether a file of a name is there; nothing when it is no folder. */
const listFolder = async (root: string, path: string) => {
  const found = await openBeneath(root, path.split('/'));
  if (found.kind !== 'found') return { folders: [], has: () => false };
  try {
    const entries = found.isDirectory ? await readdir(handlePath(found.handle), { withFileTypes: true }) : [];
    const names = new Set(entries.map(({ name }) => name));
    return {
      folders: entries.filter((entry) => entry.isDirectory()).map(({ name }) => name),
      has: (name: string) => names.has(name),
    };
  } finally {
    await found.handle.close();
  }
};

/**
 * Finds what git reads in a git folder, in those of its worktrees, and in those of its submodules
 * (gitrepository-layout(5)), without following a link. The files themselves need not be there.
 */
export const findGitPlaces = async (root: string, top: string): Promise<GitPlaces> => {
  const configs: { path: string; gitDir: string }[] = [];
  const pointers: { path: string; right: string | undefined }[] = [];
  const folders: { path: string }[] = [];
  let visited = 0;
  let isCut = false;

  const visitModules = async (path: string, depth: number): Promise<void> => {
    visited += 1;
    if (visited > FOLDERS_AT_MOST || depth > DEPTH_AT_MOST) {
      isCut = true;
      return;
    }
    const here = await listFolder(root, path);
    // A submodule's name may have slashes, so that folders lie between.
    if (here.has('config') || here.has('HEAD')) await visitGitDir(path, depth);
    else {
      folders.push({ path });
      for (const name of here.folders) await visitModules(`${path}/${name}`, depth + 1);
    }
  };

  const visitGitDir = async (gitDir: string, depth: number): Promise<void> => {
    configs.push({ path: `${gitDir}/config`, gitDir }, { path: `${gitDir}/config.worktree`, gitDir });
    pointers.push({ path: `${gitDir}/commondir`, right: undefined });
    folders.push({ path: `${gitDir}/worktrees` }, { path: `${gitDir}/modules` });
    for (const name of (await listFolder(root, `${gitDir}/worktrees`)).folders) {
      visited += 1;
      if (visited > FOLDERS_AT_MOST) {
        isCut = true;
        return;
      }
      configs.push({ path: `${gitDir}/worktrees/${name}/config.worktree`, gitDir });
      pointers.push({ path: `${gitDir}/worktrees/${name}/commondir`, right: '../..' });
    }
    for (const name of (await listFolder(root, `${gitDir}/modules`)).folders) {
      await visitModules(`${gitDir}/modules/${name}`, depth + 1);
    }
  };

  await visitGitDir(top, 0);
  return { configs, pointers, folders, isCut };
};

const joinByPath = <T extends { readonly path: string }>(
  first: readonly T[],
  more: readonly T[],
): readonly T[] => [...new Map([...first, ...more].map((place) => [place.path, place])).values()];

/** The places of two looks at the same folder, each once. */
export const joinPlaces = (first: GitPlaces, more: GitPlaces): GitPlaces => ({
  configs: joinByPath(first.configs, more.configs),
  pointers: joinByPath(first.pointers, more.pointers),
  folders: joinByPath(first.folders, more.folders),
  isCut: first.isCut || more.isCut,
});
