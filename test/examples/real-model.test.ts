import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

const PROGRAM = join(import.meta.dirname, '../../examples/quickstart/real-model.mjs');

type Received = { readonly url: string; readonly headers: IncomingHttpHeaders; readonly body: unknown };

/** A service that streams an answer in two pieces, and keeps what it was asked. */
const startService = async (): Promise<{ readonly base: string; readonly received: Received[] }> => {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    received.push({ url: request.url ?? '', headers: request.headers, body: JSON.parse(body) });
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('data: one\n\n');
    response.end('data: [DONE]\n\n');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
  });
  return { base: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, received };
};

const start = (env: Readonly<Record<string, string>>) => {
  const child = spawn(process.execPath, [PROGRAM, '0'], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => {
    child.kill();
  });
  return child;
};

test('asks the service with the key and its own model, and passes the stream on', async () => {
  const { base, received } = await startService();
  const child = start({ OPENAI_API_KEY: 'sk-test', OPENAI_BASE_URL: base });
  const [line] = await once(child.stdout, 'data');
  expect(String(line)).not.toContain('sk-test');
  const own = String(line).split(' ')[0];

  const answer = await fetch(`${own}/chat/completions`, {
    method: 'POST',
    body: JSON.stringify({ model: 'small', messages: [{ role: 'user', content: 'hello' }] }),
  });

  expect(await answer.text()).toBe('data: one\n\ndata: [DONE]\n\n');
  expect(received).toMatchObject([
    {
      url: '/v1/chat/completions',
      headers: { authorization: 'Bearer sk-test' },
      body: { model: 'gpt-4.1-mini', messages: [{ role: 'user', content: 'hello' }] },
    },
  ]);
});

test('says which program to start where there is no key', async () => {
  const child = start({});
  const [[text], [code]] = await Promise.all([once(child.stderr, 'data'), once(child, 'exit')]);
  expect(String(text)).toBe(
    'Neither ANTHROPIC_API_KEY nor OPENAI_API_KEY is set: start model-server.mjs instead.\n',
  );
  expect(code).toBe(1);
});
