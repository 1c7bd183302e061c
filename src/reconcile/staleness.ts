import type { AppliedFields, MachineState } from '../model/machine.ts';
import type { Plan, Step } from '../model/plan.ts';
import type { PlanBinding, SavedFields, SavedMachine } from '../model/saved-plan.ts';
import { planDigest } from './approval.ts';
import { diffFields } from './field-diff.ts';
import { fieldDiffLines } from './field-diff-text.ts';
import { toPrintable } from './printable.ts';

/** How things are now, for a plan that was saved before. */
export type Now = {
  /** What the manifest asks for now. */
  readonly desired: SavedFields;
  readonly revision: string;
  readonly state: MachineState | null;
  readonly plan: Plan;
};

const GAP = '  ';

/** Whether a machine's state is the one that a plan is bound to. */
export const isBoundTo = ({ machine }: PlanBinding, state: MachineState | null): boolean =>
  machine === null || state === null
    ? machine === state
    : machine.id === state.id && machine.lineage === state.lineage && machine.serial === state.serial;

const manifestLines = (
  { plan, desired }: SavedMachine,
  now: Now,
  home: string | undefined,
): readonly string[] => {
  const diffs = fieldDiffLines(diffFields(desired, now.desired), home);
  const { path, revision } = plan.manifest;
  const file = toPrintable(path.slice(path.lastIndexOf('/') + 1));
  if (revision !== now.revision) {
    return [
      `The manifest was edited: ${file} @ ${revision} → ${now.revision}`,
      ...(diffs.length === 0 ? [`${GAP}(in nothing that this machine is made of)`] : []),
      ...diffs.map((line) => `${GAP}${line}`),
    ];
  }
  return diffs.length === 0
    ? []
    : ['What the manifest refers to was edited:', ...diffs.map((line) => `${GAP}${line}`)];
};

const stateLines = (
  { machine, applied }: SavedMachine,
  state: MachineState | null,
  home: string | undefined,
): readonly string[] => {
  if (machine === null) return state === null ? [] : ['The machine was made since.'];
  if (state === null) return ['The machine is gone.'];
  if (state.id !== machine.id || state.lineage !== machine.lineage) {
    return ['The machine was removed and made anew since.'];
  }
  if (state.serial === machine.serial) return [];
  const diffs = fieldDiffLines(diffFields(applied, state.fields as AppliedFields), home);
  return [
    `The machine's state has moved on: serial ${machine.serial} → ${state.serial}`,
    ...diffs.map((line) => `${GAP}${line}`),
  ];
};

const powerLines = ({ plan }: SavedMachine, now: Now): readonly string[] => {
  const [was, is] = [plan.machine.power, now.plan.machine.power];
  return now.state === null || was === is || was === 'absent' ? [] : [`The machine was ${was} and is ${is}.`];
};

const stepLines = (before: readonly Step[], after: readonly Step[]): readonly string[] => {
  const titles = (steps: readonly Step[]): readonly string[] => steps.map(({ title }) => toPrintable(title));
  const [was, is] = [titles(before), titles(after)];
  const lines = [
    ...was.filter((title) => !is.includes(title)).map((title) => `${GAP}- ${title}`),
    ...is.filter((title) => !was.includes(title)).map((title) => `${GAP}+ ${title}`),
  ];
  return lines.length === 0 ? [`${GAP}(the same, with other values)`] : lines;
};

/**
 * What has changed since a plan was saved, as lines for people; empty when it can be carried out as it was approved.
 */
export const stalenessOf = (saved: SavedMachine, now: Now, home?: string): readonly string[] => {
  const moved = [...manifestLines(saved, now, home), ...stateLines(saved, now.state, home)];
  const power = powerLines(saved, now);
  const isSamePlan = planDigest(now.plan) === saved.digest;
  if (moved.length === 0 && isSamePlan) return [];
  const blocked = now.plan.blockers.map(({ text }) => `Now something is in the way: ${toPrintable(text)}`);
  return [
    ...moved,
    ...power,
    ...blocked,
    ...(isSamePlan
      ? ['The steps are still the same.']
      : ['The steps would be others now:', ...stepLines(saved.plan.steps, now.plan.steps)]),
  ];
};
