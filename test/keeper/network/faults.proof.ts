import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { tryNetwork } from '../../../src/drivers/qemu/namespaces.ts';
import { enterNetworkAs } from '../../../src/keeper/network/namespaces.ts';
import { exec } from '../../../src/lib/exec.ts';
import type { NetworkCounts } from '../../../src/model/network.ts';
import { bundleProgram } from '../../support/bundle.ts';
import { bundleInner, egress } from '../../support/caged-network.ts';
import { handmadeMessage, inRecords, serverNames } from '../../support/client-hello.ts';
import { testContext } from '../../support/context.ts';
import { type DnsServer, startDnsServer, type ZoneReply } from '../../support/dns-server.ts';
import type { Load } from '../../support/load-program.ts';
import { processesWith } from '../../support/processes.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const why = await tryNetwork(testContext('/'));
if (why !== undefined) process.stdout.write(`skipped, as this host refuses a network namespace: ${why}\n`);
const caged = test.skipIf(why !== undefined);

const MEMORY_MIB = 150;
/** An address that nobody has (RFC 5737): where the guest dials, whatever it names. */
const ANYWHERE = '203.0.113.7';

let folder: string;
let gateProgram: string;
let loadProgram: string;
let innerProgram: string;
beforeAll(async () => {
  folder = await mkdtemp(join(import.meta.dirname, '../../../.agentvm-test-'));
  [gateProgram, loadProgram] = [join(folder, 'gate.mjs'), join(folder, 'load.mjs')];
  await bundleProgram(join(import.meta.dirname, '../../support/gate-program.ts'), gateProgram);
  await bundleProgram(join(import.meta.dirname, '../../support/load-program.ts'), loadProgram);
  innerProgram = await bundleInner(folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A server that counts who comes, and treats them as told. */
const startServer = async (
  serve: (socket: Socket) => void,
): Promise<{ port: number; seen: () => number }> => {
  let seen = 0;
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    seen += 1;
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    serve(socket);
  });
  server.listen({ host: '127.0.0.1', port: 0, backlog: 2048 });
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return { port: (server.address() as AddressInfo).port, seen: () => seen };
};

type Look = { readonly pssMiB: number; readonly sockets: number; readonly counts: NetworkCounts };

const startGate = async (port: number, dns: DnsServer) => {
  const root = await tempFolder();
  // The entry of the address lets the test's own server stand for one outside.
  const rules = egress({ allow: [`ok.example:${port}`, `127.0.0.1/32:${port}`] });
  const start = async (...held: readonly string[]) => {
    const child: ChildProcess = spawn(
      process.execPath,
      [gateProgram, root, innerProgram, JSON.stringify(rules), dns.address, ...held],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    );
    onTestFinished(async () => {
      child.stdin?.end();
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    });
    const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream })[Symbol.asyncIterator]();
    const next = async <T>(): Promise<T> => {
      const line = await lines.next();
      if (line.done === true) throw new Error('the gate ended');
      return JSON.parse(line.value) as T;
    };
    return { child, next, first: await next<{ holderPid: number; networkLog: string }>() };
  };
  let gate = await start();
  const { holderPid, networkLog } = gate.first;
  // The holder leads a group of its own.
  onTestFinished(() => void process.kill(-holderPid, 'SIGKILL'));
  const look = async (): Promise<Look> => {
    gate.child.stdin?.write('look\n');
    return gate.next<Look>();
  };
  /** Runs a load where the guest would be. */
  const run = async (load: Omit<Load, 'host' | 'port'>) => {
    const [program = '', ...args] = enterNetworkAs(holderPid, [
      ...[process.execPath, loadProgram, JSON.stringify({ host: ANYWHERE, port, ...load })],
    ]);
    const { stdout } = await exec(program, args, { timeoutMs: 300_000 });
    return JSON.parse(stdout) as { ends: Record<string, number>; ms: number };
  };
  return {
    look,
    networkLog,
    run,
    /** The most that the gate took meanwhile is told with it. */
    load: async (load: Omit<Load, 'host' | 'port'>) => {
      let isOver = false;
      let mostMiB = 0;
      const watch = async (): Promise<void> => {
        while (!isOver) {
          mostMiB = Math.max(mostMiB, (await look()).pssMiB);
          await sleep(100);
        }
      };
      const watching = watch();
      const result = await run(load);
      isOver = true;
      await watching;
      return { ...result, mostMiB };
    },
    kill: async () => {
      gate.child.kill('SIGKILL');
      if (gate.child.signalCode === null) await once(gate.child, 'exit');
    },
    startAgain: async () => {
      gate = await start(String(holderPid));
    },
  };
};

const helloFor = (name: string): string => inRecords(handmadeMessage(serverNames(name))).toString('base64');
const LOCAL: ZoneReply = { answers: [{ type: 'A', name: 'ok.example', ttl: 60, data: '127.0.0.1' }] };
const localZone = ({ name }: { readonly name: string }): ZoneReply =>
  name === 'ok.example' ? LOCAL : { code: 3 };
const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n';
const greet = (socket: Socket): void =>
  void socket.once('data', (chunk: Buffer) =>
    socket.end(chunk.toString('latin1').startsWith('GET ') ? OK : 'welcome'),
  );
const requestFor = (host: string, port: number, path = '/'): string =>
  Buffer.from(`GET ${path} HTTP/1.1\r\nHost: ${host}:${port}\r\n\r\n`).toString('base64');

const quick = { connections: 1, atOnce: 1, first: helloFor('ok.example'), waitMs: 10_000 };

/** That all which is allowed passes and all which is not is refused in its protocol's words, and never arrives. */
const expectRules = async (
  { run }: Pick<Awaited<ReturnType<typeof startGate>>, 'run'>,
  server: { readonly port: number; readonly seen: () => number },
): Promise<void> => {
  const few = { ...quick, connections: 25, atOnce: 5 };
  const before = server.seen();
  expect((await run({ ...few, first: helloFor('no.example') })).ends).toEqual({ [DENIED]: 25 });
  expect((await run({ ...few, first: requestFor('no.example', server.port) })).ends).toEqual({
    'HTTP/1.1 403': 25,
  });
  // Neither a name nor an address that any rule knows.
  expect((await run({ ...few, first: Buffer.from('\x00\x01word').toString('base64') })).ends).toEqual({
    ECONNRESET: 25,
  });
  expect(server.seen()).toBe(before);
  expect((await run(few)).ends).toEqual({ welcome: 25 });
  expect((await run({ ...few, first: requestFor('ok.example', server.port, '/now') })).ends).toEqual({
    'HTTP/1.1 200': 25,
  });
  expect(server.seen()).toBe(before + 50);
};
/** A fatal alert, `access_denied`. */
const DENIED = Buffer.from([0x15, 3, 3, 0, 2, 2, 49]).toString('latin1');

caged(
  '10,000 connections, 4,000 at once: what is allowed passes, what is not never arrives, memory stays',
  async () => {
    const server = await startServer(greet);
    const gate = await startGate(server.port, await startDnsServer(localZone));
    const idle = await gate.look();
    const refused = await gate.load({
      ...quick,
      connections: 5000,
      atOnce: 4000,
      first: helloFor('no.example'),
    });
    expect(server.seen()).toBe(0);
    const silent = await gate.load({ ...quick, connections: 2500, atOnce: 2500, first: '', waitMs: 3000 });
    expect(server.seen()).toBe(0);
    const passed = await gate.load({ ...quick, connections: 2500, atOnce: 250 });
    expect(passed.ends).toEqual({ welcome: 2500 });
    expect(server.seen()).toBe(2500);
    const after = await gate.look();
    console.log(
      `faults: 10,000 connections; idle ${idle.pssMiB} MiB, at most ${Math.max(refused.mostMiB, silent.mostMiB, passed.mostMiB)} MiB; refused ${JSON.stringify(refused.ends)} in ${refused.ms} ms, silent ${JSON.stringify(silent.ends)}, 2,500 passed in ${passed.ms} ms`,
    );
    for (const { mostMiB } of [refused, silent, passed]) expect(mostMiB).toBeLessThan(MEMORY_MIB);
    expect(after.counts.passed).toBe(2500);
    expect(after.sockets).toBeLessThan(idle.sockets + 50);
    expect((await readFile(gate.networkLog, 'utf8')).split('\n').length).toBeLessThan(1000);
  },
);

caged(
  '2,000 requests whose server never answers are held, refused ones are told, and the rules hold',
  async () => {
    const server = await startServer((socket) =>
      socket.once('data', (chunk: Buffer) => {
        const text = chunk.toString('latin1');
        if (!text.startsWith('GET ')) socket.end('welcome');
        else if (text.startsWith('GET /now ')) socket.end(OK);
      }),
    );
    const gate = await startGate(server.port, await startDnsServer(localZone));
    const many = { connections: 2000, atOnce: 2000, waitMs: 20_000 };
    const held = await gate.load({ ...many, first: requestFor('ok.example', server.port) });
    const arrived = server.seen();
    const refused = await gate.load({ ...many, first: requestFor('no.example', server.port) });
    console.log(
      `faults: 2,000 requests without an answer; at most ${held.mostMiB} MiB: ${JSON.stringify(held.ends)}; refused: ${refused.mostMiB} MiB: ${JSON.stringify(refused.ends)}`,
    );
    // None was answered, and none of those that are refused arrived: beyond the limits of connections they are cut off.
    expect(Object.keys(held.ends).filter((end) => end.startsWith('HTTP/1.1 2'))).toEqual([]);
    expect(arrived).toBeGreaterThan(0);
    expect(Object.keys(refused.ends).filter((end) => !['HTTP/1.1 403', 'ECONNRESET'].includes(end))).toEqual(
      [],
    );
    expect(refused.ends['HTTP/1.1 403']).toBeGreaterThan(500);
    expect(server.seen()).toBe(arrived);
    for (const { mostMiB } of [held, refused]) expect(mostMiB).toBeLessThan(MEMORY_MIB);
    await expectRules(gate, server);
  },
);

caged(
  'the keeper killed at ten moments under traffic: nothing passes, and the next one goes on',
  async () => {
    const server = await startServer(greet);
    const gate = await startGate(server.port, await startDnsServer(localZone));
    const ends: Record<string, number> = {};
    for (let moment = 0; moment < 10; moment += 1) {
      const traffic = gate.run({ ...quick, connections: 600, atOnce: 50, waitMs: 5000 });
      await sleep(250 + 60 * moment);
      await gate.kill();
      const { ends: cut } = await traffic;
      for (const [end, count] of Object.entries(cut)) ends[end] = (ends[end] ?? 0) + count;
      const seen = server.seen();
      expect((await gate.run({ ...quick, connections: 20, atOnce: 20 })).ends).toEqual({ ECONNREFUSED: 20 });
      expect(server.seen()).toBe(seen);
      await gate.startAgain();
      await expectRules(gate, server);
    }
    expect(ends.ECONNREFUSED).toBeGreaterThan(0);
    console.log(`faults: the keeper killed 10 times under traffic: ${JSON.stringify(ends)}`);
  },
);

caged('the inner half killed at ten moments under traffic: no connection notices', async () => {
  const server = await startServer(greet);
  const gate = await startGate(server.port, await startDnsServer(localZone));
  const traffic = gate.run({ ...quick, connections: 3000, atOnce: 50 });
  let killed = 0;
  for (let moment = 0; moment < 10; moment += 1) {
    // The gate's own command line tells of the inner half too.
    const found = processesWith(process.execPath, innerProgram);
    for (const { pid } of found.filter(({ command }) => !command.includes(gateProgram))) {
      process.kill(pid, 'SIGKILL');
      killed += 1;
    }
    await sleep(100);
  }
  expect(killed).toBeGreaterThan(0);
  expect((await traffic).ends).toEqual({ welcome: 3000 });
});

caged('500 slow ones hold nobody up, whatever they say slowly', async () => {
  const server = await startServer(greet);
  const gate = await startGate(server.port, await startDnsServer(localZone));
  const heads = [
    Buffer.from(helloFor('no.example'), 'base64'),
    Buffer.from(`GET /${'a'.repeat(2000)} HTTP/1.1\r\nHost: no.example\r\n`),
  ];
  const slow = await Promise.all([
    ...heads.map((bytes) =>
      gate.load({
        ...{ connections: 250, atOnce: 250, first: bytes.subarray(0, 1).toString('base64'), waitMs: 15_000 },
        slowly: { bytes: bytes.subarray(1).toString('base64'), everyMs: 200 },
      }),
    ),
    sleep(4000).then(() => gate.load({ ...quick, connections: 20 })),
  ]);
  const served = slow.at(-1);
  expect(served?.ends).toEqual({ welcome: 20 });
  expect(served?.ms).toBeLessThan(10_000);
  expect(server.seen()).toBe(20);
  const most = Math.max(...slow.map(({ mostMiB }) => mostMiB));
  expect(most).toBeLessThan(MEMORY_MIB);
  console.log(`faults: 500 slow ones; at most ${most} MiB, 20 others served in ${served?.ms} ms meanwhile`);
});

caged('a resolver that is down, then silent, then back: refused in time, and served again', async () => {
  const server = await startServer(greet);
  let reply: ZoneReply = { code: 2 };
  const gate = await startGate(server.port, await startDnsServer(() => reply));
  const failing = await gate.load({ ...quick, connections: 200, atOnce: 100 });
  expect(failing.ends).toEqual({ ECONNRESET: 200 });
  reply = 'silence';
  await sleep(2500);
  const silent = await gate.load({ ...quick, connections: 100, atOnce: 100, waitMs: 15_000 });
  expect(silent.ends).toEqual({ ECONNRESET: 100 });
  expect(silent.ms).toBeLessThan(12_000);
  expect(server.seen()).toBe(0);
  reply = LOCAL;
  await sleep(2500);
  expect((await gate.load(quick)).ends).toEqual({ welcome: 1 });
  console.log(`faults: a resolver that fails: ${failing.ms} ms for 200; one that is silent: ${silent.ms} ms`);
});

caged(
  'a server that resets, 2,000 times, at once or in the middle: the guest is told, nothing is left behind',
  async () => {
    let count = 0;
    let isWell = false;
    const server = await startServer((socket) => {
      if (isWell) return greet(socket);
      count += 1;
      if (count % 2 === 0) socket.resetAndDestroy();
      else socket.once('data', () => socket.resetAndDestroy());
    });
    const gate = await startGate(server.port, await startDnsServer(localZone));
    const before = await gate.look();
    const { ends, mostMiB, ms } = await gate.load({ ...quick, connections: 2000, atOnce: 200 });
    console.log(`faults: 2,000 resets in ${ms} ms; at most ${mostMiB} MiB: ${JSON.stringify(ends)}`);
    expect(ends).toEqual({ ECONNRESET: 2000 });
    expect(server.seen()).toBe(2000);
    expect(mostMiB).toBeLessThan(MEMORY_MIB);
    const plain = await gate.load({
      ...{ ...quick, connections: 1000, atOnce: 200 },
      first: requestFor('ok.example', server.port),
    });
    console.log(`faults: 1,000 resets of requests: ${JSON.stringify(plain.ends)}`);
    expect(plain.ends).toEqual({ 'HTTP/1.1 502': 1000 });
    await sleep(500);
    expect((await gate.look()).sockets).toBeLessThan(before.sockets + 20);
    isWell = true;
    await expectRules(gate, server);
  },
);
