import { createHash, randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '../lib/context.ts';
import { readJsonFile, writeJsonFile } from '../lib/json-file.ts';
import { withGitCopy } from './git-listing.ts';
import { findGitPlaces, type GitPlaces } from './git-places.ts';
import { dangerousSettings, type GitSetting, gitKeyText } from './git-settings.ts';
import { moveAside } from './move-aside.ts';
import type { Guarded } from './protection-plan.ts';
import { readShareFile, replaceShareFile, type ShareFile } from './share-file.ts';

/**
 * `git-settings.json`: which dangerous settings were there before the guest could write. It stands from a machine's
 * start until its end was followed by a last look, so that a keeper's death in between forgives nothing.
 */
type Memory = {
  readonly format: 1;
  /** Makes the digests say nothing to those who guess values. */
  readonly salt: string;
  /** `SHARE/GITDIR` of those that were looked at first. */
  readonly gitDirs: readonly string[];
  /** `SHARE/FILE` → key → digests of its values. */
  readonly files: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
};

export type GitGuardOptions = {
  readonly context: Context;
  /** Where the memory is kept. */
  readonly file: string;
  /** A private folder for copies. */
  readonly scratch: string;
  readonly note: (text: string) => void;
  readonly log: (text: string) => void;
};

/** A git folder of a share. */
export type GitDir = { readonly shareId: string; readonly path: string };

export type GitLook = {
  readonly gitDirs: readonly GitDir[];
  /** Where this process finds a share's files. */
  readonly rootOf: (shareId: string) => string;
  /** Whether a git folder is shown from now on only: what is in it is the host's own then. */
  readonly isFresh: (one: GitDir) => boolean;
};

export type GitGuard = {
  /** Takes back what appeared. Returns after how many ms to look again, if so. */
  readonly look: (request: GitLook) => Promise<number | undefined>;
  /** The files that a change of is worth a look. */
  readonly watched: () => readonly Guarded[];
  /** Nobody can write any more, and the last look has been. */
  readonly settle: () => Promise<void>;
};

const CONFIG_LIMIT_BYTES = 1024 * 1024;
const POINTER_LIMIT_BYTES = 4096;
const PAUSE_MS = 100;
const NOTES_AT_MOST = 50;
const KEYS_SHOWN = 5;
const POINTER_KEY = 'commondir';
/** What a file gets that is put back without anything to go by: git's own default. */
const OWN = { mode: 0o644, uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };

/** The folders whose `hooks` are guarded: there git obeys what the project says. */
export const gitDirsOf = (guarded: readonly Guarded[]): readonly GitDir[] =>
  guarded.flatMap(({ shareId, path }) =>
    /(?:^|\/)\.git\/hooks$/.test(path) ? [{ shareId, path: path.slice(0, -'/hooks'.length) }] : [],
  );

/** Keeps what git on the host obeys as it was when the guest could first write to it. */
export const createGitGuard = async (options: GitGuardOptions): Promise<GitGuard> => {
  const { context, log } = options;
  const left = await readJsonFile<Memory>(options.file);
  let memory: Memory =
    left?.format === 1 ? left : { format: 1, salt: randomBytes(16).toString('hex'), gitDirs: [], files: {} };
  /** Files that were as they may be, by what tells a change. */
  const clean = new Map<string, string>();
  /** The last content that was as it may be. */
  const good = new Map<string, Buffer>();
  /** Values behind digests, as far as this process has seen them. */
  const values = new Map<string, string>();
  const said = new Set<string>();
  let watched: readonly Guarded[] = [];
  let lastTakenMs = 0;

  const digest = (value: string): string =>
    createHash('sha256').update(memory.salt).update(value).digest('hex');
  const say = (text: string): void => {
    if (said.has(text) || said.size >= NOTES_AT_MOST) return;
    said.add(text);
    options.note(text);
  };
  const remember = async (next: Partial<Memory>): Promise<void> => {
    memory = { ...memory, ...next };
    await writeJsonFile(options.file, memory);
  };
  const digestsOf = (settings: readonly GitSetting[]): Record<string, string[]> => {
    const digests: Record<string, string[]> = Object.create(null);
    for (const { key, value } of settings) {
      const hex = digest(value);
      values.set(hex, value);
      digests[key] = [...(digests[key] ?? []), hex];
    }
    return digests;
  };
  const unknownKeys = (id: string, settings: readonly GitSetting[]): readonly string[] => {
    const known = new Map(Object.entries(memory.files[id] ?? {}));
    const unknown = settings.filter(({ key, value }) => {
      const hex = digest(value);
      const isKnown = known.get(key)?.includes(hex) ?? false;
      if (isKnown) values.set(hex, value);
      return !isKnown;
    });
    return [...new Set(unknown.map(({ key }) => key))];
  };
  /** What a key had before, as far as it is still known. */
  const valuesBefore = (id: string, key: string): readonly GitSetting[] =>
    (new Map(Object.entries(memory.files[id] ?? {})).get(key) ?? []).flatMap((hex) => {
      const value = values.get(hex);
      return value === undefined ? [] : [{ key, value }];
    });

  /** Moves away what git cannot be kept from obeying otherwise, and puts back what stood there. */
  const takeWhole = async (root: string, id: string, path: string): Promise<void> => {
    const aside = await moveAside(root, path, false);
    const before = good.get(id);
    if (aside === undefined) return;
    if (before !== undefined) await replaceShareFile(root, path, before, OWN);
    say(`'${path}' was made something that git on this host must not obey; it was moved to '${aside}'`);
  };

  const takeBack = async (
    root: string,
    id: string,
    path: string,
    gitDir: string,
    file: ShareFile & { kind: 'found' },
    keys: readonly string[],
  ): Promise<void> => {
    const restored = keys.flatMap((key) => valuesBefore(id, key));
    const mended = await withGitCopy(context, options.scratch, file.content, async (copy) => {
      const text = await copy.rewrite(keys, restored);
      const now = await copy.list();
      return now !== undefined && unknownKeys(id, dangerousSettings(now, gitDir)).length === 0
        ? text
        : undefined;
    });
    if (mended === undefined) return takeWhole(root, id, path);
    await replaceShareFile(root, `${path}.from-guest`, file.content, { ...file, mode: 0o600 });
    await replaceShareFile(root, path, mended, file);
    const names = keys.slice(0, KEYS_SHOWN).map(gitKeyText).join(', ');
    const more = keys.length > KEYS_SHOWN ? ` and ${keys.length - KEYS_SHOWN} more` : '';
    say(
      `git would obey ${names}${more} on this host, which appeared in '${path}' while the machine ran; it was taken back, and '${path}.from-guest' holds what was found. Make settings of your own while the machine is stopped`,
    );
  };

  const lookAtConfig = async (
    root: string,
    shareId: string,
    { path, gitDir }: GitPlaces['configs'][number],
    isFirst: boolean,
  ): Promise<boolean> => {
    const id = `${shareId}/${path}`;
    const file = await readShareFile(root, path, CONFIG_LIMIT_BYTES);
    if (file.kind === 'absent') return true;
    if (file.kind === 'obstacle' || file.content.includes(0)) {
      if (isFirst) say(`'${path}' is no plain file, so that its settings cannot be compared`);
      else await takeWhole(root, id, path);
      return isFirst;
    }
    if (clean.get(id) === file.stamp) return true;
    const settings = await withGitCopy(context, options.scratch, file.content, (copy) => copy.list());
    const dangerous = dangerousSettings(settings ?? [], gitDir);
    if (isFirst) {
      await remember({ files: { ...memory.files, [id]: digestsOf(dangerous) } });
    } else {
      const keys = unknownKeys(id, dangerous);
      if (keys.length > 0) {
        await takeBack(root, id, path, gitDir, file, keys);
        return false;
      }
    }
    if (file.isLinked) await replaceShareFile(root, path, file.content, file);
    else clean.set(id, file.stamp);
    good.set(id, file.content);
    return true;
  };

  const lookAtPointer = async (
    root: string,
    shareId: string,
    { path, right }: GitPlaces['pointers'][number],
    isFirst: boolean,
  ): Promise<boolean> => {
    const id = `${shareId}/${path}`;
    const file = await readShareFile(root, path, POINTER_LIMIT_BYTES);
    if (file.kind === 'absent') return true;
    const value = file.kind === 'found' ? file.content.toString('latin1') : '';
    if (file.kind === 'found' && isFirst) {
      await remember({ files: { ...memory.files, [id]: digestsOf([{ key: POINTER_KEY, value }]) } });
      good.set(id, file.content);
    }
    const isKnown = memory.files[id]?.[POINTER_KEY]?.includes(digest(value)) ?? false;
    if (file.kind === 'found' && (isKnown || value.trim() === right)) return true;
    await takeWhole(root, id, path);
    return false;
  };

  /** It was exchanged under our hands, or may not be read by this user, or this host has no git that could obey. */
  const unseen =
    (one: GitDir) =>
    (error: unknown): boolean => {
      log(`git settings of '${one.path}': ${String(error)}`);
      return true;
    };

  const lookAtGitDir = async (request: GitLook, one: GitDir): Promise<boolean> => {
    const name = `${one.shareId}/${one.path}`;
    const root = request.rootOf(one.shareId);
    const isFirst = request.isFresh(one) && !memory.gitDirs.includes(name);
    const places = await findGitPlaces(root, one.path);
    if (places.isCut)
      say(`'${one.path}' has more submodules or worktrees than are looked at for git's settings`);
    let isClean = true;
    const looks = [
      ...places.configs.map((place) => () => lookAtConfig(root, one.shareId, place, isFirst)),
      ...places.pointers.map((place) => () => lookAtPointer(root, one.shareId, place, isFirst)),
    ];
    for (const look of looks) {
      isClean = (await look().catch(unseen(one))) && isClean;
    }
    if (!memory.gitDirs.includes(name)) await remember({ gitDirs: [...memory.gitDirs, name] });
    const folders = [`${one.path}/modules`, `${one.path}/worktrees`];
    watched = [
      ...watched,
      ...[...places.configs, ...places.pointers, ...folders.map((path) => ({ path }))].map(
        ({ path }): Guarded => ({ shareId: one.shareId, path, kind: 'pin' }),
      ),
    ];
    return isClean;
  };

  return {
    look: async (request) => {
      // A guest that writes without end is answered at a pace that this host can bear.
      const waitMs = lastTakenMs + PAUSE_MS - Date.now();
      if (waitMs > 0) return waitMs;
      watched = [];
      let isClean = true;
      for (const one of request.gitDirs) {
        const outcome = await lookAtGitDir(request, one).catch(unseen(one));
        isClean = outcome && isClean;
      }
      if (isClean) return undefined;
      lastTakenMs = Date.now();
      return PAUSE_MS;
    },
    watched: () => watched,
    settle: () => rm(options.file, { force: true }),
  };
};

/** The memory and the copies of a machine's folder. */
export const gitGuardFiles = (dir: string): Pick<GitGuardOptions, 'file' | 'scratch'> => ({
  file: join(dir, 'git-settings.json'),
  scratch: join(dir, 'git'),
});
