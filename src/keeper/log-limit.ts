import { stat, truncate } from 'node:fs/promises';

const LIMIT_BYTES = 16 * 1024 * 1024;

/** Empties files that have grown too long: the guest decides how much its console says, the host's disk is not its. */
export const shortenLogs = async (paths: readonly string[]): Promise<void> => {
  for (const path of paths) {
    const found = await stat(path).catch(() => undefined);
    if ((found?.size ?? 0) > LIMIT_BYTES) await truncate(path);
  }
};
