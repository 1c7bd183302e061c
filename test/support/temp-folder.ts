import { existsSync } from 'node:fs';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** Where Linux keeps files in memory: what a test syncs hundreds of times there costs nothing. */
const MEMORY = '/dev/shm';

/** A folder of its own for the running test, deleted afterwards. Its path is real (no symbolic link in it). */
export const tempFolder = async (options: { readonly inMemory?: boolean } = {}): Promise<string> => {
  const base = options.inMemory && existsSync(MEMORY) ? MEMORY : tmpdir();
  const path = await realpath(await mkdtemp(join(base, 'agentvm-test-')));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
};
