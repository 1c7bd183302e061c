#!/usr/bin/env node
// Stands where model-server.mjs stands, and passes what it is asked on to the service whose key is in the environment
// (ANTHROPIC_API_KEY or OPENAI_API_KEY). The key stays in this process: the machine never sees it.
//
//   node real-model.mjs [PORT]        QUICKSTART_MODEL names another model of the service

import { createServer } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const { env } = process;

/** Both speak the OpenAI chat protocol: https://docs.anthropic.com/en/api/openai-sdk */
const SERVICES = [
  {
    key: env.ANTHROPIC_API_KEY,
    base: `${env.ANTHROPIC_BASE_URL ?? 'https://api.anthropic.com'}/v1`,
    model: 'claude-sonnet-4-5',
  },
  {
    key: env.OPENAI_API_KEY,
    base: env.OPENAI_BASE_URL ?? 'https://api.openai.com/v1',
    model: 'gpt-4.1-mini',
  },
];

const service = SERVICES.find(({ key }) => key !== undefined && key !== '');
if (service === undefined) {
  process.stderr.write(
    'Neither ANTHROPIC_API_KEY nor OPENAI_API_KEY is set: start model-server.mjs instead.\n',
  );
  process.exit(1);
}
const model = env.QUICKSTART_MODEL ?? service.model;

const passOn = async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const question = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  const answer = await fetch(`${service.base}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${service.key}` },
    body: JSON.stringify({ ...question, model }),
  });
  response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/plain' });
  await pipeline(Readable.fromWeb(answer.body), response);
};

const server = createServer(async (request, response) => {
  try {
    if (request.method === 'POST' && request.url === '/v1/chat/completions') await passOn(request, response);
    else response.writeHead(404).end();
  } catch (error) {
    process.stderr.write(`${error}\n`);
    if (!response.headersSent) response.writeHead(502);
    response.end();
  }
});

const port = Number(process.argv[2] ?? 4141);
server.listen(port, '127.0.0.1', () => {
  process.stdout.write(
    `http://127.0.0.1:${server.address().port}/v1 passes on to ${model} at ${service.base}\n`,
  );
});
