import type { Socket } from 'node:net';

/** Ends a connection at once, by a reset where it has one: sockets of the file system do not, and Node throws for them. */
export const breakOff = (socket: Socket): void => {
  if (socket.remoteAddress === undefined) socket.destroy();
  else socket.resetAndDestroy();
};
