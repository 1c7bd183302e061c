import { canonicalJson, sha256 } from '../lib/hash.ts';
import type { Plan, StepAction, Strategy } from '../model/plan.ts';
import { isAtMost } from './strategies.ts';

/** What `--yes` allows without naming it. */
export const YES_ALLOWS: Strategy = 'restart';

/** Whether apply would do anything: steps, or one of an earlier apply that is to be settled. */
export const hasWork = (plan: Plan): boolean =>
  plan.steps.length > 0 || (plan.blockers.length === 0 && plan.recovery?.isOpen === true);

/** The strategy that somebody has to allow; `none` where nothing in the machine or the guest changes. */
export const requiredApproval = (plan: Plan): Strategy | 'none' => {
  if (plan.steps.length === 0 || plan.strategy === 'noop') return 'none';
  return plan.strategy;
};

export type Approval =
  | { readonly ok: true }
  | { readonly ok: false; readonly needs: Strategy; readonly text: string };

/** Whether what is allowed covers the plan. */
export const approve = (plan: Plan, allowed: Strategy): Approval => {
  const needs = requiredApproval(plan);
  if (needs === 'none' || isAtMost(needs, allowed)) return { ok: true };
  const fields = plan.changes.filter(({ strategy }) => strategy === needs).map(({ field }) => field);
  const what = fields.length > 0 ? ` (${fields.join(', ')})` : '';
  return { ok: false, needs, text: `this plan needs a ${needs}${what}, and only ${allowed} is allowed` };
};

/** What a snapshot is called says nothing of what is done, and follows from how often the state was written. */
const withoutName = (action: StepAction): StepAction | { readonly kind: 'snapshot.take' } =>
  action.kind === 'snapshot.take' ? { kind: action.kind } : action;

/**
 * SHA-256 of what would be done, so that what was approved can be told from what would run now: the steps and the
 * values that they bring, and what of the host they open, without the sentences, which may tell of times.
 */
export const planDigest = ({ steps, changes, grants, withheld }: Plan): string =>
  sha256(
    canonicalJson({
      steps: steps.map(({ title, reason, action, ...step }) => ({ ...step, action: withoutName(action) })),
      values: changes
        .filter(({ movement }) => movement !== 'unknown')
        .map(({ field, action, after }) => ({ field, action, after })),
      grants: grants.map(({ id, scope }) => ({ id, scope })),
      withheld: withheld.map(({ grant }) => grant),
    }),
  );
