import type { GuestShare } from '../../model/guest.ts';
import { mountShareId, sharesOf } from '../machine-spec.ts';
import { planAgain, type StepHandler } from './step.ts';

/** Exports a host folder and binds it to its place in the running guest. */
export const mountAdd: StepHandler<'mount.add'> = {
  probe: planAgain,
  run: async (run) => {
    const spec = await run.spec();
    const id = mountShareId(run.action.key);
    const share = spec.shares.find((one) => one.id === id);
    if (share === undefined) throw new Error(`no mount stands at ${run.action.key}`);
    const driverState = await run.driver.updateLive(run.context, run.ref, spec);
    await run.guest.mountShare({ id, guestPath: share.guestPath, mode: share.mode });
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
    await run.guest.unmountShare(share);
    return { driverState: await run.driver.updateLive(run.context, run.ref, await run.spec()) };
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
    await run.guest.unmountShare({ id: before.id, guestPath: before.guestPath, mode: before.mode });
    const driverState = await run.driver.updateLive(run.context, run.ref, spec);
    await run.guest.mountShare({ id: after.id, guestPath: after.guestPath, mode: after.mode });
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
