import { expect, test } from 'vitest';
import { observe } from '../../src/engine/observe.ts';
import { driftAfter } from '../../src/engine/watch/drift.ts';
import type { NetworkSpec } from '../../src/model/network.ts';
import { OPEN_NETWORK } from '../../src/model/network.ts';
import { planText } from '../../src/reconcile/plan-text.ts';
import { desiredOf, type Wish } from '../support/desired.ts';
import { fakePorts } from '../support/fake-ports.ts';
import { fakeWorld } from '../support/fake-world.ts';

const WISH: Wish = {
  egress: ['github.com'],
  networkPorts: [9418],
  hostPorts: [11_434],
  secrets: {
    TOKEN: { from: 'env', variable: 'MY_TOKEN' },
    KEY: { from: 'keyring', service: 'agentvm', account: 'me' },
  },
};

type World = Awaited<ReturnType<typeof fakeWorld>>;

/** Rules of the running machine as somebody else would leave them. */
const hold = (world: World, change: (spec: NetworkSpec) => NetworkSpec): Promise<void> =>
  world.tamper((machine) => {
    if (machine.running === null) throw new Error('the machine does not run');
    const network = change(machine.running.network ?? OPEN_NETWORK);
    return { ...machine, running: { ...machine.running, network } };
  });

const held = async (world: World) => (await world.simulated()).running?.network;

const itemsOf = async (world: World, wish: Wish | undefined): Promise<readonly string[]> =>
  (await world.drift(wish, false)).facets.flatMap(({ facet, items }) =>
    items.map(({ movement, text, isHealed }) => `${facet} ${movement}${isHealed ? '' : ' (stays)'}: ${text}`),
  );

test('what the keeper holds and what was applied differ in nothing', async () => {
  const world = await fakeWorld();
  await world.apply(WISH);
  expect([await itemsOf(world, WISH), (await world.plan(WISH)).steps]).toEqual([[], []]);
  expect((await world.drift(WISH, false)).facets.find(({ facet }) => facet === 'egress')?.look.kind).toBe(
    'known',
  );
});

test('rules of an earlier start are drift, seen without a look inside and healed while the machine runs', async () => {
  const world = await fakeWorld();
  await world.apply(WISH);
  const right = await held(world);
  const { boots } = await world.simulated();
  await hold(world, ({ egress, secrets }) => ({
    egress: { ...egress, allow: ['github.com', 'gist.github.com'], ports: [], hostPorts: [5432] },
    secrets: [
      ...secrets
        .filter(({ name }) => name === 'KEY')
        .map((secret) => ({ ...secret, hosts: ['evil.example'] })),
      { name: 'OTHER', placeholder: 'p', hosts: ['evil.example'], source: { from: 'env', variable: 'HOME' } },
    ],
  }));
  expect(await itemsOf(world, WISH)).toMatchInlineSnapshot(`
    [
      "egress drift: secret KEY: from keyring to api.example → from keyring to evil.example",
      "egress drift: secret TOKEN: from env to api.example → not put into requests",
      "egress drift: network.egress: github.com → github.com, gist.github.com",
      "egress drift: network.ports 9418: let through → refused",
      "egress drift: network.hostPorts 11434: let through → refused",
      "egress drift: network.hostPorts 5432: not applied → let through",
      "egress drift: secret OTHER: not applied → from env to evil.example",
    ]
  `);
  expect(await itemsOf(world, undefined)).toHaveLength(7);
  const plan = await world.plan(WISH);
  expect(planText(plan)).toMatchInlineSnapshot(`
    "demo  fake, running                                       agentvm.yaml @ bf7342
      ! secrets            KEY: from keyring to evil.example → from keyring to api.example  live (drift)
      ! secrets            OTHER: from env to evil.example is there; agentvm had not set it  live (drift)
      ! secrets            TOKEN: from env to api.example is gone; agentvm had set it  live (drift)
      ! network.egress     -gist.github.com                   live (drift)
      ! network.ports      9418 is gone; agentvm had set it   live (drift)
      ! network.hostPorts  11434 is gone; agentvm had set it  live (drift)
      ! network.hostPorts  5432 is there; agentvm had not set it  live (drift)
      TOKEN goes to api.example, which network.egress does not let the guest reach.
      KEY goes to api.example, which network.egress does not let the guest reach.
    Plan: 7 live. 8 fields unchanged.
    Run: agentvm apply
    "
  `);
  expect(plan.steps.map(({ action, strategy }) => `${strategy} ${action.kind}`)).toEqual([
    'live network.set',
    'live env.write',
  ]);
  await world.apply(WISH);
  expect(await held(world)).toEqual(right);
  expect([(await world.simulated()).boots, await itemsOf(world, WISH)]).toEqual([boots, []]);
});

test('a wider rule that nobody asked for is drift with a manifest that cannot be read, too', async () => {
  const world = await fakeWorld();
  await world.apply({});
  await hold(world, (spec) => ({ ...spec, egress: { ...spec.egress, hostPorts: [22] } }));
  expect(await itemsOf(world, undefined)).toEqual([
    'egress drift: network.hostPorts 22: not applied → let through',
  ]);
  await world.apply({});
  expect((await held(world))?.egress.hostPorts).toEqual([]);
});

test('a rule that is gone by itself is told no more at the next look from outside', async () => {
  const world = await fakeWorld();
  await world.apply({});
  const look = async () => {
    const desired = await desiredOf(world.folder, {});
    const state = await world.state();
    const observed = await observe(world.context, fakePorts, state, desired, { deep: false });
    return { desired, state, observed, isDeep: false };
  };
  await hold(world, (spec) => ({ ...spec, egress: { ...spec.egress, hostPorts: [22] } }));
  const before = driftAfter([], await look());
  expect(before.map(({ field }) => field)).toEqual(['network.hostPorts[22]']);
  await hold(world, (spec) => ({ ...spec, egress: { ...spec.egress, hostPorts: [] } }));
  expect(driftAfter(before, await look())).toEqual([]);
});

test('what is asked for by now and held already is only recorded, and goes again when it is asked for no more', async () => {
  const world = await fakeWorld();
  await world.apply({});
  await hold(world, (spec) => ({ ...spec, egress: { ...spec.egress, ports: [9418] } }));
  await world.apply({ networkPorts: [9418] });
  expect((await held(world))?.egress.ports).toEqual([9418]);
  await world.apply({});
  expect((await held(world))?.egress.ports).toEqual([]);
});

test('a secret that is held is not for that in the environment of sessions', async () => {
  const world = await fakeWorld();
  const { secrets } = WISH;
  await world.apply({});
  await hold(world, (spec) => ({
    ...spec,
    secrets: [
      {
        name: 'KEY',
        placeholder: 'p',
        hosts: ['api.example'],
        source: { from: 'file', path: '/home/me/.key' },
      },
    ],
  }));
  const plan = await world.plan({ secrets: { KEY: secrets?.KEY ?? { from: 'env', variable: 'X' } } });
  expect(plan.steps.map(({ action }) => action.kind)).toEqual(['env.write']);
});
