import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tellingRefusals } from '../../src/cli/refusals-told.ts';
import { NETWORK_LOG, type NetworkEvent } from '../../src/model/network.ts';
import { testContext } from '../support/context.ts';
import { tempFolder } from '../support/temp-folder.ts';

const REFUSED: NetworkEvent = {
  at: '2030-01-02T03:04:05.000Z',
  verdict: 'refused',
  protocol: 'tls',
  name: 'gist.github.com',
  port: 443,
  rule: 'deny gist.github.com',
};

const world = async (isTerminal: boolean) => {
  const dir = await tempFolder();
  const told: string[] = [];
  const { io } = testContext(dir);
  const isShown = { stdin: isTerminal, stdout: isTerminal, stderr: isTerminal };
  const context = testContext(dir, {
    io: { ...io, stderr: (text) => void told.push(text), isTerminal: isShown },
  });
  const log = (event: NetworkEvent) => appendFile(join(dir, NETWORK_LOG), `${JSON.stringify(event)}\n`);
  await log({ ...REFUSED, name: 'before.example' });
  return { dir, context, told, log };
};

test('a person is told once, at the end, what was refused meanwhile, and the exit code stays', async () => {
  const { dir, context, told, log } = await world(true);
  const exitCode = await tellingRefusals(context, dir, async () => {
    await log(REFUSED);
    await log({ ...REFUSED, verdict: 'passed', name: 'github.com', rule: 'github.com' });
    await log({ ...REFUSED, repeated: 1 });
    expect(told).toEqual([]);
    return 5;
  });
  expect([exitCode, told]).toEqual([
    5,
    ['agentvm: 3 connections to 1 host were refused: agentvm network log\n'],
  ]);
  expect([await tellingRefusals(context, dir, async () => 0), told.length]).toEqual([0, 1]);
});

test('nothing is told where nobody reads it', async () => {
  const { dir, context, told, log } = await world(false);
  await tellingRefusals(context, dir, async () => {
    await log(REFUSED);
    return 0;
  });
  expect(told).toEqual([]);
});
