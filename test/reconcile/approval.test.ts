import { expect, test } from 'vitest';
import { STRATEGIES, type Strategy } from '../../src/model/plan.ts';
import { approve, planDigest, requiredApproval, YES_ALLOWS } from '../../src/reconcile/approval.ts';
import { BASE, edited, observedOf, pkg, planOf, port, set } from '../support/planning.ts';

const plans = {
  nothing: planOf(),
  noop: planOf({ desired: edited(BASE, [set('labels[]', 'platform', 'team')]) }),
  creation: planOf({ applied: null, observed: observedOf('absent') }),
  live: planOf({ desired: edited(BASE, [port('3000', 3000)]) }),
  reapply: planOf({ desired: edited(BASE, [pkg('ripgrep'), port('3000', 3000)]) }),
  restart: planOf({ desired: edited(BASE, [set('resources.cpus', 8), pkg('ripgrep')]) }),
  recreate: planOf({ desired: edited(BASE, [set('base.image', { name: 'debian-13' })]) }),
};

test('a plan needs the approval of its most disruptive change', () => {
  expect(
    Object.fromEntries(Object.entries(plans).map(([name, plan]) => [name, requiredApproval(plan)])),
  ).toEqual({
    nothing: 'none',
    noop: 'none',
    creation: 'live',
    live: 'live',
    reapply: 'reapply',
    restart: 'restart',
    recreate: 'recreate',
  });
});

test('what is allowed covers what is less', () => {
  const allowedBy = (level: Strategy) =>
    Object.entries(plans).flatMap(([name, plan]) => (approve(plan, level).ok ? [name] : []));
  expect(Object.fromEntries(STRATEGIES.map((level) => [level, allowedBy(level).join(' ')]))).toEqual({
    noop: 'nothing noop',
    live: 'nothing noop creation live',
    reapply: 'nothing noop creation live reapply',
    restart: 'nothing noop creation live reapply restart',
    recreate: 'nothing noop creation live reapply restart recreate',
    delete: 'nothing noop creation live reapply restart recreate',
  });
});

test('--yes does not allow a recreate, and the answer names what needs it', () => {
  expect(approve(plans.recreate, YES_ALLOWS)).toEqual({
    ok: false,
    needs: 'recreate',
    text: 'this plan needs a recreate (base.image), and only restart is allowed',
  });
});

test('the digest is of what would be done: not of when and in which words, but of every value', () => {
  const digestOf = (value: number, powerReason: string, at: string) =>
    planDigest(
      planOf({
        desired: edited(BASE, [pkg('ripgrep'), set('resources.memory', value)]),
        observed: { ...observedOf('crashed', {}, powerReason), at },
      }),
    );
  const approved = digestOf(8192, 'ended 1 s ago', '2030-01-01T00:00:00.000Z');
  expect(digestOf(8192, 'ended 9 s ago', '2031-01-01T00:00:00.000Z')).toBe(approved);
  expect(digestOf(16_384, 'ended 1 s ago', '2030-01-01T00:00:00.000Z')).not.toBe(approved);
  expect(planDigest(plans.live)).not.toBe(planDigest(plans.reapply));
});
