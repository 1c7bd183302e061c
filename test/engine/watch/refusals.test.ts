import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { machineDir } from '../../../src/lib/paths.ts';
import { NETWORK_LOG, type NetworkEvent } from '../../../src/model/network.ts';
import { watchText } from '../../../src/ui/watch-text.ts';
import { schemaErrors } from '../../support/schema-check.ts';
import { watchWorld } from '../../support/watch-world.ts';

const REFUSED: NetworkEvent = {
  at: '2030-01-02T03:04:05.000Z',
  verdict: 'refused',
  protocol: 'tls',
  name: 'gist.github.com',
  port: 443,
  rule: 'deny gist.github.com',
};

const watched = async () => {
  const world = await watchWorld('apiVersion: agentvm/v1\nname: shop\ndriver: fake\n');
  const watching = world.start({ times: { probeMs: 200 } });
  await watching.next('converged');
  const log = join(machineDir(world.context.paths, (await world.state()).id), NETWORK_LOG);
  const write = (...events: readonly NetworkEvent[]) =>
    appendFile(log, events.map((event) => `${JSON.stringify(event)}\n`).join(''));
  await write({ ...REFUSED, name: 'before.example' });
  // Two looks, of which the first takes the place from which on it counts.
  await new Promise((resolve) => setTimeout(resolve, 1000));
  return { world, watching, write };
};

test('new refusals are told at the next look, each host once and those that passed not at all', async () => {
  const { world, watching, write } = await watched();
  await write(
    REFUSED,
    { ...REFUSED, repeated: 4 },
    { ...REFUSED, verdict: 'passed', name: 'github.com' },
    { ...REFUSED, protocol: 'dns', name: 'evil.example', rule: 'too many names' },
  );
  const event = await watching.next('refused', ({ hosts }) => hosts[0]?.host !== 'before.example');
  expect(schemaErrors(event)).toEqual([]);
  expect(watchText(world.folder)(event).replace(/^\S+ /, '')).toBe(
    'shop: refused 6 connections of the machine: gist.github.com:443 (deny gist.github.com), evil.example (too many names)\n',
  );
  const many = Array.from({ length: 13 }, (_, index) => ({ ...REFUSED, name: `h${index}.example` }));
  await write(...many);
  const flood = await watching.next('refused');
  expect([schemaErrors(flood), flood.count, flood.hosts.length, flood.moreHosts]).toEqual([[], 13, 10, 3]);
  const told = watching.events.filter(({ event: kind }) => kind === 'refused').length;
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(watching.events.filter(({ event: kind }) => kind === 'refused')).toHaveLength(told);
});
