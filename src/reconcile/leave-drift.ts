import type { FieldId } from '../model/fields.ts';
import type { MachineState, Observed } from '../model/machine.ts';
import type { Strategy } from '../model/plan.ts';
import type { PlannedChange } from './changes.ts';

/** Stand among fields for the machine itself: that it is there and runs, and that nobody has stopped it. */
export const POWER = 'power';
export const STOPPED = 'stopped';

/** Whether something that moved away from what was applied is only shown and not put right, which would cost `strategy`. */
export type LeaveDrift = (field: FieldId | typeof POWER | typeof STOPPED, strategy: Strategy) => boolean;

/** Whether a machine that does not run, or is gone, is left as it is while nothing else asks for it. */
export const leavesPower = (
  applied: MachineState | null,
  { power }: Observed,
  leave: LeaveDrift | undefined,
): boolean => applied?.phase === 'ready' && leave?.(power === 'stopped' ? STOPPED : POWER, 'live') === true;

/** Whether a machine that was made is not there any more. */
export const isLost = (applied: MachineState | null, { power }: Observed): boolean =>
  power === 'absent' && applied?.fields['base.image'] !== undefined;

/** The changes as they are shown, those that are left marked as such, and those that get steps. */
export const leaveDrifted = (
  planned: readonly PlannedChange[],
  leave: LeaveDrift | undefined,
): { readonly shown: readonly PlannedChange[]; readonly acted: readonly PlannedChange[] } => {
  const isLeft = ({ change }: PlannedChange): boolean =>
    change.movement === 'drift' && leave?.(change.field, change.strategy) === true;
  return {
    shown: planned.map((one) =>
      isLeft(one)
        ? {
            change: {
              ...one.change,
              strategy: 'noop',
              reason: { code: 'drifted', text: 'it is left as it is' },
            },
            work: 'none',
          }
        : one,
    ),
    acted: planned.filter((one) => !isLeft(one)),
  };
};
