import { expect, test } from 'vitest';
import type { NetworkStatus } from '../../src/model/network.ts';
import { networkStatusText } from '../../src/ui/network-text.ts';

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
    ].map(networkStatusText),
  ).toMatchInlineSnapshot(`
    [
      "open: the guest reaches whatever this host reaches",
      "caged; 0 connections passed, none refused",
      "caged; 1 connection passed, 1 refused to 1 host (agentvm network log)",
      "caged; 120 connections passed, 7 refused to 3 hosts (agentvm network log); 2 more at ports that no rule opens",
      "caged by the second wall, only through a proxy (agentvm doctor says why); 2 connections passed, none refused; 1 more at ports that no rule opens",
    ]
  `);
});
