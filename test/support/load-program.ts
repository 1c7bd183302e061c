/**
 * Opens many connections and tells how they ended: `LOAD` as JSON, printed is a count for each end. An end is what was
 * heard first (its first 12 characters), a code of the system, `ended` or `waiting`.
 */
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export type Load = {
  readonly host: string;
  readonly port: number;
  readonly connections: number;
  readonly atOnce: number;
  /** In base64: what each says at once. */
  readonly first: string;
  /** In base64: what each says byte by byte then, one in so many milliseconds. */
  readonly slowly?: { readonly bytes: string; readonly everyMs: number };
  /** How long each waits for an end. */
  readonly waitMs: number;
};

const load = JSON.parse(process.argv[2] ?? '') as Load;
const ends: Record<string, number> = {};

const one = (): Promise<string> =>
  new Promise((resolve) => {
    const socket = connect({ host: load.host, port: load.port });
    const end = (how: string): void => {
      clearTimeout(timer);
      clearInterval(ticker);
      resolve(how);
      socket.destroy();
    };
    const timer = setTimeout(() => end('waiting'), load.waitMs);
    const slow = Buffer.from(load.slowly?.bytes ?? '', 'base64');
    let said = 0;
    const ticker = setInterval(() => {
      if (said < slow.length) socket.write(slow.subarray(said, ++said));
    }, load.slowly?.everyMs ?? 60_000);
    socket.on('connect', () => socket.write(Buffer.from(load.first, 'base64')));
    socket.on('data', (chunk: Buffer) => end(chunk.toString('latin1', 0, 12)));
    socket.on('error', (error: NodeJS.ErrnoException) => end(error.code ?? 'error'));
    socket.on('close', () => end('ended'));
  });

let started = 0;
const worker = async (): Promise<void> => {
  while (started < load.connections) {
    started += 1;
    const end = await one();
    ends[end] = (ends[end] ?? 0) + 1;
  }
};
const before = Date.now();
await Promise.all(Array.from({ length: load.atOnce }, worker));
await sleep(0);
process.stdout.write(JSON.stringify({ ends, ms: Date.now() - before }));
process.exit(0);
