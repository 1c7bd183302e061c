import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { inspectByFiles } from '../../src/drivers/qemu/inspection.ts';
import { awaitKeeperEnd, readKeeperNote } from '../../src/keeper/client-spawn.ts';
import { type KeeperNote, machineFiles, type Run } from '../../src/keeper/protocol-files.ts';
import { readBootId } from '../../src/lib/boot-id.ts';
import { writeJsonFile } from '../../src/lib/json-file.ts';
import { identifyProcess } from '../../src/lib/process-identity.ts';
import { testContext } from '../support/context.ts';
import { MACHINE_ID } from '../support/machine-state.ts';
import { tempFolder } from '../support/temp-folder.ts';

const OTHER_BOOT = '00000000-0000-4000-8000-0000000000ff';

const setUp = async () => {
  const context = testContext(await tempFolder());
  const files = machineFiles(context.paths, MACHINE_ID);
  await mkdir(files.dir, { recursive: true });
  // A process that lives and has the very number and start time that stand in the record.
  const self = await identifyProcess(process.pid);
  if (self === undefined) throw new Error('we do not live');
  return { context, files, self };
};

test('the keeper of an earlier boot is nobody, also where a process has its number now', async () => {
  const { context, files, self } = await setUp();
  const note: KeeperNote = { ...self, version: 1, bootId: OTHER_BOOT };
  await writeJsonFile(files.keeper, note);
  expect(await readKeeperNote(files)).toBeUndefined();
  await awaitKeeperEnd(context, files);

  await writeJsonFile(files.keeper, { ...note, bootId: await readBootId() });
  expect(await readKeeperNote(files)).toMatchObject(self);
});

test('a machine that ran in an earlier boot is stopped, also where a process has its QEMU’s number now', async () => {
  const { context, files, self } = await setUp();
  const run: Run = { format: 1, bootId: OTHER_BOOT, holder: self, qemu: self, shares: [], known: [] };
  await writeJsonFile(files.run, run);
  expect(await inspectByFiles(context, files)).toEqual({
    power: 'stopped',
    powerReason: 'this host was started anew',
  });
  await writeJsonFile(files.run, { ...run, bootId: await readBootId() });
  expect(await inspectByFiles(context, files)).toEqual({ power: 'running' });
});

/** A QEMU that is asked for nothing but its status. */
const qemuThatIs = async (path: string, status: object): Promise<void> => {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.write('{"QMP": {}}\n');
    socket.on('data', (chunk) => {
      for (const line of String(chunk).trim().split('\n')) {
        const { id, execute } = JSON.parse(line);
        socket.write(`${JSON.stringify({ id, return: execute === 'query-status' ? status : {} })}\n`);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  onTestFinished(() => void server.close());
};

test.each([
  {
    what: 'halted, and recorded as suspended',
    status: { running: false, status: 'paused' },
    expected: { power: 'running', suspendedSince: '2026-01-02T03:04:05.000Z' },
  },
  {
    what: 'paused by an error of its disk',
    status: { running: false, status: 'io-error' },
    expected: { power: 'paused' },
  },
  { what: 'running', status: { running: true, status: 'running' }, expected: { power: 'running' } },
])('a machine without a keeper that is $what shows as such', async ({ status, expected }) => {
  const { context, files, self } = await setUp();
  await mkdir(files.sockets, { recursive: true });
  await qemuThatIs(files.qmpSocket, status);
  await writeJsonFile(files.run, {
    ...{ format: 1, bootId: await readBootId(), holder: self, qemu: self, shares: [], known: [] },
    suspendedSince: '2026-01-02T03:04:05.000Z',
  });
  expect(await inspectByFiles(context, files)).toEqual(expected);
});
