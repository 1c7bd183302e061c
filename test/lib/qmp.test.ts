import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { connectQmp } from '../../src/lib/qmp.ts';
import { tempFolder } from '../support/temp-folder.ts';

const GREETING = '{"QMP":{"version":{},"capabilities":[]}}\r\n';

/** A server that does with each client what the test says. */
const serve = async (handle: (socket: Socket) => void): Promise<string> => {
  const path = join(await tempFolder(), 'q');
  const server = createServer((socket) => {
    socket.on('error', () => {});
    handle(socket);
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  onTestFinished(() => void server.close());
  return path;
};

/** Calls back with each message that a client sends. */
const onMessage = (socket: Socket, answer: (message: { execute: string; id: number }) => void): void => {
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk;
    const lines = text.split('\n');
    text = lines.pop() ?? '';
    for (const line of lines) answer(JSON.parse(line));
  });
};

test('answers find their question, events and noise in between', async () => {
  const path = await serve((socket) => {
    socket.write(`noise\n${GREETING}`);
    onMessage(socket, ({ execute, id }) => {
      socket.write('{"event":"STOP","data":{"a":1}}\r\nnull\n[1]\n{"id":77,"return":{}}\n');
      if (execute === 'fails') socket.write(`{"id":${id},"error":{"class":"x","desc":"no such thing"}}\n`);
      else socket.write(`{"id":${id},"return":{"name":"${execute}"}}\r\n`);
    });
  });
  const events: string[] = [];
  const qmp = await connectQmp(path, { timeoutMs: 2000, onEvent: ({ name }) => events.push(name) });
  expect(await Promise.all([qmp.execute('a'), qmp.execute('b')])).toEqual([{ name: 'a' }, { name: 'b' }]);
  await expect(qmp.execute('fails')).rejects.toMatchObject({
    code: 'QMP_ERROR',
    message: 'QEMU: no such thing',
  });
  expect(events).toEqual(['STOP', 'STOP', 'STOP', 'STOP']);
  qmp.close();
  await qmp.closed;
});

test('a server that is busy with another client times out', async () => {
  const path = await serve(() => {});
  await expect(connectQmp(path, { timeoutMs: 50 })).rejects.toMatchObject({ code: 'QMP_TIMEOUT' });
});

test('nobody there, and a server that goes away', async () => {
  await expect(connectQmp('/nowhere/q', { timeoutMs: 50 })).rejects.toMatchObject({ code: 'QMP_CLOSED' });
  const path = await serve((socket) => {
    socket.write(GREETING);
    onMessage(socket, ({ execute, id }) => {
      if (execute === 'qmp_capabilities') socket.write(`{"id":${id},"return":{}}\n`);
      else socket.destroy();
    });
  });
  const qmp = await connectQmp(path, { timeoutMs: 2000 });
  await expect(qmp.execute('query-status')).rejects.toMatchObject({ code: 'QMP_CLOSED' });
  await expect(qmp.execute('query-status')).rejects.toMatchObject({ code: 'QMP_CLOSED' });
  await qmp.closed;
});

test('a line without an end closes the connection', async () => {
  const path = await serve((socket) => {
    socket.write(GREETING);
    onMessage(socket, ({ execute, id }) => {
      if (execute === 'qmp_capabilities') socket.write(`{"id":${id},"return":{}}\n`);
      else socket.write(Buffer.alloc(3 * 1024 * 1024, 'x'));
    });
  });
  const qmp = await connectQmp(path, { timeoutMs: 2000 });
  await expect(qmp.execute('query-status')).rejects.toMatchObject({ code: 'QMP_CLOSED' });
});

test('whatever bytes come, a question is answered or refused, and nothing else happens', async () => {
  const piece = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.json().map((text) => Buffer.from(`${text}\n`)),
    fc
      .record(
        {
          id: fc.oneof(fc.integer({ min: 0, max: 4 }), fc.string()),
          return: fc.jsonValue(),
          error: fc.jsonValue(),
        },
        { requiredKeys: [] },
      )
      .map((value) => Buffer.from(`${JSON.stringify(value)}\n`)),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 8 }), fc.boolean(), async (pieces, isGreeted) => {
      const path = await serve((socket) => {
        if (isGreeted) socket.write(GREETING);
        for (const bytes of pieces) socket.write(bytes);
        onMessage(socket, ({ id }) => socket.write(`\n{"id":${id},"return":{}}\n`));
        setTimeout(() => socket.destroy(), 30);
      });
      const outcome = await connectQmp(path, { timeoutMs: 200 })
        .then((qmp) => qmp.execute('query-status').finally(() => qmp.close()))
        .then(
          () => 'answered',
          (error) => error.code,
        );
      expect(['answered', 'QMP_CLOSED', 'QMP_TIMEOUT', 'QMP_ERROR']).toContain(outcome);
    }),
    { numRuns: 60 },
  );
});
