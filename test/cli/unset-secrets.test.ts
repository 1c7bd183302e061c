import { expect, test } from 'vitest';
import { tellUnsetSecrets } from '../../src/cli/unset-secrets.ts';
import type { MachineState } from '../../src/model/machine.ts';
import { testContext } from '../support/context.ts';
import { MACHINE_ID } from '../support/machine-state.ts';

const secret = (key: string, source: object) => ({
  path: 'secrets[]',
  key,
  value: { hosts: ['a.example'], source },
});

const told = async (env: Readonly<Record<string, string>>, isTerminal = true): Promise<readonly string[]> => {
  const lines: string[] = [];
  const { io } = testContext('/');
  const context = testContext('/', {
    env,
    io: {
      ...io,
      stderr: (text) => void lines.push(text),
      isTerminal: { stdin: isTerminal, stdout: isTerminal, stderr: isTerminal },
    },
  });
  const state = {
    fields: {
      'secrets[A]': secret('A', { from: 'env', variable: 'HOST_A' }),
      'secrets[B]': secret('B', { from: 'env', variable: 'B' }),
      'secrets[C]': secret('C', { from: 'file', path: '/c' }),
    },
  } as unknown as MachineState;
  const counts = { passed: 0, refused: 0, refusedHosts: 0, refusedByKernel: 0 };
  await tellUnsetSecrets(context, {
    ref: { id: MACHINE_ID, name: 'demo', dir: '/', driverState: null },
    driver: {
      inspect: async () => ({
        ...{ power: 'running', at: '2030-01-02T03:04:05.000Z', guestReady: true, fields: {} },
        network: { wall: 'namespaces', counts, unsetSecrets: ['A'] },
      }),
    },
    state,
  });
  return lines;
};

test('a person is told of the variables that neither this command nor an earlier one had', async () => {
  expect(await told({})).toEqual([
    'agentvm: A has no value, as HOST_A is not set here: requests that carry it are refused\n',
  ]);
  expect(await told({ HOST_A: 'value' })).toEqual([]);
  expect(await told({}, false)).toEqual([]);
});
