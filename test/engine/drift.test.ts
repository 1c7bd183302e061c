import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { FakeMachine, FakeRoot } from '../../src/drivers/fake/record.ts';
import { machineDir } from '../../src/lib/paths.ts';
import type { DriftDocument } from '../../src/model/drift.ts';
import { driftText } from '../../src/reconcile/drift-text.ts';
import type { Wish } from '../support/desired.ts';
import { fakeWorld } from '../support/fake-world.ts';
import { schemaErrors, schemaErrorsBy } from '../support/schema-check.ts';

const shop = (root: string): Wish => ({
  packages: ['jq', 'git'],
  scripts: { 'setup.sh': 'echo hello\n' },
  agents: { codex: '1.2.3' },
  ports: { 80: 8080 },
  mounts: { '/data': root },
  env: { MODE: 'test' },
});

/** Everything that drifted, as `field movement text`. */
const itemsIn = (report: DriftDocument): readonly string[] =>
  report.facets.flatMap(({ items }) =>
    items.map(({ field, movement, text }) => `${field} ${movement}: ${text}`),
  );

const looksIn = (report: DriftDocument): Readonly<Record<string, string>> =>
  Object.fromEntries(report.facets.map(({ facet, look }) => [facet, look.kind]));

const root =
  (change: (root: FakeRoot) => Partial<FakeRoot>) =>
  (machine: FakeMachine): FakeMachine => ({
    ...machine,
    roots: Object.fromEntries(
      Object.entries(machine.roots).map(([generation, one]) => [generation, { ...one, ...change(one) }]),
    ),
  });

const running =
  (change: Partial<NonNullable<FakeMachine['running']>>) =>
  (machine: FakeMachine): FakeMachine => {
    if (machine.running === null) throw new Error('it was never started');
    return { ...machine, running: { ...machine.running, ...change } };
  };

/** What happens to a machine behind agentvm's back, what is said of it, and the steps that bring it back. */
const DRIFTS: readonly {
  readonly what: string;
  readonly tamper: (machine: FakeMachine) => FakeMachine;
  readonly says: readonly string[];
  readonly steps: readonly string[];
}[] = [
  {
    what: 'a package is removed',
    tamper: root(() => ({ packages: ['git'] })),
    says: ['base.packages[jq] drift: jq: installed → missing'],
    steps: ['snapshot.take', 'packages.change'],
  },
  {
    what: 'an agent is downgraded',
    tamper: root(() => ({ agents: { codex: '1.0.0' } })),
    says: ['agents[codex].version drift: codex: 1.2.3 → 1.0.0'],
    steps: ['agent.install:codex'],
  },
  {
    what: 'an agent is altered',
    tamper: root(() => ({ alteredAgents: ['codex'] })),
    says: ['agents[codex].version drift: codex: 1.2.3 → 1.2.3, altered'],
    steps: ['agent.install:codex'],
  },
  {
    what: 'an agent is removed',
    tamper: root(() => ({ agents: {} })),
    says: ['agents[codex].version drift: codex: 1.2.3 → missing'],
    steps: ['agent.install:codex'],
  },
  {
    what: 'the trace of a script is lost',
    tamper: root(() => ({ marks: {} })),
    says: ['base.scripts[setup.sh] drift: setup.sh: ran → no trace that it ran'],
    steps: ['snapshot.take', 'script.run:setup.sh'],
  },
  {
    what: 'shares are unmounted',
    tamper: (machine) => ({ ...machine, mounted: [] }),
    says: [
      'workspace.guestPath drift: project: FOLDER → not mounted',
      'mounts[/data] drift: /data: mounted → not mounted',
      'guest.shares[/run/agentvm/packages] drift: /run/agentvm/packages: mounted → not mounted',
    ],
    steps: ['guest.mend', 'workspace.set', 'mount.add:/data'],
  },
  {
    what: 'files that agentvm wrote are changed and deleted',
    tamper: root(({ system }) => ({
      system: Object.fromEntries(
        Object.entries({ ...system, '/etc/hosts': 'mine\n', '/etc/agentvm/env': 'mine\n' }).filter(
          ([path]) => path !== '/etc/sudoers.d/agentvm',
        ),
      ),
    })),
    says: [
      'guest.files[/etc/sudoers.d/agentvm] drift: /etc/sudoers.d/agentvm: as written → missing',
      'guest.files[/etc/hosts] drift: /etc/hosts: as written → changed',
      'guest.files[/etc/agentvm/env] drift: /etc/agentvm/env: as written → changed',
    ],
    steps: ['guest.mend'],
  },
  {
    what: 'the guest takes another name and loses its way out',
    tamper: running({ hostname: 'other', hasRoute: false }),
    says: ['guest.route drift: default route: there → gone', 'guest.hostname drift: hostname: demo → other'],
    steps: ['guest.mend'],
  },
  {
    what: 'the user becomes another one',
    tamper: running({ user: { name: 'ada', uid: 0, gid: 0, home: '/home/ada' } }),
    says: ['guest.user drift: user: ada (1000:1000, /home/ada) → ada (0:0, /home/ada)'],
    steps: ['machine.stop', 'machine.start'],
  },
  {
    what: 'a port is closed',
    tamper: running({ closedPorts: ['8080:80'] }),
    says: ['ports[8080:80] drift: port 8080:80: open → closed'],
    steps: ['port.add:8080:80'],
  },
  {
    what: 'a processor is taken away',
    tamper: running({ cpus: 1 }),
    says: ['resources.cpus drift: resources.cpus: 2 → 1'],
    steps: ['machine.stop', 'machine.start'],
  },
  {
    what: 'the machine is paused',
    tamper: (machine) => ({ ...machine, power: 'paused' }),
    says: ['power drift: running → paused'],
    steps: ['machine.resume'],
  },
  {
    what: 'the machine is killed',
    tamper: (machine) => ({ ...machine, power: 'crashed', isReady: false, mounted: [] }),
    says: ['power drift: running → crashed: the simulated process is gone'],
    steps: ['machine.start'],
  },
];

test.each(DRIFTS)('$what: drift says so, apply heals it', async ({ tamper, says, steps }) => {
  const world = await fakeWorld();
  const wish = shop(world.root);
  await world.apply(wish);
  expect([itemsIn(await world.drift(wish)), (await world.plan(wish)).steps]).toEqual([[], []]);
  await world.tamper(tamper);
  const report = await world.drift(wish);
  expect(schemaErrors(report)).toEqual([]);
  const told = itemsIn(report).map((text) => text.replace(world.folder, 'FOLDER'));
  expect([told, report.drifted]).toEqual([says, says.length]);
  expect(report.facets.flatMap(({ items }) => items.map(({ isHealed }) => isHealed))).not.toContain(false);
  const { plan } = await world.apply(wish);
  expect([plan.steps.map(({ id }) => id), schemaErrors(plan)]).toEqual([steps, []]);
  expect([itemsIn(await world.drift(wish)), (await world.plan(wish)).steps]).toEqual([[], []]);
});

test('a full disk is told by drift and plan, and is a person’s to see to', async () => {
  const world = await fakeWorld();
  await world.apply(shop(world.root));
  await world.tamper(root(({ diskBytes }) => ({ usedBytes: Math.floor(diskBytes * 0.97) })));
  const report = await world.drift(shop(world.root));
  expect(itemsIn(report)).toEqual([
    'guest.room drift: root file system: room → 97 % full, 0.3 of 10.0 GiB left',
  ]);
  const plan = await world.plan(shop(world.root));
  expect([plan.steps, plan.notes]).toEqual([
    [],
    [
      'The root disk is 97 % full, 0.3 of 10.0 GiB left (drift): free some in the machine, or raise resources.disk.',
    ],
  ]);
});

test('each thing that moved is held against the manifest three ways', async () => {
  const world = await fakeWorld();
  const wish = { packages: ['jq', 'git', 'fd'], agents: { codex: '1.2.3' }, memoryMiB: 1024 };
  await world.apply(wish);
  await world.tamper(root(() => ({ packages: ['git', 'tree'], agents: { codex: '1.0.0' } })));
  // jq: only the machine moved. fd: both dropped it. tree: both have it. codex: both moved apart. memory: the manifest.
  const now = { packages: ['jq', 'git', 'tree'], agents: { codex: '2.0.0' }, memoryMiB: 2048 };
  const report = await world.drift(now);
  expect(itemsIn(report)).toEqual([
    'base.packages[fd] adopted: fd: installed → missing',
    'base.packages[jq] drift: jq: installed → missing',
    'base.packages[tree] adopted: tree: not applied → installed',
    'agents[codex].version conflict: codex: 1.2.3 → 1.0.0',
  ]);
  expect([report.drifted, report.edits]).toEqual([2, ['resources.memory']]);
  expect(schemaErrors(report)).toEqual([]);
  const plan = await world.plan(now);
  expect(plan.changes.map(({ field, movement }) => `${field} ${movement}`).sort()).toEqual([
    'agents[codex].version conflict',
    'base.packages[fd] adopted',
    'base.packages[jq] drift',
    'base.packages[tree] adopted',
    'resources.memory edit',
  ]);
  // Without a manifest that can be read, what moved is drift.
  expect(itemsIn(await world.drift(undefined)).filter((text) => !text.includes(' drift: '))).toEqual([]);
});

test('facets are known, absent or unknown, and unknown is no drift', async () => {
  const world = await fakeWorld();
  await world.apply({ packages: ['jq'] });
  const inside = { egress: 'known', packages: 'known', files: 'known', identity: 'known', mounts: 'known' };
  const outside = { power: 'known', resources: 'known', disk: 'known' };
  const nothing = { ports: 'absent', scripts: 'absent', agents: 'absent' };
  const unknown = {
    egress: 'unknown',
    packages: 'unknown',
    files: 'unknown',
    identity: 'unknown',
    mounts: 'unknown',
  };
  expect(looksIn(await world.drift({ packages: ['jq'] }))).toEqual({ ...inside, ...outside, ...nothing });
  const cheap = await world.drift({ packages: ['jq'] }, false);
  expect(looksIn(cheap)).toEqual({ ...outside, ...nothing, ...unknown });
  await world.breakAt({ at: 'guest.observe.before', how: 'fail' });
  const blind = await world.drift({ packages: ['jq'] });
  expect([looksIn(blind), itemsIn(blind), blind.drifted]).toEqual([
    { ...outside, ...nothing, ...unknown },
    [],
    0,
  ]);
  expect(schemaErrors(blind)).toEqual([]);
});

test('the report for people', async () => {
  const world = await fakeWorld();
  const wish = { packages: ['jq', 'git'], ports: { 80: 8080 } };
  await world.apply(wish);
  await world.tamper(root(() => ({ packages: ['git'], usedBytes: 0 })));
  const now = world.context.clock.now();
  const fixed = (report: DriftDocument): DriftDocument =>
    JSON.parse(
      JSON.stringify({
        ...report,
        appliedAt: new Date(now.getTime() - 300_000).toISOString(),
        revision: '3f9c1e',
      })
        .replaceAll(/"at":"[^"]+"/g, `"at":"${new Date(now.getTime() - 2000).toISOString()}"`)
        .replaceAll(world.folder, '/home/ada/shop'),
    );
  const shown = async (options: { readonly deep: boolean; readonly memoryMiB?: number }): Promise<string> => {
    const report = await world.drift(
      { ...wish, ...(options.memoryMiB ? { memoryMiB: 2048 } : {}) },
      options.deep,
    );
    return `\n${driftText(fixed(report), { now: now.toISOString() })}`;
  };
  expect(await shown({ deep: true, memoryMiB: 2048 })).toMatchInlineSnapshot(`
    "
    demo  fake, running  applied @ 3f9c1e 5 min ago
        power      as applied                         2 s ago
        resources  as applied                         2 s ago
        disk       as applied                         2 s ago
        ports      as applied                         2 s ago
        mounts     as applied                         2 s ago
      ! packages   jq: installed → missing  drift     2 s ago
        scripts    nothing applied                    2 s ago
        agents     nothing applied                    2 s ago
        files      as applied                         2 s ago
        egress     as applied                         2 s ago
        identity   as applied                         2 s ago
    Changed in the manifest since (edit): resources.memory. See: agentvm plan
    Drift: 1 thing.
    Run: agentvm apply
    "
  `);
  expect(await shown({ deep: false })).toMatchInlineSnapshot(`
    "
    demo  fake, running  applied @ 3f9c1e 5 min ago
        power      as applied                                                  2 s ago
        resources  as applied                                                  2 s ago
        disk       as applied                                                  2 s ago
        ports      as applied                                                  2 s ago
      ? mounts     not looked at: only a look inside tells (--deep)  unknown
      ? packages   not looked at: only a look inside tells (--deep)  unknown
        scripts    nothing applied                                             2 s ago
        agents     nothing applied                                             2 s ago
      ? files      not looked at: only a look inside tells (--deep)  unknown
      ? egress     not looked at: only a look inside tells (--deep)  unknown
      ? identity   not looked at: only a look inside tells (--deep)  unknown
    No drift in what was looked at. 5 facets were not looked at.
    Run: agentvm drift --deep
    "
  `);
});

test('what agentvm keeps is recorded by keyed digests, in a document of its schema', async () => {
  const world = await fakeWorld();
  await world.apply({ ...shop(world.root), env: { TOKEN: 'hunter2' } });
  const { id } = await world.state();
  const text = await readFile(join(machineDir(world.context.paths, id), 'kept.json'), 'utf8');
  expect(schemaErrorsBy('kept.v1', JSON.parse(text))).toEqual([]);
  expect(text).not.toContain('hunter2');
  expect(JSON.parse(text)).toMatchObject({
    hostname: 'demo',
    user: { name: 'ada' },
    stamps: { codex: expect.stringMatching(/^[0-9a-f]{64}$/) },
    scripts: ['setup.sh'],
    packages: ['git', 'jq'],
  });
});

test('a machine that an older release made is not said to have drifted', async () => {
  const world = await fakeWorld();
  const wish = shop(world.root);
  await world.apply(wish);
  const { id } = await world.state();
  const { rm } = await import('node:fs/promises');
  await rm(join(machineDir(world.context.paths, id), 'kept.json'));
  await world.tamper(root(() => ({ marks: {} })));
  const report = await world.drift(wish);
  expect([itemsIn(report), looksIn(report).files, looksIn(report).scripts]).toEqual([
    [],
    'unknown',
    'unknown',
  ]);
  expect((await world.plan(wish)).steps).toEqual([]);
});
