import { isWithin } from '../../lib/is-within.ts';
import type { Share } from '../../model/share.ts';

/** A path of a share that the guest must not change, and the folders on the way, which it must not rename. */
export type Guarded = {
  readonly shareId: string;
  /** Relative to the share, for example `.git/hooks`. */
  readonly path: string;
  /** `pin`: bound onto itself, so that it cannot be renamed. `lock`: read-only besides. */
  readonly kind: 'pin' | 'lock';
};

/** Where a share really is: by another name of it nothing would be recognised. */
const placeOf = ({ target, hostPath }: Share): string => target ?? hostPath;

const join = (folder: string, path: string): string => (folder === '/' ? `/${path}` : `${folder}/${path}`);

const prefixes = (path: string): readonly string[] => {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  return parts.map((_part, index) => parts.slice(0, index + 1).join('/'));
};

/**
 * Everything to be bound over itself, parents before what lies in them. A path that one share protects is protected
 * in every other share that shows it too.
 */
export const guardedPaths = (shares: readonly Share[]): readonly Guarded[] => {
  const protectedPaths = shares.flatMap((share) => share.protect.map((path) => join(placeOf(share), path)));
  return shares
    .filter((share) => share.mode === 'rw')
    .flatMap((share) => {
      const locks = new Set(
        protectedPaths
          .filter((path) => path !== placeOf(share) && isWithin(placeOf(share), path))
          .map((path) => prefixes(path.slice(placeOf(share).length)).at(-1) ?? ''),
      );
      const all = new Set([...locks].flatMap(prefixes));
      return (
        [...all]
          // What lies in a locked folder is locked with it.
          .filter(
            (path) =>
              !prefixes(path)
                .slice(0, -1)
                .some((parent) => locks.has(parent)),
          )
          .sort((a, b) => a.split('/').length - b.split('/').length || (a < b ? -1 : 1))
          .map((path): Guarded => ({ shareId: share.id, path, kind: locks.has(path) ? 'lock' : 'pin' }))
      );
    });
};

/** A share of a folder that another share protects can only be read, whatever was asked. */
export const effectiveMode = (share: Share, shares: readonly Share[]): 'ro' | 'rw' =>
  shares.some((other) => other.protect.some((path) => isWithin(join(placeOf(other), path), placeOf(share))))
    ? 'ro'
    : share.mode;
