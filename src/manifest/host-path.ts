import { dirname, resolve } from 'node:path';

/** A path of this host as people write it: `~` is their home folder, a relative one starts at the file it stands in. */
export const absoluteHostPath = (home: string, file: string, written: string): string => {
  if (written === '~' || written.startsWith('~/')) return resolve(home, `.${written.slice(1)}`);
  return resolve(dirname(file), written);
};

export const isOtherHome = (written: string): boolean => /^~[^/]/.test(written);
