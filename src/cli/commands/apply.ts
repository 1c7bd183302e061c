import type { ApplyRequest } from '../../engine/apply.ts';
import type { Context } from '../../lib/context.ts';
import type { ApplyEvent, ApplyResult } from '../../model/apply.ts';
import { AgentvmError, ExitCode } from '../../model/errors.ts';
import type { Desired } from '../../model/machine.ts';
import type { Plan } from '../../model/plan.ts';
import type { PlanBinding } from '../../model/saved-plan.ts';
import type { Upgrades } from '../../model/upgrade.ts';
import { applyFleet, exitCodeAfter, totalText } from '../apply-fleet.ts';
import { type ApprovalOptions, approvePlan, canAsk } from '../approval.ts';
import { allowsRollback, approveRollback } from '../approve-rollback.ts';
import { composePorts } from '../compose.ts';
import { forEachMachine } from '../fleet.ts';
import type { ApproveEach } from '../fleet-approval.ts';
import { checkHostFor } from '../host-check.ts';
import { refuseUnknownGrants } from '../known-grants.ts';
import { skippedText } from '../manifest.ts';
import { loadWithPruning, type PruneOptions, planPruning } from '../prune.ts';

export type ApplyOptions = ApprovalOptions &
  PruneOptions & {
    readonly json?: boolean;
    /** How many machines are worked on at once. */
    readonly parallel?: number;
    /** The plan that was approved before; with it, one that has become another is a result and not shown again. */
    readonly bound?: PlanBinding;
    /** What becomes of the disk when a script or a package fails; a person at a terminal is asked where absent. */
    readonly onFailure?: 'rollback' | 'keep';
    /** Pins to move on the way. */
    readonly upgrades?: Upgrades;
  };

export const declinedText = 'Nothing was changed.\n';

/** How often a plan that changed between showing and locking is shown again before a person must look. */
const SHOWN_AGAIN_AT_MOST = 3;

/** A plan with obstacles: each with its place and its mend. */
const blockedError = (plan: Plan): AgentvmError =>
  new AgentvmError({
    code: 'PLAN_BLOCKED',
    exitCode: ExitCode.stalled,
    message: `the plan for '${plan.machine.name}' cannot be carried out`,
    details: plan.blockers.map(({ text }) => text),
    hint: [...new Set(plan.blockers.map(({ hint }) => hint))].join('\n'),
  });

/**
 * Who says whether the disk is put back after a failed step; undefined where nobody does.
 * @throws AgentvmError APPROVAL_MISSING (exit 4) when that could not be done in the end, before anything is.
 */
const rollbackApproval = (context: Context, options: ApplyOptions): ApplyRequest['offerRollback'] => {
  const { onFailure } = options;
  if (onFailure === 'keep' || (onFailure === undefined && !canAsk(context))) return undefined;
  if (onFailure === 'rollback' && !canAsk(context) && !allowsRollback(options)) {
    throw new AgentvmError({
      code: 'APPROVAL_MISSING',
      exitCode: ExitCode.approvalMissing,
      message: 'To roll a disk back restarts the machine, and a restart is not allowed',
      hint: 'Run: agentvm apply --on-failure rollback --allow restart',
    });
  }
  // What allows the plan says nothing of a rollback that nobody has asked for.
  const word = onFailure === 'rollback' ? options : {};
  return (offer) => approveRollback(context, offer, word);
};

/** What became of a step that an earlier command had begun; the plan that follows goes on from there. */
const tell = (context: Context, event: ApplyEvent): void => {
  if (event.event === 'snapshot-dropped') context.io.stderr(`Dropped the old snapshot ${event.snapshot}.\n`);
  if (event.event !== 'recovered') return;
  const { apply, position, total, title, as } = event;
  const found = as === 'done' ? 'it was done' : 'it was not done, and is planned again';
  context.io.stderr(
    `Resuming apply ${apply.slice(0, 4)} at step ${position}/${total}, ${title}: ${found}.\n`,
  );
};

/** A suspension holds watch back, not a person. */
const tellSuspension = async (context: Context, { machine }: Plan): Promise<void> => {
  if (machine.id === null) return;
  const { readSuspended, suspendedJudgement } = await import('../../engine/suspension.ts');
  const suspended = await readSuspended(context, machine.id);
  if (suspended === undefined) return;
  const { message } = suspendedJudgement(context, suspended);
  context.io.stderr(`agentvm: watch leaves '${machine.name}' alone ${message}; this apply does not\n`);
};

/**
 * Applies a manifest with a person's or the options' approval.
 * @throws AgentvmError PLAN_BLOCKED (exit 8), PLAN_CHANGED (exit 6), what asking for approval throws, and all of the
 * engine's.
 */
export const applyDesired = async (
  context: Context,
  desired: Desired,
  options: ApplyOptions,
  command: string,
  approve: ApproveEach = approvePlan,
): Promise<ApplyResult> => {
  const offerRollback = rollbackApproval(context, options);
  const { apply: applyPlan } = await import('../../engine/apply.ts');
  for (let shown = 0; shown < SHOWN_AGAIN_AT_MOST; shown++) {
    const result = await applyPlan(context, composePorts(), {
      desired,
      command,
      ...(options.bound === undefined ? {} : { bound: options.bound }),
      ...(options.upgrades === undefined ? {} : { upgrades: options.upgrades }),
      approve: async (plan) => {
        await checkHostFor(context, plan);
        await tellSuspension(context, plan);
        return approve(context, plan, options);
      },
      ...(offerRollback === undefined ? {} : { offerRollback }),
      onEvent: options.json
        ? (event) => context.io.stdout(`${JSON.stringify(event)}\n`)
        : (event) => tell(context, event),
    });
    if (result.outcome === 'blocked') throw blockedError(result.plan);
    if (result.outcome !== 'changed') return result;
    if (options.bound !== undefined) return result;
    // Shown again, and held against the options or the person again: what was allowed may not cover it.
    context.io.stderr('The machine changed meanwhile; this is the plan now.\n');
  }
  throw new AgentvmError({
    code: 'PLAN_CHANGED',
    exitCode: ExitCode.stalePlan,
    message: 'The machine changes faster than its plan can be shown; nothing was done',
    hint: 'See with `agentvm status` who is at work on it, then run agentvm apply again.',
  });
};

const applyOne = async (
  context: Context,
  desired: Desired,
  options: ApplyOptions,
  approve?: ApproveEach,
): Promise<ApplyResult> => {
  const result = await applyDesired(context, desired, options, 'agentvm apply', approve);
  tellResult(context, desired, result, options);
  return result;
};

/** How one machine's apply ended, for people. */
const tellResult = (
  context: Context,
  desired: Desired,
  { outcome, plan }: ApplyResult,
  options: ApplyOptions,
): void => {
  if (outcome === 'declined') context.io.stderr(declinedText);
  else if (!options.json) {
    context.io.stdout(
      outcome === 'unchanged'
        ? `${desired.name} is as ${desired.manifestPath} declares; nothing to do.\n`
        : `${desired.name} is as ${desired.manifestPath} declares: ${plan.steps.length === 1 ? '1 step' : `${plan.steps.length} steps`} done.\n`,
    );
  }
};

/** Carries out what `agentvm plan --out` has saved, and nothing else. */
const applySaved = async (context: Context, file: string, options: ApplyOptions): Promise<number> => {
  if (options.file !== undefined || options.machine !== undefined || options.prune !== undefined) {
    throw new AgentvmError({
      code: 'PLAN_AND_MANIFEST',
      exitCode: ExitCode.usage,
      message: `The saved plan ${file} says itself which manifest and which machines are meant`,
      hint: `Leave -f, --machine and --prune out: agentvm apply ${file}`,
    });
  }
  const { approvalOf, openSavedPlan, staleError } = await import('../saved-plan.ts');
  const saved = await openSavedPlan(context, file);
  await refuseUnknownGrants(
    saved.machines.map(({ desired }) => desired),
    options.grant ?? [],
  );
  const outcomes = await forEachMachine(context, saved.machines, async (own, machine) => {
    const command = `agentvm apply ${file}`;
    const approval = approvalOf(own, saved, machine, options);
    const result = await applyDesired(
      own,
      machine.desired,
      { ...options, ...approval, command, bound: machine.saved },
      command,
    );
    if (result.outcome === 'changed') throw await staleError(own, file, machine, result.plan);
    tellResult(own, machine.desired, result, options);
    return result.outcome;
  });
  if (outcomes.length > 1) context.io.stderr(totalText(outcomes));
  return exitCodeAfter(context, outcomes);
};

/**
 * Brings the machines to what the manifests declare, one after the other unless told, or carries a saved plan out. The
 * failure of one does not stop the others; what failed is told at the end, and the worst exit code is the command's.
 */
export const apply = async (
  context: Context,
  { plan, ...options }: ApplyOptions & { readonly plan?: string },
): Promise<number> => {
  if (plan !== undefined) return applySaved(context, plan, options);
  const declared = await loadWithPruning(context, options);
  const { desired } = declared;
  await refuseUnknownGrants(desired, options.grant ?? []);
  context.io.stderr(skippedText(declared));
  const deletions = await planPruning(context, declared, options);
  const [only] = desired;
  if (only !== undefined && desired.length + deletions.length === 1) {
    const { outcome } = await applyOne(context, only, options);
    return outcome === 'declined' ? ExitCode.approvalMissing : ExitCode.done;
  }
  return applyFleet(context, desired, deletions, {
    ...options,
    applyOne: async (own, one, approve) => (await applyOne(own, one, options, approve)).outcome,
  });
};
