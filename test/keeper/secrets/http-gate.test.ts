import type { IncomingMessage, ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { PLACEHOLDER, secretWorld, VALUE } from '../../support/secret-world.ts';

const echoHead = (request: IncomingMessage, response: ServerResponse): void => {
  request.resume();
  response.end('ok');
  seen.push(request);
};
let seen: IncomingMessage[] = [];
const last = (): IncomingMessage => seen.at(-1) as IncomingMessage;

const world = async () => {
  seen = [];
  const made = await secretWorld();
  await made.serve('api.test', echoHead);
  return made;
};

test('bearer, basic, x-api-key and a cookie carry the value; the guest has only the placeholder', async () => {
  const { curl, events } = await world();
  const url = 'https://api.test/path?q=1';
  const ask = async (...args: string[]) => {
    expect(await curl([...args, url])).toMatchObject({ exitCode: 0, stdout: 'ok' });
    return last().headers;
  };
  expect((await ask('-H', `Authorization: Bearer ${PLACEHOLDER}`)).authorization).toBe(`Bearer ${VALUE}`);
  expect((await ask('-H', `X-Api-Key: ${PLACEHOLDER}`))['x-api-key']).toBe(VALUE);
  expect((await ask('-b', `session=${PLACEHOLDER}`)).cookie).toBe(`session=${VALUE}`);
  const basic = (await ask('-u', `user:${PLACEHOLDER}`)).authorization ?? '';
  expect(Buffer.from(basic.slice('Basic '.length), 'base64').toString()).toBe(`user:${VALUE}`);
  expect(last().url).toBe('/path?q=1');
  expect(last().headers.host).toBe('api.test');
  expect(events.at(-1)).toMatchObject({
    verdict: 'passed',
    protocol: 'tls',
    name: 'api.test',
    port: 443,
    secrets: ['TOKEN'],
  });
  expect(JSON.stringify(events)).not.toContain(VALUE);
});
