import { readFileSync, statSync } from 'node:fs';

/** What was made of a file, kept until the file changes. */
export type FileMemory<T> = { readonly read: () => T };

const LOOK_MS = 2000;
const LIMIT_BYTES = 4 * 1024 * 1024;

const stampOf = (path: string): string => {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat === undefined ? '' : `${stat.ino}:${stat.size}:${stat.mtimeMs}`;
};

const textOf = (path: string): string => {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat?.isFile() && stat.size <= LIMIT_BYTES ? readFileSync(path, 'utf8') : '';
};

/** Looks at the file's times at most every two seconds; a file that cannot be read is an empty one. */
export const createFileMemory = <T>(
  path: string,
  now: () => Date,
  make: (text: string) => T,
): FileMemory<T> => {
  let lookedMs = Number.NEGATIVE_INFINITY;
  let stamp: string | undefined;
  let made: T | undefined;
  const look = (): T => {
    let seen = '';
    let text = '';
    try {
      seen = stampOf(path);
      if (made !== undefined && seen === stamp) return made;
      text = textOf(path);
    } catch {
      // Not ours to read.
    }
    stamp = seen;
    return make(text);
  };
  return {
    read: () => {
      const nowMs = now().getTime();
      if (made === undefined || nowMs - lookedMs >= LOOK_MS || nowMs < lookedMs) {
        made = look();
        lookedMs = nowMs;
      }
      return made;
    },
  };
};
