import { connect } from 'node:net';
import { AgentvmError } from '../model/errors.ts';
import type { Json } from '../model/json.ts';
import { lineSplitter } from './line-splitter.ts';

/** QEMU Machine Protocol (docs/interop/qmp-spec of QEMU): one client at a time is greeted, others wait in silence. */
export type Qmp = {
  /** @throws AgentvmError QMP_ERROR with QEMU's own words, QMP_TIMEOUT, QMP_CLOSED. */
  readonly execute: (
    command: string,
    args?: Readonly<Record<string, Json>>,
    timeoutMs?: number,
  ) => Promise<Json>;
  readonly close: () => void;
  /** Settles when the connection has ended, by us or by QEMU's end. */
  readonly closed: Promise<void>;
};

export type QmpEvent = { readonly name: string; readonly data: Readonly<Record<string, Json>> };

export type QmpOptions = {
  /** For the greeting, and for each answer. */
  readonly timeoutMs: number;
  readonly onEvent?: (event: QmpEvent) => void;
};

/** QEMU's longest answers (query-qmp-schema) have about 200 kB; we ask for none of that size. */
const LINE_LIMIT_BYTES = 1024 * 1024;

type Waiting = { readonly resolve: (value: Json) => void; readonly reject: (error: AgentvmError) => void };
type Message = Readonly<Record<string, Json>>;

const isMessage = (value: unknown): value is Message =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const parse = (line: string): Message | undefined => {
  try {
    const value: unknown = JSON.parse(line);
    return isMessage(value) ? value : undefined;
  } catch {
    return undefined;
  }
};

const closedError = (): AgentvmError =>
  new AgentvmError({
    code: 'QMP_CLOSED',
    message: 'The connection to QEMU has ended',
    hint: 'Look at `agentvm status`: the machine may have ended.',
  });

const timeoutError = (what: string, timeoutMs: number): AgentvmError =>
  new AgentvmError({
    code: 'QMP_TIMEOUT',
    message: `QEMU did not answer ${what} within ${timeoutMs / 1000} s`,
    hint: 'The host may be overloaded; try again, or end the machine with `agentvm stop`.',
  });

/**
 * Connects to QEMU's control socket and leaves capabilities negotiation behind. Lines that are no QMP are passed over.
 * @throws AgentvmError QMP_CLOSED when nobody listens, QMP_TIMEOUT when the greeting does not come.
 */
export const connectQmp = (socketPath: string, options: QmpOptions): Promise<Qmp> => {
  const waiting = new Map<number, Waiting>();
  let nextId = 1;
  const socket = connect(socketPath);
  const closed = new Promise<void>((resolve) => {
    socket.once('close', () => {
      for (const one of waiting.values()) one.reject(closedError());
      waiting.clear();
      resolve();
    });
  });
  socket.on('error', () => socket.destroy());

  const execute: Qmp['execute'] = (command, args, timeoutMs = options.timeoutMs) =>
    new Promise((resolve, reject) => {
      if (socket.destroyed) return reject(closedError());
      const id = nextId++;
      const timer = setTimeout(() => {
        waiting.delete(id);
        reject(timeoutError(command, timeoutMs));
      }, timeoutMs);
      const settle = (): void => {
        clearTimeout(timer);
        waiting.delete(id);
      };
      waiting.set(id, {
        resolve: (value) => {
          settle();
          resolve(value);
        },
        reject: (error) => {
          settle();
          reject(error);
        },
      });
      socket.write(
        `${JSON.stringify({ execute: command, ...(args === undefined ? {} : { arguments: args }), id })}\n`,
      );
    });

  const answer = (message: Message): void => {
    const one = typeof message.id === 'number' ? waiting.get(message.id) : undefined;
    if (one === undefined) return;
    if (isMessage(message.error)) {
      one.reject(new AgentvmError({ code: 'QMP_ERROR', message: `QEMU: ${String(message.error.desc)}` }));
    } else if ('return' in message) {
      one.resolve(message.return as Json);
    }
  };

  return new Promise((resolve, reject) => {
    const greetingTimer = setTimeout(() => {
      socket.destroy();
      reject(timeoutError('with its greeting', options.timeoutMs));
    }, options.timeoutMs);
    let greeted = false;
    const greet = (): void => {
      greeted = true;
      clearTimeout(greetingTimer);
      execute('qmp_capabilities').then(
        () => resolve({ execute, closed, close: () => socket.destroy() }),
        (error: unknown) => {
          socket.destroy();
          reject(error);
        },
      );
    };
    const receive = (line: string): void => {
      const message = parse(line);
      if (message === undefined) return;
      if (!greeted) {
        if ('QMP' in message) greet();
      } else if (typeof message.event === 'string') {
        options.onEvent?.({ name: message.event, data: isMessage(message.data) ? message.data : {} });
      } else {
        answer(message);
      }
    };
    socket.on(
      'data',
      lineSplitter(LINE_LIMIT_BYTES, receive, () => socket.destroy()),
    );
    socket.once('close', () => {
      clearTimeout(greetingTimer);
      reject(closedError());
    });
  });
};
