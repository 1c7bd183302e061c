import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder of its own for the running test, deleted afterwards. Its path is real (no symbolic link in it). */
export const tempFolder = async (): Promise<string> => {
  const path = await realpath(await mkdtemp(join(tmpdir(), 'agentvm-test-')));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
};
