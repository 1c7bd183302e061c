import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FIELD_PATHS, type Field, type FieldPath } from '../../src/model/fields.ts';
import type { GrantScope } from '../../src/model/grant.ts';
import type { Json } from '../../src/model/json.ts';
import { GRANT_RULES } from '../../src/policy/grant-rules.ts';
import {
  coversScope,
  grantsInUse,
  missingGrants,
  neededGrants,
  withholdFields,
} from '../../src/policy/grants.ts';

const PROJECT = '/home/ada/app';
const LINKS: Readonly<Record<string, string>> = {
  '/home/ada/app/data': '/home/ada/app/data',
  '/home/ada/app/link': '/home/ada/.ssh',
  '/home/ada/alias': '/home/ada/app',
};
const places = { project: PROJECT, realOf: (path: string) => LINKS[path] ?? path };

const field = (path: FieldPath, value: Json, key?: string): Field => ({
  path,
  value,
  ...(key === undefined ? {} : { key }),
});
const mount = (host: string, mode: 'ro' | 'rw' = 'ro', guest = '/data') =>
  field('mounts[]', { host, guest, mode }, guest);
const secret = (source: Json, hosts: readonly string[] = ['a.example']) =>
  field('secrets[]', { hosts: [...hosts], source }, 'TOKEN');
const egress = (...allow: readonly string[]) => field('network.egress', { allow: [...allow], deny: [] });
const port = (key: string, host: number | 'auto', address: string) =>
  field('ports[]', { guest: 80, host, address }, key);

/** Every field that can reach past the project: values that do not, and what the others ask for. */
const REACHING: Partial<Record<FieldPath, { free: readonly Field[]; asks: readonly Field[] }>> = {
  'agents[].configDirs': {
    free: [field('agents[].configDirs', 'none', 'claude')],
    asks: ['shared', 'readonly', 'copy'].map((value) => field('agents[].configDirs', value, 'claude')),
  },
  'base.image': {
    free: [
      field('base.image', { name: 'debian-12' }),
      field('base.image', { url: 'https://example.org/i', sha256: 'a' }),
      field('base.image', { path: `${PROJECT}/disk.qcow2`, sha256: 'a' }),
    ],
    asks: [field('base.image', { path: '/srv/disk.qcow2', sha256: 'a' })],
  },
  'mounts[]': {
    free: [mount(`${PROJECT}/data`, 'rw'), mount(PROJECT), mount('/home/ada/alias')],
    asks: [
      mount('/srv/data'),
      mount('/srv/data', 'rw'),
      mount(`${PROJECT}/link`),
      mount('/home/ada/app2'),
      mount('/home/ada'),
      mount('/srv/odd:rw'),
    ],
  },
  'ports[]': {
    free: [port('80', 8080, '127.0.0.1'), port('auto:80', 'auto', '127.0.0.1'), port('a', 1024, '::1')],
    asks: [
      port('80', 80, '127.0.0.1'),
      port('0.0.0.0:8080:80', 8080, '0.0.0.0'),
      port('0.0.0.0:auto:80', 'auto', '0.0.0.0'),
      port('[::]:443:80', 443, '::'),
      port('x', 8080, '0:0:0:0:0:0:0:1'),
      port('y', 8080, '127.0.0.1.example.org'),
    ],
  },
  'secrets[]': {
    free: [],
    asks: [
      secret({ from: 'env', variable: 'TOKEN' }),
      secret({ from: 'file', path: '/home/ada/token' }),
      secret({ from: 'keyring', service: 'agentvm', account: 'TOKEN' }),
      secret({ from: 'command', command: ['pass', 'show', 'token'], cwd: '/home/ada' }),
    ],
  },
  'identity.gitconfig': {
    free: [field('identity.gitconfig', false)],
    asks: [field('identity.gitconfig', true)],
  },
  'identity.gitCredentials': {
    free: [field('identity.gitCredentials', 'none')],
    asks: ['broker', 'copy'].map((value) => field('identity.gitCredentials', value)),
  },
  'identity.gh': {
    free: [field('identity.gh', 'none')],
    asks: ['broker', 'copy'].map((value) => field('identity.gh', value)),
  },
  'identity.ssh': {
    free: [field('identity.ssh', 'none')],
    asks: ['agent', 'mount'].map((value) => field('identity.ssh', value)),
  },
  'network.egress': {
    free: [
      field('network.egress', 'public'),
      field('network.egress', 'none'),
      egress(
        'github.com',
        '*.github.com',
        'a.example:443',
        '203.0.113.0/24',
        '2001:db8::/32',
        '1.1.1.0/31:80',
      ),
    ],
    asks: [
      field('network.egress', 'open'),
      ...[
        '10.0.0.0/8',
        '10.1.2.3:5432',
        '127.0.0.1',
        '169.254.169.254',
        '168.63.129.16',
        '0.0.0.0/0',
        '8.0.0.0/5',
        '::/0',
        'fd00::/8',
        '64:ff9b::/96',
        '2002::/16',
        'db.example:5432',
        '*.example:1-65535',
        '203.0.113.1:8080',
        '203.0.113.1',
        '2001:db8::1',
      ].map((entry) => egress(entry)),
    ],
  },
  'network.ports[]': { free: [], asks: [field('network.ports[]', true, '5432')] },
  'network.hostPorts[]': { free: [], asks: [field('network.hostPorts[]', true, '5432')] },
};

/** Something for any field, to show that no value of it asks for anything. */
const ANYTHING: readonly Json[] = [true, 'x', 1, null, { path: '/etc/shadow', host: '/etc' }, ['/etc']];

describe('the rule of each field', () => {
  test.each(FIELD_PATHS)('%s', (path) => {
    const rule = GRANT_RULES[path];
    const cases = REACHING[path];
    if (rule.kind === 'inside') {
      expect(cases).toBeUndefined();
      expect(rule.why).toMatch(/^[a-z].{10,}[a-z]$/);
      expect(
        neededGrants(
          ANYTHING.map((value) => field(path, value, 'key')),
          places,
        ),
      ).toEqual([]);
      return;
    }
    expect(neededGrants(cases?.free ?? [], places)).toEqual([]);
    for (const one of cases?.asks ?? []) {
      expect(neededGrants([one], places)).toHaveLength(1);
      expect(neededGrants([{ ...one, isDefault: true }], places)).toEqual([]);
    }
    expect(cases?.asks.length).toBeGreaterThan(0);
  });

  test('says what it opens, under a name that tells how far', () => {
    const asked = Object.values(REACHING).flatMap(({ asks }) => asks);
    const lines = asked.flatMap((one) => neededGrants([one], places)).map(({ id, text }) => `${id}: ${text}`);
    expect(`\n${lines.join('\n')}\n`).toMatchInlineSnapshot(`
      "
      agents[claude].configDirs=shared: the guest gets your claude folders (shared)
      agents[claude].configDirs=readonly: the guest gets your claude folders (readonly)
      agents[claude].configDirs=copy: the guest gets your claude folders (copy)
      base.image[/srv/disk.qcow2]: the guest reads the file /srv/disk.qcow2
      mounts[/srv/data]: the guest reads /srv/data
      mounts[/srv/data:rw]: the guest reads and changes /srv/data
      mounts[/home/ada/.ssh]: the guest reads /home/ada/.ssh, where /home/ada/app/link leads
      mounts[/home/ada/app2]: the guest reads /home/ada/app2
      mounts[/home/ada]: the guest reads /home/ada
      mounts[/srv/odd:rw:ro]: the guest reads /srv/odd:rw
      ports[80]: this host listens on port 80, one of those below 1024
      ports[0.0.0.0:8080:80]: whoever reaches this host at 0.0.0.0 reaches the guest through port 8080
      ports[0.0.0.0:auto:80]: whoever reaches this host at 0.0.0.0 reaches the guest through a free port
      ports[[::]:443:80]: whoever reaches this host at :: reaches the guest through port 443
      ports[x]: whoever reaches this host at 0:0:0:0:0:0:0:1 reaches the guest through port 8080
      ports[y]: whoever reaches this host at 127.0.0.1.example.org reaches the guest through port 8080
      secrets[TOKEN]=9c16060d: requests of the guest to a.example carry your secret TOKEN: the variable TOKEN
      secrets[TOKEN]=af2e5de4: requests of the guest to a.example carry your secret TOKEN: the file /home/ada/token
      secrets[TOKEN]=947b3d28: requests of the guest to a.example carry your secret TOKEN: TOKEN of agentvm in your keyring
      secrets[TOKEN]=f00d6c9f: requests of the guest to a.example carry your secret TOKEN: what this host prints for \`pass show token\`
      identity.gitconfig: the guest gets your git configuration
      identity.gitCredentials=broker: the guest uses your git credentials (broker)
      identity.gitCredentials=copy: the guest uses your git credentials (copy)
      identity.gh=broker: the guest acts as you on GitHub (broker)
      identity.gh=copy: the guest acts as you on GitHub (copy)
      identity.ssh=agent: the guest uses your SSH keys (agent)
      identity.ssh=mount: the guest uses your SSH keys (mount)
      network.egress=open: the guest reaches whatever this host reaches, the services on its loopback among them
      network.egress[10.0.0.0/8]: the guest reaches 10.0.0.0/8, where not only public hosts are
      network.egress[10.1.2.3:5432]: the guest reaches 10.1.2.3:5432, which is no public host
      network.egress[127.0.0.1]: the guest reaches 127.0.0.1, which is no public host
      network.egress[169.254.169.254]: the guest reaches 169.254.169.254, which is no public host
      network.egress[168.63.129.16]: the guest reaches 168.63.129.16, which is no public host
      network.egress[0.0.0.0/0]: the guest reaches 0.0.0.0/0, where not only public hosts are
      network.egress[8.0.0.0/5]: the guest reaches 8.0.0.0/5, where not only public hosts are
      network.egress[::/0]: the guest reaches ::/0, where not only public hosts are
      network.egress[fd00::/8]: the guest reaches fd00::/8, where not only public hosts are
      network.egress[64:ff9b::/96]: the guest reaches 64:ff9b::/96, where not only public hosts are
      network.egress[2002::/16]: the guest reaches 2002::/16, where not only public hosts are
      network.egress[db.example:5432]: the guest reaches db.example:5432
      network.egress[*.example:1-65535]: the guest reaches *.example:1-65535
      network.egress[203.0.113.1:8080]: the guest reaches 203.0.113.1:8080, even where that is this host
      network.egress[203.0.113.1]: the guest reaches 203.0.113.1, even where that is this host
      network.egress[2001:db8::1]: the guest reaches 2001:db8::1, even where that is this host
      network.ports[5432]: the guest reaches port 5432 wherever network.egress lets it
      network.hostPorts[5432]: the guest reaches port 5432 of this host's loopback
      "
    `);
  });

  test('one grant for all that need it', () => {
    const [grant, ...others] = neededGrants([mount('/srv'), mount('/srv', 'ro', '/more')], places);
    expect(others).toEqual([]);
    expect(grant?.fields).toEqual(['mounts[/data]', 'mounts[/more]']);
  });
});

const path = fc
  .array(fc.constantFrom('a', 'b', 'ab', 'a.b'), { maxLength: 4 })
  .map((names) => `/${names.join('/')}`);
const scope: fc.Arbitrary<GrantScope> = fc.oneof(
  fc.record({
    kind: fc.constant('folder' as const),
    path,
    mode: fc.constantFrom('ro' as const, 'rw' as const),
  }),
  fc.record({
    kind: fc.constant('port' as const),
    address: fc.constantFrom('127.0.0.1', '0.0.0.0', '192.168.1.5', '::', '::1', 'fe80::1'),
    port: fc.constantFrom(80, 443, 8080, 'auto' as const),
  }),
  fc.record({ kind: fc.constant('image' as const), path }),
  fc.record({
    kind: fc.constant('value' as const),
    field: fc.constantFrom('identity.ssh', 'secrets[A]'),
    value: fc.constantFrom<Json>('agent', 'mount', { from: 'env' }, { from: 'file' }),
  }),
);

/** Something that opens more than a scope, in each way there is. */
const widened = (one: GrantScope): readonly GrantScope[] => {
  switch (one.kind) {
    case 'folder':
      return [
        ...(one.mode === 'ro' ? [{ ...one, mode: 'rw' as const }] : []),
        ...(one.path === '/' ? [] : [{ ...one, path: one.path.slice(0, one.path.lastIndexOf('/')) || '/' }]),
        { ...one, path: `${one.path === '/' ? '' : one.path}2` },
      ].filter(({ path: wider }) => one.path !== '/' || wider === '/');
    case 'port':
      return [
        { ...one, port: one.port === 80 ? 81 : 80 },
        { ...one, port: 'auto' as const },
        { ...one, address: '::' },
      ].filter((wider) => wider.port !== one.port || wider.address !== one.address);
    case 'image':
      return [
        { ...one, path: `${one.path}/..` },
        { kind: 'folder', path: one.path, mode: 'ro' },
      ];
    case 'value':
      return [{ ...one, value: 'anything else' }];
  }
};

describe('what was approved', () => {
  test('covers itself, and what covers does so through and through', () => {
    fc.assert(
      fc.property(scope, scope, scope, (a, b, c) => {
        expect(coversScope(a, a)).toBe(true);
        if (coversScope(a, b) && coversScope(b, c)) expect(coversScope(a, c)).toBe(true);
        if (coversScope(a, b) && coversScope(b, a)) expect(a).toEqual(b);
        if (a.kind !== b.kind) expect(coversScope(a, b)).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });

  test('never covers what opens more', () => {
    fc.assert(
      fc.property(scope, (narrow) => {
        for (const wide of widened(narrow)) expect([wide, coversScope(narrow, wide)]).toEqual([wide, false]);
      }),
      { numRuns: 1000 },
    );
  });

  test('for a folder covers what lies in it, also read-only, and nothing that only begins like it', () => {
    const approved = neededGrants([mount('/srv/data', 'rw')], places);
    const left = (...fields: readonly Field[]) =>
      missingGrants(neededGrants(fields, places), approved).map(({ id }) => id);
    expect(left(mount('/srv/data/a'), mount('/srv/data/a', 'rw', '/b'))).toEqual([]);
    expect(left(mount('/srv/data2'), mount('/srv', 'ro', '/b'))).toEqual([
      'mounts[/srv/data2]',
      'mounts[/srv]',
    ]);
  });

  test('for the network covers what lies in it, and open covers all of it', () => {
    const left = (approved: readonly Field[], ...needed: readonly Field[]) =>
      missingGrants(neededGrants(needed, places), neededGrants(approved, places)).map(({ id }) => id);
    const ports = [field('network.ports[]', true, '9418'), field('network.hostPorts[]', true, '11434')];
    expect(
      left([field('network.egress', 'open')], egress('10.0.0.0/8', 'db.example:5432'), ...ports),
    ).toEqual([]);
    expect(left([egress('10.1.0.0/16')], field('network.egress', 'open'), ...ports)).toEqual([
      'network.egress=open',
      'network.ports[9418]',
      'network.hostPorts[11434]',
    ]);
    const wide = egress('10.1.0.0/16:5000-6000', '*.example:5000-6000', '10.2.0.0/16');
    expect(
      left(
        [wide],
        egress(
          '10.1.2.0/24:5432',
          '10.1.2.2/31:5000-5001',
          'db.example:5432',
          '*.db.example:6000',
          '10.2.3.0/24',
        ),
        egress('10.2.3.0/24:443'),
      ),
    ).toEqual([]);
    const further = [
      '10.0.0.0/15:5432',
      '10.1.2.3:5432',
      '10.1.2.3',
      '10.1.2.3:443',
      '10.1.2.3:4999-5001',
      '10.3.0.0/16:5432',
      'example:5432',
      'db.example:7000',
      '*.example:1-6000',
      '*.notexample:5432',
      '10.2.3.4:8080',
      'fd00::1',
    ];
    expect(left([wide], egress(...further))).toEqual(further.map((entry) => `network.egress[${entry}]`));
  });

  test('for a secret covers the same value to fewer hosts', () => {
    const env = { from: 'env', variable: 'TOKEN' };
    const left = (approved: Field, needed: Field) =>
      missingGrants(neededGrants([needed], places), neededGrants([approved], places)).length;
    const wide = secret(env, ['*.a.example', 'b.example']);
    expect(left(wide, secret(env, ['x.a.example']))).toBe(0);
    expect(left(wide, secret(env, ['b.example', '*.x.a.example']))).toBe(0);
    expect(left(wide, secret(env, ['a.example']))).toBe(1);
    expect(left(wide, secret(env, ['b.example', 'c.example']))).toBe(1);
    expect(left(wide, secret({ from: 'env', variable: 'OTHER' }, ['b.example']))).toBe(1);
    expect(left(wide, { ...secret(env, ['b.example']), key: 'OTHER' })).toBe(1);
  });

  test('is in use while anything needs it', () => {
    const approved = neededGrants([mount('/srv'), mount('/home/ada/x', 'ro', '/x')], places);
    const needed = neededGrants([mount('/srv/data', 'ro', '/y')], places);
    expect(grantsInUse(approved, needed).map(({ id }) => id)).toEqual(['mounts[/srv]']);
  });
});

test('an image that is withheld stays the one that the machine was made from', () => {
  const before = { path: 'base.image', value: { path: '/srv/old', sha256: 'a' } } as const;
  const after = field('base.image', { path: '/srv/new', sha256: 'b' });
  const { fields, withheld } = withholdFields(
    new Map([['base.image', after]]),
    { 'base.image': before },
    neededGrants([after], places),
    [],
    places,
  );
  expect(fields.get('base.image')?.value).toEqual(before.value);
  expect(withheld).toEqual([
    {
      grant: 'base.image[/srv/new]',
      fields: ['base.image'],
      text: 'the guest reads the file /srv/new: not granted, so base.image stays as it was applied',
    },
  ]);
});

test('egress that is withheld goes without what nobody granted, and never becomes wider by that', () => {
  const withheldFrom = (wanted: Field, before: Field, approved: readonly Field[] = []) => {
    const granted = neededGrants(approved, places);
    const missing = missingGrants(neededGrants([wanted], places), granted);
    const { fields, withheld } = withholdFields(
      new Map([['network.egress', wanted]]),
      { 'network.egress': before },
      missing,
      granted,
      places,
    );
    return [fields.get('network.egress')?.value, ...withheld.map(({ text }) => text)];
  };
  const wanted = egress('10.1.0.0/16', '10.2.0.0/16', 'github.com');
  expect(withheldFrom(wanted, field('network.egress', 'public'), [egress('10.2.0.0/16')])).toEqual([
    { allow: ['10.2.0.0/16', 'github.com'], deny: [] },
    'the guest reaches 10.1.0.0/16, where not only public hosts are: not granted, so network.egress goes without it',
  ]);
  expect(withheldFrom(egress('10.1.0.0/16'), field('network.egress', 'public'))[0]).toEqual({
    allow: [],
    deny: [],
  });
  expect(withheldFrom(field('network.egress', 'open'), field('network.egress', 'none'))[0]).toBe('public');
});
