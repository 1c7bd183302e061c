import type { PowerState } from '../model/machine.ts';
import type { Reason, Step, StepAction } from '../model/plan.ts';
import { type DraftStep, draftStep } from './draft-step.ts';
import { link } from './steps.ts';

const REQUESTED: Reason = { code: 'requested', text: 'it was asked for' };

const step = (action: StepAction, title: string, strategy: 'live' | 'restart'): DraftStep =>
  draftStep(action, title, { strategy, reason: REQUESTED });

/** The steps that keep the root disk under a name. */
export const takeSteps = (name: string): readonly Step[] =>
  link([[step({ kind: 'snapshot.take', name }, `take the snapshot ${name}`, 'live')]]);

/**
 * The steps that put the root disk back to a snapshot: what is there now is kept first under a name of its own, if one
 * is given; a machine that runs is stopped and comes up again.
 */
export const rollbackSteps = (wish: {
  readonly name: string;
  readonly keepAs?: string;
  readonly power: PowerState;
}): readonly Step[] => {
  const { name, keepAs, power } = wish;
  const isUp = power === 'running' || power === 'paused';
  return link([
    isUp ? [step({ kind: 'machine.stop' }, 'stop the machine', 'restart')] : [],
    keepAs === undefined
      ? []
      : [step({ kind: 'snapshot.take', name: keepAs }, `keep what is there as ${keepAs}`, 'live')],
    [step({ kind: 'snapshot.restore', name }, `roll the disk back to ${name}`, 'restart')],
    isUp ? [step({ kind: 'machine.start' }, 'start the machine', 'restart')] : [],
  ]);
};
