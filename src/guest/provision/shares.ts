import type { Guest, GuestShare } from '../../model/guest.ts';
import { guestFailure } from '../failure.ts';

const TIMEOUT_MS = 60_000;
const MOUNT = '/usr/local/lib/agentvm/mount-share';
const UNMOUNT = '/usr/local/lib/agentvm/unmount-share';

/** Binds a share that the driver exports to its place in the guest. */
export const mountShare = async (guest: Guest, share: GuestShare): Promise<void> => {
  const result = await guest.exec([MOUNT, share.id, share.guestPath, share.mode], {
    as: 'root',
    timeoutMs: TIMEOUT_MS,
  });
  if (result.exitCode !== 0) {
    throw guestFailure({
      code: 'MOUNT_FAILED',
      message: `${share.guestPath} could not be mounted in the machine`,
      hint: 'See what is at that place: `agentvm shell`.',
      result,
    });
  }
};

/** Frees a share's place in the guest. */
export const unmountShare = async (guest: Guest, share: GuestShare): Promise<void> => {
  const result = await guest.exec([UNMOUNT, share.guestPath], { as: 'root', timeoutMs: TIMEOUT_MS });
  if (result.exitCode !== 0) {
    throw guestFailure({
      code: 'UNMOUNT_FAILED',
      message: `${share.guestPath} could not be unmounted in the machine`,
      hint: 'A program in the machine may be using it; end it, or restart the machine: `agentvm restart`.',
      result,
    });
  }
};
