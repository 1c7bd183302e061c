import { readFile, writeFile } from 'node:fs/promises';
import { createServer as createWebServer, type Server } from 'node:https';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MachineRef, MachineSpec } from '../../src/drivers/driver.ts';
import { sessionEnvironment } from '../../src/engine/guest-secrets.ts';
import { createIssuer, makeAuthority } from '../../src/lib/certificate-authority.ts';
import { isProcessAlive, signalProcess } from '../../src/lib/process-identity.ts';
import type { Guest } from '../../src/model/guest.ts';
import type { EgressSpec, SecretSpec } from '../../src/model/network.ts';
import { egress } from '../support/caged-network.ts';
import { type ConnectProxy, connectProxy } from '../support/connect-proxy.ts';
import { eventually } from '../support/eventually.ts';
import { type RealMachine, realMachine } from '../support/real-machine.ts';

const ID = 'c0000000-0000-4000-8000-000000000008';
const MIRROR = 'deb.debian.org';
const NPM = 'registry.npmjs.org';
const FILE = 'debian/dists/bookworm/InRelease';
// Never whole in a file of the repository or in an argument.
const VALUE = ['v4lue', 'of/the+token', String(Date.now())].join('-');
const TOKEN: SecretSpec = {
  name: 'TOKEN',
  placeholder: `agentvm-secret-${'5f'.repeat(20)}`,
  hosts: ['api.example'],
  source: { from: 'env', variable: 'MY_TOKEN' },
};

/** What a host without user namespaces has; here it is chosen although there is a better one. */
describe('a machine behind the second wall', () => {
  let machine: RealMachine;
  let ref: MachineRef;
  let spec: MachineSpec;
  let guest: Guest;
  let proxy: ConnectProxy;
  const servers: Server[] = [];
  const seen: string[] = [];

  const withRules = (rules: EgressSpec): MachineSpec => ({
    ...spec,
    network: { egress: rules, secrets: [TOKEN] },
  });
  const setRules = (rules: EgressSpec) => machine.driver.updateLive(machine.context, ref, withRules(rules));
  const run = async (script: string): Promise<string> =>
    (await guest.exec(['bash', '-lc', script], { timeoutMs: 120_000 })).stdout.trim();
  /** The status of an answer through the proxy that the guest's environment names. */
  const download = (url: string): Promise<string> =>
    run(
      `python3 - <<'END'
import urllib.request
try:
    print(urllib.request.urlopen('${url}', timeout=20).status)
except Exception as error:
    print(getattr(error, 'code', None) or type(error).__name__ + ' ' + str(error)[:80])
END`,
    );

  beforeAll(async () => {
    machine = await realMachine(ID, { wallFor: async () => 'proxy' });
    spec = machine.spec;
    spec = withRules(egress({ mode: 'public' }));
    const { driver, context } = machine;
    const now = (): Date => new Date();
    const trusted = await makeAuthority('of the internet', now());
    const issue = await createIssuer(trusted, now);
    const bundle = join(machine.root, 'bundle.pem');
    await writeFile(bundle, trusted.certificate);
    const ports: Record<string, number> = {};
    for (const name of ['api.example', 'other.example']) {
      const { certificate, key } = await issue(name);
      const server = createWebServer({ cert: certificate, key }, (request, response) => {
        seen.push(`${name}${request.url} ${request.headers.authorization ?? ''}`);
        request.resume();
        response.end(`${seen.at(-1)}\n`);
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      servers.push(server);
      ports[name] = (server.address() as AddressInfo).port;
    }
    // A proxy of this host's stands for the internet where these servers are.
    proxy = await connectProxy(ports);
    const env = {
      https_proxy: proxy.url,
      no_proxy: `${NPM},${MIRROR}`,
      SSL_CERT_FILE: bundle,
      MY_TOKEN: VALUE,
    };
    Object.assign(context.env, env);
    ref = { ...machine.ref, driverState: await driver.create(context, machine.ref, spec, machine.layer) };
    await driver.ensureAuthority?.(context, ref);
    await driver.start(context, ref, spec);
    guest = await machine.guest(ref);
    await machine.operations(ref).writeEnvironment(sessionEnvironment({}, [TOKEN]));
  });
  afterAll(async () => {
    await machine?.tearDown();
    proxy?.close();
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
  });

  test('is told of the proxy, and which wall stands', async () => {
    const { network } = await machine.driver.inspect(machine.context, ref, { refresh: true });
    expect(network?.wall).toBe('proxy');
    expect(await run('echo $http_proxy $HTTPS_PROXY')).toBe('http://127.0.0.1:3128 http://127.0.0.1:3128');
  });

  test('lets programs that use the proxy reach what the rules allow, and nobody else anything', async () => {
    expect(await download(`http://${MIRROR}/${FILE}`)).toBe('200');
    expect(await download('https://registry.npmjs.org/is-odd')).toBe('200');
    expect(await run(`exec 3<>/dev/tcp/203.0.113.80/80 && echo reached`)).toBe('');
    expect(await run('getent ahostsv4 deb.debian.org')).toBe('');
    expect(await run('ping -c 1 -W 3 203.0.113.80 >/dev/null 2>&1 && echo reached')).toBe('');
  });

  test('lets apt work', async () => {
    const { stdout } = await guest.exec(['sh', '-c', 'apt-get update 2>&1 | tail -n 1'], {
      as: 'root',
      timeoutMs: 240_000,
    });
    expect(stdout).toMatch(/Reading package lists/);
  });

  test('sends a placeholder through the proxy, and its server alone gets the value', async () => {
    const ask = (...words: readonly string[]): Promise<string> =>
      run(`. /etc/agentvm/env; curl -sS -w ' %{http_code}' ${words.join(' ')} 2>&1 | tr -d '\n'`);
    const bearer = '-H "Authorization: Bearer $TOKEN"';
    expect(await ask(bearer, 'https://api.example/one')).toBe(
      `api.example/one Bearer ${'*'.repeat(VALUE.length)} 200`,
    );
    expect(await ask('-u "me:$TOKEN"', 'https://api.example/two')).toMatch(
      /^api.example\/two Basic \S+ 200$/,
    );
    expect(seen).toEqual([
      `api.example/one Bearer ${VALUE}`,
      `api.example/two Basic ${Buffer.from(`me:${VALUE}`).toString('base64')}`,
    ]);
    const refused = /^agentvm: the placeholder of TOKEN may not stand in .* 403$/;
    expect(await ask('"https://api.example/?key=$TOKEN"')).toMatch(refused);
    expect(await ask('-d "$TOKEN"', 'https://api.example/')).toMatch(refused);
    expect(await ask(bearer, `http://${MIRROR}/${FILE}`)).toMatch(refused);
    expect(await ask(bearer, 'http://api.example/')).toMatch(refused);
    expect(await ask(bearer, '-H "Host: other.example"', 'https://api.example/')).toMatch(/ 421$/);
    // Nobody looks into what goes elsewhere, where the placeholder is worth nothing.
    expect(await ask('-k', bearer, 'https://other.example/')).toMatch(/agentvm-secret-\S+ 200$/);
    expect(seen.join('\n').split(VALUE)).toHaveLength(2);
    const log = await readFile(machine.files.networkLog, 'utf8');
    expect(log).toContain('"rule":"placeholder in a URL","secrets":["TOKEN"]');
    expect(log).not.toContain(VALUE);
  });

  test('holds the rules for names, addresses and this host’s loopback, and live changes of them', async () => {
    let reached = 0;
    const server = createServer((socket) => {
      reached += 1;
      socket.on('error', () => {});
      socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const inside = `http://host.agentvm.internal:${port}/`;
    expect(await download(inside)).toBe('403');
    expect(await download(`http://127.0.0.2:${port}/`)).toBe('403');
    expect(reached).toBe(0);
    await setRules(egress({ allow: ['registry.npmjs.org'], hostPorts: [port] }));
    expect(await download(inside)).toBe('200');
    expect(await download('https://registry.npmjs.org/is-odd')).toBe('200');
    expect(await download(`http://${MIRROR}/${FILE}`)).toBe('403');
    expect(await download(`https://${MIRROR}/`)).toMatch(/403/);
    server.close();
    const log = await readFile(machine.files.networkLog, 'utf8');
    expect(log).toContain(`"name":"${MIRROR}"`);
  });

  test('is suspended while nobody uses it, and reaches what it may when it was woken', async () => {
    const { driver, context } = machine;
    const rules = withRules(egress({ mode: 'public' }));
    await driver.updateLive(context, ref, { ...rules, idle: { afterSeconds: 3 } });
    const since = async () => (await driver.inspect(context, ref, { refresh: false })).suspendedSince;
    expect(await eventually(async () => (await since()) !== undefined, 30_000)).toBe(true);
    const beganMs = performance.now();
    // Without the master this goes to the SSH door, which leads to QEMU's port.
    expect(await run('echo here')).toBe('here');
    process.stdout.write(
      `idle: a command past the master after ${Math.round(performance.now() - beganMs)} ms\n`,
    );
    expect(await since()).toBeUndefined();
    expect(await download('https://registry.npmjs.org/is-odd')).toBe('200');
    await driver.updateLive(context, ref, rules);
  });

  test('lets nothing through without its keeper, and again with the next', async () => {
    const before = await machine.keeper();
    await signalProcess(before, 'SIGKILL');
    expect(await eventually(async () => !(await isProcessAlive(before)))).toBe(true);
    expect(await download('https://registry.npmjs.org/is-odd')).not.toBe('200');
    await setRules(egress({ mode: 'public' }));
    expect(await download('https://registry.npmjs.org/is-odd')).toBe('200');
  });
});
