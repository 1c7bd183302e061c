#!/usr/bin/env node
// A model that needs no account: it speaks the OpenAI chat protocol and understands two sentences,
//
//   In FILE, replace 'OLD' with 'NEW'.
//   Run 'COMMAND' and say what it printed.
//
// It answers as a real model does: first with a call of one of the agent's own tools, then, once the agent has sent
// the tool's result, with a text. Whatever else it is asked, it says what it understands.
//
//   node model-server.mjs [PORT [ADDRESS]]        prints one line when it listens: http://127.0.0.1:4141/v1

import { createServer } from 'node:http';

const BODY_BYTES_MAX = 16 * 1024 * 1024;
const HELP =
  "I understand two sentences: In FILE, replace 'OLD' with 'NEW'. Run 'COMMAND' and say what it printed.";

/** Each sentence: how it is told, the tool call that it takes, and what is said about the tool's result. */
const SENTENCES = [
  {
    pattern: /\bIn (\S+?),? replace '([^']+)' with '([^']*)'/i,
    call: ([, filePath, oldString, newString]) => ({
      tool: 'edit',
      input: { filePath, oldString, newString },
    }),
    report: ([, filePath, oldString, newString], result) =>
      /error|not found|could not/i.test(result.slice(0, 200))
        ? `I could not change ${filePath}: ${result}`
        : `Done: ${filePath} now says '${newString}' in place of '${oldString}'.`,
  },
  {
    pattern: /\bRun '([^']+)'/i,
    call: ([, command]) => ({ tool: 'bash', input: { command } }),
    report: ([, command], result) => `${command} printed:\n${result.trim()}`,
  },
];

/** A message's text: a plain string, or a list of parts. */
const textOf = (message) =>
  typeof message?.content === 'string'
    ? message.content
    : (message?.content ?? []).map((part) => part.text ?? '').join('\n');

/** What the model says next: `{ text }` or `{ tool, input }`. */
const answer = ({ messages = [], tools = [] }) => {
  // An agent asks for a session's title without offering tools.
  if (tools.length === 0) return { text: 'A small change' };
  const asked = messages.findLastIndex((message) => message.role === 'user');
  const wish = textOf(messages[asked]);
  for (const { pattern, call, report } of SENTENCES) {
    const match = pattern.exec(wish);
    if (match === null) continue;
    const result = messages.slice(asked + 1).find((message) => message.role === 'tool');
    return result === undefined ? call(match) : { text: report(match, textOf(result)) };
  }
  return { text: HELP };
};

/** One choice of a reply, in the protocol's words; `call` is the call's number in this conversation. */
const choiceOf = (reply, call) =>
  reply.text === undefined
    ? {
        finish: 'tool_calls',
        message: {
          role: 'assistant',
          content: null,
          tool_calls: [
            {
              index: 0,
              id: `call_${call}`,
              type: 'function',
              function: { name: reply.tool, arguments: JSON.stringify(reply.input) },
            },
          ],
        },
      }
    : { finish: 'stop', message: { role: 'assistant', content: reply.text } };

const complete = (request, response) => {
  const { message, finish } = choiceOf(answer(request), request.messages?.length ?? 0);
  const head = { id: 'chatcmpl-1', created: Math.floor(Date.now() / 1000), model: request.model ?? 'small' };
  const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
  if (request.stream !== true) {
    response.writeHead(200, { 'content-type': 'application/json' });
    const choices = [{ index: 0, message, finish_reason: finish }];
    response.end(JSON.stringify({ ...head, object: 'chat.completion', choices, usage }));
    return;
  }
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  const send = (choices, extra = {}) =>
    response.write(
      `data: ${JSON.stringify({ ...head, object: 'chat.completion.chunk', choices, ...extra })}\n\n`,
    );
  send([{ index: 0, delta: message, finish_reason: null }]);
  send([{ index: 0, delta: {}, finish_reason: finish }]);
  send([], { usage });
  response.end('data: [DONE]\n\n');
};

const readBody = async (request) => {
  const chunks = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > BODY_BYTES_MAX) throw new Error('the request is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
};

const server = createServer(async (request, response) => {
  const fail = (status, message) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ error: { message } }));
  };
  try {
    const body = await readBody(request);
    if (request.method === 'POST' && request.url === '/v1/chat/completions')
      complete(JSON.parse(body), response);
    else if (request.method === 'GET' && request.url === '/v1/models') {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ object: 'list', data: [{ id: 'small', object: 'model' }] }));
    } else fail(404, `there is no ${request.method} ${request.url} here`);
  } catch (error) {
    fail(400, error instanceof Error ? error.message : String(error));
  }
});

const [port = '4141', address = '127.0.0.1'] = process.argv.slice(2);
server.listen(Number(port), address, () => {
  process.stdout.write(`http://${address}:${server.address().port}/v1\n`);
});
