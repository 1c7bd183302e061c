import type { Server, Socket } from 'node:net';
import type { PortRange } from '../../model/network.ts';
import type { InnerHalf } from './inner-half.ts';

/** The ports on which the keeper takes the guest's connections. */
export type Listeners = {
  /** Listens on exactly these; what cannot be listened on is logged, and refused by the kernel. */
  readonly set: (ranges: readonly PortRange[]) => Promise<void>;
  readonly close: () => void;
};

const portsOf = (ranges: readonly PortRange[]): ReadonlySet<number> =>
  new Set(
    ranges.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, index) => first + index)),
  );

/** Every address is the namespace's own, so that one listener takes what is sent to any host at its port. */
export const createListeners = (
  inner: Pick<InnerHalf, 'listen'>,
  accept: (socket: Socket) => void,
  log: (text: string) => void,
): Listeners => {
  const servers = new Map<number, Server>();
  let isClosed = false;

  const add = async (port: number): Promise<void> => {
    const server = await inner.listen(port);
    if (isClosed || servers.has(port)) {
      server.close();
      return;
    }
    servers.set(port, server);
    server.on('connection', (socket) => {
      socket.on('error', () => {});
      accept(socket);
    });
    server.on('error', (error) => log(`port ${port} of the machine's network: ${String(error)}`));
  };

  return {
    set: async (ranges) => {
      const wanted = portsOf(ranges);
      for (const [port, server] of servers) {
        if (wanted.has(port)) continue;
        server.close();
        servers.delete(port);
      }
      const missing = [...wanted].filter((port) => !servers.has(port));
      const results = await Promise.allSettled(missing.map(add));
      for (const [index, result] of results.entries()) {
        if (result.status === 'rejected')
          log(`port ${missing[index]} of the machine's network: ${String(result.reason)}`);
      }
    },
    close: () => {
      isClosed = true;
      for (const server of servers.values()) server.close();
      servers.clear();
    },
  };
};
