import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export type FileServer = {
  readonly url: string;
  /** The `Range` header of each request, in order; `null` where there was none. */
  readonly ranges: readonly (string | null)[];
};

export type FileServerOptions = {
  /** Breaks the connection of each of these requests (0 is the first) after half of what was asked for. */
  readonly breakRequests?: readonly number[];
  /** Answers as a server that knows no ranges. */
  readonly withoutRanges?: boolean;
  /** Answers with this status and nothing else. */
  readonly status?: number;
};

const sendPart = (response: ServerResponse, body: Buffer, broken: boolean): void => {
  if (!broken) {
    response.end(body);
    return;
  }
  response.write(body.subarray(0, body.length / 2), () => response.destroy());
};

/** Serves one file on the loopback until the running test ends, byte ranges included (RFC 9110, 14). */
export const serveFile = async (content: Buffer, options: FileServerOptions = {}): Promise<FileServer> => {
  const ranges: (string | null)[] = [];
  const server = createServer((request, response) => {
    const range = request.headers.range ?? null;
    const broken = options.breakRequests?.includes(ranges.length) ?? false;
    ranges.push(range);
    if (options.status !== undefined) {
      response.writeHead(options.status).end();
      return;
    }
    const start = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0);
    if (range === null || options.withoutRanges) {
      response.writeHead(200, { 'content-length': content.length });
      sendPart(response, content, broken);
    } else if (start >= content.length) {
      response.writeHead(416, { 'content-range': `bytes */${content.length}` }).end();
    } else {
      const rest = content.subarray(start);
      response.writeHead(206, {
        'content-length': rest.length,
        'content-range': `bytes ${start}-${content.length - 1}/${content.length}`,
      });
      sendPart(response, rest, broken);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => void server.close(() => resolve())));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/image.qcow2`, ranges };
};
