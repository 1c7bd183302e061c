import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createProbePace } from '../../src/keeper/probe-pace.ts';
import { tempFolder } from '../support/temp-folder.ts';

const pace = async (isUp: boolean) => {
  const log = join(await tempFolder(), 'console.log');
  let now = 1000;
  const { isDue } = createProbePace(log, () => now, isUp);
  return {
    print: (text: string) => appendFile(log, text),
    isDueAfter: (milliseconds: number) => {
      now += milliseconds;
      return isDue();
    },
  };
};

test('a guest that boots is left alone until its console tells of the SSH server', async () => {
  const { print, isDueAfter } = await pace(false);
  expect(await isDueAfter(0)).toBe(false);
  await print('[  OK  ] Started dbus.service - D-Bus System Message Bus.\n');
  expect(await isDueAfter(9000)).toBe(false);
  await print('[  OK  ] Started ssh.service - OpenBSD Secure Shell server.\n');
  expect(await isDueAfter(100)).toBe(true);
  await print('x'.repeat(40_000));
  expect(await isDueAfter(100)).toBe(true);
});

test('a guest that does not tell is tried when its console is still', async () => {
  const { print, isDueAfter } = await pace(false);
  expect(await isDueAfter(9999)).toBe(false);
  expect(await isDueAfter(1)).toBe(true);
  expect(await isDueAfter(9999)).toBe(false);
  await print('something\n');
  expect(await isDueAfter(1)).toBe(false);
  expect(await isDueAfter(10_000)).toBe(true);
});

test('a guest that was found running is tried at once', async () => {
  const { isDueAfter } = await pace(true);
  expect(await isDueAfter(0)).toBe(true);
});
