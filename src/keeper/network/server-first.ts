import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Dialled } from '../secrets/gate-options.ts';
import type { Hearing } from './first-words.ts';

/** Servers of some protocols speak first; their clients wait for so long at least. */
const SILENCE_MS = 300;

/** Resolves when a server has sent something, or has hung up. */
const spokenBy = (socket: Socket): Promise<void> =>
  new Promise((resolve) => {
    socket.once('data', (chunk: Buffer) => {
      socket.pause();
      socket.unshift(chunk);
      resolve();
    });
    socket.once('close', resolve);
  });

/**
 * Connects a client that waits for its server's first word. If the client speaks after all, this connection is let go
 * of, for it may name another host. Undefined where the client was first, or `dial` does not want to.
 * @throws what `dial` rejects with.
 */
export const hearServerFirst = async (
  { words, isSilent }: Hearing,
  dial: (signal: AbortSignal) => Promise<Dialled> | undefined,
): Promise<Dialled | undefined> => {
  await Promise.race([words, sleep(SILENCE_MS, undefined, { ref: false })]);
  if (!isSilent()) return undefined;
  const giveUp = new AbortController();
  const server = dial(giveUp.signal)?.then(async (dialled) => {
    giveUp.signal.addEventListener('abort', () => dialled.socket.destroy(), { once: true });
    await spokenBy(dialled.socket);
    return dialled;
  });
  if (server === undefined) return undefined;
  const first = await Promise.race([server, words.then(() => undefined)]);
  if (first === undefined) {
    giveUp.abort(new Error('the client spoke first'));
    server.catch(() => {});
  }
  return first;
};
