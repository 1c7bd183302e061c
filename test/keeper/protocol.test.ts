import { createServer } from 'node:net';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { askKeeper } from '../../src/keeper/client.ts';
import {
  errorOf,
  failureOf,
  type KeeperStatus,
  PROTOCOL_VERSION,
  parseHello,
  parseReply,
  parseRequest,
} from '../../src/keeper/protocol.ts';
import { startServer } from '../../src/keeper/server.ts';
import { AgentvmError, ExitCode } from '../../src/model/errors.ts';
import { testContext } from '../support/context.ts';
import { tempFolder } from '../support/temp-folder.ts';

const status: KeeperStatus = {
  power: 'running',
  at: '2026-01-02T03:04:05.000Z',
  guestReady: true,
  cpus: 2,
  memoryMiB: 1024,
  ports: [],
  shares: [],
  notes: [],
};

/** A keeper that only greets, with the version that it is told. */
const greeter = async (version: number): Promise<string> => {
  const path = join(await tempFolder(), 'k');
  const server = createServer((socket) => {
    socket.write(`${JSON.stringify({ keeper: version, machine: 'm' })}\n`);
    socket.on('data', () => socket.write(`${JSON.stringify({ id: 1, ok: true, result: status })}\n`));
    socket.on('error', () => {});
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  onTestFinished(() => void server.close());
  return path;
};

test('a command speaks this version and the one before, no other', async () => {
  const context = testContext(await tempFolder());
  const ask = async (version: number) => askKeeper(context, await greeter(version), { op: 'status' });
  expect(await ask(PROTOCOL_VERSION)).toEqual({ kind: 'answered', status });
  expect(await ask(PROTOCOL_VERSION - 1)).toEqual({ kind: 'answered', status });
  expect(await ask(PROTOCOL_VERSION - 2)).toEqual({ kind: 'foreign', version: PROTOCOL_VERSION - 2 });
  expect(await ask(PROTOCOL_VERSION + 1)).toEqual({ kind: 'foreign', version: PROTOCOL_VERSION + 1 });
});

test('a server answers, and an error comes out on the other side as it went in', async () => {
  const folder = await tempFolder();
  const context = testContext(folder);
  const path = join(folder, 'k');
  const server = await startServer({
    path,
    machineId: 'm',
    log: () => {},
    perform: async ({ op }) => {
      if (op === 'status') return status;
      throw new AgentvmError({
        code: 'PORT_IN_USE',
        message: 'Port 80 is in use',
        exitCode: ExitCode.applyFailed,
        hint: 'Choose another.',
        details: ['a', 'b'],
      });
    },
  });
  expect(await askKeeper(context, path, { op: 'status' })).toEqual({ kind: 'answered', status });
  await expect(askKeeper(context, path, { op: 'start' })).rejects.toMatchObject({
    code: 'PORT_IN_USE',
    message: 'Port 80 is in use',
    exitCode: 7,
    hint: 'Choose another.',
    details: ['a', 'b'],
  });
  await server.close();
  expect(await askKeeper(context, path, { op: 'status' })).toEqual({ kind: 'absent' });
});

test('a keeper that dies before it answers is told', async () => {
  const path = join(await tempFolder(), 'k');
  const server = createServer((socket) => {
    socket.write(`${JSON.stringify({ keeper: PROTOCOL_VERSION, machine: 'm' })}\n`);
    socket.on('data', () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  onTestFinished(() => void server.close());
  await expect(askKeeper(testContext('/'), path, { op: 'status' })).rejects.toMatchObject({
    code: 'KEEPER_BROKEN',
  });
});

test('no line makes a parser throw, and what it takes has the shape it says', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (line) => {
      parseHello(line);
      parseReply(line);
      const request = parseRequest(line);
      if (request !== undefined) expect(typeof request.id).toBe('number');
    }),
  );
  expect(parseRequest('{"id":1,"op":"stop"}')).toBeUndefined();
  expect(parseRequest('{"id":1,"op":"stop","graceMs":5}')).toEqual({ id: 1, op: 'stop', graceMs: 5 });
  expect(parseRequest('{"id":1,"op":"explode"}')).toBeUndefined();
});

test('what is no error of ours says so', () => {
  expect(errorOf(failureOf(new TypeError('oops')))).toMatchObject({
    code: 'KEEPER_BUG',
    message: 'The keeper failed: TypeError: oops',
  });
});

test('values of secrets are texts by variable, or no request at all', () => {
  const parse = (values: unknown) => parseRequest(JSON.stringify({ id: 1, op: 'secrets', values }));
  expect(parse({ TOKEN: 'v' })).toEqual({ id: 1, op: 'secrets', values: { TOKEN: 'v' } });
  for (const values of [undefined, null, [], 'v', { TOKEN: 1 }, { TOKEN: null }]) {
    expect(parse(values)).toBeUndefined();
  }
});
