import { removeDeadTemporaries } from '../lib/atomic-file.ts';
import type { Context } from '../lib/context.ts';
import { machineDir } from '../lib/paths.ts';
import type { ApplyEvent, ApplyHappening, ApplyOutcome, ApplyResult } from '../model/apply.ts';
import { AgentvmError } from '../model/errors.ts';
import type { Consent, GrantWord } from '../model/grant.ts';
import type { Desired, MachineState } from '../model/machine.ts';
import type { Plan } from '../model/plan.ts';
import type { PlanBinding } from '../model/saved-plan.ts';
import type { RollbackOffer } from '../model/snapshot.ts';
import type { Upgrades } from '../model/upgrade.ts';
import { planDigest } from '../reconcile/approval.ts';
import type { LeaveDrift } from '../reconcile/leave-drift.ts';
import { isBoundTo } from '../reconcile/staleness.ts';
import { findMachine } from '../state/inventory.ts';
import { openIntent, openJournal, readJournal, rotateJournal } from '../state/journal.ts';
import { readState, writeState } from '../state/store.ts';
import { type Claim, claimForManifest } from './claim.ts';
import { executePlan } from './execute.ts';
import { type FailedApply, offerWayBack } from './failed-apply.ts';
import { grantMissingError } from './grant-missing.ts';
import { dropUnusedGrants, keepGrants } from './grants.ts';
import { rememberPackages } from './kept-packages.ts';
import type { Ports } from './ports.ts';
import { type Prepared, type PrepareOptions, prepare, prepareState } from './prepare.ts';
import { recover } from './recover.ts';
import { eraseMachine, finishRemovals } from './remove.ts';
import { asApplyFailure, type Session, stepRun } from './session.ts';
import { tidySnapshots } from './snapshots.ts';

export type ApplyRequest = {
  readonly desired: Desired;
  /** What the person ran, for the note beside the lock: `agentvm apply`. */
  readonly command: string;
  /**
   * Shows a plan that has something to do, and says whether it may be carried out, and which of its new grants have a
   * person's word. Called without any lock held.
   */
  readonly approve: (plan: Plan) => Promise<Consent>;
  /** Leaves out what nobody has granted, in place of asking for it: each such field stays as it was applied, or goes. */
  readonly withhold?: boolean;
  /** Carries out this plan, made and approved before, on the state that it was made from; the outcome is `changed` otherwise. */
  readonly bound?: PlanBinding;
  /** Says whether the disk is put back to what it was before a step failed. Called without any lock held. */
  readonly offerRollback?: (offer: RollbackOffer) => Promise<boolean>;
  /** Pins to move on the way, and what to. */
  readonly upgrades?: Upgrades;
  readonly onEvent?: (event: ApplyEvent) => void;
  /** What of drift is shown in the plan and gets no step. */
  readonly leaveDrift?: LeaveDrift;
  /** Ends the apply after the step that runs; the context's signal ends the step too. */
  readonly stop?: AbortSignal;
};

type Apply = ApplyRequest & {
  readonly context: Context;
  readonly ports: Ports;
  readonly emit: (happening: ApplyHappening) => void;
};

const lookOf = ({ leaveDrift, upgrades, withhold = false }: ApplyRequest): PrepareOptions => ({
  deep: true,
  withhold,
  ...(leaveDrift === undefined ? {} : { leaveDrift }),
  ...(upgrades === undefined ? {} : { upgrades }),
});

/** What the manifest tells beside its fields, and needs no plan to be taken over. */
const withManifest = (state: MachineState, desired: Desired): MachineState => ({
  ...state,
  project: desired.project,
  manifestPath: desired.manifestPath,
  revision: desired.revision,
});

const isNews = (state: MachineState, desired: Desired): boolean =>
  JSON.stringify(withManifest(state, desired)) !== JSON.stringify(state);

/** A machine of which nothing was made yet leaves nothing behind when its creation fails or is refused. */
const dropDraft = async ({ context, ports }: Apply, claim: Claim): Promise<void> => {
  const state = await readState(context.paths, claim.state.id);
  if (state === undefined || state.phase !== 'creating' || state.driverState !== null) return;
  try {
    await eraseMachine({ ...context, signal: new AbortController().signal }, ports, state);
  } catch (error) {
    // The failure of the apply is what a person must see; the next apply ends the removal.
    if (!(error instanceof AgentvmError)) throw error;
  }
};

/** Shows a running machine the project at its new place, or the folder that now stands at the old one. */
const followProject = async (
  session: Session,
  state: MachineState,
  desired: Desired,
): Promise<MachineState> => {
  if (JSON.stringify(state.project) === JSON.stringify(desired.project)) return state;
  const followed = { ...state, project: desired.project };
  if (state.driverState === null) return followed;
  const run = await stepRun(session, followed, { kind: 'protect.set' }, {}, undefined);
  const driverState = await run.driver.updateLive(session.context, run.ref, await run.spec());
  return writeState(session.context.paths, { ...followed, driverState });
};

const withClaim = async <T>(
  apply: Apply,
  work: (session: Session, state: MachineState, claim: Claim) => Promise<T>,
): Promise<T> => {
  const { context, ports, desired, command, emit } = apply;
  const claim = await claimForManifest(context, desired, command);
  try {
    await rotateJournal(context.paths, claim.state.id);
    const journal = await openJournal(context.paths, claim.state.id);
    try {
      const session: Session = { context, ports, journal, emit, ...(apply.stop && { stop: apply.stop }) };
      const state = await followProject(session, claim.state, desired);
      return await work(session, await recover(session, state), claim);
    } catch (error) {
      throw asApplyFailure(error);
    } finally {
      await journal.close();
      await dropDraft(apply, claim);
    }
  } finally {
    await claim.lock.release();
  }
};

const finish = (apply: Apply, outcome: ApplyOutcome, plan: Plan, state: MachineState | null): ApplyResult => {
  apply.emit({ event: 'finished', outcome, machine: state?.id ?? null });
  return { outcome, plan, machine: state?.id ?? null };
};

const nothingToDo = async (apply: Apply, prepared: Prepared): Promise<ApplyResult> => {
  const { plan, state, match, desired, hasUnusedGrants } = prepared;
  const isSettled = plan.recovery?.isOpen !== true;
  if (state === null || (match.kind === 'same' && isSettled && !isNews(state, desired) && !hasUnusedGrants))
    return finish(apply, 'unchanged', plan, state);
  // A comment in the manifest, or the place of the project, has changed.
  return withClaim(apply, async ({ context }, claimed) => {
    await writeState(context.paths, withManifest(claimed, desired));
    await dropUnusedGrants(context, claimed, desired);
    return finish(apply, 'unchanged', plan, claimed);
  });
};

/** Whether a plan that was approved before is this one, made from this state. */
const holds = ({ bound }: Apply, plan: Plan, state: MachineState | null): boolean =>
  bound === undefined || (planDigest(plan) === bound.digest && isBoundTo(bound, state));

const carryOut = (
  apply: Apply,
  { plan: approved, match }: Prepared,
  words: Readonly<Record<string, GrantWord>>,
): Promise<ApplyResult | FailedApply> =>
  withClaim(apply, async (session, state, claim) => {
    const { context, ports } = apply;
    const now = await prepareState(context, ports, apply.desired, match, state, lookOf(apply));
    const isApproved = planDigest(now.plan) === planDigest(approved);
    if (!isApproved || !holds(apply, now.plan, claim.isNew ? null : claim.state)) {
      return finish(apply, 'changed', now.plan, state);
    }
    const { desired } = now;
    await keepGrants(context, state, now.plan.grants, words);
    const { state: done, failure } = await rememberPackages(session, state, now.plan, () =>
      executePlan(session, state, now.plan, desired, new Set(apply.upgrades?.keys())),
    );
    if (failure !== undefined) {
      await tidySnapshots(session, done);
      return { ...failure, plan: now.plan, machine: done };
    }
    await dropUnusedGrants(context, done, desired);
    const appliedAt = context.clock.now().toISOString();
    const final = await writeState(context.paths, {
      ...withManifest(done, desired),
      phase: 'ready',
      appliedAt,
    });
    await tidySnapshots(session, final);
    return finish(apply, 'applied', now.plan, final);
  });

/** @throws AgentvmError GRANT_MISSING (exit 4) for a new grant that nobody gave the word for. */
const refuseWithoutWord = (plan: Plan, words: Readonly<Record<string, GrantWord>>): void => {
  const missing = plan.grants.filter(({ id }) => words[id] === undefined);
  if (missing.length > 0) throw grantMissingError(plan, missing);
};

/** Settles what an earlier command left open, so that the plan which is shown is the one that will run. */
const settle = async (apply: Apply): Promise<void> => {
  const { paths } = apply.context;
  await finishRemovals(apply.context, apply.ports, apply.command);
  await removeDeadTemporaries(paths.state);
  const match = await findMachine(paths, apply.desired.project, apply.desired.name);
  if (match.kind === 'none') return;
  await removeDeadTemporaries(machineDir(paths, match.state.id));
  const open = openIntent(await readJournal(paths, match.state.id));
  // A plan that was made before knows of it, and settles it when its own turn comes.
  if (open !== undefined && apply.bound === undefined) await withClaim(apply, async () => {});
};

/**
 * Brings a machine to what its manifest asks for: plans and asks without the lock, then takes it, looks again, and
 * carries the plan out if it is still the one that was approved.
 * @throws AgentvmError LOCKED (exit 5); GRANT_MISSING (exit 4); the failed step's own (exit 7), after which the same command goes on; the
 * signal's reason after an abort.
 */
export const apply = async (context: Context, ports: Ports, request: ApplyRequest): Promise<ApplyResult> => {
  const emit = (happening: ApplyHappening): void =>
    request.onEvent?.({
      kind: 'event',
      version: 1,
      at: context.clock.now().toISOString(),
      name: request.desired.name,
      ...happening,
    });
  const run: Apply = { ...request, context, ports, emit };
  await settle(run);
  const prepared = await prepare(context, ports, request.desired, lookOf(request));
  const { plan, state } = prepared;
  emit({ event: 'planned', plan });
  if (!holds(run, plan, state)) return finish(run, 'changed', plan, state);
  if (plan.blockers.length > 0) return finish(run, 'blocked', plan, state);
  if (plan.steps.length === 0) return nothingToDo(run, prepared);
  const consent = await request.approve(plan);
  if (consent === false) return finish(run, 'declined', plan, state);
  const words = consent === true ? {} : consent.grants;
  refuseWithoutWord(plan, words);
  const end = await carryOut(run, prepared, words);
  if ('outcome' in end) return end;
  throw await offerWayBack(context, ports, end, { ...request, emit });
};
