import { spawn } from 'node:child_process';
import { expect, onTestFinished, test } from 'vitest';

const startServer = (): Promise<string> => {
  const child = spawn(process.execPath, ['examples/quickstart/model-server.mjs', '0'], { stdio: 'pipe' });
  onTestFinished(() => {
    child.kill();
  });
  return new Promise((resolve) =>
    child.stdout.once('data', (line: Buffer) => resolve(line.toString().trim())),
  );
};

const ask = async (url: string, body: unknown): Promise<string> =>
  (await fetch(`${url}/chat/completions`, { method: 'POST', body: JSON.stringify(body) })).text();

const TOOLS = [{ type: 'function', function: { name: 'edit' } }];
const WISH = { role: 'user', content: [{ type: 'text', text: "In a.mjs, replace 'x' with 'y z'." }] };

/** The parts of a stream that the model itself says. */
const deltas = (stream: string): readonly unknown[] =>
  stream
    .split('\n\n')
    .filter((event) => event.startsWith('data: {'))
    .map((event) => JSON.parse(event.slice('data: '.length)).choices[0])
    .filter((choice) => choice !== undefined);

test('asked for a change it calls the edit tool', async () => {
  const url = await startServer();
  const stream = await ask(url, { model: 'small', stream: true, tools: TOOLS, messages: [WISH] });
  expect(deltas(stream)).toMatchInlineSnapshot(`
    [
      {
        "delta": {
          "content": null,
          "role": "assistant",
          "tool_calls": [
            {
              "function": {
                "arguments": "{"filePath":"a.mjs","oldString":"x","newString":"y z"}",
                "name": "edit",
              },
              "id": "call_1",
              "index": 0,
              "type": "function",
            },
          ],
        },
        "finish_reason": null,
        "index": 0,
      },
      {
        "delta": {},
        "finish_reason": "tool_calls",
        "index": 0,
      },
    ]
  `);
  expect(stream.endsWith('data: [DONE]\n\n')).toBe(true);
});

test('with the tool’s result it answers in a text', async () => {
  const url = await startServer();
  const said = async (content: string): Promise<unknown> => {
    const messages = [WISH, { role: 'assistant', content: '' }, { role: 'tool', content }];
    return JSON.parse(await ask(url, { tools: TOOLS, messages })).choices[0].message.content;
  };
  expect([await said('Edit applied successfully.'), await said('Error: oldString not found')]).toEqual([
    "Done: a.mjs now says 'y z' in place of 'x'.",
    'I could not change a.mjs: Error: oldString not found',
  ]);
});

test('a command is run by the bash tool, and its output told', async () => {
  const url = await startServer();
  const wish = { role: 'user', content: `"Run 'uname -n && id -un' and say what it printed."` };
  const choice = async (...messages: unknown[]): Promise<{ message: Record<string, unknown> }> =>
    JSON.parse(await ask(url, { tools: TOOLS, messages })).choices[0];
  const { tool_calls: calls } = (await choice(wish)).message as { tool_calls: { function: unknown }[] };
  const { content } = (await choice(wish, { role: 'tool', content: 'box\nalice\n' })).message;
  expect([calls[0]?.function, content]).toEqual([
    {
      name: 'bash',
      arguments: '{"command":"uname -n && id -un"}',
    },
    'uname -n && id -un printed:\nbox\nalice',
  ]);
});

test('a title, another wish, another path and a broken request have answers too', async () => {
  const url = await startServer();
  const text = async (body: unknown): Promise<unknown> =>
    JSON.parse(await ask(url, body)).choices[0].message.content;
  expect([
    await text({ messages: [WISH] }),
    await text({ tools: TOOLS, messages: [{ role: 'user', content: 'hello' }] }),
    (await fetch(`${url}/models`)).status,
    (await fetch(`${url}/other`)).status,
    (await fetch(`${url}/chat/completions`, { method: 'POST', body: '{' })).status,
  ]).toEqual([
    'A small change',
    "I understand two sentences: In FILE, replace 'OLD' with 'NEW'. Run 'COMMAND' and say what it printed.",
    200,
    404,
    400,
  ]);
});
