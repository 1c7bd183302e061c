import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Field, type FieldId, fieldsOf } from '../../src/model/fields.ts';
import type { Json } from '../../src/model/json.ts';
import type {
  AppliedField,
  MachineState,
  Observation,
  Observed,
  PowerState,
} from '../../src/model/machine.ts';
import { type Plan, STRATEGIES, type Step, type StepKind } from '../../src/model/plan.ts';
import { planDigest } from '../../src/reconcile/approval.ts';
import { keepApplied } from '../../src/reconcile/kept-values.ts';
import { type PlanInput, plan } from '../../src/reconcile/plan.ts';
import { planText } from '../../src/reconcile/plan-text.ts';
import { joinStrategies } from '../../src/reconcile/strategies.ts';
import { BASE, byDefault, desiredOf, edited, GIB, observedOf, set, stateOf } from '../support/planning.ts';
import { proofSize } from '../support/proof-size.ts';

const RUNS = { numRuns: proofSize(1000, 10_000) };
/** A thousand runs take seconds, and tens of them on a busy host. */
const PATIENT = { timeout: 30 * 60_000 };

/** Whether a field stands in the manifest or is a default. */
const scalar = (path: Field['path'], values: readonly Json[]) =>
  fc
    .tuple(fc.constantFrom(...values), fc.boolean())
    .map(([value, isSet]) => [isSet ? set(path, value) : byDefault(path, value)]);

const keyed = (
  path: Field['path'],
  keys: readonly string[],
  valueFor: (key: string, variant: number) => Json,
) =>
  fc
    .uniqueArray(fc.tuple(fc.constantFrom(...keys), fc.nat(1)), { selector: ([key]) => key })
    .map((list) => list.map(([key, variant]) => set(path, valueFor(key, variant), key)));

/** Any manifest of the fields that have work, and of some that have none. */
const manifests = fc
  .tuple(
    scalar('base.image', [{ name: 'debian-12' }, { name: 'debian-13' }]),
    scalar('resources.cpus', [2, 4]),
    scalar('resources.memory', [2048, 8192]),
    scalar('resources.disk', [20 * GIB, 40 * GIB, 60 * GIB]),
    scalar('workspace.guestPath', ['/home/ada/my-app', '/work']),
    scalar('workspace.mode', ['rw', 'ro']),
    scalar('lifecycle.protect', [false]),
    scalar('name', ['my-app', 'other-app']),
    keyed('base.packages[]', ['git', 'jq', 'ripgrep'], () => true),
    keyed('base.scripts[]', ['a.sh', 'b.sh'], (path, variant) => ({ path, sha256: `${variant}` })),
    keyed('ports[]', ['3000', 'auto:80'], (key) => ({
      guest: key === '3000' ? 3000 : 80,
      host: key === '3000' ? 3000 : 'auto',
      address: '127.0.0.1',
    })),
    keyed('mounts[]', ['/data', '/models'], (guest, variant) => ({
      host: `/srv${guest}`,
      guest,
      mode: variant === 0 ? 'ro' : 'rw',
    })),
    keyed('env[]', ['A', 'B'], (_key, variant) => ({ digest: `${variant}` })),
    keyed('agents[].version', ['claude', 'codex'], (_key, variant) => (variant === 0 ? 'latest' : '1.2.3')),
    keyed('agents[].args', ['claude'], (_key, variant) => ['--model', `${variant}`]),
    keyed('workspace.protect[]', ['.envrc', '.git/hooks'], () => true),
    keyed('labels[]', ['team'], (_key, variant) => `${variant}`),
  )
  .map((parts) => parts.flat());

/** A machine as far as planning knows of one. */
type Model = { readonly state: MachineState | null; readonly observed: Observed };

const GONE: Model = { state: null, observed: observedOf('absent') };

const planned = (fields: readonly Field[], { state, observed }: Model): Plan => {
  const input: PlanInput = {
    machineId: state?.id ?? null,
    desired: desiredOf(fields),
    applied: state,
    observed,
    limit: () => undefined,
  };
  return plan(input);
};

const resolvedOf = ({ path, value }: Field): { readonly resolved?: Json } =>
  path === 'agents[].version' && value === 'latest' ? { resolved: '9.9.9' } : {};

/** What is recorded for a field once the step that is responsible for it is done. */
const recorded = (fields: readonly Field[], id: FieldId, state: MachineState): AppliedField | undefined => {
  const field = keepApplied(fieldsOf(fields), state).get(id);
  if (field === undefined) return undefined;
  const { path, key, value, source } = field;
  return {
    path,
    ...(key === undefined ? {} : { key }),
    value,
    ...resolvedOf(field),
    ...(source === undefined ? { isDefault: true } : {}),
  };
};

const POWER_AFTER: Partial<Record<StepKind, PowerState>> = {
  'machine.create': 'stopped',
  'machine.start': 'running',
  'machine.stop': 'stopped',
  'machine.resume': 'running',
};

/** Carries out one step as its documentation says, on records alone. */
const interpret = (fields: readonly Field[], { state, observed }: Model, step: Step): Model => {
  const before = state ?? stateOf([], { phase: 'creating' });
  const next: Record<FieldId, AppliedField> = { ...before.fields };
  const seen: Record<FieldId, Observation> = { ...observed.fields };
  for (const id of step.undoes ?? []) {
    const field = next[id];
    if (field !== undefined) next[id] = { ...field, isUndone: true };
  }
  for (const id of step.records) {
    const field = recorded(fields, id, before);
    delete next[id];
    delete seen[id];
    if (field !== undefined) next[id] = field;
  }
  const phase = step.action.kind === 'record' && before.phase === 'creating' ? 'ready' : before.phase;
  const power = POWER_AFTER[step.action.kind] ?? observed.power;
  return { state: { ...before, phase, fields: next }, observed: { ...observed, power, fields: seen } };
};

const carryOut = (fields: readonly Field[], model: Model, steps: readonly Step[]): Model =>
  steps.reduce((now, step) => interpret(fields, now, step), model);

const applied = (fields: readonly Field[], model: Model): Model =>
  carryOut(fields, model, planned(fields, model).steps);

const powers = fc.constantFrom<PowerState>('absent', 'stopped', 'running', 'paused', 'crashed');

/** What a probe may say of fields that were applied. */
const drifted = (fields: readonly Field[]) =>
  fc
    .subarray([...fieldsOf(fields)].filter(([, { path }]) => path !== 'base.image'))
    .chain((some) =>
      fc.tuple(
        ...some.map(([id]) =>
          fc
            .constantFrom<Observation>(
              { kind: 'absent' },
              { kind: 'known', value: true },
              { kind: 'unknown', why: 'x' },
            )
            .map((observation) => [id, observation] as const),
        ),
      ),
    )
    .map((entries) => Object.fromEntries(entries));

/** A machine on which some manifest was applied, at any power, with drift that shows while it runs; and another manifest. */
const situations = manifests.chain((first) =>
  fc
    .record({ first: fc.constant(first), second: manifests, power: powers, seen: drifted(first) })
    .map((one) => (one.power === 'running' || one.power === 'paused' ? one : { ...one, seen: {} })),
);

const at = (first: readonly Field[], power: PowerState, seen: Observed['fields']): Model => ({
  ...applied(first, GONE),
  observed: observedOf(power, seen),
});

describe('any plan', PATIENT, () => {
  test('is empty for what was applied', () => {
    fc.assert(
      fc.property(manifests, (fields) => {
        const made = planned(fields, applied(fields, GONE));
        expect([made.changes, made.steps, made.blockers, made.strategy]).toEqual([[], [], [], 'noop']);
      }),
      RUNS,
    );
  });

  test('leads to where nothing is left to do', () => {
    fc.assert(
      fc.property(situations, ({ first, second, power, seen }) => {
        const known = Object.fromEntries(Object.entries(seen).filter(([, one]) => one.kind !== 'unknown'));
        const made = planned(second, applied(second, at(first, power, known)));
        expect([made.changes, made.steps]).toEqual([[], []]);
      }),
      RUNS,
    );
  });

  test('leads there also when it is cut off after any step', () => {
    fc.assert(
      fc.property(situations, fc.nat(), ({ first, second, power }, cut) => {
        const model = at(first, power, {});
        const { steps } = planned(second, model);
        const half = carryOut(second, model, steps.slice(0, cut % (steps.length + 1)));
        const made = planned(second, applied(second, half));
        expect([made.changes, made.steps]).toEqual([[], []]);
        const fields = applied(second, half).state?.fields ?? {};
        expect(Object.values(fields).filter(({ isUndone }) => isUndone)).toEqual([]);
      }),
      RUNS,
    );
  });

  test('is the same for the same, whatever the order of the fields', () => {
    fc.assert(
      fc.property(situations, ({ first, second, power, seen }) => {
        const model = at(first, power, seen);
        const made = planned(second, model);
        const again = planned(second.toReversed(), model);
        expect(again).toEqual(made);
        expect(planDigest(again)).toBe(planDigest(made));
        expect(planText(again)).toBe(planText(made));
      }),
      RUNS,
    );
  });

  test('has steps that wait for nothing but steps before them, with a reason each', () => {
    fc.assert(
      fc.property(situations, ({ first, second, power, seen }) => {
        const made = planned(second, at(first, power, seen));
        const before = new Set<string>();
        for (const step of made.steps) {
          expect(step.after.filter((id) => !before.has(id))).toEqual([]);
          expect(before.has(step.id)).toBe(false);
          before.add(step.id);
          expect(step.title).not.toBe('');
        }
        const roots = made.steps.filter(({ after }) => after.length === 0).map(({ id }) => id);
        const waited = new Set(made.steps.flatMap(({ after }) => after));
        expect(roots.length === 0).toBe(made.steps.length === 0);
        const lastPhase = made.steps.at(-1)?.after.join();
        for (const { id, after } of made.steps) if (!waited.has(id)) expect(after.join()).toBe(lastPhase);
        for (const { reason } of [...made.changes, ...made.steps]) expect(reason.text).not.toBe('');
      }),
      RUNS,
    );
  });

  test('records each changed field once, and nothing that it does not know', () => {
    fc.assert(
      fc.property(situations, ({ first, second, power, seen }) => {
        const made = planned(second, at(first, power, seen));
        if (made.blockers.length > 0) return;
        const records = made.steps.flatMap((step) => step.records);
        expect(new Set(records).size).toBe(records.length);
        for (const { field, movement } of made.changes) {
          if (movement !== 'unknown') expect(records).toContain(field);
        }
      }),
      RUNS,
    );
  });

  test('of an unknown machine makes and deletes nothing', () => {
    fc.assert(
      fc.property(situations, fc.boolean(), ({ first, second, seen }, isKnown) => {
        const model = { ...at(first, 'unknown', seen), ...(isKnown ? {} : { state: null }) };
        const made = planned(second, model);
        expect(made.steps).toEqual([]);
        expect(made.blockers.map(({ code }) => code)).toContain('unknown-observation');
      }),
      RUNS,
    );
  });

  test('never replaces a root disk for anything but an edit of the manifest', () => {
    fc.assert(
      fc.property(situations, ({ first, power, seen }) => {
        const kinds = planned(first, at(first, power, seen)).steps.map(({ action }) => action.kind);
        expect(kinds).not.toContain('root.replace');
        expect(kinds).not.toContain('machine.delete');
      }),
      RUNS,
    );
  });
});

test('a manifest that was only moved to and back plans nothing', () => {
  const there = applied(
    edited(BASE, [set('resources.memory', 8192)], ['base.packages[jq]']),
    applied(BASE, GONE),
  );
  const back = applied(BASE, there);
  expect(planned(BASE, back).changes).toEqual([]);
});

test('strategies are a join semilattice with noop at the bottom', PATIENT, () => {
  const strategy = fc.constantFrom(...STRATEGIES);
  fc.assert(
    fc.property(strategy, strategy, strategy, (a, b, c) => {
      expect(joinStrategies([a, a])).toBe(a);
      expect(joinStrategies([a, b])).toBe(joinStrategies([b, a]));
      expect(joinStrategies([joinStrategies([a, b]), c])).toBe(joinStrategies([a, joinStrategies([b, c])]));
      expect(joinStrategies([a, 'noop'])).toBe(a);
      expect([a, b]).toContain(joinStrategies([a, b]));
    }),
    RUNS,
  );
  expect(joinStrategies([])).toBe('noop');
});
