import { spawn } from 'node:child_process';
import type { RequestListener } from 'node:http';

const head = (
  raw: string,
): { readonly status: number; readonly headers: readonly (readonly [string, string])[] } => {
  const headers = raw.split(/\r?\n/).flatMap((line): readonly (readonly [string, string])[] => {
    const at = line.indexOf(':');
    return at < 0 ? [] : [[line.slice(0, at), line.slice(at + 1).trim()]];
  });
  const status = headers.find(([name]) => name.toLowerCase() === 'status')?.[1] ?? '200';
  return {
    status: Number.parseInt(status, 10),
    headers: headers.filter(([name]) => name.toLowerCase() !== 'status'),
  };
};

/** git's own server for the repositories in a folder, for those who give user and password. */
export const gitServer =
  (folder: string, credentials: string): RequestListener =>
  (request, response) => {
    const expected = `Basic ${Buffer.from(credentials).toString('base64')}`;
    if (request.headers.authorization !== expected) {
      request.resume();
      response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="git"' }).end();
      return;
    }
    const url = new URL(request.url ?? '/', 'http://git');
    const backend = spawn('git', ['http-backend'], {
      env: {
        PATH: process.env.PATH,
        GIT_PROJECT_ROOT: folder,
        GIT_HTTP_EXPORT_ALL: '1',
        REMOTE_USER: 'me',
        PATH_INFO: url.pathname,
        QUERY_STRING: url.search.slice(1),
        REQUEST_METHOD: request.method,
        CONTENT_TYPE: request.headers['content-type'] ?? '',
        HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
        ...(request.headers['content-length'] === undefined
          ? {}
          : { CONTENT_LENGTH: request.headers['content-length'] }),
      },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    backend.stdin.on('error', () => {});
    request.pipe(backend.stdin);
    const chunks: Buffer[] = [];
    backend.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    backend.on('close', () => {
      const all = Buffer.concat(chunks);
      const end = all.indexOf('\r\n\r\n');
      const { status, headers } = head(all.toString('latin1', 0, end));
      response.writeHead(status, headers.flat());
      response.end(all.subarray(end + 4));
    });
  };
