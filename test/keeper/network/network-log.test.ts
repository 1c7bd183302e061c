import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createNetworkCounter } from '../../../src/keeper/network/network-counts.ts';
import { createNetworkLog, type NetworkNews } from '../../../src/keeper/network/network-log.ts';
import type { NetworkEvent } from '../../../src/model/network.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const world = async () => {
  const path = join(await tempFolder(), 'network.log');
  let nowMs = Date.UTC(2026, 0, 1);
  const log = createNetworkLog({ path, now: () => new Date(nowMs) });
  return {
    path,
    log,
    pass: (ms: number) => {
      nowMs += ms;
    },
    lines: async (): Promise<readonly NetworkEvent[]> =>
      (await readFile(path, 'utf8'))
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as NetworkEvent),
  };
};

const refusal = (name: string): NetworkNews => ({
  verdict: 'refused',
  protocol: 'tls',
  name,
  address: '192.0.2.1',
  port: 443,
  rule: 'not in network.egress',
});

test('what repeats is written once, and the number of the others after a minute', async () => {
  const { path, log, pass, lines } = await world();
  for (let count = 0; count < 5; count += 1) log.write(refusal('a.example'));
  log.write(refusal('b.example'));
  pass(59_000);
  log.write(refusal('a.example'));
  log.flush();
  expect(await lines()).toEqual([
    { at: '2026-01-01T00:00:00.000Z', ...refusal('a.example') },
    { at: '2026-01-01T00:00:00.000Z', ...refusal('b.example') },
  ]);
  pass(2000);
  log.flush();
  log.write(refusal('a.example'));
  log.close();
  expect((await lines()).slice(2)).toEqual([
    { at: '2026-01-01T00:01:01.000Z', ...refusal('a.example'), repeated: 5 },
    { at: '2026-01-01T00:01:01.000Z', ...refusal('a.example') },
  ]);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test('what was only counted is written at the end', async () => {
  const { log, lines } = await world();
  for (let count = 0; count < 3; count += 1) log.write(refusal('a.example'));
  log.close();
  expect((await lines()).map(({ repeated }) => repeated)).toEqual([undefined, 2]);
});

test('control characters, colours and endless names of the guest stay out of it', async () => {
  const { log, path, lines } = await world();
  log.write({
    ...refusal(`\u001b[2J\n\u202e"\\${'x'.repeat(5000)}`),
    secrets: Array.from({ length: 99 }, () => 'A\0'),
  });
  log.close();
  const text = await readFile(path, 'utf8');
  expect(/^[\x20-\x7e…]*\n$/.test(text)).toBe(true);
  const [event] = await lines();
  expect(event?.name).toMatch(/^\?\[2J\?\?"\\x+…$/);
  expect(event?.name).toHaveLength(255);
  expect(event?.secrets).toEqual(Array.from({ length: 16 }, () => 'A?'));
});

test('a flood of different refusals costs a bounded number of lines, and its size is told', async () => {
  const { log, pass, lines } = await world();
  for (let count = 0; count < 100_000; count += 1) log.write(refusal(`d${count}.example`));
  expect(await lines()).toHaveLength(500);
  pass(10_000);
  log.flush();
  expect((await lines()).slice(500)).toEqual([
    {
      ...{ at: '2026-01-01T00:00:10.000Z', verdict: 'refused', protocol: 'tcp' },
      ...{ rule: 'more than the log takes', repeated: 99_500 },
    },
  ]);
  log.close();
});

test('a flood does not keep out what a placeholder did, of which there are not too many lines either', async () => {
  const { log, lines } = await world();
  for (let count = 0; count < 1000; count += 1) log.write(refusal(`n${count}.example`));
  for (let count = 0; count < 200; count += 1)
    log.write({ ...refusal(`s${count}.example`), rule: 'placeholder in a URL', secrets: ['TOKEN'] });
  log.close();
  expect((await lines()).filter(({ secrets }) => secrets?.includes('TOKEN'))).toHaveLength(100);
});

test('the file is turned at 4 MiB, and only one old one is kept', async () => {
  const { path, log, pass } = await world();
  await writeFile(path, 'x'.repeat(4 * 1024 * 1024 + 1), { mode: 0o600 });
  log.write(refusal('a.example'));
  expect((await stat(`${path}.1`)).size).toBe(4 * 1024 * 1024 + 1);
  expect((await stat(path)).size).toBeLessThan(1000);
  for (let count = 0; count < 40_000; count += 1) {
    pass(100);
    log.write(refusal(`${'d'.repeat(200)}${count}.example`));
  }
  log.close();
  expect((await stat(path)).size + (await stat(`${path}.1`)).size).toBeLessThan(9 * 1024 * 1024);
});

test('a file that cannot be written is told once and ends nothing', async () => {
  const folder = await tempFolder();
  const errors: unknown[] = [];
  const log = createNetworkLog({
    path: join(folder, 'missing', 'network.log'),
    now: () => new Date(),
    onError: (error) => errors.push((error as NodeJS.ErrnoException).code),
  });
  for (let count = 0; count < 10; count += 1) log.write(refusal(`${count}.example`));
  log.close();
  expect(errors).toEqual(['ENOENT']);
});

test('counts: what passed, what was refused, how many hosts', () => {
  const counter = createNetworkCounter();
  counter.count({ verdict: 'passed', name: 'a.example' });
  for (const name of ['b.example', 'b.example', 'c.example']) counter.count({ verdict: 'refused', name });
  counter.count({ verdict: 'refused', address: '192.0.2.1' });
  counter.count({ verdict: 'refused' });
  counter.setRefusedByKernel(7);
  expect(counter.read()).toEqual({ passed: 1, refused: 5, refusedHosts: 3, refusedByKernel: 7 });
  for (let count = 0; count < 20_000; count += 1) counter.count({ verdict: 'refused', name: `d${count}` });
  expect(counter.read().refusedHosts).toBe(10_000);
});
