import type { Socket } from 'node:net';

/** Counts connections, each from when it is added until it is closed. */
export type SocketCount = { readonly add: (socket: Socket) => void; readonly open: () => number };

export const createSocketCount = (): SocketCount => {
  let open = 0;
  return {
    add: (socket) => {
      open += 1;
      socket.once('close', () => {
        open -= 1;
      });
    },
    open: () => open,
  };
};
