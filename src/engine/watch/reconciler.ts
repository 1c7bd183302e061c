import { createBackoff } from '../../lib/backoff.ts';
import type { Context } from '../../lib/context.ts';
import { createLatch } from '../../lib/latch.ts';
import { acquireLock } from '../../lib/lock.ts';
import { type Judgement, reasonOfCode } from '../../model/condition.ts';
import { type AgentvmError, ExitCode } from '../../model/errors.ts';
import type { Desired, MachineId, MachineState, ProjectIdentity } from '../../model/machine.ts';
import type { Plan } from '../../model/plan.ts';
import type { Drift, WatchHappening, WatchOutcome } from '../../model/watch.ts';
import { hasWork, planDigest } from '../../reconcile/approval.ts';
import { type LeaveDrift, STOPPED } from '../../reconcile/leave-drift.ts';
import { isAtMost } from '../../reconcile/strategies.ts';
import { findMachine, type Match } from '../../state/inventory.ts';
import { machineLockPath, readState } from '../../state/store.ts';
import { grantOptions } from '../grant-missing.ts';
import { observe } from '../observe.ts';
import type { Ports } from '../ports.ts';
import { type Prepared, prepareState } from '../prepare.ts';
import { readSuspended, suspendedJudgement } from '../suspension.ts';
import { asAgentvmError, attempt, WATCH_COMMAND } from './attempt.ts';
import { createConditionLog } from './condition-log.ts';
import { configJudgement, type Declared } from './config-judgement.ts';
import { driftAfter, driftJudgement, healedBy } from './drift.ts';
import { exhaustedFields, NO_HEALS, withHeals } from './heal-limit.ts';
import { readyJudgement } from './machine-health.ts';
import type { WatchRequest } from './request.ts';
import { digestOf, policyOf } from './version.ts';
import { mergeWakes, type Wake } from './wake.ts';

/** Keeps one machine as its document says. Whatever wakes it, one cycle runs at a time. */
export type Reconciler = {
  readonly declare: (declared: Declared) => void;
  readonly wake: (wake: Wake) => void;
  /** Resolves when nothing is left to do now. */
  readonly idle: () => Promise<void>;
  readonly outcome: () => WatchOutcome;
  readonly machineId: () => MachineId | undefined;
  readonly close: () => Promise<void>;
};

export type ReconcilerParts = {
  readonly context: Context;
  readonly ports: Ports;
  readonly request: WatchRequest;
  readonly emit: (happening: WatchHappening) => void;
  /** Called when the machine is there, or is another one than before. */
  readonly onFound: () => void;
  /** A machine of the same manifest that no document declares any more: its name may have been edited, or be half typed. */
  readonly formerName: (version: Desired) => Promise<string | undefined>;
};

/** The machine that a reconciler is for. */
export type MachineName = { readonly name: string; readonly project: ProjectIdentity };

/** What a timer of Node can count to. */
const TIMER_LIMIT_MS = 2 ** 31 - 1;

/** Failures that the same try would meet again: a person has to do something first. */
const WAITS_FOR_PERSON: readonly number[] = [ExitCode.usage, ExitCode.approvalMissing, ExitCode.stalled];

const no = (reason: string, message = ''): Judgement => ({ status: 'False', reason, message });
const yes = (reason: string, message: string): Judgement => ({ status: 'True', reason, message });

export const createReconciler = (parts: ReconcilerParts, { name, project }: MachineName): Reconciler => {
  const { context, ports, request, emit, onFound, formerName } = parts;
  const { paths, clock } = context;
  const nowMs = (): number => performance.now();
  const log = createConditionLog(context, emit);
  const backoff = createBackoff(request.times.backoff, { nowMs, random: Math.random });
  const timers = new Map<'retry' | 'resume', NodeJS.Timeout>();

  let declared: Declared | undefined;
  /** The last good version. */
  let desired: Desired | undefined;
  /** Digest of the version that was tried last. */
  let handled: string | undefined;
  let machineId: MachineId | undefined;
  let outcome: WatchOutcome = 'converged';
  let stall: { readonly reason: string; readonly message: string } | undefined;
  let shownPlan: string | undefined;
  let toldFailure = '';
  let toldGrants = '';
  let heals = NO_HEALS;
  const givenUp = new Set<string>();
  let drift: readonly Drift[] = [];
  let isSuspended = false;

  const later = (kind: 'retry' | 'resume', afterMs: number, next: Wake): void => {
    clearTimeout(timers.get(kind));
    if (request.once) return;
    timers.set(
      kind,
      setTimeout(() => wake(next), Math.min(afterMs, TIMER_LIMIT_MS)),
    );
  };

  /** The machine as state tells, without reading the states of all others each time. */
  const find = async (): Promise<{ readonly match: Match; readonly state: MachineState | null }> => {
    const known = machineId === undefined ? undefined : await readState(paths, machineId);
    const isSame =
      known !== undefined &&
      known.phase !== 'deleting' &&
      known.name === name &&
      JSON.stringify(known.project) === JSON.stringify(desired?.project ?? project);
    const match: Match = isSame
      ? { kind: 'same', state: known }
      : await findMachine(paths, desired?.project ?? project, name);
    const state = match.kind === 'none' ? null : { ...match.state, project: desired?.project ?? project };
    if (state !== null && state.id !== machineId) onFound();
    machineId = state?.id;
    return { match, state };
  };

  const judgeStalled = (): void => {
    if (stall !== undefined) log.judge('Stalled', yes(stall.reason, stall.message));
    else if (givenUp.size > 0) {
      const message = `${[...givenUp].join(', ')} moved away again and again; it is only reported until agentvm retry`;
      log.judge('Stalled', yes('HealLimit', message));
    } else log.judge('Stalled', no('NotStalled'));
  };

  const leaving = (acts: boolean): LeaveDrift => {
    const tired = new Set([...exhaustedFields(heals, nowMs()), ...givenUp]);
    const isReported = policyOf(desired) === 'report';
    // A person who stopped the machine wants it so, until its document changes.
    return (field, strategy) =>
      field === STOPPED ? !acts : isReported || tired.has(field) || !isAtMost(strategy, request.allow);
  };

  const tellDrift = (found: readonly Drift[]): void => {
    const policy = policyOf(desired);
    const isNews = found.length > 0 && JSON.stringify(found) !== JSON.stringify(drift);
    drift = found;
    log.judge('Drifted', driftJudgement(drift));
    if (isNews) emit({ event: 'drift', drift, policy });
    if (policy === 'report') return;
    const tired = exhaustedFields(heals, nowMs());
    for (const { field, text } of drift) {
      if (givenUp.has(field) || !tired.includes(field)) continue;
      givenUp.add(field);
      emit({ event: 'heal-stopped', field, text });
    }
    judgeStalled();
  };

  const look = async (probe: 'cheap' | 'deep', acts: boolean): Promise<Prepared | undefined> => {
    const { match, state } = await find();
    const options = { deep: probe === 'deep', mayWake: false, withhold: true, leaveDrift: leaving(acts) };
    if (desired === undefined) {
      const observed = state && (await observe(context, ports, state, undefined, options));
      if (observed !== null) log.judge('Ready', readyJudgement(observed));
      return undefined;
    }
    const seen = await prepareState(context, ports, desired, match, state, options);
    log.judge('Ready', readyJudgement(seen.observed));
    // While a step is at work, what is there is on its way.
    const isDeep = options.deep && seen.observed.suspendedSince === undefined;
    if (seen.plan.recovery?.isOpen !== true && state !== null)
      tellDrift(driftAfter(drift, { desired, state, observed: seen.observed, isDeep }));
    return seen;
  };

  const tellFailure = (
    error: { readonly code: string; readonly message: string; readonly hint: string | null },
    retryInMs: number | null,
  ): void => {
    const { code, message, hint } = error;
    const text = `${code} ${message}`;
    if (text === toldFailure && retryInMs === null) return;
    toldFailure = text;
    emit({ event: 'failed', code, message, hint, retryInMs });
  };

  const tryAgain = (message: string): number | null => {
    const delayMs = backoff.fail();
    const seconds = Math.round(delayMs / 1000);
    log.judge('Reconciling', yes('BackingOff', `${message}; tried again after ${seconds} s`));
    later('retry', delayMs, { retry: true });
    return request.once ? null : delayMs;
  };

  const failed = (error: AgentvmError): void => {
    const { code, message, hint = null } = error;
    if (!WAITS_FOR_PERSON.includes(error.exitCode)) {
      outcome = 'failed';
      tellFailure({ code, message, hint }, tryAgain(message));
      return;
    }
    outcome = 'stalled';
    stall = { reason: reasonOfCode(code), message };
    log.judge('Reconciling', no('Stalled'));
    tellFailure({ code, message, hint }, null);
  };

  const blocked = ({ blockers }: Plan): void => {
    const [first] = blockers;
    if (first === undefined) throw new Error('a blocked plan without a blocker');
    const message = blockers.map(({ text }) => text).join('; ');
    const hint = [...new Set(blockers.map((one) => one.hint))].join('\n');
    outcome = 'stalled';
    stall = { reason: reasonOfCode(first.code), message };
    log.judge('Reconciling', no('Stalled'));
    // What could not be looked at may answer by itself later.
    const isPassing = blockers.every(({ code }) => code === 'unknown-observation');
    tellFailure({ code: 'PLAN_BLOCKED', message, hint }, isPassing ? tryAgain(message) : null);
  };

  /** What nobody has granted is told once; all else goes on. */
  const tellWithheld = (withheld: Plan['withheld']): void => {
    const grants = withheld.map(({ grant, text }) => ({ grant, text }));
    const text = grants.map((one) => `${one.grant}: ${one.text}`).join('; ');
    log.judge('PendingApproval', yes('GrantsMissing', text));
    if (text === toldGrants) return;
    toldGrants = text;
    const command = `agentvm apply ${grantOptions(grants.map(({ grant }) => ({ id: grant })))}`;
    emit({ event: 'withheld', withheld: grants, command });
  };

  /** Nothing is left to do, by whomever it was done, but for what nobody has granted. */
  const settled = ({ withheld }: Plan): void => {
    backoff.reset();
    clearTimeout(timers.get('retry'));
    stall = undefined;
    shownPlan = undefined;
    toldFailure = '';
    outcome = withheld.length > 0 ? 'pending' : 'converged';
    if (withheld.length > 0) tellWithheld(withheld);
    else {
      toldGrants = '';
      log.judge('PendingApproval', no('NothingPending'));
    }
    log.judge('Reconciling', no('Converged'));
    judgeStalled();
  };

  const waitForLock = async ({ message }: AgentvmError): Promise<void> => {
    log.judge('Reconciling', yes('WaitingForLock', message));
    emit({ event: 'waiting', message });
    const { state } = await find();
    if (state === null) return later('retry', request.times.backoff.firstMs, { retry: true });
    const signal = AbortSignal.any([context.signal, request.stop]);
    const path = machineLockPath(paths, state.id);
    const what = `the machine '${name}'`;
    try {
      await (
        await acquireLock({ ...context, signal }, { path, what, command: WATCH_COMMAND, wait: true })
      ).release();
    } catch (error) {
      if (!signal.aborted) throw error;
      return;
    }
    wake({ retry: true });
  };

  const pending = (plan: Plan, text: string): void => {
    outcome = 'pending';
    stall = undefined;
    judgeStalled();
    log.judge('PendingApproval', yes('PlanExceedsAllowed', text));
    log.judge('Reconciling', no('PendingApproval'));
    if (shownPlan !== planDigest(plan)) emit({ event: 'pending', text, plan });
    shownPlan = planDigest(plan);
  };

  const converge = async (version: Desired, acts: boolean): Promise<void> => {
    const isNew = handled !== digestOf(version);
    const wasConverged = outcome === 'converged' && !isNew;
    const leaveDrift = leaving(acts);
    const { state } = await find();
    const result = await attempt(context, ports, {
      ...request,
      desired: version,
      leaveDrift,
      refuse: async ({ machine }) => {
        const former = machine.id === null ? await formerName(version) : undefined;
        return former === undefined
          ? undefined
          : `this makes another machine than '${former}', which the manifest no longer names (to keep that one: agentvm mv ${former} ${name})`;
      },
      onStart: async () => {
        log.judge('Reconciling', yes('Applying', `revision ${version.revision}`));
        if (machineId !== undefined) await log.save(machineId);
      },
      onEvent: (event) => emit({ event: 'apply', apply: event }),
    });
    if (result.kind !== 'interrupted' && result.kind !== 'locked') handled = digestOf(version);
    switch (result.kind) {
      case 'done': {
        const { plan, steps } = result;
        const healed = steps > 0 && state?.phase === 'ready' ? healedBy(plan, leaveDrift) : [];
        heals = withHeals(heals, healed, nowMs());
        // What moves away again is news again.
        drift = drift.filter(({ field }) => !healed.includes(field));
        settled(plan);
        if (steps > 0 || !wasConverged) emit({ event: 'converged', revision: version.revision, steps });
        await look('deep', false);
        break;
      }
      case 'pending':
        pending(result.plan, result.text);
        break;
      case 'blocked':
        blocked(result.plan);
        break;
      case 'failed':
        failed(result.error);
        break;
      case 'locked':
        await waitForLock(result.error);
        break;
      case 'interrupted':
        log.judge('Reconciling', no('Interrupted'));
        break;
    }
    judgeStalled();
  };

  /** Whether a look that no change of the document caused has found something to do. */
  const findsWork = ({ plan, state }: Prepared, probe: 'cheap' | 'deep'): boolean => {
    // Who removed the machine wants it gone, until the document changes.
    if (state === null || backoff.leftMs() > 0) return false;
    if (plan.recovery?.isOpen === true) return true;
    if (plan.blockers.length > 0) return probe === 'deep';
    if (!hasWork(plan)) {
      if (outcome !== 'converged') settled(plan);
      return false;
    }
    return outcome === 'converged' || outcome === 'suspended' || toldGrants !== '' || probe === 'deep';
  };

  const forgive = (): void => {
    backoff.reset();
    heals = NO_HEALS;
    givenUp.clear();
    stall = undefined;
    shownPlan = undefined;
    toldFailure = '';
  };

  const cycle = async ({ probe, poke = false, retry = false }: Wake): Promise<void> => {
    if (declared !== undefined) log.judge('ConfigValid', configJudgement(declared));
    await find();
    const suspended = machineId === undefined ? undefined : await readSuspended(context, machineId);
    const turned = isSuspended !== (suspended !== undefined);
    isSuspended = suspended !== undefined;
    const judgement = suspendedJudgement(context, suspended);
    log.judge('Suspended', judgement);
    if (turned)
      emit({ event: 'note', text: isSuspended ? `suspended ${judgement.message}` : 'no longer suspended' });
    if (suspended?.leftMs != null) later('resume', suspended.leftMs, { probe: 'cheap' });

    const isNew = desired !== undefined && digestOf(desired) !== handled;
    const acts = desired !== undefined && (isNew || poke || retry);
    if (!acts && !turned && probe === undefined && desired !== undefined) return;
    if (isSuspended || !acts || desired === undefined) {
      const depth = turned && !isSuspended ? 'deep' : (probe ?? 'cheap');
      const seen = await look(depth, false);
      if (isSuspended) {
        outcome = 'suspended';
        log.judge('Reconciling', no('Suspended'));
      } else if (seen !== undefined && desired !== undefined && findsWork(seen, depth)) {
        await converge(desired, false);
      }
      return;
    }
    if (isNew || poke) forgive();
    await converge(desired, true);
  };

  const runCycle = async (next: Wake): Promise<void> => {
    if (request.stop.aborted) return;
    try {
      await cycle(next);
    } catch (error) {
      if (context.signal.aborted) return;
      failed(asAgentvmError(error));
      judgeStalled();
    }
    if (machineId !== undefined) await log.save(machineId);
  };

  const { ask: wake, idle } = createLatch(mergeWakes, runCycle);

  return {
    declare: (next) => {
      declared = next;
      if (next.kind === 'valid') desired = next.desired;
    },
    wake,
    idle,
    outcome: () => (declared?.kind === 'invalid' && outcome === 'converged' ? 'invalid' : outcome),
    machineId: () => machineId,
    close: async () => {
      for (const timer of timers.values()) clearTimeout(timer);
      await idle();
      log.judge('Reconciling', no('WatchEnded', `at ${clock.now().toISOString()}`));
      if (machineId !== undefined) await log.save(machineId);
    },
  };
};
