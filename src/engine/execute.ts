import { asDiskFull } from '../lib/disk-full.ts';
import { AgentvmError, ExitCode } from '../model/errors.ts';
import type { FieldId, Fields } from '../model/fields.ts';
import type { Desired, MachineState } from '../model/machine.ts';
import type { Plan, Step } from '../model/plan.ts';
import { keepApplied } from '../reconcile/kept-values.ts';
import { type FieldsPatch, JOURNAL_FORMAT } from '../state/journal.ts';
import { readState } from '../state/store.ts';
import { patchForRun, patchWhenDone } from './patch.ts';
import { commitCutOff, commitStep, type Session, stepRun } from './session.ts';
import { handlerOf } from './steps/registry.ts';
import type { StepRun } from './steps/step.ts';

/** What of a plan is carried out. */
export type Work = Pick<Plan, 'steps' | 'changes'>;

/** How far a plan came. */
export type Execution = {
  readonly state: MachineState;
  /** The step that failed, told as people are told; what comes after it was not begun. */
  readonly failure?: { readonly step: Step; readonly error: AgentvmError };
};

const NO_FIELDS: Fields = new Map();

/** Steps in an order in which each comes after those it needs; the plan's own order wherever that is free. */
export const orderSteps = (steps: readonly Step[]): readonly Step[] => {
  const ordered: Step[] = [];
  const done = new Set<string>();
  while (ordered.length < steps.length) {
    const next = steps.find((step) => !done.has(step.id) && step.after.every((id) => done.has(id)));
    if (next === undefined) throw new Error('the steps of the plan wait for each other');
    ordered.push(next);
    done.add(next.id);
  }
  return ordered;
};

/** How a failed step is told: its own error, with the exit code that says that the state is consistent. */
const stepError = (step: Step, error: AgentvmError, note: string | undefined): AgentvmError =>
  new AgentvmError({
    code: error.code,
    exitCode: ExitCode.applyFailed,
    message: `Could not ${step.title}: ${error.message}`,
    details: [...error.details, ...(note === undefined ? [] : [note])],
    hint: `${error.hint === undefined ? '' : `${error.hint}\n`}What was done is recorded; then run \`agentvm apply\` again.`,
    cause: error,
  });

/** Takes back what a failed step left and tells of it. Works also after Ctrl-C, since a thing must not stay half-made. */
const takeBack = async (
  session: Session,
  run: StepRun,
  recorded: FieldsPatch,
): Promise<string | undefined> => {
  const context = { ...session.context, signal: new AbortController().signal };
  try {
    const outcome = await handlerOf(run.action.kind).compensate?.({ ...run, context });
    await commitCutOff(context, run, recorded, outcome);
    return outcome?.fields === undefined
      ? undefined
      : 'The old root disk is back in its place; `agentvm start` boots it.';
  } catch (error) {
    if (!(error instanceof AgentvmError)) throw error;
    return `It could not be taken back either: ${error.message}`;
  }
};

/** What the plan was made for: the manifest, and the defaults that an upgrade takes over. */
type Wanted = { readonly desired: Desired | undefined; readonly moved: ReadonlySet<FieldId> };

const runStep = async (
  session: Session,
  state: MachineState,
  plan: Work,
  step: Step,
  apply: string,
  { desired, moved }: Wanted,
): Promise<MachineState> => {
  const { context, journal } = session;
  const at = (): string => context.clock.now().toISOString();
  const fields = desired === undefined ? NO_FIELDS : keepApplied(desired.fields, state, moved);
  const patch = patchWhenDone(step, plan.changes, fields, state);
  await journal.append({ kind: 'intent', apply, at: at(), step, patch });
  const forRun = patchForRun(step, plan.changes, fields, patch);
  const run = await stepRun(session, state, step.action, forRun, desired);
  try {
    const outcome = await handlerOf(step.action.kind).run(run);
    const next = await commitStep(context, state, { apply, step: step.id }, patch, outcome);
    await journal.append({ kind: 'done', apply, at: at(), step: step.id });
    return next;
  } catch (thrown) {
    const error = asDiskFull(thrown);
    const note = await takeBack(session, run, patch);
    const why = error instanceof Error ? error.message : String(error);
    await journal.append({ kind: 'undone', apply, at: at(), step: step.id, why });
    if (!(error instanceof AgentvmError) || context.signal.aborted) throw error;
    const { code, message, hint = null } = error;
    session.emit({ event: 'step-failed', step: step.id, code, message, hint });
    throw stepError(step, error, note);
  }
};

const executeSteps = async (
  session: Session,
  initial: MachineState,
  plan: Work,
  wanted: Wanted,
  onStep: (step: Step) => void,
): Promise<MachineState> => {
  const { context, journal } = session;
  const apply = context.ids.hex(8);
  const steps = orderSteps(plan.steps);
  const now = (): Date => context.clock.now();
  await journal.append({
    kind: 'begin',
    format: JOURNAL_FORMAT,
    apply,
    at: now().toISOString(),
    steps: steps.map((step) => step.id),
  });
  let state = initial;
  for (const [index, step] of steps.entries()) {
    context.signal.throwIfAborted();
    session.stop?.throwIfAborted();
    onStep(step);
    const { id, title } = step;
    session.emit({ event: 'step-started', step: id, title, position: index + 1, total: steps.length });
    const startedMs = now().getTime();
    state = await context.progress.task(title, () => runStep(session, state, plan, step, apply, wanted));
    session.emit({ event: 'step-done', step: id, elapsedMs: Math.max(0, now().getTime() - startedMs) });
  }
  await journal.append({ kind: 'end', apply, at: now().toISOString() });
  return state;
};

/**
 * Carries out a plan's steps one after the other, each between an intent and a done in the journal. Stops between
 * two steps when it is aborted. Steps that change no field need no manifest.
 * A step that failed is in the result, with an error of exit code 7; what was done before it is recorded.
 */
export const executePlan = async (
  session: Session,
  initial: MachineState,
  plan: Work,
  desired: Desired | undefined,
  moved: ReadonlySet<FieldId> = new Set(),
): Promise<Execution> => {
  const current: { step?: Step } = {};
  try {
    const state = await executeSteps(session, initial, plan, { desired, moved }, (step) => {
      current.step = step;
    });
    return { state };
  } catch (error) {
    const { step } = current;
    const { paths, signal } = session.context;
    if (step === undefined || !(error instanceof AgentvmError) || signal.aborted) throw error;
    // What was taken back, and what is now uncertain, was written too.
    return { state: (await readState(paths, initial.id)) ?? initial, failure: { step, error } };
  }
};
