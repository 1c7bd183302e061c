import type { Context } from '../lib/context.ts';
import type { ApplyEvent, ApplyOutcome } from '../model/apply.ts';
import { ExitCode } from '../model/errors.ts';
import type { Desired } from '../model/machine.ts';
import type { ApprovalOptions } from './approval.ts';
import { composePorts } from './compose.ts';
import { forEachMachine, type Outcome, tellFailures, worstOf } from './fleet.ts';
import type { ApproveEach } from './fleet-approval.ts';
import type { Deletion } from './prune.ts';

/** How one machine's share of an apply ended. */
export type FleetOutcome = Outcome<ApplyOutcome | 'set aside'>;

export type FleetApply = ApprovalOptions & {
  readonly json?: boolean;
  /** How many machines are worked on at once. */
  readonly parallel?: number;
  readonly applyOne: (context: Context, desired: Desired, approve: ApproveEach) => Promise<ApplyOutcome>;
};

/** How the machines ended, for a last line. */
export const totalText = (outcomes: readonly FleetOutcome[]): string => {
  const ends = outcomes.map((one) => (one.ok ? one.value : 'failed'));
  const counts = [...new Set(ends)].map((end) => `${ends.filter((one) => one === end).length} ${end}`);
  const machines = outcomes.length === 1 ? 'machine' : 'machines';
  return `Total: ${outcomes.length} ${machines}, ${counts.join(', ')}.\n`;
};

/** Tells what failed, and gives the exit code of an apply to several machines. */
export const exitCodeAfter = (context: Context, outcomes: readonly FleetOutcome[]): number => {
  const declined = outcomes.some((one) => one.ok && one.value === 'declined');
  return worstOf([tellFailures(context, outcomes), declined ? ExitCode.approvalMissing : ExitCode.done]);
};

/** Sets the machines aside that are declared no more. */
const prune = (
  context: Context,
  deletions: readonly Deletion[],
  isJson: boolean,
): Promise<readonly Outcome<'set aside'>[]> =>
  forEachMachine(
    context,
    deletions,
    async (own, { name, state, plan }) => {
      const { carryOutDeletion } = await import('../engine/prune.ts');
      await carryOutDeletion(own, composePorts(), state, {
        plan,
        command: 'agentvm apply --prune',
        emit: (happening) => {
          const at = context.clock.now().toISOString();
          const event: ApplyEvent = { kind: 'event', version: 1, at, name, ...happening };
          if (isJson) context.io.stdout(`${JSON.stringify(event)}\n`);
        },
      });
      if (!isJson) {
        context.io.stdout(`${name} is in the trash for 7 days; agentvm restore ${name} brings it back.\n`);
      }
      return 'set aside' as const;
    },
    { isTold: true },
  );

/**
 * Applies several machines: all questions first, then what is declared no more, so that its ports are free for others,
 * then the others in their order.
 * @returns the worst exit code.
 */
export const applyFleet = async (
  context: Context,
  desired: readonly Desired[],
  deletions: readonly Deletion[],
  { json, parallel = 1, applyOne, ...options }: FleetApply,
): Promise<number> => {
  const { approveFleet } = await import('./fleet-approval.ts');
  const approve = await approveFleet(context, desired, deletions, options);
  if (approve === undefined) {
    context.io.stderr('Nothing was changed.\n');
    return ExitCode.approvalMissing;
  }
  const aside = await prune(context, deletions, json ?? false);
  const applied = await forEachMachine(context, desired, (own, one) => applyOne(own, one, approve), {
    parallel,
    isTold: true,
  });
  const outcomes = [...aside, ...applied];
  context.io.stderr(totalText(outcomes));
  return exitCodeAfter(context, outcomes);
};
