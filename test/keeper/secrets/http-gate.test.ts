import { createHash, randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { connect, createServer } from 'node:net';
import { text } from 'node:stream/consumers';
import { connect as connectTls } from 'node:tls';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { createIssuer, makeAuthority } from '../../../src/lib/certificate-authority.ts';
import { PLACEHOLDER, type SecretWorld, secretWorld, VALUE } from '../../support/secret-world.ts';

type Seen = { readonly request: IncomingMessage; readonly body: string };

/** A world whose api.test answers `ok` and remembers what it was asked. */
const worldWith = async (
  answer: (request: IncomingMessage, response: ServerResponse) => void = (_request, response) =>
    response.end('ok'),
): Promise<SecretWorld & { readonly seen: Seen[] }> => {
  const world = await secretWorld();
  const seen: Seen[] = [];
  await world.serve('api.test', (request, response) => {
    const chunks: Buffer[] = [];
    request.on('error', () => {});
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      seen.push({ request, body: Buffer.concat(chunks).toString() });
      answer(request, response);
    });
  });
  return { ...world, seen };
};

const BEARER = ['-H', `Authorization: Bearer ${PLACEHOLDER}`] as const;
const URL_ = 'https://api.test/path?q=1';

test('bearer, basic, x-api-key and a cookie carry the value; the guest has only the placeholder', async () => {
  const { curl, events, seen } = await worldWith();
  const ask = async (...args: string[]) => {
    expect(await curl([...args, URL_])).toMatchObject({ exitCode: 0, stdout: 'ok' });
    return seen.at(-1)?.request.headers ?? {};
  };
  expect((await ask(...BEARER)).authorization).toBe(`Bearer ${VALUE}`);
  expect((await ask('-H', `X-Api-Key: ${PLACEHOLDER}`))['x-api-key']).toBe(VALUE);
  expect((await ask('-b', `session=${PLACEHOLDER}`)).cookie).toBe(`session=${VALUE}`);
  const basic = (await ask('-u', `user:${PLACEHOLDER}`)).authorization ?? '';
  expect(Buffer.from(basic.slice('Basic '.length), 'base64').toString()).toBe(`user:${VALUE}`);
  expect(seen.at(-1)?.request.url).toBe('/path?q=1');
  expect(seen.at(-1)?.request.headers.host).toBe('api.test');
  expect(events.at(-1)).toEqual({
    verdict: 'passed',
    protocol: 'tls',
    name: 'api.test',
    address: '127.0.0.1',
    port: 443,
    rule: 'allow api.test',
    secrets: ['TOKEN'],
  });
  expect(JSON.stringify(events)).not.toContain(VALUE);
});

test('without a placeholder a request goes as it is, and no value is asked for', async () => {
  const { curl, handed, seen } = await worldWith();
  handed.clear();
  expect(await curl(['--compressed', '-r', '0-1', URL_])).toMatchObject({ stdout: 'ok' });
  const headers = seen[0]?.request.headers ?? {};
  expect([headers['accept-encoding'], headers.range]).toEqual([expect.stringContaining('gzip'), 'bytes=0-1']);
  const { stdout } = await curl([...BEARER, '-w', '%{http_code}', URL_]);
  expect(stdout).toBe(
    `agentvm: The secret TOKEN comes from the environment variable TOKEN, which no command has handed over since the machine's keeper started. For the machine's owner: Run any command of the machine where it is set: TOKEN=… agentvm status\n503`,
  );
});

test.each([
  ['a URL', [`https://api.test/?key=${PLACEHOLDER}`]],
  ['a URL, encoded', [`https://api.test/${PLACEHOLDER.replaceAll('-', '%2D')}`]],
  ['a body', ['-d', `{"key":"${PLACEHOLDER}"}`, URL_]],
  ['a chunked body', ['-H', 'Transfer-Encoding: chunked', '-d', `key=${PLACEHOLDER}`, URL_]],
  ['Referer', ['-e', `https://api.test/${PLACEHOLDER}`, URL_]],
  ['User-Agent', ['-A', PLACEHOLDER, URL_]],
  ['the type of a body', ['-H', `Content-Type: text/${PLACEHOLDER}`, '-d', 'x', URL_]],
  ['what a storage keeps', ['-T', '/dev/null', '-H', `x-amz-meta-a: ${PLACEHOLDER}`, URL_]],
  ['what another storage keeps', ['-H', `x-goog-meta-a: ${PLACEHOLDER}`, URL_]],
  ['the name of a header', ['-H', `X-${PLACEHOLDER}: 1`, URL_]],
  ['TRACE', ['-X', 'TRACE', ...BEARER, URL_]],
])('a placeholder in %s is refused, logged, and reaches nobody', async (_place, args) => {
  const { curl, events, seen } = await worldWith();
  const { stdout } = await curl(['-w', '%{http_code}', ...args]);
  expect(stdout).toMatch(/^agentvm: the placeholder of TOKEN may not stand in .*\n403$/);
  expect(seen).toEqual([]);
  const refused = events.filter(({ verdict }) => verdict === 'refused');
  expect(refused).toEqual([
    {
      verdict: 'refused',
      protocol: 'tls',
      name: 'api.test',
      address: '198.51.100.1',
      port: 443,
      rule: expect.stringMatching(/^placeholder in /),
      secrets: ['TOKEN'],
    },
  ]);
  expect(stdout + JSON.stringify(events)).not.toContain(VALUE);
});

test('a placeholder to another host, or without TLS, is refused', async () => {
  const { curl, events, seen, serve, secrets } = await worldWith();
  const others: string[] = [];
  await serve('other.test', (request, response) => {
    others.push(JSON.stringify(request.headers));
    response.end('ok');
  });
  await serve('plain.test', (request, response) => response.end(JSON.stringify(request.headers)), {
    plain: true,
  });
  // Another secret's host, so that its TLS is ended too.
  secrets.push({
    name: 'OTHER',
    placeholder: `agentvm-secret-${'cd'.repeat(20)}`,
    hosts: ['other.test'],
    source: { from: 'env', variable: 'OTHER' },
  });
  const foreign = await curl([...BEARER, 'https://other.test/'], { serverName: 'other.test' });
  expect(foreign.stdout).toBe(
    'agentvm: the placeholder of TOKEN may not stand in a request to other.test; it belongs into a header of a request to api.test, *.git.test\n',
  );
  const plain = await curl([...BEARER, 'http://plain.test/']);
  expect(plain.stdout).toContain('may not stand in a request to plain.test');
  expect((await curl(['http://plain.test/'])).stdout).toContain('"host":"plain.test"');
  expect([others, seen]).toEqual([[], []]);
  expect(
    events.filter(({ verdict }) => verdict === 'refused').map(({ rule, secrets }) => [rule, secrets]),
  ).toEqual([
    ['placeholder in a request to other.test', ['TOKEN']],
    ['placeholder in a request to plain.test', ['TOKEN']],
  ]);
});

test('the right host without TLS gets no value', async () => {
  const { curl, serve } = await secretWorld().then((world) => world);
  await serve('api.test', (_request, response) => response.end('ok'), { plain: true });
  expect((await curl([...BEARER, 'http://api.test/'])).stdout).toContain(
    'may not stand in a request without TLS',
  );
});

test('what a server echoes of the value is starred out: head, body, in pieces, encoded', async () => {
  const basic = Buffer.from(`me:${VALUE}`).toString('base64');
  const { curl } = await worldWith(async (request, response) => {
    response.setHeader('X-Echo', `it was ${request.headers.authorization}`);
    response.setHeader('Location', `https://api.test/?t=${encodeURIComponent(VALUE)}`);
    response.write('<');
    for (const character of VALUE) {
      response.write(character);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    response.end(
      `>${basic}|${JSON.stringify({ v: VALUE }).replaceAll('/', '\\/')}|${Buffer.from(VALUE).toString('hex')}|${VALUE.slice(0, -1)}`,
    );
  });
  const { stdout } = await curl(['-i', ...BEARER, URL_]);
  for (const form of [
    VALUE,
    encodeURIComponent(VALUE),
    Buffer.from(VALUE).toString('hex'),
    basic.slice(6, 40),
  ]) {
    expect(stdout).not.toContain(form);
  }
  expect(stdout).toContain(`X-Echo: it was Bearer ${'*'.repeat(VALUE.length)}`);
  expect(stdout).toContain(`<${'*'.repeat(VALUE.length)}>`);
  // What is only almost the value is none.
  expect(stdout).toContain(VALUE.slice(0, -1));
});

test('with a value the answer is asked for unpacked and whole; one that is packed all the same is unpacked', async () => {
  const { curl, seen } = await worldWith((request, response) => {
    response.setHeader('Content-Encoding', request.url === '/odd' ? 'zstd' : 'gzip');
    response.end(gzipSync(`you are ${VALUE}, are you not`));
  });
  const { stdout } = await curl(['--compressed', '-r', '0-3', ...BEARER, URL_]);
  expect(stdout).toBe(`you are ${'*'.repeat(VALUE.length)}, are you not`);
  const headers = seen[0]?.request.headers ?? {};
  expect([headers['accept-encoding'], headers.range]).toEqual(['identity', undefined]);
  expect((await curl([...BEARER, 'https://api.test/odd'])).stdout).toContain('cannot be looked into');
});

test('a server that has kept the value cannot tell it later, packed or not', async () => {
  const { curl, seen } = await worldWith((request, response) => {
    if (request.headers['accept-encoding']?.includes('gzip')) {
      response.setHeader('Content-Encoding', 'gzip');
      response.end(gzipSync(`you were ${VALUE}`));
    } else response.end('ok');
  });
  await curl([...BEARER, URL_]);
  const packed = ['-H', 'Accept-Encoding: zstd, gzip;q=0.8, br'];
  expect((await curl([...packed, URL_])).stdout).toBe(`you were ${'*'.repeat(VALUE.length)}`);
  expect((await curl(['-H', 'Accept-Encoding: zstd', URL_])).stdout).toBe('ok');
  expect(seen.slice(1).map(({ request }) => request.headers['accept-encoding'])).toEqual([
    'gzip;q=0.8, br',
    'identity',
  ]);
});

test('an answer keeps its length, also where the value is starred out', async () => {
  const body = `a ${VALUE} b`;
  const { curl } = await worldWith((_request, response) => {
    response.setHeader('Content-Length', String(body.length));
    response.end(body);
  });
  const { stdout } = await curl(['-i', ...BEARER, URL_]);
  expect(stdout).toMatch(new RegExp(`content-length: ${body.length}\r`, 'i'));
  expect(stdout.endsWith(`a ${'*'.repeat(VALUE.length)} b`)).toBe(true);
});

test('events of a stream arrive one by one', async () => {
  let next = (): void => {};
  const {
    curl: _curl,
    door,
    authorityFile,
  } = await worldWith((_request, response) => {
    response.setHeader('Content-Type', 'text/event-stream');
    response.write('data: one\n\n');
    next = () => void response.end('data: two\n\n');
  });
  const port = await door();
  const { request } = await import('node:https');
  const { readFile } = await import('node:fs/promises');
  const ca = await readFile(authorityFile);
  const chunks: string[] = [];
  await new Promise<void>((resolve, reject) => {
    const asked = request(
      {
        host: '127.0.0.1',
        port,
        servername: 'api.test',
        ca,
        headers: { Host: 'api.test', Authorization: `Bearer ${PLACEHOLDER}` },
      },
      (response) => {
        response.on('data', (chunk: Buffer) => {
          chunks.push(chunk.toString());
          // Only an event that has arrived lets the server go on.
          next();
        });
        response.on('end', resolve);
      },
    );
    asked.on('error', reject);
    asked.end();
  });
  expect(chunks).toEqual(['data: one\n\n', 'data: two\n\n']);
});

test.each([
  ['wrong name', async (world: SecretWorld) => world.issue('another.test'), 'ERR_TLS_CERT_ALTNAME_INVALID'],
  [
    'not trusted',
    async (_world: SecretWorld) =>
      (await createIssuer(await makeAuthority('nobody', new Date()), () => new Date()))('api.test'),
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  ],
] as const)('a server whose certificate is of a %s gets no request', async (_what, identity, code) => {
  const world = await secretWorld();
  const seen: string[] = [];
  await world.serve('api.test', (request, response) => response.end(seen.push(request.url ?? '')), {
    identity: await identity(world),
  });
  const { stdout } = await world.curl(['-w', '%{http_code}', ...BEARER, URL_]);
  expect(stdout).toBe(`agentvm: api.test could not be reached (${code})\n502`);
  expect(seen).toEqual([]);
  expect(world.events.at(-1)).toMatchObject({ verdict: 'refused', rule: `unreachable: ${code}` });
});

test('a server with a certificate that is over gets no request', async () => {
  const world = await secretWorld();
  const old = await createIssuer(world.trusted, () => new Date(Date.now() - 40 * 86_400_000));
  await world.serve('api.test', (_request, response) => response.end('ok'), {
    identity: await old('api.test'),
  });
  expect((await world.curl([...BEARER, URL_])).stdout).toBe(
    'agentvm: api.test could not be reached (CERT_HAS_EXPIRED)\n',
  );
});

/** Sends bytes as they are over plain HTTP and gives all that comes back until the connection ends. */
const raw = async (world: SecretWorld, text: string, waitMs = 1500): Promise<string> => {
  const socket = connect(await world.door(), '127.0.0.1');
  let got = '';
  socket.on('data', (chunk) => {
    got += chunk;
  });
  socket.on('error', () => {});
  socket.write(text);
  await Promise.race([
    new Promise((resolve) => socket.once('close', resolve)),
    new Promise((resolve) => setTimeout(resolve, waitMs)),
  ]);
  socket.destroy();
  return got;
};

test.each([
  [
    'Content-Length and Transfer-Encoding',
    'POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: a.test\r\n\r\n',
  ],
  [
    'Transfer-Encoding twice',
    'POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: a.test\r\n\r\n',
  ],
  [
    'an unknown Transfer-Encoding',
    'POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n',
  ],
  [
    'a space before the colon',
    'POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n',
  ],
  [
    'Content-Length twice',
    'POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 4\r\nContent-Length: 0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: a.test\r\n\r\n',
  ],
  ['Host twice', 'GET / HTTP/1.1\r\nHost: a.test\r\nHost: b.test\r\n\r\n'],
  ['another host in the target', 'GET http://b.test/ HTTP/1.1\r\nHost: a.test\r\n\r\n'],
  ['a target with a user', 'GET http://a.test@b.test/ HTTP/1.1\r\nHost: a.test\r\n\r\n'],
  ['a host with a path', 'GET / HTTP/1.1\r\nHost: a.test/b.test\r\n\r\n'],
  ['no host', 'GET / HTTP/1.1\r\n\r\n'],
  ['CONNECT', 'CONNECT b.test:443 HTTP/1.1\r\nHost: b.test:443\r\n\r\n'],
  [
    'CONNECT after a request',
    'GET / HTTP/1.1\r\nHost: a.test\r\n\r\nCONNECT b.test:443 HTTP/1.1\r\nHost: b.test:443\r\n\r\n',
  ],
  ['an endless head', `GET / HTTP/1.1\r\nHost: a.test\r\nX: ${'x'.repeat(70_000)}`],
  ['no HTTP', '\x16\x03 hello\r\n\r\n'],
])('%s is refused and logged, and nothing of it comes through twice', async (_what, text) => {
  const world = await secretWorld();
  const urls: string[] = [];
  await world.serve(
    'a.test',
    (request, response) => {
      urls.push(request.url ?? '');
      request.resume();
      response.end('A');
    },
    { plain: true },
  );
  await world.serve('b.test', (_request, response) => response.end('B'), { plain: true });
  const got = await raw(world, text);
  expect(urls.filter((url) => url !== '/')).toEqual([]);
  expect(got).not.toMatch(/\r\n\r\nB/);
  expect(world.events.filter(({ verdict }) => verdict === 'refused').length).toBeGreaterThan(0);
});

test('requests that follow each other on one connection are held against the rules each, and answered in order', async () => {
  const world = await secretWorld();
  for (const name of ['a.test', 'b.test', 'c.test']) {
    await world.serve(
      name,
      (request, response) => {
        setTimeout(() => response.end(`<${name}${request.url}>`), name === 'a.test' ? 50 : 0);
      },
      { plain: true },
    );
  }
  world.allowed.delete('c.test');
  const of = (host: string, path: string) => `GET ${path} HTTP/1.1\r\nHost: ${host}\r\n\r\n`;
  const got = await raw(
    world,
    of('a.test', '/1') + of('b.test', '/2') + of('a.test', '/3') + of('c.test', '/4') + of('a.test', '/5'),
  );
  expect(got.match(/<[^>]*>|agentvm: .*/g)).toEqual([
    '<a.test/1>',
    '<b.test/2>',
    '<a.test/3>',
    'agentvm: c.test:80 is not allowed (not allowed)',
  ]);
  expect(world.events.at(-1)).toMatchObject({ verdict: 'refused', name: 'c.test', rule: 'not allowed' });
});

test('a second request to another host on a connection with TLS is refused', async () => {
  const { curl, events } = await worldWith();
  const { stdout } = await curl([...BEARER, '-H', 'Host: other.git.test', URL_]);
  expect(stdout).toBe('agentvm: this connection was made for api.test\n');
  expect(events.at(-1)).toMatchObject({ verdict: 'refused', rule: 'another host than the TLS name' });
});

test('a TLS name that differs from the one that was decided by gets no connection', async () => {
  const { curl, events } = await worldWith();
  const result = await curl([...BEARER, 'https://repo.git.test/'], { serverName: 'api.test' });
  expect(result.exitCode).not.toBe(0);
  expect(events.at(-1)).toMatchObject({
    verdict: 'refused',
    rule: 'TLS with the guest failed: another server name',
  });
});

test('a connection is used again, on both sides', async () => {
  const { curl, seen } = await worldWith();
  const { stderr } = await curl(['-v', ...BEARER, URL_, URL_, URL_]);
  expect(stderr.match(/Re-using existing connection/g)?.length).toBe(2);
  expect(new Set(seen.map(({ request }) => request.socket.remotePort)).size).toBe(1);
});

test.each(['https', 'http'])(
  'a server that hangs up between two requests does so to the guest: %s',
  async (scheme) => {
    const { serve, door, authorityFile } = await secretWorld();
    const { readFile } = await import('node:fs/promises');
    const server = await serve(
      'api.test',
      ({ socket }, response) => response.end('ok', () => setTimeout(() => socket.end(), 100)),
      { plain: scheme === 'http' },
    );
    // Else it would say when it hangs up, and would not be asked again for that.
    server.keepAliveTimeout = 0;
    const port = await door();
    const guest =
      scheme === 'http'
        ? connect(port, '127.0.0.1')
        : connectTls({ port, servername: 'api.test', ca: await readFile(authorityFile) });
    guest.write('GET / HTTP/1.1\r\nHost: api.test\r\n\r\n');
    expect(await text(guest)).toMatch(/^HTTP\/1\.1 200 OK\r\n.*ok$/s);
  },
);

test('large uploads and downloads arrive whole', async () => {
  const hash = createHash('sha256');
  const sent = randomBytes(8 * 1024 * 1024);
  const world = await secretWorld();
  await world.serve('api.test', (request, response) => {
    request.on('data', (chunk) => hash.update(chunk));
    request.on('end', () => response.end(sent));
  });
  const { writeFile, readFile } = await import('node:fs/promises');
  await writeFile(`${world.dir}/up`, sent);
  await world.curl([...BEARER, '-T', `${world.dir}/up`, '-o', `${world.dir}/down`, URL_]);
  expect(hash.digest('hex')).toBe(createHash('sha256').update(sent).digest('hex'));
  expect(Buffer.compare(await readFile(`${world.dir}/down`), sent)).toBe(0);
});

test('rules that no longer allow a host end its connections', async () => {
  const { door, serve, gate, allowed } = await secretWorld();
  await serve('a.test', (_request, response) => void response.write('begin'), { plain: true });
  const socket = connect(await door(), '127.0.0.1');
  socket.write('GET / HTTP/1.1\r\nHost: a.test\r\n\r\n');
  await new Promise((resolve) => socket.once('data', resolve));
  gate.recheck();
  expect(socket.closed).toBe(false);
  const closed = new Promise((resolve) => socket.once('close', resolve));
  allowed.delete('a.test');
  gate.recheck();
  await closed;
});

test.each([
  ['a status that is none', 'HTTP/1.1 099 Odd\r\n\r\n'],
  ['no HTTP', 'SSH-2.0-server\r\n'],
  ['an end within the head', 'HTTP/1.1 200 OK\r\nContent-'],
  [
    'an upgrade that nobody asked for',
    'HTTP/1.1 101 Yes\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
  ],
  ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nabc'],
])('a server that answers with %s ends the request, and nothing else', async (_what, answer) => {
  const world = await secretWorld();
  await world.place(
    'odd.test',
    createServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => socket.end(answer));
    }),
  );
  await world.serve('a.test', (_request, response) => response.end('still here'), { plain: true });
  const got = await raw(world, 'GET / HTTP/1.1\r\nHost: odd.test\r\n\r\n');
  expect(got === '' || got.includes('could not be reached')).toBe(true);
  expect((await world.curl(['http://a.test/'])).stdout).toBe('still here');
});

test('an answer in two writes does not wait for the guest to acknowledge the first', async () => {
  const { curl } = await worldWith();
  const startedMs = Date.now();
  const { stdout } = await curl([...BEARER, 'https://api.test/[1-50]']);
  expect(stdout).toBe('ok'.repeat(50));
  // Each waited 40 ms at least, the time after which Linux acknowledges without being asked (TCP_DELACK_MIN).
  expect(Date.now() - startedMs).toBeLessThan(50 * 40);
});
