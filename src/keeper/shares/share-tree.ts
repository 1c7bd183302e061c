import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from '../../lib/context.ts';
import { createMutex } from '../../lib/mutex.ts';
import type { Share } from '../../model/share.ts';
import { type Cage, prepareCage } from '../cage.ts';
import { createGitGuard, gitDirsOf } from './git-guard.ts';
import { mountAt } from './mount-table.ts';
import { guardedTarget } from './protection-look.ts';
import { effectiveMode, type Guarded, guardedPaths } from './protection-plan.ts';
import { emptyMemory, enforceProtections, guardedKey } from './protections.ts';
import { resolveShareSource } from './share-source.ts';
import { watchShares } from './share-watch.ts';
import { bindVerified, unbind } from './staging.ts';

/** The exported folder of a running machine: which shares are in it and that their protected paths stay so. */
export type ShareTree = {
  /** Exports exactly these shares. What cannot be exported is undone and thrown; the others stay. */
  readonly set: (shares: readonly Share[]) => Promise<void>;
  readonly shares: () => readonly Share[];
  /** Looks now; returns when every protection that can stand does. */
  readonly enforce: () => Promise<void>;
  /** After the machine's end: looks a last time, without the cage, which may be gone. */
  readonly settle: () => Promise<void>;
  readonly close: () => void;
};

/** What another keeper must know to go on. */
export type Remembered = {
  readonly shares: readonly Share[];
  /** Guarded paths as `SHARE/PATH` that are bound or were when last seen. */
  readonly known: readonly string[];
};

export type ShareTreeOptions = {
  readonly context: Context;
  readonly cage: Cage;
  /** The machine's own folder, where what outlives a keeper is kept. */
  readonly dir: string;
  readonly folder: string;
  /** What an earlier keeper of this run remembered. */
  readonly remembered: Remembered;
  readonly note: (text: string) => void;
  readonly log: (text: string) => void;
  /** Called when there is something else to remember. */
  readonly onRemember: (remembered: Remembered) => void;
};

/** Whether a share is among others as it is, so that its mount can stay. */
const isKept = (share: Share, before: readonly Share[], wanted: readonly Share[]): boolean =>
  wanted.some(
    (one) =>
      one.id === share.id &&
      one.hostPath === share.hostPath &&
      // Another target that was granted is exported anew; without one, what is exported stays what was granted.
      (one.target ?? share.target ?? null) === (share.target ?? one.target ?? null) &&
      effectiveMode(one, wanted) === effectiveMode(share, before),
  );

const isSameGuard = (a: Guarded, b: Guarded): boolean =>
  a.shareId === b.shareId && a.path === b.path && a.kind === b.kind;

/** Nobody writes any more: a second look finds what the first has mended. */
const LAST_LOOKS = 5;

/** Puts shares and protections into a cage and keeps watch over them. */
export const createShareTree = async (options: ShareTreeOptions): Promise<ShareTree> => {
  const { cage } = options;
  const memory = emptyMemory(options.remembered.known);
  const inTurn = createMutex();
  let { shares } = options.remembered;
  let guarded = guardedPaths(shares);
  let guardedBefore = guarded;
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;
  let rememberedText = '';
  await prepareCage(cage, options.folder);
  const gitGuard = await createGitGuard(options);

  const enforceNow = async (freshShares: ReadonlySet<string> = new Set()): Promise<void> => {
    clearTimeout(timer);
    const isFresh = (one: Guarded): boolean =>
      freshShares.has(one.shareId) || !guardedBefore.some((before) => isSameGuard(before, one));
    const boundAgain = await enforceProtections({
      cage,
      guarded,
      memory,
      isFresh,
      nowMs: Date.now(),
      note: options.note,
      log: options.log,
    });
    const gitAgain = await gitGuard.look({
      gitDirs: gitDirsOf(guarded),
      rootOf: (shareId) => cage.outside(join(cage.exported, shareId)),
      isFresh: ({ shareId, path }) => isFresh({ shareId, path: `${path}/hooks`, kind: 'lock' }),
    });
    guardedBefore = guarded;
    await watcher.renew(cage, [...guarded, ...gitGuard.watched()]);
    const again = [boundAgain, gitAgain].filter((ms) => ms !== undefined);
    if (again.length > 0 && !isClosed) timer = setTimeout(hint, Math.min(...again));
    const remembered = { shares, known: [...memory.known] };
    const text = JSON.stringify(remembered);
    if (text !== rememberedText) options.onRemember(remembered);
    rememberedText = text;
  };
  // Events come in bursts; one pass behind the running one sees them all.
  let isQueued = false;
  const hint = (): void => {
    if (isQueued || isClosed) return;
    isQueued = true;
    inTurn(async () => {
      isQueued = false;
      if (!isClosed) await enforceNow();
    }).catch((error: unknown) => options.log(`protections: ${String(error)}`));
  };
  const watcher = watchShares(hint);

  /** Returns whether it was not there before. `isKnown` tells that what is mounted there is this share. */
  const attach = async (share: Share, all: readonly Share[], isKnown: boolean): Promise<boolean> => {
    const target = join(cage.exported, share.id);
    if (mountAt(await cage.mounts(), target) !== undefined) {
      if (isKnown) return false;
      await unbind(cage, target);
    }
    const source = await resolveShareSource(share, all);
    await bindVerified(cage, {
      source: source.path,
      target,
      approved: source,
      readOnly: effectiveMode(share, all) === 'ro',
      makePlace: true,
    });
    return true;
  };
  const detach = async (share: Share): Promise<void> => {
    const target = join(cage.exported, share.id);
    if (mountAt(await cage.mounts(), target) !== undefined) await unbind(cage, target);
    const place = join(dirname(cage.exported), 'tree', share.id);
    await cage.enter('sh', ['-c', 'rmdir -- "$1" 2>/dev/null || rm -f -- "$1"', 'agentvm', place]);
  };

  /** Gives free what is guarded no longer, the inner before the outer. */
  const release = async (wanted: readonly Guarded[]): Promise<void> => {
    for (const one of guarded.filter((old) => !wanted.some((kept) => isSameGuard(kept, old))).reverse()) {
      const target = guardedTarget(cage, one);
      if (mountAt(await cage.mounts(), target) !== undefined) await unbind(cage, target);
      memory.known.delete(guardedKey(one));
    }
  };

  return {
    shares: () => shares,
    set: (asked) =>
      inTurn(async () => {
        const kept = shares.filter((share) => isKept(share, shares, asked));
        // What stays exported is what was granted, whatever its path leads to now.
        const targetOf = ({ id, target }: Share) =>
          target ?? kept.find((one) => one.id === id)?.target ?? null;
        const wanted = asked.map((share) => ({ ...share, target: targetOf(share) }));
        for (const share of shares.filter((one) => !kept.includes(one))) await detach(share);
        await release(guardedPaths(wanted));
        const there: Share[] = [];
        const fresh = new Set<string>();
        try {
          for (const share of wanted) {
            const isKnown = kept.some((one) => one.id === share.id);
            if (await attach(share, wanted, isKnown)) fresh.add(share.id);
            there.push(share);
          }
        } finally {
          shares = there;
          guarded = guardedPaths(there);
          await enforceNow(fresh);
        }
      }),
    enforce: () => inTurn(enforceNow),
    settle: () =>
      inTurn(async () => {
        const sources = await Promise.all(
          shares.map(async (share) => [share.id, (await resolveShareSource(share, shares)).path] as const),
        );
        const roots = new Map(sources);
        const gitDirs = gitDirsOf(guarded).filter(({ shareId }) => roots.has(shareId));
        const request = { gitDirs, rootOf: (id: string) => roots.get(id) ?? '', isFresh: () => false };
        let waitMs = await gitGuard.look(request);
        for (let again = 0; waitMs !== undefined && again < LAST_LOOKS; again++) {
          await sleep(waitMs);
          waitMs = await gitGuard.look(request);
        }
        if (waitMs === undefined) await gitGuard.settle();
      }),
    close: () => {
      isClosed = true;
      clearTimeout(timer);
      watcher.close();
    },
  };
};
