import { expect, test } from 'vitest';
import { sharesOf, specOf } from '../../src/engine/machine-spec.ts';
import { pathsFrom } from '../../src/lib/paths.ts';
import { type FieldPath, fieldId } from '../../src/model/fields.ts';
import type { Json } from '../../src/model/json.ts';
import type { AppliedFields } from '../../src/model/machine.ts';
import { MACHINE_ID } from '../support/machine-state.ts';

const paths = pathsFrom({ HOME: '/home/me' });

const source = (...list: readonly (readonly [FieldPath, Json, string?, Json?])[]) => ({
  id: MACHINE_ID,
  name: 'demo',
  project: { realPath: '/p', device: 1, inode: 2 },
  fields: Object.fromEntries(
    list.map(([path, value, key, resolved]) => [
      fieldId(path, key),
      {
        path,
        value,
        ...(key === undefined ? {} : { key }),
        ...(resolved === undefined ? {} : { resolved }),
      },
    ]),
  ) as AppliedFields,
});

const mount = (guest: string, host: string, mode: 'ro' | 'rw' = 'ro') =>
  ['mounts[]', { host, guest, mode }, guest] as const;

test('the project, the agents of this host and the mounts are shared, outer places first', () => {
  const shares = sharesOf(
    paths,
    source(
      ['workspace.protect[]', true, 'agentvm.yaml'],
      ['workspace.protect[]', true, '.git/hooks'],
      mount('/data/inner', '/two', 'rw'),
      mount('/data', '/one'),
    ),
  );
  expect(shares).toMatchInlineSnapshot(`
    [
      {
        "guestPath": "/p",
        "hostPath": "/p",
        "id": "workspace",
        "mode": "rw",
        "protect": [
          ".git/hooks",
          "agentvm.yaml",
        ],
        "target": "/p",
      },
      {
        "guestPath": "/run/agentvm/packages",
        "hostPath": "/home/me/.local/share/agentvm/agents",
        "id": "packages",
        "mode": "ro",
        "protect": [],
        "target": null,
      },
      {
        "guestPath": "/data",
        "hostPath": "/one",
        "id": "bd47413b5c03",
        "mode": "ro",
        "protect": [],
        "target": null,
      },
      {
        "guestPath": "/data/inner",
        "hostPath": "/two",
        "id": "0a5b3b327f92",
        "mode": "rw",
        "protect": [],
        "target": null,
      },
    ]
  `);
});

test('what the guest can write to is named, so that no link of its making is followed', () => {
  const shares = sharesOf(
    paths,
    source(
      mount('/inside', '/p/data'),
      mount('/beside', '/p-other'),
      mount('/outer', '/w', 'rw'),
      mount('/deep', '/w/a/b', 'rw'),
      mount('/deeper', '/w/a/b/c'),
    ),
  );
  expect(Object.fromEntries(shares.slice(2).map((share) => [share.guestPath, share.within]))).toEqual({
    '/inside': '/p',
    '/beside': undefined,
    '/outer': undefined,
    '/deep': '/w',
    '/deeper': '/w',
  });
});

test('a project that the guest cannot write to makes no links', () => {
  const shares = sharesOf(paths, source(['workspace.mode', 'ro'], mount('/inside', '/p/data')));
  expect([shares[0]?.mode, shares[2]?.within]).toEqual(['ro', undefined]);
});

test('a port that was chosen once stays', () => {
  const value = { guest: 80, host: 'auto', address: '127.0.0.1' };
  const { ports } = specOf(
    paths,
    'x86_64',
    source(['ports[]', value, 'auto:80', { ...value, host: 40_001 }], ['ports[]', value, 'auto:81']),
  );
  expect(ports.map((port) => [port.key, port.host])).toEqual([
    ['auto:80', 40_001],
    ['auto:81', 'auto'],
  ]);
});
