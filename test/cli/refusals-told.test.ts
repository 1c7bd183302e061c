import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tellingRefusals } from '../../src/cli/refusals-told.ts';
import type { Inspection } from '../../src/drivers/driver.ts';
import { NETWORK_LOG, type NetworkEvent } from '../../src/model/network.ts';
import { testContext } from '../support/context.ts';
import { MACHINE_ID } from '../support/machine-state.ts';
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
  let refused = 7;
  const machine = {
    ref: { id: MACHINE_ID, name: 'demo', dir, driverState: null },
    driver: {
      inspect: async (): Promise<Inspection> => ({
        ...{ power: 'running', at: REFUSED.at, guestReady: true, fields: {} },
        network: {
          wall: 'namespaces',
          counts: { passed: 0, refused, refusedHosts: 1, refusedByKernel: 0 },
        },
      }),
    },
  };
  const count = (more: number): void => {
    refused += more;
  };
  return { machine, context, told, log, count };
};

test('a person is told once, at the end, what was refused meanwhile, and the exit code stays', async () => {
  const { machine, context, told, log } = await world(true);
  const exitCode = await tellingRefusals(context, machine, async () => {
    await log(REFUSED);
    await log({ ...REFUSED, verdict: 'passed', name: 'github.com', rule: 'github.com' });
    await log({ ...REFUSED, repeated: 2 });
    expect(told).toEqual([]);
    return 5;
  });
  expect([exitCode, told]).toEqual([
    5,
    ['agentvm: 3 connections to 1 host were refused: agentvm network log\n'],
  ]);
  expect([await tellingRefusals(context, machine, async () => 0), told.length]).toEqual([0, 1]);
});

test('what the log holds back because it is alike is told by the count', async () => {
  const { machine, context, told, log, count } = await world(true);
  await tellingRefusals(context, machine, async () => {
    await log(REFUSED);
    count(20);
    return 0;
  });
  await tellingRefusals(context, machine, async () => {
    count(1);
    return 0;
  });
  // Another keeper counts from the start again.
  await tellingRefusals(context, machine, async () => {
    count(-28);
    return 0;
  });
  expect(told).toEqual([
    'agentvm: 20 connections to 1 host were refused: agentvm network log\n',
    'agentvm: 1 connection was refused: agentvm network log\n',
  ]);
});

test('nothing is told where nobody reads it', async () => {
  const { machine, context, told, log } = await world(false);
  await tellingRefusals(context, machine, async () => {
    await log(REFUSED);
    return 0;
  });
  expect(told).toEqual([]);
});
