import { appendFile, rename, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { NETWORK_LOG } from '../../src/model/network.ts';
import { endOfNetworkLog, readNetworkEvents } from '../../src/state/network-events.ts';
import { tempFolder } from '../support/temp-folder.ts';

const line = (name: string): string =>
  `${JSON.stringify({ at: '2030-01-02T03:04:05.000Z', verdict: 'refused', protocol: 'tls', name, rule: 'public' })}\n`;

const names = ({ events }: Awaited<ReturnType<typeof readNetworkEvents>>) => events.map(({ name }) => name);

test('a machine that has no log yet has no events, and those that come later are found from there', async () => {
  const dir = await tempFolder();
  const { events, end } = await readNetworkEvents(dir);
  expect(events).toEqual([]);
  expect(await endOfNetworkLog(dir)).toEqual(end);
  await writeFile(join(dir, NETWORK_LOG), line('a'));
  expect(names(await readNetworkEvents(dir, end))).toEqual(['a']);
});

test('what comes behind a place is read once, over a rotation too', async () => {
  const dir = await tempFolder();
  const log = join(dir, NETWORK_LOG);
  await writeFile(`${log}.1`, line('oldest'));
  await writeFile(log, line('a'));
  const first = await readNetworkEvents(dir);
  expect(names(first)).toEqual(['oldest', 'a']);
  expect(await endOfNetworkLog(dir)).toEqual(first.end);
  await appendFile(log, line('b'));
  const second = await readNetworkEvents(dir, first.end);
  expect(names(second)).toEqual(['b']);
  await appendFile(log, line('c'));
  await rename(log, `${log}.1`);
  expect(names(await readNetworkEvents(dir, second.end))).toEqual(['c']);
  await writeFile(log, line('d'));
  const third = await readNetworkEvents(dir, second.end);
  expect(names(third)).toEqual(['c', 'd']);
  expect(names(await readNetworkEvents(dir, third.end))).toEqual([]);
  await truncate(log);
  await appendFile(log, line('e'));
  expect(names(await readNetworkEvents(dir, { ...third.end, offset: 10_000 }))).toEqual(['e']);
});

test('lines that are no events are passed over, and one that is not whole yet waits', async () => {
  const dir = await tempFolder();
  const log = join(dir, NETWORK_LOG);
  const whole = line('later');
  const bad = ['', '{', '[]', 'null', '7', '{"at":1}', line('x').replace('tls', 'ipx').trim()];
  await writeFile(log, `${bad.join('\n')}\n${line('good')}${whole.slice(0, 20)}`);
  const first = await readNetworkEvents(dir);
  expect(names(first)).toEqual(['good']);
  await appendFile(log, whole.slice(20));
  expect(names(await readNetworkEvents(dir, first.end))).toEqual(['later']);
});
