import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { apply } from '../../../src/engine/apply.ts';
import { endSuspension, suspend } from '../../../src/engine/suspension.ts';
import { acquireLock } from '../../../src/lib/lock.ts';
import { machineLockPath } from '../../../src/state/store.ts';
import { writePoke } from '../../../src/state/watch-place.ts';
import { fakePorts } from '../../support/fake-ports.ts';
import { type Watching, watchWorld } from '../../support/watch-world.ts';

const manifest = (more = ''): string =>
  `apiVersion: agentvm/v1\nname: shop\ndriver: fake\nbase: {packages: [git, jq]}\n${more}`;

type World = Awaited<ReturnType<typeof watchWorld>>;

let pokes = 0;
const poke = (world: World, retry: boolean): Promise<void> =>
  writePoke(world.context.paths, world.folder, { format: 1, id: String(pokes++), machine: null, retry });

const started = async (more = '', options: Parameters<World['start']>[0] = {}) => {
  const world = await watchWorld(manifest(more));
  const watching = world.start(options);
  await watching.next('converged');
  return { world, watching };
};

const condition = (watching: Watching, type: string, status: string) =>
  watching.next('condition', (event) => event.condition.type === type && event.condition.status === status);

describe('what watch does by itself', () => {
  test('a plan above what is allowed is shown once and waits, until a person applies it', async () => {
    const { world, watching } = await started();
    await world.write(manifest('resources: {cpus: 1}\n'));
    const { text } = await watching.next('pending');
    expect(text).toMatchInlineSnapshot(
      `"this plan needs a restart (resources.cpus), and only reapply is allowed"`,
    );
    await poke(world, false);
    await poke(world, false);
    expect((await world.machine()).boots).toBe(1);
    await world.holds('PendingApproval', 'True PlanExceedsAllowed');

    const { desired } = await world.load();
    const [one] = desired;
    if (one === undefined) throw new Error('no machine is declared');
    await apply(world.context, fakePorts, {
      desired: one,
      command: 'agentvm apply',
      approve: async () => true,
    });
    await condition(watching, 'PendingApproval', 'False');
    expect(watching.events.filter(({ event }) => event === 'pending')).toHaveLength(1);
  });

  test('a name that is edited, or half typed, makes no other machine by itself', async () => {
    const { world, watching } = await started();
    await world.write(manifest().replace('shop', 'sho'));
    expect((await watching.next('pending')).text).toBe(
      "this makes another machine than 'shop', which the manifest no longer names (to keep that one: agentvm mv shop sho)",
    );
    await world.write(manifest('ports: [3000]\n'));
    await watching.next('converged', ({ steps }) => steps > 0);
    expect((await world.state()).name).toBe('shop');
  });

  test('--allow raises and lowers it', async () => {
    const { world, watching } = await started('', { allow: 'live' });
    await world.write(manifest('ports: [3000]\n'));
    await watching.next('converged', ({ steps }) => steps > 0);
    await world.write(manifest('ports: [3000]\nagent: opencode\n'));
    expect((await watching.next('pending')).text).toContain('reapply (agents[opencode].version)');
  });

  test('a failing apply is tried again after its time, and at once for another manifest', async () => {
    const { world, watching } = await started('', { times: { backoff: { firstMs: 300, capMs: 600 } } });
    await world.breakAt(
      { at: 'guest.changePackages.before', how: 'fail' },
      { at: 'guest.changePackages.before', how: 'fail' },
    );
    await world.write(manifest().replace('jq', 'jq, ripgrep'));
    const first = await watching.next('failed');
    expect(first).toMatchObject({ code: 'FAKE_FAULT', retryInMs: expect.any(Number) });
    await world.holds('Reconciling', 'True BackingOff');
    const second = await watching.next('failed');
    expect(second.retryInMs).toBeGreaterThan(first.retryInMs ?? 0);
    await watching.next('converged', ({ steps }) => steps > 0);

    await world.breakAt({ at: 'guest.changePackages.before', how: 'fail' });
    await world.write(manifest().replace('jq', 'ripgrep'));
    await watching.next('failed');
    await world.write(manifest());
    await watching.next('converged', ({ steps }) => steps > 0);
  });

  test('what a person must mend stalls until retry', async () => {
    const { world, watching } = await started();
    await world.write(manifest('environment: nix\n'));
    expect(await watching.next('failed')).toMatchObject({ code: 'PLAN_BLOCKED', retryInMs: null });
    await world.holds('Stalled', 'True UnsupportedField');
    await poke(world, true);
    await watching.next('failed');
  });

  test('a lock of another process is waited for', async () => {
    const { world, watching } = await started();
    const { id } = await world.state();
    const lock = await acquireLock(world.context, {
      path: machineLockPath(world.context.paths, id),
      what: "the machine 'shop'",
      command: 'agentvm restart',
    });
    await world.write(manifest('ports: [3000]\n'));
    expect((await watching.next('waiting')).message).toMatch(/^agentvm restart \(process \d+, since /);
    await world.holds('Reconciling', 'True Applying');
    await lock.release();
    await watching.next('converged', ({ steps }) => steps > 0);
    expect(watching.events.filter(({ event }) => event === 'failed')).toEqual([]);
  });
});

describe('a grant that the edit adds', () => {
  test('waits for a person while the rest is done', async () => {
    const { world, watching } = await started();
    const data = join(world.root, 'data');
    await mkdir(data);
    await world.write(manifest(`mounts: [{host: ${data}, guest: /data}]\nports: [3000]\n`));
    expect(await watching.next('withheld')).toMatchObject({
      withheld: [
        {
          grant: `mounts[${data}]`,
          text: `the guest reads ${data}: not granted, so mounts[/data] is left out`,
        },
      ],
      command: `agentvm apply --grant 'mounts[${data}]'`,
    });
    await watching.next('converged', ({ steps }) => steps > 0);
    expect((await world.machine()).running?.ports).toHaveLength(1);
    expect((await world.machine()).running?.shares.map(({ id }) => id)).toEqual(['workspace', 'packages']);
    await world.holds('PendingApproval', 'True GrantsMissing');

    const [desired] = (await world.load()).desired;
    if (desired === undefined) throw new Error('no machine is declared');
    await apply(world.context, fakePorts, {
      desired,
      command: 'agentvm apply',
      approve: async () => ({ grants: { [`mounts[${data}]`]: '--grant' } }),
    });
    await condition(watching, 'PendingApproval', 'False');
    expect((await world.machine()).running?.shares).toHaveLength(3);
  });
});

describe('drift', () => {
  const crash = (world: World) =>
    world.tamper((machine) => ({ ...machine, power: 'crashed', isReady: false }));
  const look = { times: { probeMs: 60, deepProbeMs: 120 } };

  test('is reported and left where the policy is report', async () => {
    const { world, watching } = await started('', look);
    await crash(world);
    await condition(watching, 'Drifted', 'True');
    expect((await watching.next('drift')).drift).toEqual([
      { field: 'power', text: 'running → crashed: the simulated process is gone' },
    ]);
    expect((await world.machine()).power).toBe('crashed');
    // An edit that needs nothing of the machine leaves it, too; one that does starts it.
    await world.write(manifest('labels: {team: web}\n'));
    await watching.next('converged');
    expect((await world.machine()).power).toBe('crashed');
    await world.write(manifest('ports: [3000]\n'));
    await watching.next('converged', ({ steps }) => steps > 0);
    await condition(watching, 'Drifted', 'False');
    expect((await world.machine()).power).toBe('running');
  });

  test('is healed where the policy is heal: the machine, and what only a look inside shows', async () => {
    const { world, watching } = await started('drift: {policy: heal}\n', look);
    await crash(world);
    await watching.next('drift');
    await watching.next('converged', ({ steps }) => steps > 0);
    expect((await world.machine()).power).toBe('running');
    await world.tamper((machine) => ({
      ...machine,
      roots: {
        ...machine.roots,
        1: { ...(machine.roots[1] as never as object), packages: ['git'] } as never,
      },
    }));
    expect((await watching.next('drift')).drift).toEqual([
      { field: 'base.packages[jq]', text: 'jq: installed → missing' },
    ]);
    await watching.next('converged', ({ steps }) => steps > 0);
    expect((await world.machine()).roots[1]?.packages).toEqual(['git', 'jq']);
  });

  test('that comes back again and again is not healed any more, which is said once; retry heals again', async () => {
    const { world, watching } = await started('drift: {policy: heal}\n', look);
    for (let count = 0; count < 3; count++) {
      await crash(world);
      await watching.next('converged', ({ steps }) => steps > 0);
    }
    await crash(world);
    expect(await watching.next('heal-stopped')).toMatchObject({ field: 'power' });
    await condition(watching, 'Stalled', 'True');
    expect((await world.machine()).power).toBe('crashed');
    await poke(world, true);
    await condition(watching, 'Stalled', 'False');
    await watching.next('converged', ({ steps }) => steps > 0);
    expect(watching.events.filter(({ event }) => event === 'heal-stopped')).toHaveLength(1);
  });

  test('a machine that a person has stopped is left so', async () => {
    const { world, watching } = await started('drift: {policy: heal}\n', look);
    await world.tamper((machine) => ({ ...machine, power: 'stopped', isReady: false, mounted: [] }));
    await watching.next('condition', (event) => event.condition.reason === 'MachineStopped');
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect((await world.machine()).power).toBe('stopped');
  });
});

describe('suspended', () => {
  test('nothing is applied or healed until it ends, which it does by itself', async () => {
    const { world, watching } = await started('drift: {policy: heal}\n', {
      times: { probeMs: 60, deepProbeMs: 120 },
    });
    const { id } = await world.state();
    await suspend(world.context, id, { durationMs: 1500, reason: 'a demonstration' });
    expect((await watching.next('note')).text).toMatch(/^suspended until .*Z: a demonstration$/);
    await world.tamper((machine) => ({ ...machine, power: 'crashed', isReady: false }));
    await watching.next('drift');
    await world.write(manifest('drift: {policy: heal}\nports: [3000]\n'));
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect((await world.machine()).power).toBe('crashed');
    await watching.next('note', ({ text }) => text === 'no longer suspended');
    await watching.next('converged', ({ steps }) => steps > 0);
    expect((await world.machine()).running?.ports).toHaveLength(1);
  });

  test('resumed by a person', async () => {
    const { world, watching } = await started();
    const { id } = await world.state();
    await suspend(world.context, id, { durationMs: null, reason: null });
    await condition(watching, 'Suspended', 'True');
    await world.write(manifest('ports: [3000]\n'));
    await endSuspension(world.context, id);
    await watching.next('converged', ({ steps }) => steps > 0);
  });
});
