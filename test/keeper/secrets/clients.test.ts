import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { expect, test } from 'vitest';
import { exec } from '../../../src/lib/exec.ts';
import { gitServer } from '../../support/git-server.ts';
import { PLACEHOLDER, type SecretWorld, secretWorld, VALUE } from '../../support/secret-world.ts';

// Real clients that resolve the name of the secret's host themselves, each told by its own means where it is.

const HOST = 'one.git.test';

const node = (world: SecretWorld, script: string) =>
  exec(
    'node',
    [
      '--experimental-websocket',
      '--no-warnings',
      '--input-type=module',
      '-e',
      `import dns from 'node:dns'; dns.lookup = (_n, _o, done) => done(null, [{ address: '127.0.0.1', family: 4 }]);\n${script}`,
    ],
    {
      accept: 'any',
      env: { NODE_EXTRA_CA_CERTS: world.authorityFile, NODE_OPTIONS: '' },
      timeoutMs: 20_000,
    },
  );

test('git clones and pushes over HTTPS with the placeholder as its password', async () => {
  const world = await secretWorld();
  const repositories = join(world.dir, 'repositories');
  await mkdir(repositories);
  const git = async (args: readonly string[], cwd = world.dir) =>
    (
      await exec('git', args, {
        cwd,
        env: { GIT_SSL_CAINFO: world.authorityFile, GIT_TERMINAL_PROMPT: '0', HOME: world.dir },
      })
    ).stdout.trim();
  await git(['init', '--initial-branch=main', '--bare', '--quiet', join(repositories, 'one.git')]);
  await git(['config', 'http.receivepack', 'true'], join(repositories, 'one.git'));
  await world.serve(HOST, gitServer(repositories, `me:${VALUE}`));
  const port = await world.door(HOST);
  await writeFile(
    join(world.dir, '.gitconfig'),
    `[user]\nname = me\nemail = me@example.com\n[http]\ncurloptResolve = ${HOST}:${port}:127.0.0.1\n`,
  );
  const url = `https://me:${PLACEHOLDER}@${HOST}:${port}/one.git`;
  await git(['clone', '--quiet', url, 'copy']);
  const copy = join(world.dir, 'copy');
  // More than git sends in one piece: it goes chunked.
  await writeFile(join(copy, 'noise'), randomBytes(3_000_000));
  await git(['add', '.'], copy);
  await git(['commit', '--quiet', '-m', 'one'], copy);
  await git(['push', '--quiet', 'origin', 'HEAD:main'], copy);
  expect(await git(['rev-parse', 'refs/heads/main'], join(repositories, 'one.git'))).toBe(
    await git(['rev-parse', 'HEAD'], copy),
  );
  const text = await readFile(join(copy, '.git', 'config'), 'utf8');
  expect([text.includes(PLACEHOLDER), text.includes(VALUE)]).toEqual([true, false]);
});

test("Node's fetch: a stream up, events down, the value in its header", async () => {
  const world = await secretWorld();
  await world.serve(HOST, async (request, response) => {
    let sum = 0;
    for await (const chunk of request) sum += chunk.length;
    response.setHeader('Content-Type', 'text/event-stream');
    response.write(`data: ${request.headers['x-api-key'] === VALUE ? 'right' : 'wrong'}\n\n`);
    response.end(`data: ${sum}\n\n`);
  });
  const port = await world.door(HOST);
  const { stdout, stderr } = await node(
    world,
    `const body = new ReadableStream({ start(c) { for (let i = 0; i < 100; i++) c.enqueue(new Uint8Array(10_000)); c.close(); } });
     const answer = await fetch('https://${HOST}:${port}/', { method: 'POST', body, duplex: 'half', headers: { 'x-api-key': '${PLACEHOLDER}' } });
     console.log(await answer.text());`,
  );
  expect([stdout, stderr]).toEqual(['data: right\n\ndata: 1000000\n\n\n', '']);
});

/** Answers one text frame with what `answer` makes of it. RFC 6455; frames of at most 125 bytes. */
const speakWebSocket = (socket: Duplex, key: string, answer: (text: string) => string): void => {
  const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
  );
  socket.on('error', () => {});
  socket.on('data', (frame: Buffer) => {
    if (((frame[0] ?? 0) & 15) === 8) {
      socket.end(frame.subarray(0, 0));
      return;
    }
    const length = (frame[1] ?? 0) & 127;
    const mask = frame.subarray(2, 6);
    const text = Buffer.from(frame.subarray(6, 6 + length).map((byte, at) => byte ^ (mask[at % 4] ?? 0)));
    const back = Buffer.from(answer(text.toString()));
    socket.write(Buffer.concat([Buffer.from([0x81, back.length]), back]));
  });
};

test('a WebSocket carries the value in its first request, and speaks both ways without it', async () => {
  const world = await secretWorld();
  const server = await world.serve(HOST, (_request, response) => response.end());
  let seen: Readonly<Record<string, unknown>> = {};
  server.on('upgrade', (request, socket) => {
    seen = request.headers;
    speakWebSocket(
      socket,
      request.headers['sec-websocket-key'] ?? '',
      (text) => `${text} ${request.headers.authorization}`,
    );
  });
  const port = await world.door(HOST);
  const { stdout } = await node(
    world,
    `const socket = new WebSocket('wss://${HOST}:${port}/live', { headers: { authorization: 'Bearer ${PLACEHOLDER}' } });
     let count = 0;
     socket.onopen = () => socket.send('hello');
     socket.onmessage = ({ data }) => { console.log(data); if (++count === 2) process.exit(0); socket.send('again'); };
     socket.onerror = (e) => { console.log('error', e.message); process.exit(1); };`,
  );
  const stars = `Bearer ${'*'.repeat(VALUE.length)}`;
  expect(stdout).toBe(`hello ${stars}\nagain ${stars}\n`);
  expect(seen.authorization).toBe(`Bearer ${VALUE}`);
  // Packed frames could not be looked into.
  expect(seen['sec-websocket-extensions']).toBeUndefined();
});

test('a server that does not change the protocol answers as ever', async () => {
  const world = await secretWorld();
  await world.serve(HOST, (_request, response) => response.writeHead(404).end('no such socket'));
  const port = await world.door(HOST);
  const { stdout } = await exec('curl', [
    '-sS',
    '-i',
    '--http1.1',
    '--max-time',
    '10',
    '--resolve',
    `${HOST}:${port}:127.0.0.1`,
    '--cacert',
    world.authorityFile,
    '-H',
    'Connection: Upgrade',
    '-H',
    'Upgrade: websocket',
    '-H',
    'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
    `https://${HOST}:${port}/`,
  ]);
  expect(stdout).toMatch(/^HTTP\/1.1 404.*no such socket$/s);
});

test('a request that offers HTTP/2 in clear is answered in HTTP/1.1, with its body', async () => {
  const world = await secretWorld();
  const seen: unknown[] = [];
  await world.serve(
    'plain.test',
    async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      seen.push([request.headers.upgrade, request.headers['http2-settings'], body]);
      response.end('ok');
    },
    { plain: true },
  );
  const { stdout } = await world.curl(['--http2', '-d', 'some words', 'http://plain.test/']);
  expect([stdout, seen]).toEqual(['ok', [[undefined, undefined, 'some words']]]);
});

test('a server that reads nothing holds its client back, and no more than a little waits in between', async () => {
  const world = await secretWorld();
  await world.serve('plain.test', (request) => void request.pause(), { plain: true });
  const socket = connect(await world.door(), '127.0.0.1');
  socket.on('error', () => {});
  socket.write('POST / HTTP/1.1\r\nHost: plain.test\r\nContent-Length: 1000000000\r\n\r\n');
  const piece = Buffer.alloc(1024 * 1024);
  for (let count = 0; count < 64; count++) socket.write(piece);
  let before = -1;
  while (socket.bytesWritten - socket.writableLength !== before) {
    before = socket.bytesWritten - socket.writableLength;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  expect(before).toBeLessThan(24 * 1024 * 1024);
  socket.destroy();
});

test('the value is in no file, log or environment of what took part', async () => {
  const world = await secretWorld();
  await world.serve(HOST, (request, response) => response.end(`${request.headers.authorization}`));
  const port = await world.door(HOST);
  const { stdout } = await node(
    world,
    `const { execFileSync } = await import('node:child_process');
     const answer = await fetch('https://${HOST}:${port}/', { headers: { authorization: 'Bearer ${PLACEHOLDER}' } });
     const text = await answer.text();
     console.log(text, [...answer.headers].join(), JSON.stringify(process.env), execFileSync('ps', ['-eo', 'args']).toString());`,
  );
  expect(stdout).toContain('****');
  const files = await readdir(world.dir, { recursive: true, withFileTypes: true });
  const contents = await Promise.all(
    files.filter((file) => file.isFile()).map((file) => readFile(join(file.parentPath, file.name), 'latin1')),
  );
  for (const text of [stdout, JSON.stringify(world.events), ...contents])
    expect(text.includes(VALUE)).toBe(false);
});
