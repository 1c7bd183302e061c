import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type {
  Driver,
  Inspection,
  MachineRef,
  MachineSpec,
  Share,
  Snapshots,
} from '../../src/drivers/driver.ts';
import type { Context } from '../../src/lib/context.ts';
import type { GuestOperations } from '../../src/model/guest.ts';
import type { Layer } from '../../src/model/layer.ts';
import { failureOf } from '../support/failure.ts';

/** A driver with all that it needs to make one machine, and the means to look at that machine. */
export type DriverUnderTest = {
  readonly driver: Driver;
  readonly context: Context;
  /** The machine's id, name and folder; nothing is made yet. */
  readonly ref: MachineRef;
  /** With the project and the agents' packages for shares, and no port. */
  readonly spec: MachineSpec;
  readonly layer: Layer;
  /** A host folder to mount. */
  readonly folder: string;
  /** A host port that is free. */
  readonly freePort: number;
  readonly guest: (ref: MachineRef) => GuestOperations;
  /** Ends the machine from outside, as a kill or a power cut does. */
  readonly crash: (ref: MachineRef) => Promise<void>;
  readonly tearDown: () => Promise<void>;
};

const GRACE_MS = 120_000;
const ADDRESS = '127.0.0.1';

/**
 * What every driver must show, told as the life of one machine: each test goes on where the one before has left it,
 * since a real machine takes its time to boot.
 */
export const describeDriver = (name: string, setUp: () => Promise<DriverUnderTest>): void => {
  describe(`contract of the ${name} driver`, () => {
    let part: DriverUnderTest;
    let ref: MachineRef;
    let spec: MachineSpec;

    beforeAll(async () => {
      part = await setUp();
      ref = part.ref;
      spec = part.spec;
    });
    afterAll(() => part?.tearDown());

    const inspect = (): Promise<Inspection> => part.driver.inspect(part.context, ref, { refresh: true });
    const start = async (): Promise<void> => {
      ref = { ...ref, driverState: await part.driver.start(part.context, ref, spec) };
    };
    const bootId = async (): Promise<string> => {
      await part.guest(ref).waitUntilReady();
      return (await part.guest(ref).observe({ packages: [], agents: [] })).bootId;
    };
    const stop = (): Promise<void> => part.driver.stop(part.context, ref, { graceMs: GRACE_MS });
    const snapshots = (): Snapshots => {
      if (part.driver.snapshots === undefined) throw new Error('the driver has no snapshots');
      return part.driver.snapshots;
    };
    const names = async (): Promise<readonly string[]> =>
      (await snapshots().list(part.context, ref)).map((one) => one.name);
    const mount = (): Share => ({
      id: 'aaaaaaaaaaaa',
      hostPath: part.folder,
      target: part.folder,
      guestPath: '/mnt/contract',
      mode: 'ro',
      protect: [],
    });

    test('a machine that was never made is absent, and deleting it does nothing', async () => {
      expect((await inspect()).power).toBe('absent');
      await part.driver.delete(part.context, ref);
      expect((await inspect()).power).toBe('absent');
    });

    test('a made machine is stopped and has its disk', async () => {
      const first = await part.driver.create(part.context, ref, spec, part.layer);
      // As after a crash before the first one was recorded.
      const again = await part.driver.create(part.context, ref, spec, part.layer);
      expect(again).toEqual(first);
      ref = { ...ref, driverState: again };
      const { power, guestReady, fields } = await inspect();
      expect({ power, guestReady, fields }).toEqual({
        power: 'stopped',
        guestReady: false,
        fields: { 'resources.disk': { kind: 'known', value: spec.diskBytes } },
      });
      await stop();
      expect((await inspect()).power).toBe('stopped');
    });

    test('a started machine runs with what its spec says, and a second start finds it running', async () => {
      spec = { ...spec, ports: [{ key: 'auto:80', guest: 80, host: 'auto', address: ADDRESS }] };
      await start();
      const boot = await bootId();
      await start();
      expect(await bootId()).toBe(boot);
      const { power, guestReady, fields } = await inspect();
      expect([power, guestReady]).toEqual(['running', true]);
      expect(fields).toMatchObject({
        'resources.cpus': { kind: 'known', value: spec.cpus },
        'resources.memory': { kind: 'known', value: spec.memoryMiB },
        'ports[auto:80]': {
          kind: 'known',
          value: { guest: 80, host: expect.any(Number), address: ADDRESS },
        },
      });
    });

    test('ports and mounts change while it runs', async () => {
      const boot = await bootId();
      const port = { key: `${part.freePort}:81`, guest: 81, host: part.freePort, address: ADDRESS };
      spec = { ...spec, ports: [port], shares: [...spec.shares, mount()] };
      ref = { ...ref, driverState: await part.driver.updateLive(part.context, ref, spec) };
      await part.guest(ref).mountShare(mount());
      const { fields } = await inspect();
      expect(Object.keys(fields).sort()).toEqual([
        'mounts[/mnt/contract]',
        'network.egress',
        `ports[${port.key}]`,
        'resources.cpus',
        'resources.disk',
        'resources.memory',
      ]);
      expect(fields['mounts[/mnt/contract]']).toEqual({
        kind: 'known',
        value: { host: part.folder, guest: '/mnt/contract', mode: 'ro' },
      });
      const facts = await part.guest(ref).observe({ packages: [], agents: [] });
      expect(facts).toMatchObject({
        bootId: boot,
        mounts: { kind: 'known', value: { '/mnt/contract': { share: mount().id, mode: 'ro' } } },
      });

      await part.guest(ref).unmountShare(mount());
      spec = { ...spec, ports: [], shares: part.spec.shares };
      ref = { ...ref, driverState: await part.driver.updateLive(part.context, ref, spec) };
      expect(Object.keys((await inspect()).fields).sort()).toEqual([
        'network.egress',
        'resources.cpus',
        'resources.disk',
        'resources.memory',
      ]);
    });

    test('the disk of a running machine is left alone', async () => {
      const grow = part.driver.growDisk(part.context, ref, spec.diskBytes * 2);
      expect((await failureOf(grow)).code).toBe('MACHINE_RUNNING');
      const replace = part.driver.replaceRoot(part.context, ref, spec, part.layer);
      expect((await failureOf(replace)).code).toBe('MACHINE_RUNNING');
    });

    test('a stopped machine can be stopped again, and its disk grows but never shrinks', async () => {
      await stop();
      await stop();
      expect((await inspect()).power).toBe('stopped');
      const diskBytes = spec.diskBytes + 1024 ** 3;
      await part.driver.growDisk(part.context, ref, diskBytes);
      await part.driver.growDisk(part.context, ref, spec.diskBytes);
      spec = { ...spec, diskBytes };
      expect((await inspect()).fields['resources.disk']).toEqual({ kind: 'known', value: diskBytes });
    });

    test('a machine that was killed is seen as crashed, with a reason, and starts again with its new spec', async () => {
      await start();
      await part.guest(ref).waitUntilReady();
      await part.crash(ref);
      const crashed = await inspect();
      expect([crashed.power, crashed.guestReady]).toEqual(['crashed', false]);
      expect(crashed.powerReason).toMatch(/\S/);
      spec = { ...spec, memoryMiB: spec.memoryMiB + 256 };
      await start();
      await part.guest(ref).waitUntilReady();
      const { power, fields } = await inspect();
      expect([power, fields['resources.memory']]).toEqual([
        'running',
        { kind: 'known', value: spec.memoryMiB },
      ]);
    });

    test('a new root stands beside the old one until the record names it, and the old one can come back', async () => {
      await stop();
      const before = ref;
      const replaced = await part.driver.replaceRoot(part.context, before, spec, part.layer);
      expect(replaced).not.toEqual(before.driverState);
      // As after a crash before the new one was recorded.
      expect(await part.driver.replaceRoot(part.context, before, spec, part.layer)).toEqual(replaced);
      ref = { ...before, driverState: replaced };
      expect((await inspect()).power).toBe('stopped');
      const restored = await part.driver.restoreRoot(part.context, ref);
      expect((await inspect()).power).toBe('stopped');
      ref = { ...before, driverState: restored };
      expect((await inspect()).fields['resources.disk']).toEqual({ kind: 'known', value: spec.diskBytes });
      await start();
      expect(await bootId()).toMatch(/\S/);
    });

    test('a snapshot is taken and let go of while the machine runs, and once by its name', async () => {
      await snapshots().take(part.context, ref, 'auto-0001');
      await snapshots().take(part.context, ref, 'auto-0001');
      await snapshots().take(part.context, ref, 'first');
      expect(await names()).toEqual(['auto-0001', 'first']);
      await snapshots().remove(part.context, ref, 'auto-0001');
      await snapshots().remove(part.context, ref, 'auto-0001');
      expect(await names()).toEqual(['first']);
      const { sizeBytes, freeBytes } = await snapshots().measure(part.context, ref);
      expect([sizeBytes > 0, freeBytes > 0]).toEqual([true, true]);
      expect((await failureOf(snapshots().restore(part.context, ref, 'first'))).code).toBe('MACHINE_RUNNING');
    });

    test('a stopped machine gets its disk back as it was, with its size, as often as wanted', async () => {
      await stop();
      const before = spec.diskBytes;
      await snapshots().take(part.context, ref, 'second');
      await part.driver.growDisk(part.context, ref, before + 1024 ** 3);
      for (let times = 0; times < 2; times++) {
        ref = { ...ref, driverState: await snapshots().restore(part.context, ref, 'second') };
        expect((await inspect()).fields['resources.disk']).toEqual({ kind: 'known', value: before });
        expect(await names()).toEqual(['first', 'second']);
      }
      await snapshots().remove(part.context, ref, 'second');
      expect((await failureOf(snapshots().restore(part.context, ref, 'second'))).code).toBe(
        'SNAPSHOT_UNKNOWN',
      );
    });

    test('a snapshot of the root before the last replacement brings that root back', async () => {
      ref = { ...ref, driverState: await part.driver.replaceRoot(part.context, ref, spec, part.layer) };
      expect(await names()).toEqual(['first']);
      ref = { ...ref, driverState: await snapshots().restore(part.context, ref, 'first') };
      expect(await names()).toEqual(['first']);
      await start();
      expect(await bootId()).toMatch(/\S/);
    });

    test('a deleted machine is absent, also when it was running', async () => {
      await part.driver.delete(part.context, ref);
      await part.driver.delete(part.context, ref);
      ref = { ...ref, driverState: null };
      expect((await inspect()).power).toBe('absent');
    });
  });
};
