import { createServer, request as httpRequest, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

export type ConnectProxy = {
  readonly url: string;
  /** What was asked for in order: `host:port`, and `METHOD URL` with the credentials behind it. */
  readonly asked: readonly string[];
  readonly close: () => void;
};

/** A connection that is made. */
export const connected = (port: number, host: string): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, host, () => resolve(socket)).on('error', reject);
  });

/**
 * A proxy of a company: alone it knows names, and leads each to a port of this host.
 * @param tunnelPort the one port that it makes tunnels to; by default all.
 * @param beyond makes tunnels to what it does not know; by default nothing does.
 */
export const connectProxy = async (
  ports: Readonly<Record<string, number>>,
  tunnelPort?: number,
  beyond?: (host: string, port: number) => Promise<Socket>,
): Promise<ConnectProxy> => {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const server: Server = createServer((request, response) => {
    const { url = '', method = '', headers } = request;
    asked.push([method, url, headers['proxy-authorization']].filter((one) => one !== undefined).join(' '));
    const port = URL.canParse(url) ? ports[new URL(url).hostname] : undefined;
    if (port === undefined) {
      response.writeHead(502).end();
      return;
    }
    const { 'proxy-authorization': _password, ...onwards } = headers;
    const path = url.replace(/^http:\/\/[^/]*/, '');
    const onward = httpRequest({ host: '127.0.0.1', port, method, path, headers: onwards }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  const open = (host: string, port: number): Promise<Socket> | undefined => {
    const own = ports[host];
    return own === undefined ? beyond?.(host, port) : connected(own, '127.0.0.1');
  };
  server.on('connection', (socket) => sockets.add(socket));
  server.on('connect', async (request, socket: Socket) => {
    asked.push(request.url ?? '');
    sockets.add(socket);
    socket.on('error', () => {});
    if (tunnelPort !== undefined && !request.url?.endsWith(`:${tunnelPort}`)) {
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    const [host = '', port] = (request.url ?? '').split(':');
    const onward = await open(host, Number(port))?.catch(() => undefined);
    if (onward === undefined) {
      socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
      return;
    }
    sockets.add(onward);
    onward.on('error', () => socket.destroy());
    socket.write('HTTP/1.1 200 OK\r\n\r\n');
    socket.pipe(onward).pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
};
