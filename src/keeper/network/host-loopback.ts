import { connect, type Socket } from 'node:net';
import { HOST_NAME } from '../../policy/egress/decide.ts';

/** Where QEMU's user network has this host, which it takes for the loopback there. */
export const HOST_INSIDE = '10.0.2.2';
export const HOST_LOOPBACK = '127.0.0.1';

/** Whether a target that the guest named means this host's loopback. */
export const meansHost = (host: string): boolean =>
  host === HOST_NAME || host === HOST_INSIDE || host === HOST_LOOPBACK;

const connectTo = (host: string, port: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect({ host, port, allowHalfOpen: true }, () => resolve(socket));
    socket.once('error', reject);
  });

/** A connection to a service of this host; some listen on the loopback of IPv6 alone. */
export const connectToHost = (port: number): Promise<Socket> =>
  connectTo(HOST_LOOPBACK, port).catch(() => connectTo('::1', port));
