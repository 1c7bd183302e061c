import { AgentvmError } from '../../model/errors.ts';
import type { Share } from '../../model/share.ts';
import { resolveShareSource } from './share-source.ts';

/**
 * Looks at shares that QEMU itself is to export, for want of namespaces: each must be a folder that no link of the
 * guest's leads to. Returns what a person should know.
 * @throws AgentvmError MOUNT_SOURCE_MISSING, MOUNT_SOURCE_IS_LINK, MOUNT_SOURCE_IS_FILE.
 */
export const checkPlainShares = async (shares: readonly Share[]): Promise<readonly string[]> => {
  for (const share of shares) {
    const { isDirectory } = await resolveShareSource(share, shares);
    if (isDirectory) continue;
    throw new AgentvmError({
      code: 'MOUNT_SOURCE_IS_FILE',
      message: `'${share.hostPath}' is a file, and without user namespaces only folders can be mounted`,
      hint: 'Mount the folder that it lies in; `agentvm doctor` shows whether this host allows user namespaces.',
    });
  }
  const paths = shares.filter((share) => share.mode === 'rw').flatMap((share) => share.protect);
  return paths.length === 0
    ? []
    : [
        `This host allows no user namespaces, so the guest can change protected files (${paths.join(', ')}): review them before you use them on the host`,
      ];
};
