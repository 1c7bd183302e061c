import { createSocket } from 'node:dgram';
import { connect, createServer, type Socket } from 'node:net';
import type { InnerReply, InnerRequest } from './inner-messages.ts';

/*
 * The entry of the keeper's inner half: `node keeper/inner.js`, started in the namespaces of a machine. A socket
 * belongs for ever to the network that it was made in, so this makes the keeper's sockets in there and hands them out;
 * the keeper itself accepts, reads and dials. No byte of the guest's is read here, and it is needed only while there
 * is a socket to make: it ends with the channel.
 */

const EVERY_ADDRESS = '0.0.0.0';
const LOOPBACK = '127.0.0.1';
const DIAL_TIMEOUT_MS = 3000;
const BACKLOG = 511;

const reply = (message: InnerReply, handle?: Socket): void => {
  process.send?.(message, handle, { keepOpen: false }, () => {});
};

const listen = ({ id, port }: InnerRequest): void => {
  // Until the keeper has it, nobody is served.
  const server = createServer((socket) => socket.destroy());
  server.on('error', (error) => reply({ id, error: error.message }));
  server.listen({ host: EVERY_ADDRESS, port, backlog: BACKLOG }, () => {
    process.send?.({ id } satisfies InnerReply, server, {}, () => server.close());
  });
};

const bind = ({ id, port }: InnerRequest): void => {
  const socket = createSocket('udp4');
  socket.on('error', (error) => reply({ id, error: error.message }));
  socket.bind(port, EVERY_ADDRESS, () => {
    process.send?.({ id } satisfies InnerReply, socket, {}, () => socket.close());
  });
};

const dial = ({ id, port }: InnerRequest): void => {
  const socket = connect({ host: LOOPBACK, port, allowHalfOpen: true });
  const timer = setTimeout(() => socket.destroy(new Error('nobody answers')), DIAL_TIMEOUT_MS);
  socket.once('error', (error) => {
    clearTimeout(timer);
    reply({ id, error: error.message });
  });
  socket.once('connect', () => {
    clearTimeout(timer);
    socket.pause();
    reply({ id }, socket);
  });
};

const perform = { listen, bind, dial };

process.on('disconnect', () => process.exit(0));
process.on('uncaughtException', (error) => {
  process.stderr.write(`inner half: ${error.stack ?? error.message}\n`);
});
process.on('message', (request: InnerRequest) => perform[request.op](request));
