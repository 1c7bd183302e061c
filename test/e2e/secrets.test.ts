import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MachineRef, MachineSpec } from '../../src/drivers/driver.ts';
import { tryNetwork } from '../../src/drivers/qemu/namespaces.ts';
import { sessionEnvironment } from '../../src/engine/guest-secrets.ts';
import { createIssuer, makeAuthority } from '../../src/lib/certificate-authority.ts';
import { exec } from '../../src/lib/exec.ts';
import { isProcessAlive, signalProcess } from '../../src/lib/process-identity.ts';
import type { Guest } from '../../src/model/guest.ts';
import type { NetworkSpec, SecretSpec } from '../../src/model/network.ts';
import { egress } from '../support/caged-network.ts';
import { type ConnectProxy, connectProxy } from '../support/connect-proxy.ts';
import { testContext } from '../support/context.ts';
import { eventually } from '../support/eventually.ts';
import { gitServer } from '../support/git-server.ts';
import { type RealMachine, realMachine } from '../support/real-machine.ts';

const ID = 'c0000000-0000-4000-8000-000000000009';
// Never whole in a file of the repository or in an argument: what is searched for must be nowhere but in memory.
const VALUE = ['v4lue', 'of/the+token', String(Date.now())].join('-');
const PLACEHOLDER = `agentvm-secret-${'5e'.repeat(20)}`;
const TOKEN: SecretSpec = {
  name: 'TOKEN',
  placeholder: PLACEHOLDER,
  hosts: ['api.example', 'git.example'],
  source: { from: 'env', variable: 'MY_TOKEN' },
};

const why = await tryNetwork(testContext('/'));
if (why !== undefined) process.stdout.write(`skipped, as this host refuses a network namespace: ${why}\n`);

describe.skipIf(why !== undefined)('a machine with a secret', () => {
  let machine: RealMachine;
  let ref: MachineRef;
  let spec: MachineSpec;
  let guest: Guest;
  let proxy: ConnectProxy;
  const servers: Server[] = [];
  const seen: string[] = [];
  let nextEvent = (): void => {};

  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    seen.push(`${request.headers.authorization ?? ''} ${request.headers['x-api-key'] ?? ''}`.trim());
    request.resume();
    if (request.url === '/events') {
      response.write('data: one\n\n');
      nextEvent = () => void response.end('data: two\n\n');
    } else if (request.url === '/go') {
      nextEvent();
      response.end();
    } else response.end(`you said ${seen.at(-1)}\n`);
  };
  const network = (secrets: readonly SecretSpec[]): NetworkSpec => ({
    egress: egress({ allow: ['api.example', 'git.example', 'other.example'] }),
    secrets,
  });
  /** Runs a script as sessions do. */
  const inSession = async (script: string) =>
    guest.exec(['bash', '-c', `. /etc/agentvm/env\n${script}`], { timeoutMs: 120_000 });

  beforeAll(async () => {
    machine = await realMachine(ID);
    const now = (): Date => new Date();
    const trusted = await makeAuthority('of the internet', now());
    const issue = await createIssuer(trusted, now);
    const bundle = join(machine.root, 'bundle.pem');
    await writeFile(bundle, trusted.certificate);
    const repositories = join(machine.root, 'repositories');
    await mkdir(repositories);
    await exec('git', ['init', '--bare', '--quiet', '--initial-branch=main', join(repositories, 'one.git')]);
    await exec('git', ['-C', join(repositories, 'one.git'), 'config', 'http.receivepack', 'true']);
    const ports: Record<string, number> = {};
    for (const [name, handler] of [
      ['api.example', answer],
      ['other.example', answer],
      ['git.example', gitServer(repositories, `me:${VALUE}`)],
    ] as const) {
      const { certificate, key } = await issue(name);
      const server = createServer({ cert: certificate, key }, handler);
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      servers.push(server);
      ports[name] = (server.address() as AddressInfo).port;
    }
    proxy = await connectProxy(ports);
    Object.assign(machine.context.env, { https_proxy: proxy.url, SSL_CERT_FILE: bundle, MY_TOKEN: VALUE });
    spec = { ...machine.spec, network: network([TOKEN]) };
    const { driver, context } = machine;
    ref = { ...machine.ref, driverState: await driver.create(context, machine.ref, spec, machine.layer) };
    await driver.ensureAuthority?.(context, ref);
    await driver.start(context, ref, spec);
    guest = await machine.guest(ref);
    await machine.operations(ref).writeEnvironment(sessionEnvironment({}, [TOKEN]));
  });
  afterAll(async () => {
    await machine?.tearDown();
    proxy?.close();
    for (const server of servers) server.close();
  });

  test('sends the placeholder, and its server gets the value', async () => {
    const { stdout, stderr } = await inSession(
      'curl -sS -H "Authorization: Bearer $TOKEN" https://api.example/',
    );
    expect([stdout, stderr]).toEqual([`you said Bearer ${'*'.repeat(VALUE.length)}\n`, '']);
    expect(seen.at(-1)).toBe(`Bearer ${VALUE}`);
    await inSession('curl -sS -H "X-Api-Key: $TOKEN" https://api.example/');
    expect(seen.at(-1)).toBe(VALUE);
    expect(proxy.asked).toContain('api.example:443');
  });

  /** What each program of the guest says of the server that the machine's authority stands for: `true` or `false`. */
  const trustOf = async (environment: string) => {
    const script = `${environment}
      say() { name=$1; shift; if "$@" >/tmp/said 2>&1; then echo "$name true"; else echo "$name false"; fi; }
      say openssl openssl verify -no-CAfile -no-CAstore -CApath /etc/ssl/certs /tmp/machine.crt
      say bundle openssl verify -no-CApath -no-CAstore -CAfile /etc/ssl/certs/ca-certificates.crt /tmp/machine.crt
      say curl curl -sS https://api.example/
      say python3 python3 -c 'import urllib.request as r; r.urlopen("https://api.example/").read()'
      say node node -e 'fetch("https://api.example/").then(a => a.text()).catch(() => process.exit(1))'
      say git sh -c 'git ls-remote https://git.example/one.git 2>&1 | grep -q -v certificate'`;
    const { stdout } = await guest.exec(['bash', '-c', script], { timeoutMs: 120_000 });
    return Object.fromEntries(
      stdout
        .trim()
        .split('\n')
        .map((line) => line.split(' ')),
    );
  };
  const ALL = ['openssl', 'bundle', 'curl', 'python3', 'node', 'git'];
  const all = (value: string) => Object.fromEntries(ALL.map((name) => [name, value]));
  /** Lays the authority's certificate where it can be asked about. */
  const layCertificate = async (): Promise<void> => {
    const certificate = await readFile(join(machine.files.dir, 'authority.crt'), 'utf8');
    await guest.exec(['sh', '-c', 'cat >/tmp/machine.crt'], { stdin: certificate });
  };

  test('is trusted by every program from its boot on, which trusts the public authorities as before', async () => {
    await layCertificate();
    expect(await trustOf('. /etc/agentvm/env')).toEqual(all('true'));
    // What is told of no file finds the system's own; node has a list of its own and is told by the system.
    expect(await trustOf('')).toEqual(all('true'));
    const { stdout } =
      await inSession(`for name in NODE_EXTRA_CA_CERTS SSL_CERT_FILE REQUESTS_CA_BUNDLE GIT_SSL_CAINFO; do
      eval "file=\\$$name"; echo "$name $(grep -c BEGIN "$file") $(grep -cxF "$(sed -n 2p /tmp/machine.crt)" "$file")"; done`);
    const counts = stdout
      .trim()
      .split('\n')
      .map((line) => line.split(' '));
    expect(counts.map(([name, , isThere]) => `${name} ${isThere}`)).toEqual([
      'NODE_EXTRA_CA_CERTS 1',
      'SSL_CERT_FILE 1',
      'REQUESTS_CA_BUNDLE 1',
      'GIT_SSL_CAINFO 1',
    ]);
    // Node adds what is in the file to its own.
    expect(counts.slice(1).every(([, count]) => Number(count) > 100)).toBe(true);
  });

  test('gets events one by one', async () => {
    // Only what has arrived in the guest lets the server go on.
    const { stdout } =
      await inSession(`curl -sSN -H "Authorization: Bearer $TOKEN" https://api.example/events |
      while read -r line; do echo "$line"; [ "$line" != 'data: one' ] || curl -sS https://api.example/go >/dev/null; done`);
    expect(stdout).toBe('data: one\n\ndata: two\n\n');
  });

  test('pushes with git, the placeholder its password', async () => {
    const { stdout, stderr, exitCode } = await inSession(`set -e
      cd /tmp; rm -rf copy; git clone -q "https://me:$TOKEN@git.example/one.git" copy; cd copy
      git config user.name me; git config user.email me@example.com
      head -c 2000000 /dev/urandom >noise; git add noise; git commit -qm one; git push -q origin HEAD:main; git rev-parse HEAD`);
    expect([exitCode, stderr.replace(/^warning: .*\n/gm, '')]).toEqual([0, '']);
    const there = await exec('git', ['-C', join(machine.root, 'repositories/one.git'), 'rev-parse', 'main']);
    expect(stdout).toBe(there.stdout);
  });

  test('is told where a placeholder may not stand', async () => {
    const ask = async (args: string) => (await inSession(`curl -sS ${args}`)).stdout;
    expect(await ask('"https://api.example/?key=$TOKEN"')).toMatch(/may not stand in a URL/);
    expect(await ask('-d "key=$TOKEN" https://api.example/')).toMatch(/may not stand in the body/);
    // TLS to other hosts is not ended here: their servers see the placeholder, which says nothing.
    await ask('-k -H "Authorization: Bearer $TOKEN" https://other.example/');
    expect(seen.at(-1)).toBe(`Bearer ${PLACEHOLDER}`);
    const log = await readFile(machine.files.networkLog, 'utf8');
    expect(log).toContain('"rule":"placeholder in a URL"');
  });

  test('has the value nowhere, and neither has the host but in memory', async () => {
    const search = `for place in /proc/[0-9]*/environ /proc/[0-9]*/cmdline; do tr '\\0' '\\n' <"$place" 2>/dev/null; done >/tmp/processes
      journalctl --no-pager >/tmp/journal 2>/dev/null
      grep -rlaF -f - /etc /var /tmp /root /home /run /opt --exclude-dir=agents 2>/dev/null; true`;
    const inGuest = async (text: string): Promise<string> =>
      (await guest.exec(['sh', '-c', search], { as: 'root', stdin: `${text}\n`, timeoutMs: 200_000 })).stdout;
    // A search that finds the placeholder is one that would find the value.
    expect(await inGuest(PLACEHOLDER)).toContain('/etc/agentvm/env');
    expect(await inGuest(VALUE)).toBe('');
    const files = await readdir(machine.root, { recursive: true, withFileTypes: true });
    const onHost: string[] = [];
    for (const file of files.filter((one) => one.isFile())) {
      const content = await readFile(join(file.parentPath, file.name));
      if (content.includes(VALUE)) throw new Error(`the value is in ${file.name}`);
      if (content.includes(PLACEHOLDER)) onHost.push(file.name);
    }
    expect(onHost).toContain('launch.json');
    for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
      const argv = await readFile(`/proc/${pid}/cmdline`, 'latin1').catch(() => '');
      expect(argv.includes(VALUE)).toBe(false);
    }
    const keeper = await machine.keeper();
    expect((await readFile(`/proc/${keeper.pid}/environ`, 'latin1')).includes(VALUE)).toBe(false);
  });

  test('a new keeper has no value until a command hands it over', async () => {
    const before = await machine.keeper();
    await signalProcess(before, 'SIGKILL');
    await eventually(async () => !(await isProcessAlive(before)));
    const { MY_TOKEN: _taken, ...env } = machine.context.env;
    await machine.driver.updateLive({ ...machine.context, env }, ref, spec);
    const ask = async () =>
      (await inSession('curl -sS -H "Authorization: Bearer $TOKEN" https://api.example/')).stdout;
    expect(await ask()).toContain('which no command has handed over');
    await machine.driver.inspect(machine.context, ref, { refresh: false });
    expect(await ask()).toContain('you said Bearer *');
  });

  test('rules that are not those of the machine are seen, with a keeper and without one, until they are set again', async () => {
    const { driver, context } = machine;
    const seen = async () => {
      const { fields, whole } = await driver.inspect(context, ref, { refresh: false });
      expect(whole).toContain('network.hostPorts[]');
      return [fields['network.hostPorts[22]']?.kind, fields['secrets[TOKEN]']?.kind];
    };
    expect(await seen()).toEqual([undefined, 'known']);
    const launch = JSON.parse(await readFile(machine.files.launch, 'utf8'));
    launch.network.egress.hostPorts = [22];
    launch.network.secrets = [];
    await writeFile(machine.files.launch, JSON.stringify(launch));
    // The keeper that is there has read it before.
    expect(await seen()).toEqual([undefined, 'known']);
    const before = await machine.keeper();
    await signalProcess(before, 'SIGKILL');
    await eventually(async () => !(await isProcessAlive(before)));
    expect(await seen()).toEqual(['known', undefined]);
    await driver.updateLive(context, ref, spec);
    expect(await seen()).toEqual([undefined, 'known']);
  });

  test('an authority goes with the last secret, and another comes with the next, both in seconds', async () => {
    const { driver, context } = machine;
    const { shares: _shares, ...seed } = spec.seed;
    const settle = async (): Promise<number> => {
      const startedMs = Date.now();
      const own = (await driver.ownSeed?.(ref)) ?? {};
      await machine.operations(ref).mend({ files: [], seed: { ...seed, ...own }, network: false });
      return Date.now() - startedMs;
    };
    await driver.updateLive(context, ref, { ...spec, network: network([]) });
    await driver.dropAuthority?.(ref);
    // update-ca-certificates takes two minutes in an emulated guest.
    expect(await settle()).toBeLessThan(60_000);
    expect(await trustOf('')).toEqual(all('false'));
    const { stdout } = await inSession(
      'ls -l /etc/ssl/certs /usr/local/share/ca-certificates | grep -c machine; true',
    );
    expect(stdout).toBe('0\n');

    await driver.ensureAuthority?.(context, ref);
    expect(await settle()).toBeLessThan(60_000);
    await driver.updateLive(context, ref, spec);
    await layCertificate();
    expect(await trustOf('')).toEqual(all('true'));
  });

  test('a secret that is taken away is a secret no more', async () => {
    await machine.driver.updateLive(machine.context, ref, { ...spec, network: network([]) });
    await inSession('curl -sS -k -H "Authorization: Bearer $TOKEN" https://api.example/');
    expect(seen.at(-1)).toBe(`Bearer ${PLACEHOLDER}`);
  });
});
