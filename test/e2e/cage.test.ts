import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MachineRef, MachineSpec } from '../../src/drivers/driver.ts';
import { tryNetwork } from '../../src/drivers/qemu/namespaces.ts';
import { isProcessAlive, signalProcess } from '../../src/lib/process-identity.ts';
import type { Guest } from '../../src/model/guest.ts';
import type { EgressSpec } from '../../src/model/network.ts';
import { egress } from '../support/caged-network.ts';
import { testContext } from '../support/context.ts';
import { eventually } from '../support/eventually.ts';
import { processesWith } from '../support/processes.ts';
import { type RealMachine, realMachine } from '../support/real-machine.ts';

const ID = 'c0000000-0000-4000-8000-000000000007';
const PUBLIC_MIRROR = 'deb.debian.org';

/** A loopback that stands for a server elsewhere: the guest names it in its request, for it cannot dial it. */
const ELSEWHERE = '127.0.0.2';
/** What the guest dials instead; nobody is there (RFC 5737). */
const NOBODY = '198.51.100.7';

type Canary = { readonly port: number; readonly reached: () => number; readonly close: () => void };

const PAGE = 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\npage\n';

/** A server that counts who reached it, says a word, gives back what it hears, and holds the connection. */
const canary = async (host: string, greeting = 'canary\n'): Promise<Canary> => {
  let reached = 0;
  const sockets = new Set<{ destroy: () => void }>();
  const server = createServer((socket) => {
    reached += 1;
    sockets.add(socket);
    socket.on('error', () => {});
    socket.write(greeting);
    socket.on('data', (chunk) => socket.write(chunk));
  });
  await new Promise<void>((resolve) => server.listen({ host, port: 0 }, resolve));
  return {
    port: (server.address() as AddressInfo).port,
    reached: () => reached,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
};

/** The inner halves that belong to a keeper. */
const innerHalves = (keeper: number): readonly number[] =>
  processesWith('', '/inner.')
    .map(({ pid }) => pid)
    .filter(
      (pid) => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[1] === String(keeper),
    );

/** The processes that are in a network namespace. */
const inNamespace = (namespace: string): readonly string[] =>
  readdirSync('/proc').filter((name) => {
    try {
      return /^\d+$/.test(name) && readlinkSync(`/proc/${name}/ns/net`) === namespace;
    } catch {
      return false;
    }
  });

/** Those of these ports of this host's loopback at which somebody listens. */
const listening = async (ports: readonly number[]): Promise<readonly number[]> => {
  const found = await Promise.all(
    ports.map(
      (port) =>
        new Promise<boolean>((resolve) => {
          const socket = connect({ port, host: '127.0.0.1' });
          socket.once('error', () => resolve(false));
          socket.once('connect', () => {
            socket.destroy();
            resolve(true);
          });
        }),
    ),
  );
  return ports.filter((_port, index) => found[index]);
};

const why = await tryNetwork(testContext('/'));
if (why !== undefined) process.stdout.write(`skipped, as this host refuses a network namespace: ${why}\n`);

describe.skipIf(why !== undefined)('a machine in its cage', () => {
  let machine: RealMachine;
  let ref: MachineRef;
  let spec: MachineSpec;
  let guest: Guest;
  let outside: Canary;
  let other: Canary;
  let service: Canary;

  const withRules = (rules: EgressSpec): MachineSpec => ({
    ...spec,
    network: { egress: rules, secrets: [] },
  });
  const setRules = (rules: EgressSpec) => machine.driver.updateLive(machine.context, ref, withRules(rules));
  const rules = (): EgressSpec =>
    egress({ allow: [`${ELSEWHERE}/32:${outside.port}`], hostPorts: [service.port] });
  /** Asks for a page of a server elsewhere, and returns the answer's last line. */
  const fetch = async (port: number, host = ELSEWHERE): Promise<string> => {
    const script = `exec 3<>/dev/tcp/${NOBODY}/${port} || exit 1
      printf 'GET / HTTP/1.1\\r\\nHost: %s\\r\\nConnection: close\\r\\n\\r\\n' '${host}:${port}' >&3; timeout 10 cat <&3 | tail -n 1`;
    return (await guest.exec(['bash', '-c', script], { timeoutMs: 30_000 })).stdout.trim();
  };
  /** Says a word to an address from the guest, and returns what came back within some seconds. */
  const talk = async (host: string, port: number): Promise<string> => {
    const script = `exec 3<>/dev/tcp/${host}/${port} || exit 1; echo word >&3; timeout 5 head -n 2 <&3`;
    const { stdout } = await guest.exec(['bash', '-c', script], { timeoutMs: 30_000 });
    return stdout;
  };
  const events = async (): Promise<readonly Record<string, unknown>[]> =>
    (await readFile(machine.files.networkLog, 'utf8').catch(() => ''))
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line));

  beforeAll(async () => {
    [outside, other, service] = await Promise.all([
      canary(ELSEWHERE, PAGE),
      canary(ELSEWHERE, PAGE),
      canary('127.0.0.1'),
    ]);
    machine = await realMachine(ID);
    spec = machine.spec;
    spec = withRules(rules());
    const { driver, context } = machine;
    ref = { ...machine.ref, driverState: await driver.create(context, machine.ref, spec, machine.layer) };
    await driver.start(context, ref, spec);
    guest = await machine.guest(ref);
  });
  afterAll(async () => {
    await machine?.tearDown();
    for (const one of [outside, other, service]) one?.close();
  });

  test('boots, and is reached by its own SSH alone', async () => {
    expect((await guest.exec(['echo', 'here'])).stdout).toBe('here\n');
    const { network } = await machine.driver.inspect(machine.context, ref, { refresh: true });
    expect(network?.wall).toBe('namespaces');
  });

  test('reaches what a block of its rules names, and nothing else', async () => {
    expect(await fetch(outside.port)).toBe('page');
    expect(await fetch(other.port)).toBe('');
    expect(await fetch(outside.port, '127.0.0.3')).toMatch(/refused|not allowed/);
    expect(await talk(NOBODY, outside.port)).toBe('');
    expect(await talk(PUBLIC_MIRROR, 80)).toBe('');
    expect(other.reached()).toBe(0);
    expect(
      (await events()).some(({ verdict, name }) => verdict === 'refused' && name === PUBLIC_MIRROR),
    ).toBe(true);
  });

  test('reaches the named port of this host’s loopback, under both its names, and no other', async () => {
    const loopback = await canary('127.0.0.1');
    expect(await talk('10.0.2.2', service.port)).toBe('canary\nword\n');
    expect(await talk('host.agentvm.internal', service.port)).toBe('canary\nword\n');
    expect(await talk('10.0.2.2', loopback.port)).toBe('');
    loopback.close();
    expect(loopback.reached()).toBe(0);
  });

  test('counts what the kernel refused, where nobody listens', async () => {
    const { network } = await machine.driver.inspect(machine.context, ref, { refresh: true });
    expect(network?.counts.refusedByKernel).toBeGreaterThanOrEqual(2);
    expect(network?.counts.passed).toBeGreaterThanOrEqual(3);
  });

  test('loses an open connection to what a live change of its rules forbids', async () => {
    const held = guest.exec([
      'bash',
      '-c',
      `exec 3<>/dev/tcp/10.0.2.2/${service.port}; echo held >&3; timeout 60 cat <&3; echo "ended $SECONDS"`,
    ]);
    const before = service.reached();
    expect(await eventually(async () => service.reached() > before, 20_000)).toBe(true);
    await setRules(egress({ mode: 'none' }));
    const { stdout } = await held;
    expect(stdout).toContain('canary\nheld\nended');
    expect(Number(/ended (\d+)/.exec(stdout)?.[1])).toBeLessThan(50);
    expect(await fetch(outside.port)).toBe('');
    expect(await talk('10.0.2.2', service.port)).toBe('');
    expect((await guest.exec(['echo', 'ssh goes on'])).stdout).toBe('ssh goes on\n');
  });

  test('reaches public names with `public`, over plain HTTP and TLS', async () => {
    await setRules(egress({ mode: 'public' }));
    const update = await guest.exec(
      ['sh', '-c', `apt-get update 2>&1 | tail -n 3; getent ahostsv4 ${PUBLIC_MIRROR} | head -n 1`],
      { as: 'root', timeoutMs: 240_000 },
    );
    expect(update.stdout).toMatch(/Reading package lists/);
    expect((await events()).filter(({ verdict }) => verdict === 'passed').length).toBeGreaterThan(0);
  });

  test('is let through no longer when its keeper is killed, and again at the next command, as the same machine', async () => {
    await setRules(rules());
    expect(await fetch(outside.port)).toBe('page');
    const [run, before] = [await machine.run(), await machine.keeper()];
    await signalProcess(before, 'SIGKILL');
    expect(await eventually(async () => !(await isProcessAlive(before)))).toBe(true);
    // The master's socket goes on without the keeper.
    expect(await fetch(outside.port)).toBe('');

    await setRules(rules());
    expect(await fetch(outside.port)).toBe('page');
    const after = await machine.run();
    expect([after.qemu, after.holder, after.sshPort]).toEqual([run.qemu, run.holder, run.sshPort]);
    expect(processesWith('qemu-system', ID).length).toBe(1);
  });

  test('lives on when either half of its keeper is killed at ten moments under traffic, and its rules hold', async () => {
    const { qemu } = await machine.run();
    const refusedBefore = other.reached();
    const traffic = guest.exec(
      [
        'bash',
        '-c',
        `rm -f /tmp/enough; until [ -e /tmp/enough ]; do
          for port in ${outside.port} ${other.port}; do
            (exec 3<>/dev/tcp/${NOBODY}/$port && printf 'GET / HTTP/1.1\\r\\nHost: ${ELSEWHERE}:%s\\r\\n\\r\\n' $port >&3 && timeout 1 cat <&3) &
          done 2>/dev/null >/dev/null
          sleep 0.1
        done`,
      ],
      { timeoutMs: 300_000 },
    );
    for (let moment = 0; moment < 10; moment += 1) {
      const keeper = await machine.keeper();
      // New ports want the inner half again, which is gone while there is nothing to do for it.
      const allow = [...rules().allow, `${NOBODY}/32:${9000 + moment}`];
      const opened = setRules({ ...rules(), allow }).catch(() => undefined);
      const inner = (): number | undefined => innerHalves(keeper.pid)[0];
      if (moment % 2 === 0) await signalProcess(keeper, 'SIGKILL');
      else {
        expect(await eventually(async () => inner() !== undefined)).toBe(true);
        const pid = inner();
        if (pid !== undefined) process.kill(pid, 'SIGKILL');
      }
      await opened;
      await setRules(rules());
      expect([moment, await fetch(outside.port), await fetch(other.port)]).toEqual([moment, 'page', '']);
    }
    await guest.exec(['touch', '/tmp/enough']);
    await traffic;
    expect(other.reached()).toBe(refusedBefore);
    expect((await machine.run()).qemu).toEqual(qemu);
    expect(innerHalves((await machine.keeper()).pid).length).toBeLessThanOrEqual(1);
  });

  test('takes its namespaces and listeners with it when its QEMU is killed', async () => {
    const port = { key: 'auto:8000', guest: 8000, host: 'auto' as const, address: '127.0.0.1' };
    await machine.driver.updateLive(machine.context, ref, { ...withRules(rules()), ports: [port] });
    const { qemu, holder, sshPort = 0, ports = {} } = await machine.run();
    const keeper = await machine.keeper();
    const namespace = readlinkSync(`/proc/${holder.pid}/ns/net`);
    const listeners = [sshPort, ports[port.key] ?? 0];
    expect([await listening(listeners), inNamespace(namespace).length > 1]).toEqual([listeners, true]);
    process.kill(qemu?.pid ?? 0, 'SIGKILL');
    expect(await eventually(async () => !(await isProcessAlive(keeper)))).toBe(true);
    expect(await eventually(async () => inNamespace(namespace).length === 0)).toBe(true);
    expect([await listening(listeners), processesWith('', ID)]).toEqual([[], []]);
    expect((await machine.driver.inspect(machine.context, ref, { refresh: true })).power).toBe('crashed');
  });
});
