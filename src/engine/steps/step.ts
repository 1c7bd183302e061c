import type { MachineSpec } from '../../drivers/driver.ts';
import type { Context } from '../../lib/context.ts';
import type { FieldId } from '../../model/fields.ts';
import type { Json } from '../../model/json.ts';
import type { AppliedFields, Desired, MachineState } from '../../model/machine.ts';
import type { StepAction, StepKind } from '../../model/plan.ts';
import type { FieldsPatch } from '../../state/journal.ts';
import type { Machine } from '../machine.ts';
import type { Ports } from '../ports.ts';

/** All that one step works with. */
export type StepRun<K extends StepKind = StepKind> = Machine & {
  readonly context: Context;
  readonly ports: Ports;
  readonly state: MachineState;
  readonly action: Extract<StepAction, { kind: K }>;
  readonly patch: FieldsPatch;
  /** The machine as it is to be while this step runs: applied fields with the step's own moved. */
  readonly spec: () => Promise<MachineSpec>;
  /** The manifest; absent while a step of an earlier command is settled. */
  readonly desired: Desired | undefined;
};

/** What a finished step changes in the machine's state beyond its fields. */
export type StepOutcome = {
  readonly driverState?: Json;
  /** What fields were resolved to. */
  readonly resolved?: Readonly<Record<FieldId, Json>>;
  readonly unprovenRoot?: AppliedFields | null;
  readonly name?: string;
  /** Replaces all applied fields: an undone step puts back what held before. */
  readonly fields?: AppliedFields;
};

/** What a step that was begun and cut off came to. */
export type Finding =
  | { readonly kind: 'done'; readonly outcome: StepOutcome }
  /** The next plan sees for itself what is left to do. */
  | { readonly kind: 'open' }
  /** It is to be taken back. */
  | { readonly kind: 'failed' };

/** One kind of step. Every run may follow one that was cut off anywhere. */
export type StepHandler<K extends StepKind> = {
  readonly probe: (run: StepRun<K>) => Promise<Finding>;
  readonly run: (run: StepRun<K>) => Promise<StepOutcome>;
  /**
   * Whether what it did counts only from the write of the state on, or is seen by any look at the machine: after a run
   * that was cut off, the applied fields still say what holds.
   */
  readonly keepsFields?: true;
  /** Takes back what a failed or cut-off run may have left. */
  readonly compensate?: (run: StepRun<K>) => Promise<StepOutcome>;
};

/** For steps whose effect the next plan observes, or which are simply done again. */
export const planAgain = async (): Promise<Finding> => ({ kind: 'open' });
