import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

import type { TestUser } from '../../support/installed-cli.ts';

const execute = promisify(execFile);

/** Something that came to a canary. */
export type Hit = {
  readonly protocol: string;
  readonly address: string;
  readonly port: number;
  readonly event: 'connect' | 'data' | 'broken' | 'ready';
  readonly name: string | null;
  readonly data?: string;
};

export type Canaries = {
  /** What came since the last call. */
  readonly taken: () => readonly Hit[];
  readonly stop: () => Promise<void>;
};

/** A host of its own in namespaces, and all the world behind its one route. */
export type HostileWorld = {
  readonly folder: string;
  /** Words before a folder and a command that run it there on that host. */
  readonly onHost: readonly string[];
  /** Words of nsenter that lead into the world. */
  readonly inWorld: readonly string[];
  readonly startCanaries: (where: 'host' | 'world', config: object) => Promise<Canaries>;
  /** Echo requests that came to the world. */
  readonly pings: () => Promise<number>;
  readonly close: () => Promise<void>;
};

/** The host's address, and those of the world that have names; RFC 5737 gives them to nobody. */
export const OWN = '198.51.100.1';
export const WORLD = '198.51.100.2';
export const RESOLVER = '198.51.100.53';
const NEIGHBOURS = [3, 4, 5, 6, 7].map((last) => `198.51.100.${last}`);

/** Where Debian has what it trusts. */
const TRUSTED = '/etc/ssl/certs/ca-certificates.crt';

const startNamespaces = async (
  namespaces: readonly string[],
  script: string,
  ...args: readonly string[]
): Promise<{ readonly pid: number; readonly end: () => Promise<void> }> => {
  const child = spawn('unshare', [...namespaces, 'sh', '-ec', script, 'sh', ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  for await (const line of createInterface({ input: child.stdout })) if (line === 'ready') break;
  return {
    pid: child.pid ?? 0,
    end: async () => {
      // It reads from us, and ends by itself.
      child.stdin.end();
      await ended;
    },
  };
};

/**
 * Makes both, of which nothing is left when they end. Every address that the host does not know is the world's, so that
 * whatever gets out is seen. Needs root.
 * @param authority the certificate that the host trusts, and no other.
 * @param user who runs what runs on the host; by default who runs this.
 */
export const hostileWorld = async (authority: string, user?: TestUser): Promise<HostileWorld> => {
  const folder = await mkdtemp(join(tmpdir(), 'agentvm-escape-'));
  const resolvConf = join(folder, 'resolv.conf');
  await writeFile(resolvConf, `nameserver ${RESOLVER}\n`);
  const trusted = join(folder, 'trusted.crt');
  await writeFile(trusted, authority);
  const wait = 'ip link set lo up; echo ready; cat';
  const world = await startNamespaces(['--net'], wait);
  const host = await startNamespaces(
    ['--net', '--mount', '--propagation', 'private'],
    `mount --bind "$1" /etc/resolv.conf; mount --bind "$2" ${TRUSTED}; ${wait}`,
    resolvConf,
    trusted,
  );
  const ip = (pid: number, ...lines: readonly string[]) =>
    execute('nsenter', [
      ...['-t', String(pid), '-n', 'sh', '-ec'],
      lines.map((line) => `ip ${line}`).join('\n'),
    ]);
  await ip(host.pid, 'link add out type veth peer name in', `link set in netns ${world.pid}`);
  await ip(
    world.pid,
    `addr add ${WORLD}/24 dev in`,
    // Those that the host takes for its neighbours must be there to be found.
    ...[RESOLVER, ...NEIGHBOURS].map((address) => `addr add ${address}/32 dev in`),
    '-6 addr add 2001:db8::2/64 dev in nodad',
    'link set in up',
    // All that has no nearer route is here.
    'route add local default dev lo table main',
    '-6 route add local default dev lo table main',
  );
  await ip(
    host.pid,
    `addr add ${OWN}/24 dev out`,
    '-6 addr add 2001:db8::1/64 dev out nodad',
    'link set out up',
    `route add default via ${WORLD}`,
    '-6 route add default via 2001:db8::2',
  );
  const asUser =
    user === undefined
      ? []
      : ['setpriv', `--reuid=${user.uid}`, `--regid=${user.gid}`, '--init-groups', '--inh-caps=-all'];
  return {
    folder,
    onHost: [
      ...['nsenter', '-t', String(host.pid), '-n', '-m', ...asUser],
      ...['sh', '-c', 'cd "$0" && exec "$@"'],
    ],
    inWorld: ['-t', String(world.pid), '-n'],
    startCanaries: async (where, config) => {
      const file = join(folder, `${where}.json`);
      await writeFile(file, JSON.stringify(config), { mode: 0o600 });
      const { pid } = where === 'host' ? host : world;
      const child = spawn(
        'nsenter',
        ['-t', String(pid), '-n', process.execPath, resolve('test/e2e/escape/canaries.mjs'), file],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      );
      const ended = once(child, 'close');
      let hits: Hit[] = [];
      const lines = createInterface({ input: child.stdout });
      await new Promise<void>((ready, fail) => {
        ended.then(() => fail(new Error('the canaries ended before they were ready')));
        lines.on('line', (line) => {
          const hit: Hit = JSON.parse(line);
          if (hit.event === 'ready') ready();
          else hits.push(hit);
        });
      });
      return {
        taken: () => {
          const taken = hits;
          hits = [];
          return taken;
        },
        stop: async () => {
          child.kill();
          await ended;
        },
      };
    },
    pings: async () => {
      const { stdout } = await execute('nsenter', ['-t', String(world.pid), '-n', 'cat', '/proc/net/snmp']);
      const [names = '', values = ''] = stdout.split('\n').filter((line) => line.startsWith('Icmp:'));
      return Number(values.split(' ')[names.split(' ').indexOf('InEchos')]);
    },
    close: async () => {
      await host.end();
      await world.end();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
