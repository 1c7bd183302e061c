import type { StepAction } from '../model/plan.ts';
import type { PlannedChange } from './changes.ts';
import { causeOf, type DraftStep, draftStep, idsOf } from './draft-step.ts';
import type { Work } from './field-policies.ts';
import type { Flow, StepsInput } from './flow.ts';

const KEYED = {
  port: { add: 'port.add', remove: 'port.remove', title: { add: 'open port', remove: 'close port' } },
  mount: { add: 'mount.add', remove: 'mount.remove', title: { add: 'mount', remove: 'unmount' } },
} as const;

const keyedStep = (side: 'add' | 'remove', planned: PlannedChange): readonly DraftStep[] => {
  const { change, work } = planned;
  if ((work !== 'port' && work !== 'mount') || change.key === undefined) return [];
  if (change.action !== 'change' && change.action !== side) return [];
  const names = KEYED[work];
  const isLast = change.action === side || side === 'add';
  return [
    draftStep({ kind: names[side], key: change.key }, `${names.title[side]} ${change.key}`, {
      ...causeOf([planned]),
      records: isLast ? [change.field] : [],
      // Between the two halves of a change nothing is there, whatever the manifest says by then.
      undoes: isLast ? [] : [change.field],
    }),
  ];
};

const wholeStep = (
  planned: readonly PlannedChange[],
  work: Work,
  action: StepAction,
  title: string,
): readonly DraftStep[] => {
  const own = planned.filter((one) => one.work === work);
  return own.length === 0 ? [] : [draftStep(action, title, { ...causeOf(own), records: idsOf(own) })];
};

/** Takes away before it adds, so that a port or a place that changes hands is free. */
export const livePhases = (
  { planned, desired }: StepsInput,
  flow: Flow,
): readonly (readonly DraftStep[])[] => {
  const name = desired.get('name')?.value;
  const renames =
    flow.root === 'create' || typeof name !== 'string'
      ? []
      : wholeStep(planned, 'rename', { kind: 'machine.rename', name }, `rename the machine to ${name}`);
  if (flow.starts) return [renames];
  return [
    renames,
    planned.flatMap((one) => keyedStep('remove', one)),
    wholeStep(planned, 'workspace', { kind: 'workspace.set' }, "bind the project's folder"),
    wholeStep(planned, 'protect', { kind: 'protect.set' }, 'protect files of the project'),
    planned.flatMap((one) => keyedStep('add', one)),
    wholeStep(planned, 'network', { kind: 'network.set' }, 'set what the guest may reach'),
    wholeStep(planned, 'idle', { kind: 'idle.set' }, 'set when the unused machine is suspended'),
  ];
};
