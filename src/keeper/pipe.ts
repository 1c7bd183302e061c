import { connect, type Socket } from 'node:net';
import { joinSockets } from './join-sockets.ts';

/** Joins an accepted connection with a unix socket. */
export const pipeToSocket = (accepted: Socket, socketPath: string): void =>
  joinSockets(accepted, connect({ path: socketPath, allowHalfOpen: true }));
