import { expect, test } from 'vitest';
import { fieldsOf } from '../../src/model/fields.ts';
import { planDigest } from '../../src/reconcile/approval.ts';
import { diskFields, fieldsAfterRollback, lostByRollback } from '../../src/reconcile/disk-fields.ts';
import { rollbackSteps } from '../../src/reconcile/disk-steps.ts';
import { expired } from '../../src/reconcile/retention.ts';
import {
  appliedOf,
  BASE,
  edited,
  GIB,
  mount,
  observedOf,
  pkg,
  planOf,
  port,
  SNAPSHOT,
  script,
  set,
  shown,
  stateOf,
} from '../support/planning.ts';

const withPackage = edited(BASE, [pkg('ripgrep')]);
const kindsOf = (made: ReturnType<typeof planOf>) => made.steps.map(({ action }) => action.kind);

test('a snapshot comes before what changes the disk, once the machine stands still for a restart', () => {
  const desired = edited(BASE, [
    set('resources.memory', 8192),
    pkg('ripgrep'),
    port('3000', 3000),
    script('scripts/20-setup.sh', 'c'),
  ]);
  const made = planOf({ desired, snapshot: SNAPSHOT });
  expect(shown(made)).toMatchInlineSnapshot(`
    "
    my-app  qemu, running                                       agentvm.yaml @ 3f9c1e, observed 1 s ago
      + base.packages     ripgrep                               reapply
      ~ base.scripts      scripts/20-setup.sh: content changed  reapply
      ~ resources.memory  4GiB → 8GiB                           restart: a running machine keeps the memory it was started with
      + ports             3000                                  live
      snapshot auto-7f3a first (about 1.1 GiB, 61 GiB free)
    Plan: 1 restart, 2 reapply, 1 live. 16 fields unchanged.
    Run: agentvm apply

    machine.stop
    snapshot.take | after machine.stop
    machine.start | after snapshot.take | records resources.memory ports[3000]
    packages.change | after machine.start | records base.packages[ripgrep]
    script.run:scripts/20-setup.sh | after packages.change | records base.scripts[scripts/20-setup.sh]
    "
  `);
  expect(made.steps.find(({ id }) => id === 'snapshot.take')).toMatchInlineSnapshot(`
    {
      "action": {
        "kind": "snapshot.take",
        "name": "auto-7f3a",
      },
      "after": [
        "machine.stop",
      ],
      "fields": [
        "base.packages[ripgrep]",
        "base.scripts[scripts/20-setup.sh]",
      ],
      "id": "snapshot.take",
      "reason": {
        "code": "before-risk",
        "text": "the way back from: install ripgrep and 1 more",
      },
      "records": [],
      "strategy": "live",
      "title": "take the snapshot auto-7f3a",
    }
  `);
});

test('a new root disk keeps the old one under a name', () => {
  const desired = edited(BASE, [set('base.image', { name: 'debian-13' })]);
  expect(kindsOf(planOf({ desired, snapshot: SNAPSHOT })).slice(0, 4)).toEqual([
    'layer.ensure',
    'machine.stop',
    'snapshot.take',
    'root.replace',
  ]);
});

test('a paused machine runs on before its snapshot, a stopped one has it first', () => {
  const paused = planOf({ desired: withPackage, snapshot: SNAPSHOT, observed: observedOf('paused') });
  expect(kindsOf(paused)).toEqual(['machine.resume', 'snapshot.take', 'packages.change']);
  const stopped = planOf({ desired: withPackage, snapshot: SNAPSHOT, observed: observedOf('stopped') });
  expect(kindsOf(stopped)).toEqual(['snapshot.take', 'machine.start', 'packages.change']);
});

test.each([
  [
    'what does not change the disk',
    planOf({ desired: edited(BASE, [port('3000', 3000)]), snapshot: SNAPSHOT }),
  ],
  ['a restart alone', planOf({ desired: edited(BASE, [set('resources.cpus', 8)]), snapshot: SNAPSHOT })],
  ['a grown disk', planOf({ desired: edited(BASE, [set('resources.disk', 60 * GIB)]), snapshot: SNAPSHOT })],
  [
    'a creation',
    planOf({ applied: null, machineId: null, observed: observedOf('absent'), snapshot: SNAPSHOT }),
  ],
  [
    'a creation that goes on',
    planOf({ desired: withPackage, applied: stateOf(BASE, { phase: 'creating' }), snapshot: SNAPSHOT }),
  ],
  ['a driver without snapshots', planOf({ desired: withPackage })],
])('%s needs no snapshot', (_what, made) => {
  expect(kindsOf(made)).not.toContain('snapshot.take');
  expect(made.snapshot).toBeUndefined();
});

test('without room for the snapshot nothing is done, and the plan says what to do', () => {
  const full = { ...SNAPSHOT, freeBytes: 0.9 * GIB };
  expect(shown(planOf({ desired: withPackage, snapshot: full }))).toMatchInlineSnapshot(`
    "
    my-app  qemu, running       agentvm.yaml @ 3f9c1e, observed 1 s ago
      + base.packages  ripgrep  reapply
      snapshot auto-7f3a first (about 1.1 GiB, 922 MiB free)
    Plan: 1 reapply. 18 fields unchanged.
    Blocked: the snapshot that comes first may grow to 1.1 GiB, and 922 MiB are free
      Free some space (agentvm snapshot list shows what older ones take), or go without one: snapshots: {keep: 0}


    "
  `);
  // What all snapshots together may take bounds what one may grow to.
  const bounded = planOf({ desired: withPackage, snapshot: { ...full, maxBytes: GIB / 2 } });
  expect(bounded.blockers).toEqual([]);
});

test('an apply that goes on has its way back already', () => {
  const takenAt = '2030-01-02T02:52:06.000Z';
  const made = planOf({ desired: withPackage, snapshot: { ...SNAPSHOT, freeBytes: 0, takenAt } });
  expect(shown(made)).toMatchInlineSnapshot(`
    "
    my-app  qemu, running       agentvm.yaml @ 3f9c1e, observed 1 s ago
      + base.packages  ripgrep  reapply
      snapshot auto-7f3a is there already (taken before the apply that stopped, 12 min ago)
    Plan: 1 reapply. 18 fields unchanged.
    Run: agentvm apply

    packages.change | records base.packages[ripgrep]
    "
  `);
  expect(planOf({ snapshot: { ...SNAPSHOT, takenAt } }).snapshot).toBeUndefined();
});

test('a plan is the same plan whatever its snapshot is called and weighs', () => {
  const one = planOf({ desired: withPackage, snapshot: SNAPSHOT });
  const other = planOf({ desired: withPackage, snapshot: { ...SNAPSHOT, name: 'auto-0000', sizeBytes: 5 } });
  expect(planDigest(one)).toBe(planDigest(other));
  expect(planDigest(one)).not.toBe(planDigest(planOf({ desired: withPackage })));
});

const sizes = (...list: readonly (readonly [string, number])[]) =>
  list.map(([name, sizeBytes]) => ({ name, sizeBytes }));

test.each([
  ['nothing below the limits', sizes(['auto-1', 1], ['auto-2', 1]), 3, 10, []],
  ['the oldest beyond the number', sizes(['auto-1', 1], ['auto-2', 1], ['auto-3', 1]), 2, 10, ['auto-1']],
  ['the oldest beyond the bytes', sizes(['auto-1', 4], ['auto-2', 4], ['auto-3', 4]), 3, 8, ['auto-1']],
  ['never the newest', sizes(['auto-1', 4], ['auto-2', 40]), 3, 8, ['auto-1']],
  ['never what a person named', sizes(['mine', 40], ['auto-1', 1], ['auto-2', 1]), 1, 8, ['auto-1']],
  [
    'all of its own where none is kept',
    sizes(['auto-1', 1], ['mine', 1], ['auto-2', 1]),
    0,
    8,
    ['auto-1', 'auto-2'],
  ],
])('retention drops %s', (_what, snapshots, keep, maxBytes, gone) => {
  expect(expired(snapshots, { keep, maxBytes })).toEqual(gone);
});

test('a rollback brings back what lies on the disk, and neither mounts nor protection that are gone since', () => {
  const then = appliedOf(fieldsOf([...BASE, mount('/home/ada/.ssh', '/ssh')]));
  const now = appliedOf(
    fieldsOf(
      edited(
        BASE,
        [
          pkg('ripgrep'),
          script('scripts/20-setup.sh', 'c'),
          set('lifecycle.protect', true),
          set('resources.cpus', 8),
        ],
        ['base.packages[jq]'],
      ),
    ),
  );
  const after = fieldsAfterRollback(now, diskFields(then));
  expect(after['base.packages[jq]']).toEqual(then['base.packages[jq]']);
  expect(after['base.packages[ripgrep]']).toBeUndefined();
  expect(after['base.scripts[scripts/20-setup.sh]']).toEqual(then['base.scripts[scripts/20-setup.sh]']);
  expect([after['lifecycle.protect']?.value, after['resources.cpus']?.value]).toEqual([true, 8]);
  expect(after['mounts[/ssh]']).toBeUndefined();
  expect(lostByRollback(now, then)).toEqual(['base.packages[ripgrep]', 'base.scripts[scripts/20-setup.sh]']);
});

test('a rollback keeps what is there now, and starts what ran', () => {
  const titles = (steps: ReturnType<typeof rollbackSteps>) => steps.map(({ title }) => title);
  expect(titles(rollbackSteps({ name: 'auto-7f3a', keepAs: 'auto-1b2c', power: 'running' }))).toEqual([
    'stop the machine',
    'keep what is there as auto-1b2c',
    'roll the disk back to auto-7f3a',
    'start the machine',
  ]);
  expect(titles(rollbackSteps({ name: 'mine', power: 'stopped' }))).toEqual(['roll the disk back to mine']);
});
