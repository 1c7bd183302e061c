import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { handlePath, openBeneath } from '../../lib/open-beneath.ts';
import type { Cage } from '../cage.ts';
import { mountAt } from './mount-table.ts';
import type { Guarded } from './protection-plan.ts';
import type { ApprovedInode } from './staging.ts';

/** What stands at a guarded path of the exported tree now. */
export type GuardedState =
  | { readonly kind: 'absent' }
  /** A link, or a file where a folder must be: it cannot be bound. */
  | { readonly kind: 'obstacle' }
  | { readonly kind: 'bound' }
  | {
      readonly kind: 'unbound';
      readonly inode: ApprovedInode;
      /** Names in a folder that is to be locked. */
      readonly names: readonly string[];
    };

/** Where a guarded path is inside the cage. */
export const guardedTarget = (cage: Cage, one: Guarded): string => join(cage.exported, one.shareId, one.path);

/** Looks at a guarded path without following a link in the share. */
export const lookAtGuarded = async (cage: Cage, one: Guarded): Promise<GuardedState> => {
  const share = cage.outside(join(cage.exported, one.shareId));
  const found = await openBeneath(share, one.path.split('/'));
  if (found.kind === 'link') return { kind: 'obstacle' };
  if (found.kind === 'absent') return { kind: 'absent' };
  try {
    const mount = mountAt(await cage.mounts(), guardedTarget(cage, one));
    if (mount !== undefined && (one.kind === 'pin' || mount.options.includes('ro'))) return { kind: 'bound' };
    const { dev, ino } = await found.handle.stat();
    const names = one.kind === 'lock' && found.isDirectory ? await readdir(handlePath(found.handle)) : [];
    return { kind: 'unbound', inode: { dev, ino, isDirectory: found.isDirectory }, names };
  } finally {
    await found.handle.close();
  }
};

/** Names in a guarded folder; none when it is no folder. */
export const listGuarded = async (cage: Cage, one: Guarded): Promise<readonly string[]> => {
  const found = await openBeneath(cage.outside(join(cage.exported, one.shareId)), one.path.split('/'));
  if (found.kind !== 'found') return [];
  try {
    return found.isDirectory ? await readdir(handlePath(found.handle)) : [];
  } finally {
    await found.handle.close();
  }
};
