import { readFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Inspection, MachineRef, MachineSpec } from '../../src/drivers/driver.ts';
import { connectGuest } from '../../src/guest/connection.ts';
import { cpuMsOf } from '../../src/keeper/idle/process-tables.ts';
import { isProcessAlive, signalProcess } from '../../src/lib/process-identity.ts';
import type { EgressSpec } from '../../src/model/network.ts';
import { egress } from '../support/caged-network.ts';
import { eventually } from '../support/eventually.ts';
import { isNightly } from '../support/proof-size.ts';
import { type RealMachine, realMachine } from '../support/real-machine.ts';

const ID = 'c0000000-0000-4000-8000-00000000001d';
const PORT = { key: 'auto:8000', guest: 8000, host: 'auto' as const, address: '127.0.0.1' };
/** Less than a manifest may ask for: each suspension of this test takes as long. */
const AFTER_SECONDS = 3;
const ROUNDS = 80;

const ECHO_SERVER = `
import socketserver
class Echo(socketserver.StreamRequestHandler):
    def handle(self):
        self.wfile.write(b"echo " + self.rfile.read())
socketserver.TCPServer.allow_reuse_address = True
socketserver.ThreadingTCPServer(("127.0.0.1", 8000), Echo).serve_forever()
`;

/** Sends a line to a port of this host and returns what comes back until the end. */
const ask = (port: number, text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true }, () => socket.end(text));
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    socket.on('end', () => resolve(answer));
    socket.on('error', reject);
  });

const timed = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
  const beganMs = performance.now();
  const result = await work();
  process.stdout.write(`idle: ${what} after ${Math.round(performance.now() - beganMs)} ms\n`);
  return result;
};

describe('a machine that nobody uses', () => {
  let machine: RealMachine;
  let ref: MachineRef;
  let spec: MachineSpec;
  let port: number;
  let service: Server;

  const inspect = (): Promise<Inspection> => machine.driver.inspect(machine.context, ref, { refresh: false });
  /** As a command does it: asks the driver for the way in, then runs a program. */
  const exec = async (...argv: readonly string[]): Promise<string> => {
    const target = await machine.driver.connect(machine.context, ref);
    if (target === undefined) throw new Error('there is no way into the machine');
    return (await connectGuest(machine.context, target).exec(argv, { timeoutMs: 60_000 })).stdout;
  };
  const isSuspended = async (): Promise<boolean> => (await inspect()).suspendedSince !== undefined;
  const falls = (): Promise<boolean> => eventually(isSuspended, 30_000);
  const change = async (idle: boolean, rules: EgressSpec): Promise<void> => {
    const { idle: _, ...rest } = spec;
    spec = {
      ...rest,
      network: { egress: rules, secrets: [] },
      ...(idle ? { idle: { afterSeconds: AFTER_SECONDS } } : {}),
    };
    await machine.driver.updateLive(machine.context, ref, spec);
  };
  const keeperLines = async (which: RegExp): Promise<readonly string[]> =>
    (await readFile(machine.files.keeperLog, 'utf8')).split('\n').filter((line) => which.test(line));
  const cpuMs = async (): Promise<number> => {
    const { qemu } = await machine.run();
    return cpuMsOf(await readFile(`/proc/${qemu?.pid}/stat`, 'utf8'));
  };
  /** How far the guest's clock is from this host's, in seconds. */
  const clockError = async (): Promise<number> => {
    const beganMs = Date.now();
    const inside = Number(await timed('a command had its answer', () => exec('date', '+%s.%N'))) * 1000;
    return Math.max(0, beganMs - inside, inside - Date.now()) / 1000;
  };

  beforeAll(async () => {
    machine = await realMachine(ID);
    const { driver, context } = machine;
    spec = {
      ...machine.spec,
      ports: [PORT],
      network: { egress: egress({ mode: 'none' }), secrets: [] },
      idle: { afterSeconds: AFTER_SECONDS },
    };
    service = createServer((socket) => void socket.on('error', () => {}).resume());
    await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
    ref = { ...machine.ref, driverState: await driver.create(context, machine.ref, spec, machine.layer) };
    await driver.start(context, ref, spec);
    const guest = await machine.guest(ref);
    await guest.exec(['sh', '-c', 'nohup python3 -c "$1" >/dev/null 2>&1 & sleep 3', 'sh', ECHO_SERVER]);
    const field = (await inspect()).fields['ports[auto:8000]'];
    port = field?.kind === 'known' ? (field.value as { readonly host: number }).host : 0;
  });
  afterAll(async () => {
    await machine?.tearDown();
    service?.close();
  });

  test('is suspended, takes no processor time, and shows as a running machine that is as it was applied', async () => {
    const idleMs = await cpuMs();
    await sleep(2000);
    process.stdout.write(
      `idle: an awake guest took ${(((await cpuMs()) - idleMs) / 20).toFixed(1)} % of a core\n`,
    );
    expect(await falls()).toBe(true);
    const before = await cpuMs();
    await sleep(2000);
    expect((await cpuMs()) - before).toBeLessThanOrEqual(20);
    const seen = await machine.driver.inspect(machine.context, ref, { refresh: true });
    expect(seen).toMatchObject({
      power: 'running',
      guestReady: true,
      suspendedSince: expect.stringMatching(/^20\d\d-.*Z$/),
      fields: { 'lifecycle.idle': { kind: 'known', value: { after: '3s', action: 'suspend' } } },
    });
    expect(await isSuspended()).toBe(true);
  });

  test('is woken by a connection at its port, which a server that ran before answers', async () => {
    expect(await timed('a port answered', () => ask(port, 'hello'))).toBe('echo hello');
    expect((await inspect()).suspendedSince).toBeUndefined();
  });

  test('is suspended again, and woken by a command, with the right time of day', async () => {
    expect(await falls()).toBe(true);
    await sleep(2500);
    expect(await clockError()).toBeLessThan(2);
  });

  test('stays awake for a session, and while it computes', async () => {
    const session = exec('sleep', '6');
    await sleep(5500);
    expect(await isSuspended()).toBe(false);
    await session;
    await exec('sh', '-c', 'nohup timeout 7 sh -c "while :; do :; done" >/dev/null 2>&1 &');
    await sleep(5500);
    expect(await isSuspended()).toBe(false);
  });

  test('is woken by the next keeper, when its own was killed meanwhile', async () => {
    expect(await falls()).toBe(true);
    const before = await machine.keeper();
    await signalProcess(before, 'SIGKILL');
    expect(await eventually(async () => !(await isProcessAlive(before)))).toBe(true);
    expect(await inspect()).toMatchObject({ power: 'running', suspendedSince: expect.any(String) });
    expect(await clockError()).toBeLessThan(2);
    expect(await ask(port, 'again')).toBe('echo again');
    expect((await machine.keeper()).pid).not.toBe(before.pid);
  });

  test('is never suspended again once its manifest says so, and is again when it says otherwise', async () => {
    expect(await falls()).toBe(true);
    await change(false, egress({ mode: 'none' }));
    const { suspendedSince, fields } = await inspect();
    expect([suspendedSince, fields['lifecycle.idle']]).toEqual([undefined, undefined]);
    await sleep(4500);
    expect(await isSuspended()).toBe(false);
    await change(true, egress({ mode: 'public' }));
    expect(await falls()).toBe(true);
  });

  test('in `public`: an SSH connection that goes its own way wakes it', async () => {
    const { sshPort } = await machine.run();
    const banner = new Promise<string>((resolve, reject) => {
      const socket = connect({ port: sshPort ?? 0, host: '127.0.0.1' });
      socket.once('data', (chunk) => {
        resolve(String(chunk));
        socket.destroy();
      });
      socket.once('error', reject);
    });
    expect(await timed('the SSH door answered', () => banner)).toMatch(/^SSH-2.0/);
  });

  test('in `allow`: a connection of its own keeps it awake, and it is suspended when that has ended', async () => {
    const servicePort = (service.address() as AddressInfo).port;
    await change(true, egress({ allow: ['example.com'], hostPorts: [servicePort] }));
    await exec(
      'bash',
      '-c',
      `nohup bash -c 'exec 3<>/dev/tcp/10.0.2.2/${servicePort}; echo x >&3; sleep 6' >/dev/null 2>&1 &`,
    );
    await sleep(5000);
    expect(await isSuspended()).toBe(false);
    expect(await falls()).toBe(true);
    expect(await timed('a port answered', () => ask(port, 'hello'))).toBe('echo hello');
    expect(await falls()).toBe(true);
  });

  test.runIf(isNightly)('answers every use, at whatever moment of a suspension it comes', async () => {
    spec = { ...spec, idle: { afterSeconds: 1 } };
    await machine.driver.updateLive(machine.context, ref, spec);
    const target = await machine.driver.connect(machine.context, ref);
    if (target === undefined) throw new Error('there is no way into the machine');
    // One that goes its own way, as `agentvm ssh-config` describes it.
    const own = async (): Promise<string> =>
      (await connectGuest(machine.context, target).exec(['echo', 'here'])).stdout;
    const command = (): Promise<string> => exec('echo', 'here');
    const ported = (): Promise<string> => ask(port, 'here');
    const uses: readonly (() => Promise<readonly string[]>)[] = [
      async () => [await command()],
      async () => [await ported()],
      async () => [await own()],
      () => Promise.all([command(), ported(), command(), ported()]),
      async () => {
        await signalProcess(await machine.keeper(), 'SIGKILL');
        return [await command(), await ported()];
      },
      async () => {
        await machine.driver.updateLive(machine.context, ref, spec);
        return [await ported()];
      },
    ];
    const before = (await keeperLines(/ suspended: /)).length;
    const bad: string[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      await sleep(900 + Math.random() * 1500);
      const which = Math.floor(Math.random() * uses.length);
      const answers = await uses[which]?.().catch((error: unknown) => [String(error)]);
      if (answers?.some((answer) => !/^(here\n|echo here)$/.test(answer))) bad.push(`${which}: ${answers}`);
    }
    const suspensions = (await keeperLines(/ suspended: /)).length - before;
    process.stdout.write(
      `idle on QEMU: ${ROUNDS} uses at random moments, ${suspensions} suspensions, ${bad.length} not answered\n`,
    );
    expect(bad).toEqual([]);
    expect(suspensions).toBeGreaterThan(ROUNDS / 3);
    spec = { ...spec, idle: { afterSeconds: AFTER_SECONDS } };
    await machine.driver.updateLive(machine.context, ref, spec);
    expect(await falls()).toBe(true);
  });

  test('is stopped while it is suspended', async () => {
    await machine.driver.stop(machine.context, ref, { graceMs: 60_000 });
    expect((await inspect()).power).toBe('stopped');
    const told = await keeperLines(/ (suspended|woken)/);
    expect(told[0]).toMatch(/suspended: unused for 3s$/);
    expect(told[1]).toMatch(/woken by a connection at port 8000, reached after \d+ ms$/);
  });
});
