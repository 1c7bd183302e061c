import { chmod, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { lineSplitter } from '../lib/line-splitter.ts';
import {
  failureOf,
  type KeeperStatus,
  MESSAGE_LIMIT_BYTES,
  type Operation,
  PROTOCOL_VERSION,
  parseRequest,
  type Reply,
} from './protocol.ts';

export type KeeperServer = {
  /** Ends when every answer under way has been sent. */
  readonly close: () => Promise<void>;
};

export type KeeperServerOptions = {
  readonly path: string;
  readonly machineId: string;
  readonly perform: (operation: Operation) => Promise<KeeperStatus>;
  readonly log: (text: string) => void;
};

const serve = (socket: Socket, options: KeeperServerOptions, busy: Set<Promise<void>>): void => {
  const send = (value: object): void => {
    if (!socket.destroyed) socket.write(`${JSON.stringify(value)}\n`);
  };
  const answer = async (line: string): Promise<void> => {
    const request = parseRequest(line);
    if (request === undefined) {
      options.log('a request that this keeper does not know');
      socket.destroy();
      return;
    }
    const { id } = request;
    const reply: Reply = await options.perform(request).then(
      (result): Reply => ({ id, ok: true, result }),
      (error: unknown): Reply => {
        options.log(
          `${request.op}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
        );
        return { id, ok: false, error: failureOf(error) };
      },
    );
    send(reply);
  };
  socket.on('error', () => socket.destroy());
  socket.on(
    'data',
    lineSplitter(
      MESSAGE_LIMIT_BYTES,
      (line) => {
        const work = answer(line).finally(() => busy.delete(work));
        busy.add(work);
      },
      () => socket.destroy(),
    ),
  );
  send({ keeper: PROTOCOL_VERSION, machine: options.machineId });
};

/** Listens on the keeper's socket, which only its user can open. */
export const startServer = async (options: KeeperServerOptions): Promise<KeeperServer> => {
  const busy = new Set<Promise<void>>();
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    serve(socket, options, busy);
  });
  // The keeper's lock is ours, so a socket that is there is a dead keeper's.
  await rm(options.path, { force: true });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.path, resolve);
  });
  await chmod(options.path, 0o600);
  return {
    close: async () => {
      server.close();
      await Promise.allSettled(busy);
      for (const socket of sockets) socket.end();
      await rm(options.path, { force: true });
    },
  };
};
