import { expect, test } from 'vitest';
import type { NetworkEvent, NetworkStatus } from '../../src/model/network.ts';
import { networkEventText, networkStatusText, refusedSummary } from '../../src/ui/network-text.ts';

const standing = (
  wall: NetworkStatus['wall'],
  passed: number,
  refused: number,
  refusedHosts: number,
  refusedByKernel: number,
): NetworkStatus => ({ wall, counts: { passed, refused, refusedHosts, refusedByKernel } });

test('the network of a running machine in one line', () => {
  expect(
    [
      standing('none', 0, 0, 0, 0),
      standing('namespaces', 0, 0, 0, 0),
      standing('namespaces', 1, 1, 1, 0),
      standing('namespaces', 120, 7, 3, 2),
      standing('proxy', 2, 0, 0, 1),
      { ...standing('namespaces', 0, 0, 0, 0), unsetSecrets: ['A_KEY', 'B_KEY'] },
    ].map(networkStatusText),
  ).toMatchInlineSnapshot(`
    [
      "open: the guest reaches whatever this host reaches",
      "caged; 0 connections passed, none refused",
      "caged; 1 connection passed, 1 refused to 1 host (agentvm network log)",
      "caged; 120 connections passed, 7 refused to 3 hosts (agentvm network log); 2 more at ports that no rule opens",
      "caged by the second wall, only through a proxy (agentvm doctor says why); 2 connections passed, none refused; 1 more at ports that no rule opens",
      "caged; 0 connections passed, none refused; no value yet for A_KEY, B_KEY",
    ]
  `);
});

const EVENT = {
  at: '2030-01-02T03:04:05.678Z',
  verdict: 'refused',
  protocol: 'tls',
  name: 'gist.github.com',
  address: '140.82.121.3',
  port: 443,
  rule: 'deny gist.github.com',
} as const satisfies NetworkEvent;
const AT = { at: EVENT.at, verdict: 'refused', rule: 'private address' } as const;

test('a connection in one line, made harmless where the guest wrote it', () => {
  const events: readonly NetworkEvent[] = [
    EVENT,
    { ...AT, protocol: 'tcp', address: '10.0.0.1', port: 5432, repeated: 12 },
    { ...AT, protocol: 'tcp', address: 'fd00::1', port: 80 },
    { ...AT, protocol: 'dns', name: 'evil.example' },
    { ...EVENT, verdict: 'passed', rule: 'github.com', secrets: ['GITHUB_TOKEN'] },
    { ...EVENT, verdict: 'passed', address: EVENT.name, rule: 'public' },
    { ...AT, protocol: 'http', name: 'a\u001b[2J\nb\u202ec.example', port: 80 },
  ];
  expect(events.map(networkEventText).join('')).toMatchInlineSnapshot(`
    "2030-01-02T03:04:05Z  refused  tls   gist.github.com:443 (140.82.121.3)  deny gist.github.com
    2030-01-02T03:04:05Z  refused  tcp   10.0.0.1:5432  private address  12 times more
    2030-01-02T03:04:05Z  refused  tcp   [fd00::1]:80  private address
    2030-01-02T03:04:05Z  refused  dns   evil.example (lookup)  private address
    2030-01-02T03:04:05Z  passed   tls   gist.github.com:443 (140.82.121.3)  github.com  secret GITHUB_TOKEN
    2030-01-02T03:04:05Z  passed   tls   gist.github.com:443  public
    2030-01-02T03:04:05Z  refused  http  a bc.example:80  private address
    "
  `);
});

test('what was refused in one phrase', () => {
  const dns: NetworkEvent = { ...AT, protocol: 'dns', name: 'evil.example' };
  expect(
    [
      [],
      [{ ...EVENT, verdict: 'passed' as const }],
      [EVENT],
      [EVENT, { ...EVENT, repeated: 2 }],
      [EVENT, dns],
      [dns, dns],
      [dns, { ...dns, name: 'other.example' }],
    ].map((events) => refusedSummary(events)),
  ).toMatchInlineSnapshot(`
    [
      undefined,
      undefined,
      "1 connection to 1 host was refused",
      "3 connections to 1 host were refused",
      "2 connections to 2 hosts were refused",
      "2 lookups of 1 name were refused",
      "2 lookups of 2 names were refused",
    ]
  `);
});
