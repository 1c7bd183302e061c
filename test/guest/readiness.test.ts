import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { waitUntilReady } from '../../src/guest/readiness.ts';
import { testContext } from '../support/context.ts';
import { startSshd, type TestSshd } from '../support/sshd.ts';

let sshd: TestSshd;
beforeAll(async () => {
  sshd = await startSshd();
});
afterAll(() => sshd.stop());

test('returns when the guest has an address and answers', async () => {
  let asked = 0;
  await waitUntilReady(testContext(sshd.dir), {
    name: 'web',
    connect: async () => {
      asked += 1;
      return asked < 3 ? undefined : sshd.target;
    },
  });
  expect(asked).toBe(3);
});

test('after the deadline the end of the console is shown, without control characters', async () => {
  const consoleLog = join(sshd.dir, 'console.log');
  writeFileSync(
    consoleLog,
    `${'early\n'.repeat(5000)}[    5.1] \x1b[0;31mKernel panic\x1b[0m - not syncing\r\n\x1b]0;title\x07end\x00\n`,
  );
  const target = { ...sshd.target, port: 1 };
  const error = await waitUntilReady(testContext(sshd.dir), {
    name: 'web',
    connect: async () => target,
    consoleLog,
    deadlineMs: 700,
  }).catch((caught: unknown) => caught);
  expect(error).toMatchObject({
    code: 'GUEST_NOT_READY',
    exitCode: 7,
    message:
      "The machine 'web' did not answer over SSH within 1 s: ssh: connect to host 127.0.0.1 port 1: Connection refused",
    hint: 'Its console may say why: `agentvm logs --console`. Then try again: `agentvm restart`.',
  });
  expect((error as { details: readonly string[] }).details.slice(-3)).toEqual([
    'early',
    '[    5.1] Kernel panic - not syncing',
    'end',
  ]);
});

test('without a console log and an address the error says so', async () => {
  await expect(
    waitUntilReady(testContext(sshd.dir), {
      name: 'web',
      connect: async () => undefined,
      consoleLog: join(sshd.dir, 'no-such-log'),
      deadlineMs: 300,
    }),
  ).rejects.toMatchObject({
    message: "The machine 'web' did not answer over SSH within 0 s: it has no address yet",
    details: [],
  });
});

test('an abort ends the waiting', async () => {
  const controller = new AbortController();
  setTimeout(() => controller.abort(new Error('enough')), 200);
  await expect(
    waitUntilReady(testContext(sshd.dir, { signal: controller.signal }), {
      name: 'web',
      connect: async () => undefined,
    }),
  ).rejects.toThrow();
});
