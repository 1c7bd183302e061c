import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { createIssuer, makeAuthority } from '../../../src/lib/certificate-authority.ts';
import type { NetworkEvent, NetworkWall } from '../../../src/model/network.ts';
import { type CliResult, type InstalledCli, installCli, type TestUser } from '../../support/installed-cli.ts';
import { realLayer } from '../../support/real-layer.ts';
import { type Canaries, type Hit, hostileWorld, OWN, RESOLVER, WORLD } from './world.ts';

/** What the guest found out in one attempt: what answered, or what stopped it. */
export type Attempt = {
  readonly attempt: string;
  readonly answer?: string;
  readonly stopped?: string;
};

/** `direct`: what goes past the proxy of the second wall. */
export type AttackSet = 'controls' | 'network' | 'direct' | 'allow' | 'none' | 'secrets';

/** What came of a set of attempts, as the guest, the world, the host and the log tell. */
export type Attack = {
  readonly attempts: readonly Attempt[];
  readonly world: readonly Hit[];
  readonly host: readonly Hit[];
  readonly pings: number;
  readonly log: readonly NetworkEvent[];
};

/** A name of the world for each of its purposes, and where it leads. */
export const ADDRESSES = {
  'outside.test': WORLD,
  'elsewhere.test': '198.51.100.3',
  'api.test': '198.51.100.4',
  'forbidden.test': '198.51.100.5',
  'false.test': '198.51.100.7',
} as const;
export const OTHER = ADDRESSES['elsewhere.test'];
export const HOST_PORT = 8080;
const TCP_PORTS = [22, 25, 53, 80, 5432, 8081];

const a = (data: string) => ({ type: 'A', data });
const aaaa = (data: string) => ({ type: 'AAAA', data });

const RECORDS = {
  ...Object.fromEntries(Object.entries(ADDRESSES).map(([name, address]) => [name, [a(address)]])),
  'to-loopback.test': [a('127.0.0.1')],
  'to-metadata.test': [a('169.254.169.254')],
  'to-private.test': [a('10.66.0.1')],
  'to-own.test': [a(OWN)],
  'to-zero.test': [a('0.0.0.0')],
  'to-six.test': [aaaa('::1')],
  'to-mapped.test': [aaaa('::ffff:127.0.0.1')],
  'flip.test': [[a('198.51.100.6')], [a('127.0.0.1')]],
};

/** Who is no root on the host is none in the guest either, but may be; the environment of a session stays. */
export const AS_ROOT = ['sudo', '-n', '-E'];

export type CaughtMachine = {
  readonly cli: InstalledCli;
  readonly run: (
    args: readonly string[],
    options?: { readonly env?: Readonly<Record<string, string>>; readonly stdin?: string },
  ) => Promise<CliResult>;
  readonly attack: (set: AttackSet) => Promise<Attack>;
  readonly close: () => Promise<void>;
};

const identitiesOf = async (): Promise<{ readonly authority: string; readonly identities: object }> => {
  const authority = await makeAuthority('The world', new Date());
  const issue = await createIssuer(authority, () => new Date());
  const named = await Promise.all(
    Object.keys(ADDRESSES).map(
      // One server shows the certificate of another.
      async (name) => [name, await issue(name === 'false.test' ? 'elsewhere.test' : name)] as const,
    ),
  );
  return { authority: authority.certificate, identities: Object.fromEntries(named) };
};

/** Without variables that name authorities: this host has its own. */
export const withoutBundles = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !/CERT|CA_BUNDLE|CAINFO/.test(name)));

/** A layer is made where there is a network; another user gets a copy of it. */
const giveLayer = async ({ dataDir, user }: InstalledCli): Promise<void> => {
  const { id, disk } = await realLayer(withoutBundles(process.env));
  if (user === undefined || existsSync(join(dataDir, 'layers', id))) return;
  execFileSync('sh', [
    '-ec',
    `install -d -o "$1" -g "$1" -m 700 "$3/.local" "$3/.local/share" "$4" "$4/layers"
     cp -a --sparse=always "$2" "$4/layers/.copy-$5"
     chown -R "$1:" "$4/layers/.copy-$5"
     mv "$4/layers/.copy-$5" "$4/layers/$5"`,
    ...['sh', user.name, dirname(disk), user.home, dataDir, id],
  ]);
};

export type CaughtMachineOptions = {
  /** Who runs the command line; by default who runs this. */
  readonly user?: TestUser;
  readonly wall: Exclude<NetworkWall, 'none'>;
};

/** The hostile world with the command line on its host; no machine is made yet. */
export const caughtMachine = async ({ user, wall }: CaughtMachineOptions): Promise<CaughtMachine> => {
  const { authority, identities } = await identitiesOf();
  const world = await hostileWorld(authority, user);
  const cli = await installCli(user === undefined ? {} : { user });
  await giveLayer(cli);
  const ownEnv = withoutBundles(cli.env);
  if (wall === 'proxy') {
    // A host that can make no network of a cage's has the second wall.
    const bin = join(dirname(cli.project), 'bin');
    await mkdir(bin);
    await writeFile(join(bin, 'ip'), '#!/bin/sh\necho "not on this host" >&2\nexit 1\n', { mode: 0o755 });
    ownEnv.PATH = `${bin}:${ownEnv.PATH}`;
  }
  const projectSocket = join(cli.project, 'c.sock');
  const out: Canaries = await world.startCanaries('world', {
    tcp: TCP_PORTS,
    tcp6: [80, 443, 5432],
    tls: { port: 443, identities },
    udp: [{ port: 53 }, { port: 443 }, { port: 9999 }],
    dns: {
      address: RESOLVER,
      records: RECORDS,
      below: { '.tunnel.test': [a(WORLD)], '.by-host.test': [a(WORLD)] },
    },
  });
  const own: Canaries = await world.startCanaries('host', {
    tcp: [...TCP_PORTS, 443, HOST_PORT],
    tcp6: [...TCP_PORTS, 443],
    udp: [{ port: 53 }, { port: 9999 }],
    unix: ['\0agentvm-canary', projectSocket],
  });

  const run: CaughtMachine['run'] = (args, { env = {}, stdin = '' } = {}) =>
    new Promise((done) => {
      const [program = '', ...words] = [...world.onHost, cli.project, process.execPath, cli.entry, ...args];
      const child = spawn(program, words, { env: { ...ownEnv, ...env } });
      const written = { stdout: '', stderr: '' };
      for (const stream of ['stdout', 'stderr'] as const)
        child[stream].setEncoding('utf8').on('data', (text: string) => {
          written[stream] += text;
        });
      child.on('close', (code) => done({ exitCode: code ?? 1, ...written }));
      child.stdin.on('error', () => {});
      child.stdin.end(stdin);
    });

  const readLog = async (): Promise<readonly NetworkEvent[]> =>
    (await run(['network', 'log', '--all', '--json'])).stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line));

  return {
    cli,
    run,
    attack: async (set) => {
      const sshPort = Number(/Port (\d+)/.exec((await run(['ssh-config'])).stdout)?.[1]);
      const plan = {
        ...{ set, wall, own: OWN, outside: WORLD, other: OTHER, resolver: RESOLVER, sshPort, projectSocket },
        ...{
          name: 'outside.test',
          forbiddenName: 'forbidden.test',
          apiName: 'api.test',
          verify: set === 'secrets',
        },
      };
      const before = { log: (await readLog()).length, pings: await world.pings() };
      out.taken();
      own.taken();
      const { stdout, stderr, exitCode } = await run(
        ['exec', ...AS_ROOT, 'python3', '-', JSON.stringify(plan)],
        { stdin: readFileSync(resolve('test/e2e/escape/attack.py'), 'utf8') },
      );
      if (exitCode !== 0) throw new Error(`the attack ended with ${exitCode}: ${stderr}\n${stdout}`);
      // What is still on its way to a canary.
      await new Promise((later) => setTimeout(later, 1000));
      return {
        attempts: stdout
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line)),
        world: out.taken(),
        host: own.taken(),
        pings: (await world.pings()) - before.pings,
        log: (await readLog()).slice(before.log),
      };
    },
    close: async () => {
      await run(['rm', '--yes']);
      await out.stop();
      await own.stop();
      await cli.remove();
      await world.close();
    },
  };
};
