import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type FactsRequest, factsFrom } from '../../../src/guest/provision/facts.ts';
import { observeGuest } from '../../../src/guest/provision/observe.ts';
import { scriptMark } from '../../../src/guest/provision/script.ts';
import type { AgentDefinition } from '../../../src/model/agent-definition.generated.ts';
import { localGuest } from '../../support/local-guest.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const AGENT: AgentDefinition = {
  apiVersion: 'agentvm-agent/v1',
  name: 'mine',
  install: { npm: 'mine', bin: 'mine' },
  version: { pattern: '^mine (\\S+)' },
};
const BOOT_ID = '08cf85ba-b770-4c89-9bb3-f60ab4c048ab';
const DIGEST = 'a'.repeat(64);
const NOTHING: FactsRequest = { packages: [], agents: [], scripts: [], files: [] };

const answer = (lines: readonly string[], request: Partial<FactsRequest> = {}) =>
  factsFrom({ ...NOTHING, ...request }, [`boot\t${BOOT_ID}`, ...lines, ''].join('\n'));

const known = (value: unknown) => ({ kind: 'known', value });
const unknown = { kind: 'unknown', why: expect.stringMatching(/^the machine did not tell /) };

test('facts are read from what the guest prints, and only those that were asked for', () => {
  const facts = answer(
    [
      'package\tjq\tamd64\tinstalled',
      'package\tgone\tamd64\tconfig-files',
      'package\tother\tamd64\tinstalled',
      'provides\tinstalled\tawk, editor (= 2)',
      'provides\tconfig-files\tmail',
      'seen\tpackages',
      'agent\tmine\tforeign\ta warning\x1fmine 1.2.3-beta\x1f',
      'agent\tevil\twhole\t9.9.9',
      'mount\t40 30 0:35 /workspace /home/ann/my\\040app\\011x rw,relatime - 9p agentvm rw',
      'mount\t41 30 0:35 / /run/agentvm/shares rw - 9p agentvm rw',
      'mount\t42 30 0:35 /0123456789ab /data ro,nosuid - 9p agentvm rw',
      'mount\t43 30 0:36 / /alone rw - 9p agentvm-fedcba987654 rw',
      'mount\t44 30 0:35 /1123456789ab /hidden rw - 9p agentvm rw',
      'mount\t45 44 0:37 / /hidden rw - tmpfs tmpfs rw',
      'seen\tmounts',
      `script\t${scriptMark('setup.sh')}\t${DIGEST}`,
      `script\t${scriptMark('odd.sh')}\tnonsense`,
      'seen\tscripts',
      `${DIGEST}  /etc/hosts`,
      `${DIGEST}  /etc/not-asked`,
      'missing\t/etc/agentvm/env',
      'other\t/etc/hostname',
      'hostname\tdemo',
      'user\tann\t1000\t1001\t/home/ann',
      'cpus\t0-2,5',
      'memory\t981464',
      'route\t0003',
      'seen\troute',
      'room\t4096 1000 10',
      'noise',
    ],
    {
      packages: ['jq', 'jq:amd64', 'jq:arm64', 'gone', 'awk', 'editor', 'mail', '__proto__'],
      agents: [AGENT],
      scripts: ['setup.sh', 'odd.sh', 'new.sh'],
      files: ['/etc/hosts', '/etc/agentvm/env', '/etc/hostname', '/etc/secret'],
    },
  );
  expect(facts).toEqual({
    bootId: BOOT_ID,
    packages: known(
      Object.fromEntries([
        ['jq', 'installed'],
        ['jq:amd64', 'installed'],
        ['jq:arm64', 'absent'],
        ['gone', 'absent'],
        ['awk', 'installed'],
        ['editor', 'installed'],
        ['mail', 'absent'],
        ['__proto__', 'absent'],
      ]),
    ),
    agents: { mine: known({ version: '1.2.3-beta', isAltered: false }) },
    mounts: known({
      '/home/ann/my app\tx': { share: 'workspace', mode: 'rw' },
      '/data': { share: '0123456789ab', mode: 'ro' },
      '/alone': { share: 'fedcba987654', mode: 'rw' },
    }),
    scripts: known({ 'setup.sh': DIGEST, 'odd.sh': null, 'new.sh': null }),
    files: {
      '/etc/hosts': known(DIGEST),
      '/etc/agentvm/env': known(null),
      '/etc/hostname': known('0'.repeat(64)),
      '/etc/secret': { kind: 'unknown', why: 'the machine did not tell what is in /etc/secret' },
    },
    hostname: known('demo'),
    user: known({ name: 'ann', uid: 1000, gid: 1001, home: '/home/ann' }),
    cpus: known(4),
    memoryMiB: known(958),
    hasRoute: known(true),
    room: known({ totalBytes: 4_096_000, freeBytes: 40_960 }),
  });
});

test('what is missing, cut off, doubled or of another form is unknown, never absent', () => {
  const request = { packages: ['jq'], agents: [AGENT], scripts: ['setup.sh'], files: ['/etc/hosts'] };
  const silent = answer(['package\tjq\tamd64\tinstalled', 'mount\t1 2 3 / / rw - ext4 x rw'], request);
  const odd = answer(
    [
      'hostname\tde mo\x1b[31m',
      'user\tann\t-1\t1001\t/home/ann',
      'user\tann\t0\t0\t/root',
      'cpus\t0-99999999999',
      'memory\tlots',
      'room\t4096 0 0',
      'agent\tmine\twhole\t1.0.0',
      'agent\tmine\twhole\t2.0.0',
      `${DIGEST}  /etc/hosts2`,
      'seen\troute',
    ],
    request,
  );
  const all = {
    packages: unknown,
    agents: { mine: unknown },
    mounts: unknown,
    scripts: unknown,
    files: { '/etc/hosts': unknown },
    hostname: unknown,
    user: unknown,
    cpus: unknown,
    memoryMiB: unknown,
    room: unknown,
  };
  expect(silent).toEqual({ bootId: BOOT_ID, ...all, hasRoute: unknown });
  expect(odd).toEqual({ bootId: BOOT_ID, ...all, hasRoute: known(false) });
});

test.each(['', 'boot\tnonsense\n', 'boot\n'])('an answer without a boot id (%j) is no answer', (output) => {
  expect(() => factsFrom(NOTHING, output)).toThrow('The machine did not say how it is');
});

test.each([
  ['whole', '1.2.3', { version: '1.2.3', isAltered: false }],
  ['whole', '$(reboot)', { version: null, isAltered: false }],
  ['altered', 'mine 1.2.3', { version: '1.2.3', isAltered: true }],
  ['altered', '', { version: null, isAltered: true }],
  ['foreign', '', { version: null, isAltered: false }],
])('an agent that is %s and says %j', (state, text, expected) => {
  expect(answer([`agent\tmine\t${state}\t${text}`], { agents: [AGENT] }).agents).toEqual({
    mine: known(expected),
  });
});

test('the probe itself runs in a plain shell, asks dpkg in one go and does not wait for a pipe', async () => {
  const root = await tempFolder();
  mkdirSync(join(root, 'bin'));
  const query = join(root, 'bin/dpkg-query');
  writeFileSync(
    query,
    `#!/bin/sh
case "$*" in
*Provides*) printf 'provides\\tinstalled\\tawk\\n' ;;
*) printf 'package\\tjq\\tamd64\\tinstalled\\n'; echo 'no packages found matching awk' >&2; exit 1 ;;
esac
`,
    { mode: 0o755 },
  );
  const file = (name: string) => join(root, name);
  writeFileSync(file("it's"), 'content\n');
  symlinkSync('nowhere', file('dangling'));
  execFileSync('mkfifo', [file('pipe')]);
  const guest = localGuest([join(root, 'bin')], { HOME: root, LOGNAME: 'root' });
  const files = ["it's", 'dangling', 'pipe', 'gone/away'].map(file);
  const facts = await observeGuest(guest, {
    packages: ['jq', 'awk', "it's"],
    agents: [AGENT],
    scripts: ['setup.sh'],
    files,
  });
  expect(facts).toEqual({
    bootId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    packages: known({ jq: 'installed', awk: 'installed', "it's": 'absent' }),
    agents: { mine: known({ version: null, isAltered: false }) },
    mounts: known(expect.any(Object)),
    scripts: known({ 'setup.sh': null }),
    files: {
      [file("it's")]: known(createHash('sha256').update('content\n').digest('hex')),
      [file('dangling')]: known(null),
      [file('pipe')]: known('0'.repeat(64)),
      [file('gone/away')]: known(null),
    },
    hostname: expect.objectContaining({ kind: 'known' }),
    user: known(expect.objectContaining({ name: 'root', uid: 0 })),
    cpus: known(expect.any(Number)),
    memoryMiB: known(expect.any(Number)),
    hasRoute: known(expect.any(Boolean)),
    room: known({ totalBytes: expect.any(Number), freeBytes: expect.any(Number) }),
  });

  // A package manager that fails is no list of absent packages.
  rmSync(query);
  writeFileSync(query, '#!/bin/sh\nexit 2\n', { mode: 0o755 });
  expect((await observeGuest(guest, { packages: ['jq'], agents: [] })).packages).toEqual(unknown);
});
