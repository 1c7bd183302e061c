import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { maskStream } from './masking.ts';
import { upgradeHead } from './response.ts';

/** From here on both sides speak what only they understand; values are still starred out of what comes back. */
export const joinUpgraded = (
  guest: { readonly socket: Duplex; readonly head: Buffer; readonly response: ServerResponse },
  server: { readonly answer: IncomingMessage; readonly socket: Socket; readonly rest: Buffer },
  forms: readonly Buffer[],
  done: () => void,
): void => {
  guest.response.detachSocket(guest.socket as Socket);
  server.socket.setTimeout(0);
  guest.socket.write(upgradeHead(server.answer, forms), 'latin1');
  if (server.rest.length > 0) server.socket.unshift(server.rest);
  if (guest.head.length > 0) server.socket.write(guest.head);
  const [client, onward] = [guest.socket as Socket, server.socket];
  const end = (): void => {
    client.destroy();
    onward.destroy();
  };
  client.once('error', end);
  onward.once('error', end);
  client.once('close', () => {
    onward.destroySoon();
    done();
  });
  onward.once('close', () => client.destroySoon());
  client.pipe(onward);
  (forms.length === 0 ? onward : onward.pipe(maskStream(forms))).pipe(client);
};
