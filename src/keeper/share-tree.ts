import { dirname, join } from 'node:path';
import { createMutex } from '../lib/mutex.ts';
import type { Share } from '../model/share.ts';
import { type Cage, prepareCage } from './cage.ts';
import { mountAt } from './mount-table.ts';
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
  readonly close: () => void;
};

/** Guarded paths as `SHARE/PATH`: all of them, and those that are bound or were when last seen. */
export type Remembered = { readonly guarded: readonly string[]; readonly known: readonly string[] };

export type ShareTreeOptions = {
  readonly cage: Cage;
  readonly folder: string;
  /** What an earlier keeper of this run remembered. */
  readonly remembered: Remembered;
  readonly note: (text: string) => void;
  readonly log: (text: string) => void;
  /** Called when there is something else to remember. */
  readonly onRemember: (remembered: Remembered) => void;
};

const isSameShare = (a: Share, b: Share): boolean =>
  a.id === b.id && a.hostPath === b.hostPath && a.mode === b.mode;

/** Puts shares and protections into a cage and keeps watch over them. */
export const createShareTree = async (options: ShareTreeOptions): Promise<ShareTree> => {
  const { cage } = options;
  const memory = emptyMemory(options.remembered.known);
  const inTurn = createMutex();
  let shares: readonly Share[] = [];
  let guarded: readonly Guarded[] = [];
  let guardedBefore = new Set(options.remembered.guarded);
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;
  let rememberedText = '';
  await prepareCage(cage, options.folder);

  const enforceNow = async (freshShares: ReadonlySet<string> = new Set()): Promise<void> => {
    clearTimeout(timer);
    const again = await enforceProtections({
      cage,
      guarded,
      memory,
      isFresh: (one) => freshShares.has(one.shareId) || !guardedBefore.has(guardedKey(one)),
      nowMs: Date.now(),
      note: options.note,
      log: options.log,
    });
    guardedBefore = new Set(guarded.map(guardedKey));
    await watcher.renew(cage, guarded);
    if (again !== undefined && !isClosed) timer = setTimeout(hint, again);
    const remembered = { guarded: [...guardedBefore], known: [...memory.known] };
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

  /** Returns whether it was not there before. */
  const attach = async (share: Share, all: readonly Share[]): Promise<boolean> => {
    const target = join(cage.exported, share.id);
    if (mountAt(await cage.mounts(), target) !== undefined) return false;
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

  return {
    shares: () => shares,
    set: (wanted) =>
      inTurn(async () => {
        const gone = shares.filter((share) => !wanted.some((one) => isSameShare(one, share)));
        for (const share of gone) await detach(share);
        const there: Share[] = [];
        const fresh = new Set<string>();
        try {
          for (const share of wanted) {
            if (await attach(share, wanted)) fresh.add(share.id);
            there.push(share);
          }
        } finally {
          shares = there;
          guarded = guardedPaths(there);
          await enforceNow(fresh);
        }
      }),
    enforce: () => inTurn(enforceNow),
    close: () => {
      isClosed = true;
      clearTimeout(timer);
      watcher.close();
    },
  };
};
