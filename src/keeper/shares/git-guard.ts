import { join } from 'node:path';
import type { Context } from '../../lib/context.ts';
import { type GitCopy, withGitCopy } from './git-listing.ts';
import { openGitMemory } from './git-memory.ts';
import { findGitPlaces, type GitPlaces, joinPlaces } from './git-places.ts';
import { dangerousSettings, gitKeyText } from './git-settings.ts';
import { moveAside } from './move-aside.ts';
import type { Guarded } from './protection-plan.ts';
import { readShareFile, replaceShareFile, type ShareFile } from './share-file.ts';

export type GitGuardOptions = {
  readonly context: Context;
  /** The machine's own folder, for the memory and for copies. */
  readonly dir: string;
  readonly note: (text: string) => void;
  readonly log: (text: string) => void;
};

/** A git folder of a share, relative to it. */
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
/** A guest that writes without end is answered at a pace that this host can bear. */
const PAUSE_MS = 100;
const NOTES_AT_MOST = 50;
const KEYS_SHOWN = 5;
/** What a file gets that is put back without anything to go by: git's own default. */
const OWN = { mode: 0o644, uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };

/** The folders whose `hooks` are guarded: there git obeys what the project says. */
export const gitDirsOf = (guarded: readonly Guarded[]): readonly GitDir[] =>
  guarded.flatMap(({ shareId, path }) =>
    /(?:^|\/)\.git\/hooks$/.test(path) ? [{ shareId, path: path.slice(0, -'/hooks'.length) }] : [],
  );

/** Keeps what git on the host obeys as it was when the guest could first write to it. */
export const createGitGuard = async ({ context, dir, note, log }: GitGuardOptions): Promise<GitGuard> => {
  const memory = await openGitMemory(join(dir, 'git-settings.json'));
  /** Files that were as they may be, by what tells a change. */
  const clean = new Map<string, string>();
  /** The last content that was as it may be. */
  const good = new Map<string, Buffer>();
  /** What each git folder had when all of it was found. */
  const whole = new Map<string, GitPlaces>();
  const said = new Set<string>();
  let watched: readonly Guarded[] = [];
  let lastWorkMs = 0;

  const withCopy = <T>(content: Uint8Array, work: (copy: GitCopy) => Promise<T>): Promise<T> => {
    lastWorkMs = Date.now();
    return withGitCopy(context, join(dir, 'git'), content, work);
  };
  const say = (text: string): void => {
    if (said.has(text) || said.size >= NOTES_AT_MOST) return;
    said.add(text);
    note(text);
  };

  /** Moves away what git cannot be kept from obeying otherwise, and puts back what stood there. */
  const takeWhole = async (root: string, id: string, path: string): Promise<void> => {
    const aside = await moveAside(root, path, false);
    if (aside === undefined) return;
    const before = good.get(id);
    if (before !== undefined) await replaceShareFile(root, path, before, OWN);
    say(`'${path}' was made something that git on this host must not obey; it was moved to '${aside}'`);
  };

  const takeBack = async (
    root: string,
    id: string,
    { path, gitDir }: GitPlaces['configs'][number],
    file: ShareFile & { kind: 'found' },
    keys: readonly string[],
  ): Promise<void> => {
    const mended = await withCopy(file.content, async (copy) => {
      const text = await copy.rewrite(keys, memory.valuesBefore(id, keys));
      const now = dangerousSettings((await copy.list()) ?? [], gitDir);
      return memory.unknownKeys(id, now).length === 0 ? text : undefined;
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

  /** Returns whether the file is as it may be. */
  const lookAtConfig = async (
    root: string,
    shareId: string,
    place: GitPlaces['configs'][number],
    isFirst: boolean,
  ): Promise<boolean> => {
    const { path, gitDir } = place;
    const id = `${shareId}/${path}`;
    const file = await readShareFile(root, path, CONFIG_LIMIT_BYTES);
    if (file.kind === 'absent') return true;
    if (file.kind === 'obstacle' || file.content.includes(0)) {
      if (isFirst) say(`'${path}' is no plain file, so that its settings cannot be compared`);
      else await takeWhole(root, id, path);
      return isFirst;
    }
    if (clean.get(id) === file.stamp) return true;
    const settings = await withCopy(file.content, (copy) => copy.list());
    const dangerous = dangerousSettings(settings ?? [], gitDir);
    if (isFirst) await memory.trust(id, dangerous);
    const keys = memory.unknownKeys(id, dangerous);
    if (keys.length > 0) {
      await takeBack(root, id, place, file, keys);
      return false;
    }
    if (file.isLinked) await replaceShareFile(root, path, file.content, file);
    else clean.set(id, file.stamp);
    if (settings !== undefined) good.set(id, file.content);
    return true;
  };

  /** The same for a `commondir`. */
  const lookAtPointer = async (
    root: string,
    shareId: string,
    { path, right }: GitPlaces['pointers'][number],
    isFirst: boolean,
  ): Promise<boolean> => {
    const id = `${shareId}/${path}`;
    const file = await readShareFile(root, path, POINTER_LIMIT_BYTES);
    if (file.kind === 'absent') return true;
    if (file.kind === 'found') {
      const setting = { key: 'commondir', value: file.content.toString('latin1') };
      if (isFirst) {
        await memory.trust(id, [setting]);
        good.set(id, file.content);
      }
      if (setting.value.trim() === right || memory.unknownKeys(id, [setting]).length === 0) return true;
    }
    await takeWhole(root, id, path);
    return false;
  };

  /** It was exchanged under our hands, or may not be read by this user, or this host has no git that could obey. */
  const unseen =
    ({ path }: GitDir) =>
    (error: unknown): boolean => {
      log(`git settings of '${path}': ${String(error)}`);
      return true;
    };

  const lookAtGitDir = async (request: GitLook, one: GitDir): Promise<boolean> => {
    const id = `${one.shareId}/${one.path}`;
    const root = request.rootOf(one.shareId);
    const isFirst = request.isFresh(one) && !memory.hasGitDir(id);
    const found = await findGitPlaces(root, one.path);
    if (found.isCut)
      say(`'${one.path}' has more submodules or worktrees than are looked at for git's settings`);
    else whole.set(id, found);
    // Folders that were made by the hundred do not hide those that were there before.
    const { configs, pointers, folders } = joinPlaces(whole.get(id) ?? found, found);
    const looks = [
      ...configs.map((place) => () => lookAtConfig(root, one.shareId, place, isFirst)),
      ...pointers.map((place) => () => lookAtPointer(root, one.shareId, place, isFirst)),
    ];
    let isClean = true;
    for (const look of looks) isClean = (await look().catch(unseen(one))) && isClean;
    if (!memory.hasGitDir(id)) await memory.addGitDir(id);
    const watch =
      (kind: Guarded['kind']) =>
      ({ path }: { readonly path: string }): Guarded => ({ shareId: one.shareId, path, kind });
    watched = [...watched, ...[...configs, ...pointers].map(watch('pin')), ...folders.map(watch('lock'))];
    return isClean;
  };

  return {
    look: async (request) => {
      const waitMs = lastWorkMs + PAUSE_MS - Date.now();
      // What is shown from now on is looked at before a guest can change it.
      if (waitMs > 0 && !request.gitDirs.some(request.isFresh)) return waitMs;
      watched = [];
      let isClean = true;
      for (const one of request.gitDirs) {
        isClean = (await lookAtGitDir(request, one).catch(unseen(one))) && isClean;
      }
      return isClean ? undefined : PAUSE_MS;
    },
    watched: () => watched,
    settle: () => memory.forget(),
  };
};
