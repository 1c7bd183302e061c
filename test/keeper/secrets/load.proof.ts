import { expect, test } from 'vitest';
import { PLACEHOLDER, secretWorld, VALUE } from '../../support/secret-world.ts';

const GIB = 2 ** 30;
const MIB = 2 ** 20;
/** What may wait between a client and a server, and what a collector leaves lying; far below what passes. */
const GROWTH_LIMIT_MIB = 160;

/** The most that this process took while something was going on, in MiB beyond what it had before. */
const growthDuring = async <T>(
  work: () => Promise<T>,
): Promise<{ readonly result: T; readonly growthMiB: number; readonly seconds: number }> => {
  const before = process.memoryUsage().rss;
  let most = before;
  const timer = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 20);
  const began = performance.now();
  const result = await work();
  clearInterval(timer);
  return {
    result,
    growthMiB: Math.round((most - before) / MIB),
    seconds: (performance.now() - began) / 1000,
  };
};

const tell = (
  what: string,
  { growthMiB, seconds }: { readonly growthMiB: number; readonly seconds: number },
): void => {
  process.stdout.write(
    `${what}: ${Math.round(1024 / seconds)} MiB/s, ${growthMiB} MiB more memory, server and engine together\n`,
  );
};

test('a GiB passes each way through a substituted connection, and memory stays', async () => {
  const world = await secretWorld();
  let received = 0;
  await world.serve('api.test', (request, response) => {
    if (request.headers['x-api-key'] !== VALUE) {
      response.writeHead(401).end();
      return;
    }
    if (request.method === 'GET') {
      const piece = Buffer.alloc(MIB, 'agentvm-secret- and so on ');
      let left = GIB / MIB;
      const send = (): void => {
        while (left > 0) {
          left -= 1;
          if (!response.write(piece)) return void response.once('drain', send);
        }
        response.end();
      };
      send();
      return;
    }
    request.on('data', (chunk: Buffer) => {
      received += chunk.length;
    });
    request.on('end', () => response.end('ok'));
  });
  const port = await world.door();
  const { exec } = await import('../../../src/lib/exec.ts');
  const curl = (tail: string) =>
    exec(
      'sh',
      [
        '-c',
        `${tail} curl -sS --max-time 600 --cacert "$CA" --connect-to "::127.0.0.1:$PORT" -H "X-Api-Key: $PLACEHOLDER" $CURL https://api.test/ | wc -c`,
      ],
      { env: { CA: world.authorityFile, PORT: String(port), PLACEHOLDER, CURL: tail === '' ? '' : '-T -' } },
    );
  const up = await growthDuring(() => curl('head -c 1073741824 /dev/zero |'));
  tell('up', up);
  expect(received).toBe(GIB);
  expect(up.growthMiB).toBeLessThan(GROWTH_LIMIT_MIB);
  const down = await growthDuring(() => curl(''));
  tell('down', down);
  expect(Number(down.result.stdout)).toBe(GIB);
  expect(down.growthMiB).toBeLessThan(GROWTH_LIMIT_MIB);
});
