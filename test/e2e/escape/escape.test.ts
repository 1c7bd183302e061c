import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NetworkEvent } from '../../../src/model/network.ts';
import type { TestUser } from '../../support/installed-cli.ts';
import { processesWith } from '../../support/processes.ts';
import { isNightly } from '../../support/proof-size.ts';
import { testUser } from '../../support/test-user.ts';
import {
  ADDRESSES,
  AS_ROOT,
  type Attack,
  type CaughtMachine,
  caughtMachine,
  HOST_PORT,
  OTHER,
} from './caught-machine.ts';
import { type Hit, OWN, RESOLVER, WORLD } from './world.ts';

// Root in a real machine against its cage. Its host is one of our own in namespaces, of which every address that is not
// its own leads to canaries, so that whatever gets out is seen, wherever it was to go.

/** As a key looks, and nowhere else. */
const VALUE = `key-${'0f1e2d3c4b5a69788796a5b4c3d2e1f0'}-of-the-escape-test`;

const manifest = (egress: string): string => `apiVersion: agentvm/v1
name: caught
base: {image: debian-12}
resources: {cpus: 2, memory: 1GiB, disk: 6GiB}
network: {egress: ${egress}, hostPorts: [${HOST_PORT}]}
secrets:
  API_KEY: {from: env, hosts: [api.test, false.test]}
`;

const placeOf = ({ protocol, address, port }: Hit): string => `${protocol} ${address}:${port}`;

/** Hits that nothing allows: on the host all of them, in the world those that are not at one of these places. */
const escapes = ({ world, host, pings }: Attack, allowed: readonly string[]): readonly string[] => [
  ...host.map((hit) => `host ${placeOf(hit)} ${hit.data ?? ''}`),
  ...world
    .filter((hit) => hit.protocol !== 'dns' && !allowed.includes(placeOf(hit)))
    .map((hit) => `world ${placeOf(hit)} ${hit.name ?? ''} ${hit.data ?? ''}`),
  ...(pings === 0 ? [] : [`${pings} pings`]),
];

const lookups = ({ world }: Attack, below: string): number =>
  world.filter(({ protocol, name }) => protocol === 'dns' && name?.endsWith(below)).length;

const isTold = (log: readonly NetworkEvent[], wanted: Partial<NetworkEvent>): boolean =>
  log.some(
    (event) =>
      event.verdict === 'refused' &&
      Object.entries(wanted).every(([key, value]) => event[key as keyof NetworkEvent] === value),
  );

type Host = { readonly who: string; readonly user?: TestUser; readonly wall: 'namespaces' | 'proxy' };

const isRoot = process.getuid?.() === 0;
/**
 * Users are ordinary ones and have the cage, so that is what each change is held against; the second wall, and who is
 * root, at night. What is peculiar to the second wall, test/e2e/second-wall.test.ts tries with each change.
 */
const hosts: readonly Host[] = (['namespaces', 'proxy'] as const).flatMap((wall): readonly Host[] =>
  wall === 'proxy' && !isNightly
    ? []
    : [
        { who: 'an ordinary user', ...(isRoot ? { user: testUser() } : {}), wall },
        ...(isNightly ? [{ who: 'root', wall }] : []),
      ],
);
const NAMES = { namespaces: 'the cage', proxy: 'the second wall' } as const;

const report = (where: string, what: string, { attempts }: Attack, escaped: readonly string[]): void => {
  process.stderr.write(
    `hostile guest, ${where}, ${what}: ${attempts.length} attempted, ${escaped.length === 0 ? attempts.length : `NOT ALL`} held\n`,
  );
  if (process.env.AGENTVM_ESCAPE_VERBOSE === '1') {
    for (const { attempt, answer, stopped } of attempts)
      process.stderr.write(`  ${attempt}: ${stopped ?? JSON.stringify(answer?.slice(0, 300))}\n`);
  }
};

describe.skipIf(!isRoot).each(hosts)(
  'a hostile guest of $who behind the wall `$wall`',
  ({ who, user, wall }) => {
    let machine: CaughtMachine;
    const where = `${NAMES[wall]} of ${who}`;
    const isCaged = wall === 'namespaces';

    const apply = async (egress: string): Promise<void> => {
      await machine.cli.write('agentvm.yaml', manifest(egress));
      const { stdout } = await machine.run(['plan', '--json']);
      const grants: readonly { readonly id: string }[] = JSON.parse(stdout).grants;
      const words = grants.flatMap(({ id }) => ['--grant', id]);
      const applied = await machine.run(['apply', '--yes', ...words], { env: { API_KEY: VALUE } });
      expect({ ...applied, stderr: applied.exitCode === 0 ? '' : applied.stderr }).toMatchObject({
        exitCode: 0,
        stderr: '',
      });
    };

    beforeAll(async () => {
      machine = await caughtMachine({ ...(user === undefined ? {} : { user }), wall });
      await apply('public');
    });
    afterAll(async () => {
      await machine?.close();
    });

    it('reaches what its rules allow', async () => {
      const attack = await machine.attack('controls');
      expect(attack.attempts.filter(({ stopped }) => stopped !== undefined)).toEqual([]);
      expect(new Set(attack.world.filter(({ protocol }) => protocol !== 'dns').map(placeOf))).toEqual(
        new Set([`tcp ${WORLD}:80`, `tls ${WORLD}:443`]),
      );
      const url = `http://host.agentvm.internal:${HOST_PORT}/`;
      expect(await machine.run(['exec', 'curl', '-sS', '-m', '10', url])).toMatchObject({
        exitCode: 0,
        stdout: expect.stringContaining(`Host: host.agentvm.internal:${HOST_PORT}`),
      });
    });

    it('does not get out of `public`', async () => {
      const attack = await machine.attack('network');
      const escaped = escapes(attack, [`tcp ${WORLD}:80`, `tls ${WORLD}:443`, 'tcp 198.51.100.6:80']);
      report(where, 'public', attack, escaped);
      expect(escaped).toEqual([]);
      const said = attack.world.map(({ data = '' }) => data).join('\n');
      expect(said).not.toMatch(
        /smuggled|\/second|CONNECT|GET http:|to-(loopback|metadata|private|own|six|mapped|zero)/,
      );
      // 120 names a minute below one domain, and two minutes at most.
      expect(lookups(attack, '.tunnel.test')).toBeLessThanOrEqual(240);
      expect(lookups(attack, '.by-host.test')).toBeLessThanOrEqual(240);
      for (const wanted of [
        { address: OWN, port: 80 },
        { address: '10.66.0.1', port: 80 },
        { address: '169.254.169.254', port: 80 },
        { address: '192.168.77.1', port: 22 },
        ...(isCaged
          ? ([
              { protocol: 'dns', name: 'to-loopback.test' },
              { protocol: 'dns', name: 'to-metadata.test' },
              { protocol: 'dns', rule: 'too many names' },
            ] as const)
          : []),
        { protocol: 'http', rule: 'too many names' },
        { protocol: 'tls', name: 'to-loopback.test' },
        { protocol: 'http', name: 'to-private.test' },
      ] as const) {
        expect([wanted, isTold(attack.log, wanted)]).toEqual([wanted, true]);
      }
    });

    it.skipIf(isCaged)('does not get past the proxy', async () => {
      const attack = await machine.attack('direct');
      const escaped = escapes(attack, []);
      report(where, 'past the proxy', attack, escaped);
      expect(escaped).toEqual([]);
      expect(lookups(attack, '.tunnel.test')).toBe(0);
    });

    it.runIf(isCaged)('is no nearer to the host from within QEMU', () => {
      const [qemu] = processesWith('qemu-system', machine.cli.stateDir);
      const inCage = (script: string): string =>
        execFileSync('nsenter', ['-t', String(qemu?.pid), '-n', 'python3', '-c', script], {
          encoding: 'utf8',
        });
      const connect = (family: string, address: string): string =>
        `import socket
s = socket.socket(socket.${family}); s.settimeout(3)
try: s.connect(${address}); print('connected')
except OSError as error: print('stopped')`;
      expect(inCage(connect('AF_UNIX', String.raw`'\0agentvm-canary'`))).toBe('stopped\n');
      expect(inCage(connect('AF_INET', "('127.0.0.1', 5432)"))).toBe('stopped\n');
      expect(inCage(connect('AF_INET', `('${OWN}', 5432)`))).toBe('stopped\n');
    });

    it('does not get at the value of a secret, nor sends it where it may not go', async () => {
      const attack = await machine.attack('secrets');
      const escaped = [
        ...escapes(attack, [
          ...Object.values(ADDRESSES).map((address) => `tls ${address}:443`),
          `tcp ${ADDRESSES['api.test']}:80`,
        ]),
        ...attack.attempts.filter((one) => JSON.stringify(one).includes(VALUE)).map(({ attempt }) => attempt),
        ...attack.attempts
          .filter((one) => JSON.stringify(one).includes(Buffer.from(`me:${VALUE}`).toString('base64')))
          .map(({ attempt }) => attempt),
        ...attack.world
          .filter(({ address, data = '' }) => address !== ADDRESSES['api.test'] && data.includes(VALUE))
          .map(placeOf),
        ...attack.world
          .filter(({ data = '' }) => /smuggled|\/second|CONNECT/.test(data))
          .map(({ data = '' }) => data),
      ];
      report(where, 'secrets', attack, escaped);
      expect(escaped).toEqual([]);
      const given = attack.world.filter(({ address }) => address === ADDRESSES['api.test']);
      const heads = given.map(({ data = '' }) => data).join('\n');
      // It arrives where it should: the attack has an honest request in it.
      expect(heads).toContain(`Authorization: Bearer ${VALUE}`);
      expect(heads).toContain(`Authorization: Basic ${Buffer.from(`me:${VALUE}`).toString('base64')}`);
      expect(
        heads.split('\n').filter((line) => line.includes(VALUE) && !/^authorization:/i.test(line)),
      ).toEqual([]);
      expect(
        attack.log.some(({ secrets, verdict }) => verdict === 'refused' && secrets?.includes('API_KEY')),
      ).toBe(true);
    });

    it('has the value nowhere, and neither has the host but in the environment of who passed it', async () => {
      const found = await machine.run([
        'exec',
        ...AS_ROOT,
        'sh',
        '-c',
        // Its two halves, so that the search does not find itself.
        `cat /proc/[0-9]*/environ 2>/dev/null | tr '\\0' '\\n' | grep -cF -- "$API_KEY"
       value=$1$2
       { cat /proc/[0-9]*/environ; journalctl --no-pager -o cat
         find /etc /root /home /var /tmp /run /opt -xdev -type f -size -20M -exec cat {} +; } 2>/dev/null |
         grep -acF -- "$value"
       sync`,
        'sh',
        VALUE.slice(0, 9),
        VALUE.slice(9),
      ]);
      const [placeholders, values] = found.stdout.trim().split('\n').map(Number);
      expect(placeholders).toBeGreaterThan(0);
      expect(values).toBe(0);
      const hits: string[] = [];
      for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
        try {
          if (readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes(VALUE)) hits.push(`argv of ${pid}`);
        } catch {
          // It ended while we looked.
        }
      }
      for (const folder of [machine.cli.stateDir, machine.cli.project]) {
        for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
          const path = join(folder, name);
          try {
            if (readFileSync(path).includes(VALUE)) hits.push(path);
          } catch {
            // A folder or a socket.
          }
        }
      }
      expect(hits).toEqual([]);
    });

    it('does not get out of `allow`, live', async () => {
      await apply('{allow: [outside.test]}');
      const attack = await machine.attack('allow');
      const escaped = escapes(attack, [`tcp ${WORLD}:80`, `tls ${WORLD}:443`]);
      report(where, 'allow', attack, escaped);
      expect(escaped).toEqual([]);
      expect(attack.world.map(({ data = '' }) => data).join('\n')).not.toMatch(/smuggled|\/second|forbidden/);
      expect([lookups(attack, '.tunnel.test'), lookups(attack, 'forbidden.test')]).toEqual([0, 0]);
      for (const wanted of [
        { protocol: isCaged ? 'tls' : 'http', name: 'forbidden.test', port: 443 },
        { protocol: 'http', name: 'forbidden.test', port: 80 },
        ...(isCaged ? ([{ protocol: 'dns', name: 'forbidden.test' }] as const) : []),
        { address: OTHER, port: 22 },
      ] as const) {
        expect([wanted, isTold(attack.log, wanted)]).toEqual([wanted, true]);
      }
    });

    it('gets nowhere in `none`, live, while its host gets in', async () => {
      await apply('none');
      const attack = await machine.attack('none');
      const escaped = escapes(attack, []);
      report(where, 'none', attack, escaped);
      expect(escaped).toEqual([]);
      expect(
        attack.attempts.filter(({ attempt, answer }) => answer !== undefined && attempt !== 'DNS tunnel'),
      ).toEqual([]);
      expect(attack.world.filter(({ address }) => address === RESOLVER)).toEqual([]);
      const { network } = JSON.parse((await machine.run(['status', '--json'])).stdout).machine;
      expect([network.wall, network.counts.refused > 0]).toEqual([wall, true]);
    });
  },
);
