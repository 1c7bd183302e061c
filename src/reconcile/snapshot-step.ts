import type { StepAction, StepKind } from '../model/plan.ts';
import type { SnapshotOffer } from '../model/snapshot.ts';
import { type DraftStep, draftStep } from './draft-step.ts';
import type { StepsInput } from './flow.ts';
import { toPrintable } from './printable.ts';

/** Steps that change what is on the root disk in ways that only the disk as it was undoes. */
const RISKY: readonly StepKind[] = ['root.replace', 'packages.change', 'script.run'];

/** What the snapshot before some steps is for. */
const purposeOf = (risky: readonly DraftStep[]): string => {
  const [first, ...others] = risky;
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  return `the way back from: ${first?.title}${more}`;
};

/** Whether steps may lose data that there is: where a machine is made there is none. */
export const needsWayBack = (
  { isUnfinished }: Pick<StepsInput, 'isUnfinished'>,
  steps: readonly { readonly action: StepAction }[],
): boolean =>
  !isUnfinished &&
  !steps.some(({ action }) => action.kind === 'machine.create') &&
  steps.some(({ action }) => RISKY.includes(action.kind));

/** A snapshot before what may lose data, where the driver can take one and there is not the right one already. */
export const snapshotPhase = (
  input: StepsInput,
  offer: SnapshotOffer | undefined,
  others: readonly DraftStep[],
): readonly DraftStep[] => {
  if (offer === undefined || offer.takenAt !== undefined || !needsWayBack(input, others)) return [];
  const risky = others.filter(({ action }) => RISKY.includes(action.kind));
  return [
    draftStep({ kind: 'snapshot.take', name: offer.name }, `take the snapshot ${offer.name}`, {
      strategy: 'live',
      reason: { code: 'before-risk', text: toPrintable(purposeOf(risky)) },
      fields: [...new Set(risky.flatMap(({ fields }) => fields))],
    }),
  ];
};
