import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isWithin } from '../../lib/is-within.ts';
import { AgentvmError } from '../../model/errors.ts';
import type { Cage } from '../cage.ts';
import { mountAt, readOnlyRemount } from './mount-table.ts';

/** What must be mounted: the file system and inode that were looked at and approved. */
export type ApprovedInode = { readonly dev: number; readonly ino: number; readonly isDirectory: boolean };

export type BindRequest = {
  /** Paths inside the cage. */
  readonly source: string;
  readonly target: string;
  readonly approved: ApprovedInode;
  readonly readOnly: boolean;
  /** Makes the place for the mount in the cage's own tree, below which nobody else can write. */
  readonly makePlace: boolean;
};

let staged = 0;

const STAGE = `
if [ "$3" = folder ]; then mkdir "$2"; else : >"$2"; fi
mount -n --rbind -- "$1" "$2"
`;
const MOVE = `
if [ "$3" = folder ]; then [ -d "$4" ] || mkdir "$4"; elif [ "$3" = file ]; then [ -e "$4" ] || : >"$4"; fi
mount -n --move -- "$1" "$2"
`;
const UNSTAGE = `
umount -n -l -- "$1" 2>/dev/null || :
rmdir "$1" 2>/dev/null || rm -f "$1"
`;
const UNMOUNT = `
umount -n -l -- "$1"
`;

const changedError = (source: string): AgentvmError =>
  new AgentvmError({
    code: 'SHARE_SOURCE_CHANGED',
    message: `'${source}' was replaced while it was being mounted`,
    hint: 'Somebody, perhaps a program in the guest, exchanges this path; look at it, then try again.',
  });

/**
 * Binds a file or folder in the cage. It is bound where nobody can see it first, and only moved into the exported
 * folder when it is the very inode that was approved: a link swapped in at the last moment is never exported.
 * @throws AgentvmError SHARE_SOURCE_CHANGED, EXEC_FAILED.
 */
export const bindVerified = async (cage: Cage, request: BindRequest): Promise<void> => {
  const kind = request.approved.isDirectory ? 'folder' : 'file';
  const stage = join(dirname(cage.exported), 'stage', `${process.pid}-${++staged}`);
  try {
    await cage.enter('sh', ['-ec', STAGE, 'agentvm', request.source, stage, kind]);
    const bound = await stat(cage.outside(stage));
    if (bound.dev !== request.approved.dev || bound.ino !== request.approved.ino) {
      throw changedError(request.source);
    }
    if (request.readOnly) {
      const parts = (await cage.mounts()).filter((mount) => isWithin(stage, mount.mountPoint));
      for (const mount of parts) {
        await cage.enter('mount', ['-n', '-o', readOnlyRemount(mount), '--', mount.mountPoint]);
      }
    }
    const moving = mountAt(await cage.mounts(), stage);
    const place = request.makePlace
      ? join(dirname(cage.exported), 'tree', request.target.slice(cage.exported.length + 1))
      : '';
    await cage.enter('sh', [
      '-ec',
      MOVE,
      'agentvm',
      stage,
      request.target,
      request.makePlace ? kind : 'none',
      place,
    ]);
    const arrived = (await cage.mounts()).find((mount) => mount.id === moving?.id);
    if (arrived?.mountPoint !== request.target) {
      if (arrived !== undefined) await cage.enter('sh', ['-ec', UNMOUNT, 'agentvm', arrived.mountPoint]);
      throw changedError(request.target);
    }
  } finally {
    await cage.enter('sh', ['-c', UNSTAGE, 'agentvm', stage]);
  }
};

/** Takes a mount and all that is mounted below it away; programs that hold a file open keep it. */
export const unbind = (cage: Cage, target: string): Promise<void> =>
  cage.enter('sh', ['-ec', UNMOUNT, 'agentvm', target]);
