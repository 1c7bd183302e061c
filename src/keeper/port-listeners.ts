import { createServer, type Server, type Socket } from 'node:net';
import type { Context } from '../lib/context.ts';
import { AgentvmError } from '../model/errors.ts';
import type { PortForward } from '../model/share.ts';
import { createAdmission } from './admission.ts';
import { pipeToSocket } from './pipe.ts';
import { findPortHolder } from './port-holder.ts';
import type { PortStatus } from './protocol.ts';

/** The host's ends of a machine's ports. */
export type PortListeners = {
  /** Listens on exactly these. All or nothing: on failure what listened before still does, and the error is thrown. */
  readonly set: (ports: readonly PortForward[], preferred?: PreferredPorts) => Promise<void>;
  readonly status: () => readonly PortStatus[];
  /** How many connections there are, those that still wait included. */
  readonly connections: () => number;
  readonly close: () => Promise<void>;
};

/** Key of an `auto` port → the host port it had before. */
export type PreferredPorts = Readonly<Record<string, number>>;

type Listening = { readonly forward: PortForward; readonly server: Server; readonly port: number };

const FIRST_UNPRIVILEGED_PORT = 1024;
/** Connections that wait at once for a machine to wake; a browser opens six to a server. */
const WAITING_LIMIT = 256;

const listenError = async (
  context: Context,
  forward: PortForward,
  error: NodeJS.ErrnoException,
): Promise<AgentvmError> => {
  const where = `${forward.address}:${forward.host}`;
  if (error.code === 'EADDRINUSE') {
    const holder = typeof forward.host === 'number' ? await findPortHolder(context, forward.host) : undefined;
    return new AgentvmError({
      code: 'PORT_IN_USE',
      message: `Port ${forward.host} of this host (${where}) is in use${holder === undefined ? '' : ` by ${holder}`}`,
      hint: `End that program, or choose another port in agentvm.yaml, for example "auto:${forward.guest}".`,
      cause: error,
    });
  }
  const isPrivileged = error.code === 'EACCES' && Number(forward.host) < FIRST_UNPRIVILEGED_PORT;
  return new AgentvmError({
    code: 'PORT_UNAVAILABLE',
    message: `This host does not let us listen on ${where}: ${error.message}`,
    hint: isPrivileged
      ? 'Ports below 1024 need a privilege on this host; choose a higher one in agentvm.yaml.'
      : 'Check address and port in agentvm.yaml: the address must be one of this host.',
    cause: error,
  });
};

const isSame = (a: PortForward, b: PortForward): boolean =>
  a.key === b.key && a.guest === b.guest && a.host === b.host && a.address === b.address;

/**
 * `socketOf` tells the unix socket that leads to a port of the guest, once `reached` has resolved: connections wait for
 * it, and are closed where it rejects.
 */
export const createPortListeners = (
  context: Context,
  socketOf: (guestPort: number) => string,
  reached: (guestPort: number) => Promise<void> = () => Promise.resolve(),
): PortListeners => {
  let listening: readonly Listening[] = [];
  const { admit, connections } = createAdmission(WAITING_LIMIT);

  const accept = (socket: Socket, guestPort: number): void =>
    admit(
      socket,
      () => reached(guestPort),
      () => {
        if (!socket.destroyed) pipeToSocket(socket, socketOf(guestPort));
      },
    );

  const listen = (forward: PortForward, host: number): Promise<Listening> =>
    new Promise((resolve, reject) => {
      // What comes before somebody listens inside stays with the kernel.
      const server = createServer({ allowHalfOpen: true, pauseOnConnect: true }, (socket) =>
        accept(socket, forward.guest),
      );
      server.once('error', (error) => {
        listenError(context, forward, error).then(reject, reject);
      });
      server.listen({ host: forward.address, port: host }, () => {
        const address = server.address();
        resolve({ forward, server, port: typeof address === 'object' && address ? address.port : 0 });
      });
    });
  /** An `auto` port stays where it was, if nobody else has taken that. */
  const listenAnywhere = (forward: PortForward, preferred: number | undefined): Promise<Listening> => {
    if (forward.host !== 'auto') return listen(forward, forward.host);
    return preferred === undefined
      ? listen(forward, 0)
      : listen(forward, preferred).catch(() => listen(forward, 0));
  };
  const end = (one: Listening): void => {
    one.server.close();
  };

  return {
    set: async (ports, preferred = {}) => {
      const kept = listening.filter((one) => ports.some((port) => isSame(port, one.forward)));
      const gone = listening.filter((one) => !kept.includes(one));
      const wanted = ports.filter((port) => !kept.some((one) => isSame(port, one.forward)));
      // A port that only moves to another entry must be free before it can be taken again.
      const clashing = gone.filter((one) => wanted.some((port) => port.host === one.port));
      for (const one of clashing) end(one);
      const added: Listening[] = [];
      try {
        for (const port of wanted) added.push(await listenAnywhere(port, preferred[port.key]));
      } catch (error) {
        for (const one of added) end(one);
        const back = await Promise.allSettled(clashing.map((one) => listen(one.forward, one.port)));
        listening = [
          ...kept,
          ...gone.filter((one) => !clashing.includes(one)),
          ...back.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])),
        ];
        throw error;
      }
      for (const one of gone) end(one);
      listening = [...kept, ...added];
    },
    status: () => listening.map(({ forward, port }) => ({ ...forward, port })),
    connections,
    close: async () => {
      for (const one of listening) end(one);
      listening = [];
    },
  };
};
