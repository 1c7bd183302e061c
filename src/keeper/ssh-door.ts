import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createAdmission } from './admission.ts';
import { joinSockets } from './join-sockets.ts';

/** A port of this host's loopback that leads to the guest's SSH server. */
export type SshDoor = {
  readonly port: number;
  /** How many connections there are, those that are being made included. */
  readonly connections: () => number;
  readonly close: () => void;
};

const LOOPBACK = '127.0.0.1';
/** Connections that are being made; sessions use the master's and make none. */
const OPENING_LIMIT = 32;

const listen = (port: number, accept: (socket: Socket) => void): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = createServer({ allowHalfOpen: true, pauseOnConnect: true }, accept);
    server.once('error', reject);
    server.listen({ host: LOOPBACK, port }, () => {
      server.off('error', reject);
      server.on('error', () => {});
      resolve(server);
    });
  });

/** @param preferred the port that it had before, which it has again if nobody else has taken it. */
export const openSshDoor = async (
  dial: () => Promise<Socket>,
  preferred: number | undefined,
): Promise<SshDoor> => {
  const { admit, connections } = createAdmission(OPENING_LIMIT);
  const accept = (socket: Socket): void =>
    admit(socket, dial, (onward) => {
      if (socket.destroyed) onward.destroy();
      else joinSockets(socket, onward);
    });
  const server = await listen(preferred ?? 0, accept).catch((error: unknown) => {
    if (preferred === undefined) throw error;
    return listen(0, accept);
  });
  return {
    port: (server.address() as AddressInfo).port,
    connections,
    close: () => {
      server.close();
    },
  };
};
