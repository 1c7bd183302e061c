import { realpathSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { isWithin } from '../lib/is-within.ts';
import type { Source } from './source.ts';

export type InputResult =
  | {
      readonly ok: true;
      readonly path: string;
      readonly inProject: boolean;
      readonly kind: 'file' | 'folder' | 'other';
    }
  | { readonly ok: false; readonly code: string; readonly message: string; readonly hint: string };

/**
 * The real path of a file or folder that a manifest refers to. One in the project must not lie behind a symbolic
 * link: the guest could turn the link elsewhere, while the protection is on what it points to now.
 * @param project real path of the project's folder.
 * @param from the file in which the reference stands.
 * @param what the input's role at the start of a message, for example `The script './a.sh'`.
 */
export const locateInput = (project: string, from: Source, reference: string, what: string): InputResult => {
  const written = resolve(dirname(from.path), reference);
  try {
    const real = realpathSync.native(written);
    if (isWithin(project, written) && real !== written) {
      return {
        ok: false,
        code: 'symbolic-link',
        message: `${what} lies behind a symbolic link, which the guest could turn elsewhere`,
        hint: `Put the file itself there, or name its real path: ${real}`,
      };
    }
    const stats = statSync(real);
    return {
      ok: true,
      path: real,
      inProject: isWithin(project, real),
      kind: stats.isFile() ? 'file' : stats.isDirectory() ? 'folder' : 'other',
    };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' || code === 'ENOTDIR'
      ? {
          ok: false,
          code: 'missing-file',
          message: `${what} does not exist (${written})`,
          hint: 'Make the file, or correct its path.',
        }
      : {
          ok: false,
          code: 'unreadable-file',
          message: `${what} cannot be read: ${message}`,
          hint: 'Check the path and its permissions.',
        };
  }
};
