import type { FieldId } from '../model/fields.ts';
import type { Reason, Step, StepAction, Strategy } from '../model/plan.ts';
import type { PlannedChange } from './changes.ts';
import { toPrintable } from './printable.ts';
import { isAtMost, joinStrategies } from './strategies.ts';

/** A step before it is linked to those that must be done before it. */
export type DraftStep = Omit<Step, 'after'>;

const keyOf = (action: StepAction): string | undefined => {
  switch (action.kind) {
    case 'port.add':
    case 'port.remove':
    case 'mount.add':
    case 'mount.remove':
    case 'script.run':
      return action.key;
    case 'agent.install':
    case 'agent.remove':
      return action.name;
    default:
      return undefined;
  }
};

/** Makes a step; its id is its kind and what it works on, so that equal plans have equal ids. */
export const draftStep = (
  action: StepAction,
  title: string,
  cause: {
    readonly strategy: Strategy;
    readonly reason: Reason;
    readonly fields?: readonly FieldId[];
    readonly records?: readonly FieldId[];
    readonly undoes?: readonly FieldId[];
  },
): DraftStep => {
  const key = keyOf(action);
  return {
    id: key === undefined ? action.kind : `${action.kind}:${key}`,
    action,
    strategy: cause.strategy,
    fields: cause.fields ?? [],
    records: cause.records ?? [],
    ...(cause.undoes === undefined || cause.undoes.length === 0 ? {} : { undoes: cause.undoes }),
    reason: cause.reason,
    title: toPrintable(title),
  };
};

export const idsOf = (planned: readonly PlannedChange[]): readonly FieldId[] =>
  planned.map(({ change }) => change.field);

/** The cause that fields give to a step: the most disruptive of them says why. */
export const causeOf = (
  planned: readonly PlannedChange[],
): { readonly strategy: Strategy; readonly reason: Reason; readonly fields: readonly FieldId[] } => {
  const strategy = joinStrategies(planned.map(({ change }) => change.strategy));
  const first = planned.find(({ change }) => isAtMost(strategy, change.strategy))?.change;
  if (first === undefined) throw new Error('a step needs a field that forces it');
  const text =
    first.reason.code === 'machine-absent' ? first.reason.text : `${first.field}: ${first.reason.text}`;
  return { strategy, reason: { code: first.reason.code, text: toPrintable(text) }, fields: idsOf(planned) };
};
