import type { Share } from '../../drivers/driver.ts';
import type { GuestShare } from '../../model/guest.ts';
import type { Json } from '../../model/json.ts';
import { mountShareId, sharesOf } from '../machine-spec.ts';
import { planAgain, type StepHandler, type StepRun } from './step.ts';

const toGuestShare = ({ id, guestPath, mode }: Share): GuestShare => ({ id, guestPath, mode });

const isBelow = (path: string, folder: string): boolean =>
  path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);

/**
 * Does something to the mount at a place in the guest. Shares below it are freed before, since they would be hidden
 * or hold the place, and bound again after, the outer ones first.
 */
const withPlaceFree = async (run: StepRun, place: string, work: () => Promise<Json>): Promise<Json> => {
  const nested = sharesOf(run.context.paths, run.state).filter((share) => isBelow(share.guestPath, place));
  for (const share of nested.toReversed()) await run.guest.unmountShare(toGuestShare(share));
  const driverState = await work();
  for (const share of nested) await run.guest.mountShare(toGuestShare(share));
  return driverState;
};

/** Exports a host folder and binds it to its place in the running guest. */
export const mountAdd: StepHandler<'mount.add'> = {
  probe: planAgain,
  run: async (run) => {
    const spec = await run.spec();
    const id = mountShareId(run.action.key);
    const share = spec.shares.find((one) => one.id === id);
    if (share === undefined) throw new Error(`no mount stands at ${run.action.key}`);
    const driverState = await withPlaceFree(run, share.guestPath, async () => {
      const state = await run.driver.updateLive(run.context, run.ref, spec);
      await run.guest.mountShare(toGuestShare(share));
      return state;
    });
    return { driverState };
  },
};

/** Frees the place in the guest first, so that nothing in it uses the folder when it goes. */
export const mountRemove: StepHandler<'mount.remove'> = {
  probe: planAgain,
  run: async (run) => {
    const guestPath = run.action.key;
    // The mode says nothing when a place is freed.
    const share: GuestShare = { id: mountShareId(guestPath), guestPath, mode: 'ro' };
    const driverState = await withPlaceFree(run, guestPath, async () => {
      await run.guest.unmountShare(share);
      return run.driver.updateLive(run.context, run.ref, await run.spec());
    });
    return { driverState };
  },
};

/** Shows the project's folder at another place or with another mode. */
export const workspaceSet: StepHandler<'workspace.set'> = {
  probe: planAgain,
  run: async (run) => {
    const spec = await run.spec();
    const [before] = sharesOf(run.context.paths, run.state);
    const after = spec.shares.find((share) => share.id === 'workspace');
    if (before === undefined || after === undefined) throw new Error('a machine always has its project');
    await withPlaceFree(run, before.guestPath, async () => {
      await run.guest.unmountShare(toGuestShare(before));
      return null;
    });
    const driverState = await withPlaceFree(run, after.guestPath, async () => {
      const state = await run.driver.updateLive(run.context, run.ref, spec);
      await run.guest.mountShare(toGuestShare(after));
      return state;
    });
    return { driverState };
  },
};

/** Sets what of the project the guest may read but not change. */
export const protectSet: StepHandler<'protect.set'> = {
  probe: planAgain,
  run: async (run) => ({
    driverState: await run.driver.updateLive(run.context, run.ref, await run.spec()),
  }),
};
