import { readdir, readFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MachineRef, MachineSpec } from '../../src/drivers/driver.ts';
import { PROTOCOL_VERSION } from '../../src/keeper/protocol.ts';
import { isProcessAlive, signalProcess } from '../../src/lib/process-identity.ts';
import type { Guest } from '../../src/model/guest.ts';
import { eventually } from '../support/eventually.ts';
import { bundleKeeper, type KeeperBundle } from '../support/keeper-bundle.ts';
import { processesWith } from '../support/processes.ts';
import { type RealMachine, realMachine } from '../support/real-machine.ts';

const ID = 'c0000000-0000-4000-8000-000000000002';
const PORT = { key: 'auto:8000', guest: 8000, host: 'auto' as const, address: '127.0.0.1' };

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

const ECHO_SERVER = `
import socketserver
class Echo(socketserver.StreamRequestHandler):
    def handle(self):
        self.wfile.write(b"echo " + self.rfile.read())
socketserver.TCPServer.allow_reuse_address = True
socketserver.ThreadingTCPServer(("127.0.0.1", 8000), Echo).serve_forever()
`;

describe('the keeper of a running machine', () => {
  let machine: RealMachine;
  let older: KeeperBundle;
  let ref: MachineRef;
  let spec: MachineSpec;
  let guest: Guest;

  beforeAll(async () => {
    machine = await realMachine(ID);
    older = await bundleKeeper(PROTOCOL_VERSION - 2);
    spec = { ...machine.spec, ports: [PORT] };
    const { driver, context } = machine;
    ref = { ...machine.ref, driverState: await driver.create(context, machine.ref, spec, machine.layer) };
    await driver.start(context, ref, spec);
    guest = await machine.guest(ref);
    await guest.exec(['sh', '-c', 'nohup python3 -c "$1" >/dev/null 2>&1 & sleep 3', 'sh', ECHO_SERVER]);
  });
  afterAll(async () => {
    await older?.remove();
    await machine?.tearDown();
  });

  const hostPort = async (): Promise<number> => {
    const { fields } = await machine.driver.inspect(machine.context, ref, { refresh: true });
    const field = fields['ports[auto:8000]'];
    return field?.kind === 'known' ? (field.value as { readonly host: number }).host : 0;
  };

  test('passes a port on to a server on the guest’s loopback, both ways, with half-close', async () => {
    expect(await ask(await hostPort(), 'hello')).toBe('echo hello');
  });

  test('stays below 60 MB of memory of its own', async () => {
    const { pid } = await machine.keeper();
    const kilobytes = /^Pss:\s+(\d+) kB$/m.exec(await readFile(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1];
    expect(Number(kilobytes)).toBeLessThan(60_000);
  });

  test('suspends a machine in the open too, but not while its guest has a connection of its own', async () => {
    const server = createServer((socket) => void socket.on('error', () => {}).resume());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const port8000 = await hostPort();
    const { driver, context } = machine;
    const isSuspended = async () =>
      (await driver.inspect(context, ref, { refresh: false })).suspendedSince !== undefined;
    const connection = `exec 3<>/dev/tcp/10.0.2.2/${port} && sleep 7`;
    await guest.exec(['bash', '-c', `nohup bash -c '${connection}' >/dev/null 2>&1 &`]);
    await driver.updateLive(context, ref, { ...spec, idle: { afterSeconds: 3 } });
    await sleep(5500);
    expect(await isSuspended()).toBe(false);
    expect(await eventually(isSuspended, 30_000)).toBe(true);
    expect(await ask(port8000, 'hello')).toBe('echo hello');
    await driver.updateLive(context, ref, spec);
    server.close();
  });

  test('can be killed: machine and session go on, the next command starts another, and ports are where they were', async () => {
    const before = await machine.keeper();
    const port = await hostPort();
    const session = guest.exec(['sh', '-c', 'echo first; sleep 8; echo last']);
    await signalProcess(before, 'SIGKILL');
    expect(await eventually(async () => !(await isProcessAlive(before)))).toBe(true);
    const alone = await machine.driver.inspect(machine.context, ref, { refresh: false });
    expect(alone.power).toBe('running');
    expect(alone.fields['ports[auto:8000]']).toEqual({ kind: 'absent' });

    await machine.driver.updateLive(machine.context, ref, spec);
    const after = await machine.keeper();
    expect(after.pid).not.toBe(before.pid);
    expect(await hostPort()).toBe(port);
    expect(await ask(port, 'again')).toBe('echo again');
    expect((await session).stdout).toBe('first\nlast\n');
  });

  test('of a version that the command does not speak is replaced, without harm to the machine', async () => {
    const first = await machine.keeper();
    await signalProcess(first, 'SIGKILL');
    const uptime = async () => Number((await guest.exec(['cat', '/proc/uptime'])).stdout.split(' ')[0]);
    const before = await uptime();
    // A command of the older release, which starts its own keeper and does not understand today's.
    const other = machine.driverWith(older);
    await other.updateLive(machine.context, ref, spec).catch(() => undefined);
    const oldKeeper = await machine.keeper();

    const session = guest.exec(['sh', '-c', 'sleep 4; echo done']);
    await machine.driver.updateLive(machine.context, ref, spec);
    const today = await machine.keeper();
    expect(today.version).toBe(PROTOCOL_VERSION);
    expect(await isProcessAlive(oldKeeper)).toBe(false);
    expect((await session).stdout).toBe('done\n');
    expect(await uptime()).toBeGreaterThan(before);
    expect(await ask(await hostPort(), 'hello')).toBe('echo hello');
  });

  test('sees a guest that powers itself off, and leaves nothing on the host', async () => {
    const run = await machine.run();
    await guest.exec(['systemctl', 'poweroff', '--no-block'], { as: 'root' }).catch(() => undefined);
    const isOff = async () =>
      (await machine.driver.inspect(machine.context, ref, { refresh: false })).power === 'stopped';
    expect(await eventually(isOff, 120_000)).toBe(true);
    expect(await eventually(async () => processesWith('', ID).length === 0, 10_000)).toBe(true);
    expect(await readdir(machine.files.sockets)).toEqual([]);
    expect(await isProcessAlive(run.holder)).toBe(false);
    expect(await machine.driver.connect(machine.context, ref)).toBeUndefined();
  });
});
