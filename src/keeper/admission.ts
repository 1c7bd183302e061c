import type { Socket } from 'node:net';
import { createSocketCount } from './socket-count.ts';

/** Where connections wait for what they lead to. */
export type Admission = {
  /** Joins a connection to what `reach` resolves to, and ends it where that rejects, or too many wait already. */
  readonly admit: <T>(socket: Socket, reach: () => Promise<T>, join: (reached: T) => void) => void;
  /** How many connections there are, those that still wait included. */
  readonly connections: () => number;
};

/** @param limit how many may wait at once. */
export const createAdmission = (limit: number): Admission => {
  const sockets = createSocketCount();
  let waiting = 0;
  return {
    admit: (socket, reach, join) => {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      if (waiting >= limit) {
        socket.destroy();
        return;
      }
      waiting += 1;
      reach()
        .finally(() => {
          waiting -= 1;
        })
        .then(join, () => socket.destroy());
    },
    connections: sockets.open,
  };
};
