import { once } from 'node:events';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { acquireLock, withLock } from '../../src/lib/lock.ts';
import { testContext } from '../support/context.ts';
import { failureOf } from '../support/failure.ts';
import { nodeScript } from '../support/node-script.ts';
import { tempFolder } from '../support/temp-folder.ts';

const request = (path: string) => ({ path, what: "the machine 'demo'", command: 'agentvm restart' });

test('a second holder is refused, in the same process too, and named', async () => {
  const root = await tempFolder();
  const context = testContext(root, { clock: { now: () => new Date('2030-01-02T03:04:05Z') } });
  const path = join(root, 'locks/demo.lock');
  const lock = await acquireLock(context, request(path));
  const error = await failureOf(acquireLock(context, request(path)));
  expect({ code: error.code, exitCode: error.exitCode }).toEqual({ code: 'LOCKED', exitCode: 5 });
  expect(error.message).toBe(
    `agentvm restart (process ${process.pid}, since 2030-01-02T03:04:05.000Z) is changing the machine 'demo'`,
  );
  expect(error.hint).toBe(
    `Wait until it has finished, or end it with \`kill ${process.pid}\`, then run this command again.`,
  );
  await lock.release();
  await withLock(context, request(path), async () => {});
});

test('the lock file is private, stays, and the note goes', async () => {
  const root = await tempFolder();
  const path = join(root, 'locks/demo.lock');
  await withLock(testContext(root), request(path), async () => {});
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  await expect(readFile(`${path}.holder`)).rejects.toThrow('ENOENT');
});

test('work that fails lets go of the lock', async () => {
  const root = await tempFolder();
  const context = testContext(root);
  const path = join(root, 'demo.lock');
  const work = withLock(context, request(path), () => Promise.reject(new Error('no')));
  await expect(work).rejects.toThrow('no');
  await withLock(context, request(path), async () => {});
});

test('another process holds it until it is killed; then its stale note misleads nobody', async () => {
  const root = await tempFolder();
  const context = testContext(root);
  const path = join(root, 'demo.lock');
  const script = await nodeScript(join(import.meta.dirname, 'lock-holder.ts'));
  const child = script.start([root, path]);
  if (child.stdout === null) throw new Error('no stdout');
  await once(child.stdout, 'data');

  const error = await failureOf(acquireLock(context, request(path)));
  expect(error.message).toMatch(
    new RegExp(`^agentvm apply \\(process ${child.pid}, since .+\\) is changing the machine 'demo'$`),
  );

  child.kill('SIGKILL');
  await once(child, 'exit');
  await withLock(context, request(path), async () => {
    const note = JSON.parse(await readFile(`${path}.holder`, 'utf8'));
    expect(note.pid).toBe(process.pid);
  });
});

test('a waiting request gets the lock when the holder lets go', async () => {
  const root = await tempFolder();
  const context = testContext(root);
  const path = join(root, 'layer.lock');
  const first = await acquireLock(context, request(path));
  const order: string[] = [];
  const second = acquireLock(context, { ...request(path), wait: true }).then((lock) => {
    order.push('second');
    return lock;
  });
  await new Promise((resolve) => setTimeout(resolve, 100));
  order.push('first lets go');
  await first.release();
  await (await second).release();
  expect(order).toEqual(['first lets go', 'second']);
});

test('an abort ends a wait with its reason', async () => {
  const root = await tempFolder();
  const path = join(root, 'layer.lock');
  const lock = await acquireLock(testContext(root), request(path));
  const controller = new AbortController();
  const waiting = acquireLock(testContext(root, { signal: controller.signal }), {
    ...request(path),
    wait: true,
  });
  setTimeout(() => controller.abort(new Error('interrupted')), 50);
  await expect(waiting).rejects.toThrow('interrupted');
  await lock.release();
});
