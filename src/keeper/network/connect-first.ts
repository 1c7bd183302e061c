import { connect, isIPv6, type LookupFunction } from 'node:net';
import type { Dialled } from '../secrets/gate-options.ts';

const CONNECT_TIMEOUT_MS = 20_000;
/** One address that is silent leaves time for the next (RFC 8305, section 5: at most 2 s). */
const NEXT_ADDRESS_MS = 2000;
const KEEP_ALIVE_MS = 60_000;

/** Connects to the first of some addresses that answers. @throws the system's error; the signal's reason after an abort. */
export const connectFirst = (
  addresses: readonly string[],
  port: number,
  signal: AbortSignal,
): Promise<Dialled> =>
  new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const found = addresses.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }));
    const lookup: LookupFunction = (_host, options, done) => {
      const [first] = found;
      if (options.all === true) done(null, found);
      else done(null, first?.address ?? '', first?.family);
    };
    const socket = connect({
      // Never looked up: the lookup above answers for it.
      host: 'target',
      port,
      lookup,
      autoSelectFamily: true,
      autoSelectFamilyAttemptTimeout: NEXT_ADDRESS_MS,
      allowHalfOpen: true,
      noDelay: true,
      keepAlive: true,
      keepAliveInitialDelay: KEEP_ALIVE_MS,
    });
    const abort = (): void => {
      socket.destroy(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
    };
    const timer = setTimeout(
      () => socket.destroy(new Error('the server does not answer')),
      CONNECT_TIMEOUT_MS,
    );
    const settle = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
    };
    signal.addEventListener('abort', abort, { once: true });
    socket.once('connect', () => {
      settle();
      socket.on('error', () => {});
      resolve({ socket, address: socket.remoteAddress ?? addresses[0] ?? '' });
    });
    socket.once('error', (error) => {
      settle();
      reject(error);
    });
  });
