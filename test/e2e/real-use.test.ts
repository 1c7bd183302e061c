import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tryNetwork } from '../../src/drivers/qemu/namespaces.ts';
import { proxyFromEnvironment } from '../../src/keeper/network/upstream-proxy.ts';
import { testContext } from '../support/context.ts';
import { type CliResult, type InstalledCli, installCli } from '../support/installed-cli.ts';
import { type Outside, startOutside } from '../support/outside.ts';
import { isNightly } from '../support/proof-size.ts';
import { schemaErrors } from '../support/schema-check.ts';
import { onTerminal } from '../support/terminal.ts';
import { testUser } from '../support/test-user.ts';

const GIB = 2 ** 30;
const MIB = 2 ** 20;
/** A private address, which the company's proxy alone leads anywhere from. */
const INTRANET = '10.66.0.1';

// Put together here, so that no file of the repository looks as if a key had been lost in it.
const stamp = Date.now().toString(36);
const modelKey = ['sk', 'the-real-one', stamp].join('-');
const gitToken = ['git', 'the-real-one', stamp].join('-');
const keyInEnv = ['npm', `in1the2environment3${stamp}`].join('_');

const manifest = (env: string): string => `apiVersion: agentvm/v1
name: shop
agent: opencode
base: {packages: [jq]}
resources: {cpus: 2, memory: 2GiB, disk: 10GiB}
env: ${env}
envFile: [.env.agent]
secrets:
  MODEL_KEY: {from: env, hosts: [model.example]}
  GIT_TOKEN: {from: file, path: ../git-token, hosts: [git.example]}
`;

const PRICE_SOURCE = 'export const price = (cents) => {\n  return cents / 10;\n};\n';

/** Asks for events as the libraries of models do, and asks for the next one only once one has come. */
const EVENTS = `const url = 'https://model.example';
const { body } = await fetch(url + '/events', { headers: { authorization: 'Bearer ' + process.env.MODEL_KEY } });
const text = body.pipeThrough(new TextDecoderStream());
for await (const event of text) { console.log(JSON.stringify(event)); await fetch(url + '/arrived'); }`;

const why = await tryNetwork(testContext('/'));
if (why !== undefined) process.stdout.write(`skipped, as this host refuses a network namespace: ${why}\n`);

describe.skipIf(why !== undefined)('real use of a caged machine', () => {
  let outside: Outside;
  let cli: InstalledCli;
  let registry: URL;

  /** Runs a script in the machine as its user would. */
  const inside = (script: string, options: Parameters<InstalledCli['run']>[1] = {}): Promise<CliResult> =>
    cli.run(['exec', 'bash', '-c', `set -e; ${script}`], options);
  const timed = async <T>(what: string, work: () => Promise<T>): Promise<readonly [T, number]> => {
    const begunMs = performance.now();
    const result = await work();
    const seconds = (performance.now() - begunMs) / 1000;
    process.stdout.write(`  ${what}: ${seconds.toFixed(1)} s\n`);
    return [result, seconds];
  };

  beforeAll(async () => {
    registry = new URL(execFileSync('npm', ['config', 'get', 'registry'], { encoding: 'utf8' }).trim());
    // A host that reaches it without a proxy does so here too.
    const isDirect = proxyFromEnvironment(process.env)(registry.hostname, 443) === undefined;
    outside = await startOutside({ modelKey, gitToken, alsoAt: INTRANET });
    // What works for an ordinary user works for root, and not the other way round.
    cli = await installCli({
      ...(process.getuid?.() === 0 ? { user: testUser() } : {}),
      env: { ...outside.env, no_proxy: isDirect ? registry.hostname : '', MODEL_KEY: modelKey },
    });
    await cli.write('../git-token', `${gitToken}\n`);
    // A plan has a word on one that others can open.
    await chmod(join(cli.project, '../git-token'), 0o600);
    await cli.write('src/price.mjs', PRICE_SOURCE);
    await cli.write('.env.agent', 'FROM_FILE=first\n');
    await cli.write('agentvm.yaml', manifest(`{FROM_MANIFEST: first, NPM_TOKEN: ${keyInEnv}}`));
  });

  afterAll(async () => {
    if (cli !== undefined) {
      await cli.run(['rm', '--yes']);
      await cli.remove();
    }
    await outside?.close();
  });

  it('a plan warns of a key in the environment, asks for the word on secrets, and tells no value', async () => {
    const plan = await cli.run(['plan', '--json']);
    const document = JSON.parse(plan.stdout);
    expect(schemaErrors(document)).toEqual([]);
    expect(document.notes).toEqual([expect.stringMatching(/^NPM_TOKEN looks like a key.*secrets: /)]);
    const ids: readonly string[] = document.grants.map(({ id }: { readonly id: string }) => id);
    expect(ids.map((id) => id.replace(/=.*/, ''))).toEqual(['secrets[MODEL_KEY]', 'secrets[GIT_TOKEN]']);
    const [applied] = await timed('apply', () =>
      cli.run(['apply', '--yes', ...ids.flatMap((id) => ['--grant', id])]),
    );
    expect([applied.exitCode, applied.exitCode === 0 ? '' : applied.stderr]).toEqual([0, '']);
    const told = [plan, applied].map(({ stdout, stderr }) => stdout + stderr).join('');
    for (const value of [modelKey, gitToken, keyInEnv]) expect(told).not.toContain(value);
    expect(JSON.parse((await cli.run(['status', '--json'])).stdout).machine.network.wall).toBe('namespaces');
  });

  it('installs a package of the distribution', async () => {
    const [{ exitCode, stdout, stderr }] = await timed('apt-get', () =>
      inside(
        `install() { sudo apt-get install -qq --no-install-recommends hello >/dev/null; }
        install || { sudo apt-get update -qq; install; }; hello`,
      ),
    );
    expect([exitCode, stdout, exitCode === 0 ? '' : stderr]).toEqual([0, 'Hello, world!\n', '']);
  });

  it('installs a package of npm', async () => {
    const [{ exitCode, stdout, stderr }] = await timed('npm install', () =>
      inside(`mkdir -p /tmp/by-npm; cd /tmp/by-npm; npm install --silent --registry=${registry.href} ms@2.1.3
        node -p 'require("ms")("2 days")'`),
    );
    expect([exitCode, stdout.split('\n').at(-2), exitCode === 0 ? '' : stderr]).toEqual([0, '172800000', '']);
  });

  it('clones and pushes by HTTPS, the password a placeholder', async () => {
    const helper = '!f() { echo username=me; echo "password=$GIT_TOKEN"; }; f';
    expect(
      await cli.run(['exec', 'git', 'config', '--global', 'credential.https://git.example.helper', helper]),
    ).toMatchObject({ exitCode: 0 });
    expect(
      await cli.run(['exec', 'git', 'clone', '-q', 'https://git.example/one.git', '/tmp/one']),
    ).toMatchObject({ exitCode: 0 });
    const { exitCode, stdout, stderr } = await inside(`cd /tmp/one; head -c 2000000 /dev/urandom >noise
      git add noise; git -c user.name=me -c user.email=me@example.com commit -qm one
      git push -q origin HEAD:main; git rev-parse HEAD; echo "$GIT_TOKEN"`);
    expect([exitCode, stderr]).toEqual([0, '']);
    const there = execFileSync('git', ['-C', outside.repository, 'rev-parse', 'main'], { encoding: 'utf8' });
    expect(stdout).toMatch(new RegExp(`^${there}agentvm-secret-[0-9a-f]+\n$`));
  });

  it('an agent does a turn on the project, its key a placeholder', async () => {
    await cli.write(
      'opencode.json',
      JSON.stringify({
        $schema: 'https://opencode.ai/config.json',
        model: 'company/small',
        small_model: 'company/small',
        provider: {
          company: {
            npm: '@ai-sdk/openai-compatible',
            options: { baseURL: 'https://model.example/v1', apiKey: '{env:MODEL_KEY}' },
            models: { small: { name: 'small' } },
          },
        },
      }),
    );
    const [{ exitCode, stdout, stderr }] = await timed('a turn of opencode', () =>
      cli.run(['opencode', 'run', "In src/price.mjs, replace 'cents / 10' with 'cents / 100'."]),
    );
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    expect(stdout.trim()).toBe("Done: src/price.mjs now says 'cents / 100' in place of 'cents / 10'.");
    const changed = readFileSync(join(cli.project, 'src/price.mjs'), 'utf8');
    expect(changed).toBe(PRICE_SOURCE.replace('cents / 10', 'cents / 100'));
    expect([...outside.keysSeen]).toEqual([`Bearer ${modelKey}`]);
    // What the agent has written down of its session holds the placeholder at most.
    const found = await inside(
      `env | grep -c agentvm-secret; grep -rlaF -f - ~ /tmp /etc /var/log 2>/dev/null || true`,
      {
        stdin: `${modelKey}\n${gitToken}\n`,
      },
    );
    expect(found.stdout).toBe('2\n');
  });

  it('an answer comes token by token', async () => {
    const { stdout, stderr } = await cli.run(['exec', 'node', '--input-type=module', '-e', EVENTS]);
    expect([stdout, stderr]).toEqual([
      ['one', 'two', 'three'].map((token) => `"data: ${token}\\n\\n"\n`).join(''),
      '',
    ]);
  });

  // Java's own list of authorities is the distribution's to make, which takes minutes to install under emulation.
  it.runIf(isNightly)('a JVM trusts what the machine does, also an authority that is new to it', async () => {
    const install = 'sudo apt-get install -qq --no-install-recommends default-jre-headless >/dev/null';
    const [installed] = await timed('a JVM', () => inside(install));
    expect([installed.exitCode, installed.exitCode === 0 ? '' : installed.stderr]).toEqual([0, '']);
    /** Has a JVM ask the model's server for a list, and says whether that was asked. */
    const asks = async (...options: readonly string[]): Promise<boolean> => {
      outside.keysSeen.clear();
      // What the server answers is no list of revoked certificates, and so ends in an error.
      await cli.run(['exec', 'keytool', ...options, '-printcrl', '-file', 'https://model.example/list']);
      return outside.keysSeen.has('');
    };
    const knows = async (): Promise<boolean> =>
      (await inside('keytool -list -cacerts -storepass changeit')).stdout.includes('agentvm-machine');
    expect([await asks(), await knows()]).toEqual([true, true]);
    const other = '-keystore /tmp/other.p12 -storepass changeit -keyalg EC -alias other -dname CN=other';
    expect((await inside(`keytool -genkeypair ${other}`)).exitCode).toBe(0);
    expect(await asks('-J-Djavax.net.ssl.trustStore=/tmp/other.p12')).toBe(false);
    const authority = 'sha256sum /usr/local/share/ca-certificates/agentvm-machine.crt';
    const before = (await inside(authority)).stdout;
    const text = readFileSync(join(cli.project, 'agentvm.yaml'), 'utf8');
    await cli.write('agentvm.yaml', text.replace(/^secrets:[\s\S]*/m, ''));
    expect(await cli.run(['apply', '--yes'])).toMatchObject({ exitCode: 0 });
    // It reaches the server itself now, whose authority is the company's.
    expect([await asks(), await knows()]).toEqual([true, false]);
    await cli.write('agentvm.yaml', text);
    const { grants } = JSON.parse((await cli.run(['plan', '--json'])).stdout);
    const words = grants.flatMap(({ id }: { readonly id: string }) => ['--grant', id]);
    expect(await cli.run(['apply', '--yes', ...words])).toMatchObject({ exitCode: 0 });
    expect((await inside(authority)).stdout).not.toBe(before);
    expect([await asks(), await knows()]).toEqual([true, true]);
  });

  it('downloads a GiB unharmed', async () => {
    const [{ exitCode, stdout, stderr }, seconds] = await timed('1 GiB with its digest', () =>
      inside(`curl -sSf https://files.example/${GIB} | sha256sum`),
    );
    process.stdout.write(`  ${(GIB / MIB / seconds).toFixed(1)} MiB/s\n`);
    expect([exitCode, stdout, stderr]).toEqual([0, `${outside.digests.get(GIB)}  -\n`, '']);
  });

  it('env and envFile reach the next session without a restart', async () => {
    const show = 'echo "$FROM_MANIFEST $FROM_FILE"';
    expect((await inside(show)).stdout).toBe('first first\n');
    const before = (await inside('cat /proc/sys/kernel/random/boot_id')).stdout;
    await cli.write('.env.agent', 'FROM_FILE="second one"\n');
    await cli.write('agentvm.yaml', manifest('{FROM_MANIFEST: second}'));
    const { stdout } = await cli.run(['plan']);
    expect([stdout.includes('Plan: 3 live.'), stdout.includes('looks like a key')]).toEqual([true, false]);
    expect(await cli.run(['apply', '--yes'])).toMatchObject({ exitCode: 0 });
    expect((await inside(`${show}; echo "\${NPM_TOKEN-none}"`)).stdout).toBe('second second one\nnone\n');
    expect((await inside('cat /proc/sys/kernel/random/boot_id')).stdout).toBe(before);
  });

  it('a person is told at the end what was refused, and finds it in the log', async () => {
    const ask = `for n in 1 2 3; do curl -sS --max-time 60 https://${INTRANET}/ || true; done`;
    const { exitCode, output } = await onTerminal(
      [process.execPath, cli.entry, 'run', '--', 'bash', '-c', ask],
      { cwd: cli.project, env: cli.env, ...(cli.user && { user: cli.user }) },
    );
    expect([exitCode, output.trimEnd().split('\r\n').at(-1)]).toEqual([
      0,
      'agentvm: 3 connections to 1 host were refused: agentvm network log',
    ]);
    const { stdout } = await cli.run(['network', 'log', '--all', '--json']);
    const events = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(events.flatMap((event) => schemaErrors(event))).toEqual([]);
    const [refused, ...others] = events.filter(({ verdict }) => verdict === 'refused');
    expect(refused).toMatchObject({ address: INTRANET, port: 443, rule: 'private address' });
    // Those like it are counted, and told of once a minute has gone.
    expect(others.filter(({ address, repeated }) => address !== INTRANET || repeated === undefined)).toEqual(
      [],
    );
    expect((await cli.run(['network', 'log'])).stdout).toMatch(
      /^\S+Z {2}refused {2}tcp {3}10\.66\.0\.1:443 {2}private address\n/,
    );
  });

  it('tells of a host whether it can be reached, and lets one be reached for a while', async () => {
    const good = await cli.run(['network', 'check', 'files.example']);
    expect([good.exitCode, good.stdout.split('\n')[0]]).toEqual([0, 'files.example:443 is allowed: public']);
    const ask = () => inside(`curl -sS --max-time 60 https://${INTRANET}/1000 | wc -c`);
    expect((await ask()).stdout).toBe('0\n');
    const allowed = await cli.run(['network', 'allow', INTRANET, '--for', '30s']);
    const untilMs = Date.now() + 30_000;
    expect([allowed.exitCode, allowed.stdout]).toEqual([
      0,
      expect.stringMatching(/^'shop' reaches 10\.66\.0\.1 until \S+Z\.\n$/),
    ]);
    expect((await ask()).stdout).toBe('1000\n');
    expect(Date.now()).toBeLessThan(untilMs);
    await expect.poll(async () => (await ask()).stdout, { timeout: 60_000, interval: 2000 }).toBe('0\n');
    expect(Date.now()).toBeGreaterThan(untilMs - 1000);
  });

  it('lists and tests secrets without a word of their values', async () => {
    const listed = JSON.parse((await cli.run(['secret', 'list', '--json'])).stdout);
    expect(schemaErrors(listed)).toEqual([]);
    expect(
      listed.secrets.map(({ name, lastUsedAt }: { readonly name: string; readonly lastUsedAt: unknown }) => [
        name,
        typeof lastUsedAt,
      ]),
    ).toEqual([
      ['GIT_TOKEN', 'string'],
      ['MODEL_KEY', 'string'],
    ]);
    const texts: string[] = [];
    for (const name of ['MODEL_KEY', 'GIT_TOKEN']) {
      const { exitCode, stdout, stderr } = await cli.run(['secret', 'test', name]);
      texts.push(stdout + stderr);
      expect([exitCode, stdout]).toEqual([0, expect.stringContaining('allowed, answers after')]);
    }
    expect(texts.join('')).not.toMatch(new RegExp(`${modelKey}|${gitToken}`));
    const kept = spawnSync('grep', ['-rlaF', '-f', '-', dirname(cli.stateDir)], {
      input: `${modelKey}\n${gitToken}\n`,
      encoding: 'utf8',
    });
    expect([kept.status, kept.stdout]).toEqual([1, '']);
  });
});
