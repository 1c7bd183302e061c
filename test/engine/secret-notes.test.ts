import { expect, test } from 'vitest';
import { secretNotes } from '../../src/engine/secret-notes.ts';
import type { Json } from '../../src/model/json.ts';
import type { AppliedFields } from '../../src/model/machine.ts';

const fields = (egress: Json, hosts: readonly string[], source: Json): AppliedFields => ({
  'network.egress': { path: 'network.egress', value: egress },
  'secrets[TOKEN]': { path: 'secrets[]', key: 'TOKEN', value: { hosts: [...hosts], source } },
});

const FILE = { from: 'file', path: '/home/me/token' };
const HOSTS = ['api.example', '*.cdn.example'];

test.each<readonly [string, Json, string]>([
  ['public', 'public', ''],
  ['open', 'open', ''],
  ['none', 'none', 'api.example, *.cdn.example'],
  ['a list of both', { allow: HOSTS, deny: [] }, ''],
  ['one below', { allow: ['api.example:8443', 'a.cdn.example'], deny: [] }, ''],
  ['all above', { allow: ['*.example'], deny: [] }, ''],
  ['a typo', { allow: ['apl.example', '*.cdn.example'], deny: [] }, 'api.example'],
  ['a deny', { allow: ['*.example'], deny: ['*.cdn.example'] }, '*.cdn.example'],
])('hosts that the rules keep a value from are told: %s', (_name, egress, lost) => {
  expect(secretNotes(fields(egress, HOSTS, FILE), {})).toEqual(
    lost === '' ? [] : [`TOKEN goes to ${lost}, which network.egress does not let the guest reach.`],
  );
});

test('a variable that is not set is told of where the machine is to be started', () => {
  const from = fields('public', HOSTS, { from: 'env', variable: 'MY_TOKEN' });
  expect(secretNotes(from, { MY_TOKEN: '' })).toEqual([
    'TOKEN comes from the variable MY_TOKEN, which is not set here: until a command of the machine runs where it is, requests that carry it are refused.',
  ]);
  expect([secretNotes(from, { MY_TOKEN: 'x' }), secretNotes(from, undefined)]).toEqual([[], []]);
});
