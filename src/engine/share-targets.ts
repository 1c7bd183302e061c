import type { Share } from '../drivers/driver.ts';
import type { Context } from '../lib/context.ts';
import { realTarget } from '../lib/real-target.ts';
import type { MachineState } from '../model/machine.ts';
import { notGrantedError } from '../model/not-granted.ts';
import { missingGrants, neededGrants } from '../policy/grants.ts';
import { ensureGrants } from './grants.ts';
import { packagesDir } from './machine-spec.ts';

/**
 * Shares with what each leads to now, where that was granted. It is looked up for every spec, because a path that was
 * granted yesterday may lead elsewhere today; whoever exports it compares once more.
 */
export const withTargets = async (
  context: Context,
  state: MachineState,
  shares: readonly Share[],
): Promise<readonly Share[]> => {
  const approved = await ensureGrants(context, state);
  const own = packagesDir(context.paths);
  return Promise.all(
    shares.map(async (share) => {
      if (share.target !== null) return share;
      const target = await realTarget(share.hostPath);
      if (share.hostPath === own) return { ...share, target };
      const { hostPath: host, guestPath: guest, mode } = share;
      const mount = { path: 'mounts[]' as const, key: guest, value: { host, guest, mode } };
      const places = { project: state.project.realPath, realOf: () => target };
      return missingGrants(neededGrants([mount], places), approved).length === 0
        ? { ...share, target }
        : share;
    }),
  );
};

/**
 * Looks, before anything is stopped for it, whether every share may be exported anew.
 * @throws AgentvmError MOUNT_NOT_GRANTED (exit 4).
 */
export const refuseNotGranted = async (shares: readonly Share[]): Promise<void> => {
  for (const share of shares) {
    if (share.target === null) throw notGrantedError(share, await realTarget(share.hostPath));
  }
};
