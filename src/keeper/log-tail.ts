import { open } from 'node:fs/promises';

const TAIL_BYTES = 4096;
const TAIL_LINES = 20;

/** The last lines of a log, at most 20; none when there is no such file. */
export const readTail = async (path: string): Promise<readonly string[]> => {
  const handle = await open(path, 'r').catch(() => undefined);
  if (handle === undefined) return [];
  try {
    const { size } = await handle.stat();
    const start = Math.max(0, size - TAIL_BYTES);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(TAIL_BYTES), 0, TAIL_BYTES, start);
    const lines = buffer.subarray(0, bytesRead).toString('utf8').trimEnd().split('\n');
    return lines.filter((line) => line !== '').slice(-TAIL_LINES);
  } finally {
    await handle.close();
  }
};
