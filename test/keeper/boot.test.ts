import { mkdir } from 'node:fs/promises';
import { expect, test } from 'vitest';
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
