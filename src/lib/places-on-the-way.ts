import { readlinkSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';

/** As many links as Linux follows in one path (path_resolution(7)). */
const LINKS_MAX = 40;

/**
 * Every place that an absolute path leads through, links followed one by one, the last being where it ends: whoever can
 * write to one of them decides where it leads. What is not there, or cannot be looked at, is taken for what it is called.
 */
export const placesOnTheWay = (path: string): readonly string[] => {
  const places: string[] = [];
  let pending = path.split('/');
  let at = '/';
  for (let links = 0; ; ) {
    const [name, ...rest] = pending;
    if (name === undefined) return places;
    pending = rest;
    if (name === '' || name === '.') continue;
    if (name === '..') {
      at = dirname(at);
      continue;
    }
    const next = join(at, name);
    places.push(next);
    const target = linkTarget(next);
    if (target === undefined || links === LINKS_MAX) {
      at = next;
      continue;
    }
    links += 1;
    pending = [...target.split('/'), ...rest];
    if (isAbsolute(target)) at = '/';
  }
};

const linkTarget = (path: string): string | undefined => {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
};
