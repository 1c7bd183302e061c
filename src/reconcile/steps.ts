import type { Step } from '../model/plan.ts';
import type { SnapshotOffer } from '../model/snapshot.ts';
import { type DraftStep, draftStep } from './draft-step.ts';
import { flowOf, type StepsInput } from './flow.ts';
import { guestPhases, mendPhase } from './guest-steps.ts';
import { livePhases } from './live-steps.ts';
import { machinePhases } from './machine-steps.ts';
import { snapshotPhase } from './snapshot-step.ts';

/** Each step waits for the whole phase before it. */
export const link = (phases: readonly (readonly DraftStep[])[]): readonly Step[] => {
  const steps: Step[] = [];
  let after: readonly string[] = [];
  for (const phase of phases) {
    if (phase.length === 0) continue;
    for (const step of phase) steps.push({ ...step, after });
    after = phase.map((step) => step.id);
  }
  return steps;
};

/** Writes what needs nothing else, and closes a creation. */
const recordPhase = (input: StepsInput, before: readonly DraftStep[]): readonly DraftStep[] => {
  const recorded = new Set(before.flatMap((step) => step.records));
  const rest = input.planned
    .filter(
      ({ change, work }) => change.movement !== 'unknown' && work !== 'mend' && !recorded.has(change.field),
    )
    .map(({ change }) => change.field);
  const title = 'record what was applied';
  const creation =
    input.creation ??
    (input.isUnfinished ? { code: 'resume' as const, text: 'the machine was not finished yet' } : undefined);
  if (creation !== undefined) {
    return [
      draftStep({ kind: 'record' }, title, {
        strategy: 'noop',
        reason: creation,
        fields: rest,
        records: rest,
      }),
    ];
  }
  if (rest.length === 0) return [];
  const reason = { code: 'field-policy' as const, text: 'nothing has to be done for them' };
  return [draftStep({ kind: 'record' }, title, { strategy: 'noop', reason, fields: rest, records: rest })];
};

/** The steps of a plan: the union of what each field needs, in an order that works. */
export const stepsOf = (input: StepsInput, offer?: SnapshotOffer): readonly Step[] => {
  const flow = flowOf(input);
  const { before, after } = machinePhases(input, flow);
  const rest = [...after, mendPhase(input), ...livePhases(input, flow), ...guestPhases(input, flow)];
  const phases = [...before, snapshotPhase(input, offer, rest.flat()), ...rest];
  return link([...phases, recordPhase(input, phases.flat())]);
};
