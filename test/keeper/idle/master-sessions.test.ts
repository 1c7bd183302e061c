import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { countSessions } from '../../../src/keeper/idle/process-tables.ts';
import { machineFiles } from '../../../src/keeper/protocol-files.ts';
import { createSshMaster, plainWay, type SshMaster } from '../../../src/keeper/ssh-master.ts';
import { sshArguments } from '../../../src/model/ssh-options.ts';
import { testContext } from '../../support/context.ts';
import { eventually } from '../../support/eventually.ts';
import { MACHINE_ID } from '../../support/machine-state.ts';
import { startSshd, type TestSshd } from '../../support/sshd.ts';

let sshd: TestSshd;
let master: SshMaster;

beforeAll(async () => {
  sshd = await startSshd();
  const context = testContext(sshd.dir);
  const files = { ...machineFiles(context.paths, MACHINE_ID), sshLog: join(sshd.dir, 'ssh.log') };
  master = createSshMaster(context, files, sshd.target, plainWay(sshd.target.port));
  await master.start();
});
afterAll(async () => {
  await master?.stop();
  await sshd?.stop();
});

const sessions = async (): Promise<number> =>
  countSessions(await readFile('/proc/net/unix', 'utf8'), sshd.target.controlPath);
const counts = (count: number): Promise<boolean> => eventually(async () => (await sessions()) === count);

/** A session that lasts until its input ends. */
const session = () =>
  spawn('ssh', [...sshArguments(sshd.target), '-o', 'ControlMaster=no', '--', sshd.target.host, 'cat'], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });

test('sessions of OpenSSH are counted as long as they last, also while the master is hidden', async () => {
  expect(await counts(0)).toBe(true);
  const one = session();
  one.stdin.write('hello\n');
  await new Promise((resolve) => one.stdout.once('data', resolve));
  expect(await sessions()).toBe(1);
  await master.hide();
  expect([existsSync(sshd.target.controlPath), await master.isUp(), await sessions()]).toEqual([
    false,
    false,
    1,
  ]);
  await master.show();
  expect(await master.isUp()).toBe(true);
  one.stdin.end();
  expect(await counts(0)).toBe(true);
});

test('a hidden master is ended, and leaves nothing', async () => {
  await master.hide();
  await master.stop();
  await master.show();
  expect(await master.isUp()).toBe(false);
  expect(existsSync(`${sshd.target.controlPath}.h`)).toBe(false);
  await master.start();
  expect(await master.isUp()).toBe(true);
});
