import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { expect, test } from 'vitest';
import { buildSeed, guestUser, proxyEnvironment } from '../../src/guest/seed.ts';
import { addedCertificates } from '../../src/lib/host-certificates.ts';
import { testContext } from '../support/context.ts';
import { tempFolder } from '../support/temp-folder.ts';

const USER = { username: 'ann', uid: 1001, gid: 1002, homedir: '/home/ann', shell: '/usr/bin/zsh' };

test('the seed is made after the host', async () => {
  const root = await tempFolder();
  const context = testContext(root, {
    env: { TZ: ':Europe/Berlin', LANG: 'de_DE.UTF-8', https_proxy: 'http://localhost:3128' },
  });
  const shares = [
    { id: 'workspace', guestPath: '/home/ann/my app', mode: 'rw' },
    { id: 'packages', guestPath: '/run/agentvm/packages', mode: 'ro' },
  ] as const;
  const seed = await buildSeed(context, { name: 'my-app', shares }, USER);
  expect(Object.fromEntries(Object.entries(seed).filter(([name]) => !name.startsWith('ca/')))).toEqual({
    hostname: 'my-app\n',
    user: 'ann 1001 1002 /home/ann /usr/bin/zsh\n',
    timezone: 'Europe/Berlin\n',
    locale: 'de_DE.UTF-8\n',
    environment: 'https_proxy=http://10.0.2.2:3128\nHTTPS_PROXY=http://10.0.2.2:3128\n',
    shares: 'workspace\t/home/ann/my app\trw\npackages\t/run/agentvm/packages\tro\n',
  });
});

test('what the guest’s system would not take has a stand-in', async () => {
  const root = await tempFolder();
  const seed = await buildSeed(
    testContext(root, { env: { TZ: 'EST5EDT,M3.2.0', LC_ALL: 'de_DE\nevil', LANG: 'C' } }),
    { name: 'x', shares: [] },
    { ...USER, username: 'Ann Lee', homedir: '/Users/Ann Lee', shell: null },
  );
  expect([seed.user, seed.locale]).toEqual(['agent 1001 1002 /home/agent /bin/bash\n', 'C.UTF-8\n']);
  expect(seed.timezone).toMatch(/^[A-Za-z0-9_+-]+(\/[A-Za-z0-9_+-]+)*\n$/);
});

test('root stays root', () => {
  expect(guestUser({ ...USER, uid: 0, username: 'toor', homedir: '/srv' })).toEqual({
    name: 'root',
    home: '/root',
    line: 'root 0 0 /root /bin/bash\n',
  });
});

test.each([
  ['http://localhost:3128', 'http://10.0.2.2:3128'],
  ['http://127.0.0.1:3128/', 'http://10.0.2.2:3128/'],
  ['http://user:pa%40ss@[::1]:3128', 'http://user:pa%40ss@10.0.2.2:3128'],
  ['socks5h://LOCALHOST:1080', 'socks5h://10.0.2.2:1080'],
  ['127.0.0.1:3128', '10.0.2.2:3128'],
  ['http://localhost.example.com:3128', 'http://localhost.example.com:3128'],
  ['http://proxy.example.com:3128', 'http://proxy.example.com:3128'],
])('the proxy %s is %s from inside', (outside, inside) => {
  expect(proxyEnvironment({ HTTP_PROXY: outside })).toBe(`http_proxy=${inside}\nHTTP_PROXY=${inside}\n`);
});

test('names that need no proxy stay, and a value that could break out of its line is left out', () => {
  expect(proxyEnvironment({ no_proxy: 'a.example, localhost', http_proxy: 'http://x\nPATH=/evil' })).toBe(
    'no_proxy=localhost,127.0.0.1,a.example\nNO_PROXY=localhost,127.0.0.1,a.example\n',
  );
});

test('authorities that the host’s owner added are found, the distribution’s are not', async () => {
  const root = await tempFolder();
  const added = join(root, 'added', 'company');
  const distribution = join(root, 'distribution');
  for (const folder of [added, distribution]) mkdirSync(folder, { recursive: true });
  const make = (name: string): string =>
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'ed25519',
        '-nodes',
        '-keyout',
        '/dev/null',
        '-subj',
        `/CN=${name}`,
        '-days',
        '9',
      ],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
    );
  const [own = '', extra = '', [public1 = '', public2 = '']] = [make('own'), make('extra'), rootCertificates];
  writeFileSync(join(added, 'own.crt'), own);
  writeFileSync(join(distribution, 'public.crt'), public1);
  writeFileSync(
    join(root, 'bundle.pem'),
    [public1, own, extra, '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'].join('\n'),
  );
  const places = { added: [join(root, 'added'), join(root, 'none')], distribution: [distribution] };
  const env = { SSL_CERT_FILE: join(root, 'bundle.pem'), NODE_EXTRA_CA_CERTS: join(root, 'missing.pem') };
  const found = await addedCertificates(env, places);
  expect(Object.values(found).sort()).toEqual([own, extra].sort());
  expect(Object.keys(found).every((name) => /^[0-9a-f]{16}\.crt$/.test(name))).toBe(true);

  // Without the distribution's list, Node's own one tells.
  writeFileSync(join(root, 'bundle.pem'), [public1, public2, extra].join('\n'));
  expect(Object.values(await addedCertificates(env, { added: [], distribution: [] }))).toEqual([extra]);
});
