import type { MachineSpec } from '../drivers/driver.ts';
import type { Context } from '../lib/context.ts';
import type { ApplyHappening } from '../model/apply.ts';
import { AgentvmError, ExitCode } from '../model/errors.ts';
import type { AppliedFields, Desired, MachineState, StepMark } from '../model/machine.ts';
import type { StepAction } from '../model/plan.ts';
import { digestKey } from '../state/digest-key.ts';
import type { FieldsPatch, Journal } from '../state/journal.ts';
import { readNetworkRules } from '../state/network-rules.ts';
import { writeState } from '../state/store.ts';
import { machineOfState } from './machine.ts';
import { specOf } from './machine-spec.ts';
import { networkOf } from './network-spec.ts';
import { applyPatch, patchWhenCutOff } from './patch.ts';
import type { Ports } from './ports.ts';
import { withTargets } from './share-targets.ts';
import { handlerOf } from './steps/registry.ts';
import type { StepOutcome, StepRun } from './steps/step.ts';

/** What a command that holds a machine's lock works with. */
export type Session = {
  readonly context: Context;
  readonly ports: Ports;
  readonly journal: Journal;
  readonly emit: (happening: ApplyHappening) => void;
  /** Ends the work between two steps. */
  readonly stop?: AbortSignal;
};

/** The whole spec of a machine with certain fields. */
export const fullSpec = async (
  context: Context,
  ports: Ports,
  state: MachineState,
  fields: AppliedFields,
): Promise<MachineSpec> => {
  const spec = specOf(context.paths, ports.arch, { ...state, fields });
  const shares = await withTargets(context, state, spec.shares);
  const network = networkOf({
    id: state.id,
    fields,
    digestKey: await digestKey(context.paths),
    temporary: await readNetworkRules(context.paths, state.id, context.clock.now()),
  });
  return { ...spec, shares, network, seed: await ports.seed(context, { name: spec.name, shares }) };
};

/** Puts together what a step's handler works with. */
export const stepRun = async (
  session: Pick<Session, 'context' | 'ports'>,
  state: MachineState,
  action: StepAction,
  patch: FieldsPatch,
  desired: Desired | undefined,
): Promise<StepRun> => {
  const { context, ports } = session;
  const machine = await machineOfState(context, ports, state);
  return {
    ...machine,
    context,
    ports,
    state,
    action,
    patch,
    desired,
    spec: () => fullSpec(context, ports, state, applyPatch(state.fields, patch)),
  };
};

/** Writes what a step came to. With its mark, this one write is what makes it done; without, it was taken back. */
export const commitStep = (
  context: Context,
  state: MachineState,
  mark: StepMark | undefined,
  patch: FieldsPatch,
  outcome: StepOutcome,
): Promise<MachineState> =>
  writeState(context.paths, {
    ...state,
    fields: outcome.fields ?? applyPatch(state.fields, patch, outcome.resolved),
    ...(outcome.driverState === undefined ? {} : { driverState: outcome.driverState }),
    ...(outcome.unprovenRoot === undefined ? {} : { unprovenRoot: outcome.unprovenRoot }),
    ...(outcome.name === undefined ? {} : { name: outcome.name }),
    ...(mark === undefined ? {} : { lastStep: mark }),
  });

/** Writes what a step left that did not come to its end: what was taken back, and which fields are uncertain now. */
export const commitCutOff = async (
  context: Context,
  { action, state }: Pick<StepRun, 'action' | 'state'>,
  patch: FieldsPatch,
  undone: StepOutcome | undefined,
): Promise<MachineState> => {
  const marks = handlerOf(action.kind).keepsFields ? {} : patchWhenCutOff(patch, state);
  return undone === undefined && Object.keys(marks).length === 0
    ? state
    : commitStep(context, state, undefined, marks, undone ?? {});
};

/** What fails under a machine's lock leaves a consistent state, and can be run again: the exit code says so. */
export const asApplyFailure = (error: unknown): unknown =>
  error instanceof AgentvmError && error.exitCode === ExitCode.unexpected
    ? new AgentvmError({
        code: error.code,
        exitCode: ExitCode.applyFailed,
        message: error.message,
        details: error.details,
        ...(error.hint === undefined ? {} : { hint: error.hint }),
        cause: error,
      })
    : error;
