import { expect, test } from 'vitest';
import { approvedGrants } from '../../src/engine/grants.ts';
import { ALL_GRANTS, revokeGrants } from '../../src/engine/revoke.ts';
import { allowForAWhile } from '../../src/engine/temporary-rules.ts';
import type { AppliedField } from '../../src/model/machine.ts';
import { readGrants, writeGrants } from '../../src/state/grants.ts';
import { readNetworkRules } from '../../src/state/network-rules.ts';
import { writeState } from '../../src/state/store.ts';
import { fakePorts } from '../support/fake-ports.ts';
import { fakeWorld } from '../support/fake-world.ts';

type World = Awaited<ReturnType<typeof fakeWorld>>;

const egressOf = async (world: World) => (await world.simulated()).running?.network?.egress;

const revoke = async (world: World, ...ids: readonly string[]) =>
  revokeGrants(world.context, fakePorts, await world.state(), ids, 'agentvm trust');

/** As a release that asked for no grant had applied it. */
const forgetGrant = async (world: World, field: Partial<AppliedField> = {}): Promise<void> => {
  const state = await world.state();
  const egress: AppliedField = { path: 'network.egress', value: 'open', ...field };
  await writeState(world.context.paths, {
    ...state,
    fields: { ...state.fields, 'network.egress': egress },
  });
};

test('an entry that is revoked falls out of the running rules, which never become wider by that', async () => {
  const world = await fakeWorld();
  const wish = { egress: ['github.com', '10.1.0.0/16', 'db.example:5432'] };
  await world.apply(wish);
  const { boots } = await world.simulated();
  const revoked = await revoke(world, 'network.egress[10.1.0.0/16]');
  expect([revoked.fields, revoked.notes]).toEqual([['network.egress'], []]);
  expect(await egressOf(world)).toMatchObject({ mode: 'allow', allow: ['github.com', 'db.example:5432'] });
  await revoke(world, ALL_GRANTS);
  expect(await egressOf(world)).toMatchObject({ mode: 'allow', allow: ['github.com'] });
  const planned = await world.plan(wish);
  expect([planned.steps.map(({ id }) => id), planned.grants.map(({ id }) => id)]).toEqual([
    ['network.set'],
    ['network.egress[10.1.0.0/16]', 'network.egress[db.example:5432]'],
  ]);
  await world.apply(wish, { withhold: true });
  expect([(await egressOf(world))?.allow, (await world.simulated()).boots]).toEqual([['github.com'], boots]);
});

test('an open network that is revoked is held from the next start on, and told so', async () => {
  const world = await fakeWorld();
  await world.apply({ egress: 'open' });
  const { notes } = await revoke(world, 'network.egress=open');
  expect(notes).toEqual([expect.stringContaining('agentvm restart')]);
  expect((await world.state()).fields['network.egress']?.value).toBe('public');
});

test('a machine that keeps the open default of an earlier release needs no grant, and loses nothing', async () => {
  const world = await fakeWorld();
  await world.apply({ egress: 'open', mounts: { '/srv': '/srv' } });
  await forgetGrant(world, { isDefault: true });
  await revoke(world, 'network.egress=open');
  expect(await egressOf(world)).toMatchObject({ mode: 'open' });
  const planned = await world.plan({ mounts: { '/srv': '/srv' } });
  expect([planned.changes, planned.steps, planned.grants]).toEqual([[], [], []]);
  await revoke(world, 'mounts[/srv]');
  expect(await egressOf(world)).toMatchObject({ mode: 'open' });
});

test('a machine that was applied open before that was a grant has the word for it, until it is revoked', async () => {
  const world = await fakeWorld();
  await world.apply({ mounts: { '/srv': '/srv' } });
  await world.apply({ egress: 'open', mounts: { '/srv': '/srv' } });
  const { id } = await world.state();
  const kept = (await readGrants(world.context.paths, id)) ?? [];
  await writeGrants(
    world.context.paths,
    id,
    kept.filter((grant) => !grant.id.startsWith('network')),
  );
  await forgetGrant(world);
  const { grants } = await approvedGrants(world.context, await world.state());
  expect(grants.map((grant) => [grant.id, grant.word])).toEqual([
    ['mounts[/srv]', 'prompt'],
    ['network.egress=open', 'earlier-apply'],
  ]);
  const planned = await world.plan({ egress: 'open', mounts: { '/srv': '/srv' } });
  expect([planned.changes, planned.grants]).toEqual([[], []]);
  await revoke(world, 'network.egress=open');
  expect((await approvedGrants(world.context, await world.state())).grants).toHaveLength(1);
  expect((await world.plan({ egress: 'open', mounts: { '/srv': '/srv' } })).grants).toHaveLength(1);
});

test('a rule for a while is one write, and leaves no drift', async () => {
  const world = await fakeWorld();
  await world.apply({ egress: 'none' });
  const { id, name } = await world.state();
  const now = world.context.clock.now();
  const until = new Date(now.getTime() + 60_000).toISOString();
  const allow = (entry: string) =>
    allowForAWhile(world.context, fakePorts, { id, name }, { entry, until }, 'test');
  await allow('pypi.org');
  await allow('10.1.2.3:5432');
  expect((await egressOf(world))?.temporary).toEqual([
    { entry: 'pypi.org', until },
    { entry: '10.1.2.3:5432', until },
  ]);
  expect((await world.drift({ egress: 'none' })).drifted).toBe(0);
  expect(await readNetworkRules(world.context.paths, id, new Date(now.getTime() + 60_000))).toEqual([]);
});
