import { expect, test } from 'vitest';
import { fakeDriver } from '../../src/drivers/fake/driver.ts';
import { createQemuDriver } from '../../src/drivers/qemu/driver.ts';
import { specOf } from '../../src/engine/machine-spec.ts';
import type { Ports } from '../../src/engine/ports.ts';
import { prepare } from '../../src/engine/prepare.ts';
import { readyJudgement } from '../../src/engine/watch/machine-health.ts';
import type { Json } from '../../src/model/json.ts';
import { hasWork } from '../../src/reconcile/approval.ts';
import { desiredOf } from '../support/desired.ts';
import { fakePorts } from '../support/fake-ports.ts';
import { fakeWorld } from '../support/fake-world.ts';
import { MACHINE_ID } from '../support/machine-state.ts';
import { set } from '../support/planning.ts';

const SINCE = '2026-01-02T03:04:05.000Z';

/** The simulator, suspended; it is told when somebody reaches into its guest. */
const suspendedPorts = (onReached: () => void): Ports => ({
  ...fakePorts,
  driver: async () => ({
    ...fakeDriver,
    inspect: async (...asked) => ({ ...(await fakeDriver.inspect(...asked)), suspendedSince: SINCE }),
  }),
  guestOf: (...asked) => {
    const guest = fakePorts.guestOf(...asked);
    return {
      ...guest,
      observe: (request) => {
        onReached();
        return guest.observe(request);
      },
    };
  },
});

test('a deep look that may not wake a suspended machine sees it from outside, and finds nothing to do', async () => {
  const world = await fakeWorld();
  const wish = { packages: ['jq'] };
  await world.apply(wish);
  let reached = 0;
  const ports = suspendedPorts(() => {
    reached += 1;
  });
  const desired = await desiredOf(world.folder, wish);
  const look = (mayWake: boolean) => prepare(world.context, ports, desired, { deep: true, mayWake });
  const { observed, plan } = await look(false);
  expect(reached).toBe(0);
  expect(observed).toMatchObject({ power: 'running', suspendedSince: SINCE });
  expect(observed.facets?.packages).toEqual({
    kind: 'unknown',
    why: 'the machine is suspended, and nothing can have changed inside',
  });
  expect(hasWork(plan)).toBe(false);
  await look(true);
  expect(reached).toBe(1);
});

test('a suspended machine is ready: whoever wants it has it', () => {
  expect(readyJudgement({ power: 'running', guestReady: true, suspendedSince: SINCE })).toEqual({
    status: 'True',
    reason: 'WakesOnUse',
    message: `suspended since ${SINCE} (idle)`,
  });
});

const limitOf = (driver: typeof fakeDriver, value: Json): string | undefined =>
  driver.limit(set('lifecycle.idle', value))?.text;

test('the qemu driver suspends and does not stop, the simulator does neither', () => {
  const qemu = createQemuDriver({ keeperProgram: () => '' });
  const [suspend, stop] = ['suspend', 'stop'].map((action) => ({ after: '30m', action }));
  expect([
    limitOf(qemu, suspend ?? null),
    limitOf(qemu, stop ?? null),
    limitOf(fakeDriver, suspend ?? null),
    limitOf(fakeDriver, stop ?? null),
  ]).toEqual([
    process.platform === 'linux' ? undefined : 'is not supported by the qemu driver yet',
    'is not supported with this action by the qemu driver yet',
    'is not supported by the fake driver yet',
    'is not supported with this action by the fake driver yet',
  ]);
});

test('a driver is told in seconds', async () => {
  const { context, root } = await fakeWorld();
  const idleOf = (value: Json | undefined) =>
    specOf(context.paths, 'x86_64', {
      id: MACHINE_ID,
      name: 'shop',
      project: { realPath: root, device: 1, inode: 1 },
      fields: value === undefined ? {} : { 'lifecycle.idle': { path: 'lifecycle.idle', value } },
    }).idle;
  expect(idleOf({ after: '30m', action: 'suspend' })).toEqual({ afterSeconds: 1800 });
  expect(idleOf(undefined)).toBeUndefined();
});
