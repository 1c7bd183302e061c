import { connect } from 'node:net';
import type { Context } from '../lib/context.ts';
import { lineSplitter } from '../lib/line-splitter.ts';
import { AgentvmError } from '../model/errors.ts';
import {
  errorOf,
  isSpoken,
  type KeeperStatus,
  MESSAGE_LIMIT_BYTES,
  type Operation,
  parseHello,
  parseReply,
} from './protocol.ts';

/** What came of talking to a keeper. */
export type Contact =
  | { readonly kind: 'answered'; readonly status: KeeperStatus }
  /** Nobody listens. */
  | { readonly kind: 'absent' }
  /** A keeper of a version that we do not speak. */
  | { readonly kind: 'foreign'; readonly version: number };

const HELLO_TIMEOUT_MS = 5000;

const brokenError = (what: string): AgentvmError =>
  new AgentvmError({
    code: 'KEEPER_BROKEN',
    message: `The keeper of the machine ${what}`,
    hint: 'Run the command again: it starts another keeper. keeper.log in the folder of the machine tells more.',
  });

/**
 * Says one thing to the keeper at a socket and waits for the answer, as long as it takes.
 * @throws the keeper's own AgentvmError, KEEPER_BROKEN when it ends before it answers; the signal's reason after an abort.
 */
export const askKeeper = (context: Context, socketPath: string, operation: Operation): Promise<Contact> =>
  new Promise((resolve, reject) => {
    context.signal.throwIfAborted();
    const socket = connect(socketPath);
    let isGreeted = false;
    const abort = (): void => {
      socket.destroy();
      reject(context.signal.reason);
    };
    context.signal.addEventListener('abort', abort, { once: true });
    const timer = setTimeout(() => {
      socket.destroy();
      reject(brokenError(`did not say hello within ${HELLO_TIMEOUT_MS / 1000} s`));
    }, HELLO_TIMEOUT_MS);
    const receive = (line: string): void => {
      if (!isGreeted) {
        const hello = parseHello(line);
        if (hello === undefined) return;
        isGreeted = true;
        clearTimeout(timer);
        if (!isSpoken(hello.keeper, operation.op)) {
          resolve({ kind: 'foreign', version: hello.keeper });
          socket.destroy();
          return;
        }
        socket.write(`${JSON.stringify({ ...operation, id: 1 })}\n`);
        return;
      }
      const reply = parseReply(line);
      if (reply === undefined) return;
      if (reply.ok) resolve({ kind: 'answered', status: reply.result });
      else reject(errorOf(reply.error));
      socket.destroy();
    };
    socket.on(
      'data',
      lineSplitter(MESSAGE_LIMIT_BYTES, receive, () => socket.destroy()),
    );
    socket.on('error', (error: NodeJS.ErrnoException) => {
      // A keeper that was killed resets those who waited to be let in.
      const isGone = ['ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE'].includes(error.code ?? '');
      if (isGone && !isGreeted) resolve({ kind: 'absent' });
      else if (!isGone) reject(error);
    });
    socket.once('close', () => {
      clearTimeout(timer);
      context.signal.removeEventListener('abort', abort);
      reject(brokenError('ended before it answered'));
    });
  });
