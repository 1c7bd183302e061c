import { join } from 'node:path';
import type { Cage } from '../cage.ts';
import { moveAside } from './move-aside.ts';
import { type GuardedState, guardedTarget, listGuarded, lookAtGuarded } from './protection-look.ts';
import type { Guarded } from './protection-plan.ts';
import { bindVerified, unbind } from './staging.ts';

/** What is remembered between two looks; keys are `SHARE/PATH`, times in ms. */
export type ProtectionMemory = {
  /** What was there at the start or has been bound since. */
  readonly known: Set<string>;
  readonly missingSince: Map<string, number>;
  readonly newSince: Map<string, number>;
};

export type ProtectionWork = {
  readonly cage: Cage;
  readonly guarded: readonly Guarded[];
  readonly memory: ProtectionMemory;
  /** Whether a path is guarded from now on only: what is there is the host's own then. */
  readonly isFresh: (one: Guarded) => boolean;
  readonly nowMs: number;
  readonly note: (text: string) => void;
  readonly log: (text: string) => void;
};

/** A program on the host may delete a file before it writes it anew: within this time it is still the same file. */
const REPLACEMENT_MS = 2000;
/** `git init` and `git clone` in the guest take this long to fill a new `.git`, which must not fail half-way. */
const SETTLING_MS = 5000;
const RETRY_MS = 200;
const TAKE_AWAY_TIMES = 5;
/** What git's templates put into a hooks folder never runs. */
const HARMLESS_NAME = /\.sample$/;

export const emptyMemory = (known: readonly string[]): ProtectionMemory => ({
  known: new Set(known),
  missingSince: new Map(),
  newSince: new Map(),
});

/** A guarded path's name in what is remembered. */
export const guardedKey = (one: Guarded): string => `${one.shareId}/${one.path}`;

const bind = (cage: Cage, one: Guarded, state: GuardedState & { kind: 'unbound' }): Promise<void> =>
  bindVerified(cage, {
    source: guardedTarget(cage, one),
    target: guardedTarget(cage, one),
    approved: state.inode,
    // A pin that is a file (the .git of a worktree or submodule) says where git's hooks and settings are.
    readOnly: one.kind === 'lock' || !state.inode.isDirectory,
    makePlace: false,
  });

/** Takes away what appeared at a path where nothing was, and locks the place where that is possible. */
const takeAway = async (work: ProtectionWork, one: Guarded, isFolder: boolean): Promise<void> => {
  const { cage, memory, note } = work;
  for (let time = 0; time < TAKE_AWAY_TIMES; time++) {
    const aside = await moveAside(cage.outside(join(cage.exported, one.shareId)), one.path, isFolder);
    if (aside === undefined) return;
    note(
      `'${one.path}' appeared while the machine ran; it could run code on this host and was moved to '${aside}'`,
    );
    const now = await lookAtGuarded(cage, one);
    if (!isFolder || now.kind !== 'unbound') return;
    await bind(cage, one, now);
    memory.known.add(guardedKey(one));
    // Something may have been planted in the moment before the lock; behind it nothing can.
    if ((await listGuarded(cage, one)).length === 0) return;
  }
};

type Outcome = {
  readonly isHeld: boolean;
  /** After how many ms it must be looked at again, if so. */
  readonly againMs?: number;
};
const HELD: Outcome = { isHeld: true };
const OPEN: Outcome = { isHeld: false };

/** Deals with one path. */
const protectOne = async (work: ProtectionWork, one: Guarded): Promise<Outcome> => {
  const { cage, memory, nowMs, note } = work;
  const isFresh = work.isFresh(one);
  const key = guardedKey(one);
  const state = await lookAtGuarded(cage, one);
  if (state.kind !== 'absent') memory.missingSince.delete(key);
  switch (state.kind) {
    case 'bound':
      return HELD;
    case 'absent': {
      memory.newSince.delete(key);
      if (!memory.known.has(key)) return OPEN;
      const since = memory.missingSince.get(key) ?? nowMs;
      memory.missingSince.set(key, since);
      if (nowMs - since < REPLACEMENT_MS) return { isHeld: false, againMs: REPLACEMENT_MS };
      memory.known.delete(key);
      return OPEN;
    }
    case 'obstacle':
      if (isFresh) note(`'${one.path}' is a symbolic link or no folder, so that it cannot be protected`);
      else await takeAway(work, one, false);
      return OPEN;
    case 'unbound': {
      if (isFresh || one.kind === 'pin' || memory.known.has(key)) {
        await bind(cage, one, state);
        memory.known.add(key);
        return HELD;
      }
      const isHarmless = state.inode.isDirectory && state.names.every((name) => HARMLESS_NAME.test(name));
      if (!isHarmless) {
        await takeAway(work, one, state.inode.isDirectory);
        return OPEN;
      }
      const since = memory.newSince.get(key) ?? nowMs;
      memory.newSince.set(key, since);
      if (nowMs - since < SETTLING_MS) {
        return { isHeld: false, againMs: SETTLING_MS - (nowMs - since) };
      }
      await bind(cage, one, state);
      // Something may have been planted between the look and the lock; behind it nothing can.
      if (!(await listGuarded(cage, one)).every((name) => HARMLESS_NAME.test(name))) {
        await unbind(cage, guardedTarget(cage, one));
        await takeAway(work, one, true);
        return OPEN;
      }
      memory.known.add(key);
      return HELD;
    }
  }
};

/**
 * Binds every guarded path that is there and not bound, and takes away what was planted where nothing had been.
 * Returns after how many ms to look again, or undefined when nothing is pending.
 */
export const enforceProtections = async (work: ProtectionWork): Promise<number | undefined> => {
  let again: number | undefined;
  const open: string[] = [];
  for (const one of work.guarded) {
    const key = guardedKey(one);
    // What lies in a folder that can still be renamed would be bound in vain; an event brings us back.
    if (open.some((folder) => key.startsWith(`${folder}/`))) continue;
    const { isHeld, againMs } = await protectOne(work, one).catch((error: unknown) => {
      // The path was exchanged under our hands; the others must not wait for it.
      work.log(`protecting '${one.path}': ${String(error)}`);
      return { isHeld: false, againMs: RETRY_MS };
    });
    if (!isHeld && one.kind === 'pin') open.push(key);
    if (againMs !== undefined) again = Math.min(again ?? againMs, againMs);
  }
  return again;
};
