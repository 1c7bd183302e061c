import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseDigest } from '../../src/images/digest.ts';
import { type DownloadRequest, downloadImage, totalFromHeaders } from '../../src/images/download.ts';
import { makePrivateDir } from '../../src/lib/atomic-file.ts';
import { sha256 } from '../../src/lib/hash.ts';
import { testContext } from '../support/context.ts';
import { failureOf } from '../support/failure.ts';
import { serveFile } from '../support/file-server.ts';
import { tempFolder } from '../support/temp-folder.ts';

const CONTENT = Buffer.alloc(300_000, 'image ');
const DIGEST = parseDigest(`sha256:${sha256(CONTENT)}`);
const OTHER = parseDigest(`sha256:${'0'.repeat(64)}`);

const request = (url: string, digest = DIGEST): DownloadRequest => ({ url, digest, onProgress: () => {} });

const prepare = async (part?: Buffer) => {
  const context = testContext(await tempFolder());
  const folder = join(context.paths.cache, 'images');
  await makePrivateDir(folder);
  if (part !== undefined) await writeFile(join(folder, `sha256-${DIGEST.hex}.part`), part);
  return { context, folder };
};

test('a file is downloaded once and then found by its digest', async () => {
  const { context, folder } = await prepare();
  const server = await serveFile(CONTENT);
  const path = await downloadImage(context, request(server.url));
  expect((await readFile(path)).equals(CONTENT)).toBe(true);
  expect(await downloadImage(context, request(server.url))).toBe(path);
  expect(server.ranges).toEqual([null]);
  expect(await readdir(folder)).toEqual([`sha256-${DIGEST.hex}`]);
});

test('two processes that want the same file fetch it once', async () => {
  const { context } = await prepare();
  const server = await serveFile(CONTENT);
  const paths = await Promise.all([1, 2].map(() => downloadImage(context, request(server.url))));
  expect(paths[0]).toBe(paths[1]);
  expect(server.ranges).toEqual([null]);
});

test('an interrupted download goes on where it stopped', async () => {
  const { context } = await prepare();
  const server = await serveFile(CONTENT, { breakRequests: [0] });
  expect(await failureOf(downloadImage(context, request(server.url)))).toMatchObject({
    code: 'DOWNLOAD_FAILED',
    exitCode: 7,
  });
  const path = await downloadImage(context, request(server.url));
  expect((await readFile(path)).equals(CONTENT)).toBe(true);
  expect(server.ranges).toEqual([null, 'bytes=150000-']);
});

test('a part that is already whole is only checked', async () => {
  const { context } = await prepare(CONTENT);
  const server = await serveFile(CONTENT);
  expect((await readFile(await downloadImage(context, request(server.url)))).equals(CONTENT)).toBe(true);
  expect(server.ranges).toEqual(['bytes=300000-']);
});

test('a part that is longer than the file is fetched anew', async () => {
  const { context } = await prepare(Buffer.concat([CONTENT, CONTENT]));
  const server = await serveFile(CONTENT);
  expect((await readFile(await downloadImage(context, request(server.url)))).equals(CONTENT)).toBe(true);
  expect(server.ranges).toEqual(['bytes=600000-', null]);
});

test('a server without ranges sends the file anew', async () => {
  const { context } = await prepare(CONTENT.subarray(0, 1000));
  const server = await serveFile(CONTENT, { withoutRanges: true });
  expect((await readFile(await downloadImage(context, request(server.url)))).equals(CONTENT)).toBe(true);
  expect(server.ranges).toEqual(['bytes=1000-', null]);
});

test('a wrong digest names both and leaves no file', async () => {
  const { context, folder } = await prepare();
  const server = await serveFile(CONTENT);
  const error = await failureOf(downloadImage(context, request(server.url, OTHER)));
  expect({ code: error.code, exitCode: error.exitCode, details: error.details }).toEqual({
    code: 'DIGEST_MISMATCH',
    exitCode: 7,
    details: [`expected sha256:${OTHER.hex}`, `received sha256:${DIGEST.hex}`],
  });
  expect(await readdir(folder)).toEqual([]);
});

test('an address that is gone is an error without its password', async () => {
  const { context, folder } = await prepare();
  const server = await serveFile(CONTENT, { status: 404 });
  const url = server.url.replace('http://', 'http://me:s3cret@');
  const error = await failureOf(downloadImage(context, request(url)));
  expect(error.message).toBe(`The image ${server.url} could not be downloaded`);
  expect(error.details.join()).toMatch(/404/);
  expect(JSON.stringify([error.details, error.hint, error.message])).not.toContain('s3cret');
  expect(await readdir(folder)).toEqual([]);
});

test('an abort ends the download and keeps the part', async () => {
  const controller = new AbortController();
  const root = await tempFolder();
  const context = testContext(root, { signal: controller.signal });
  const server = await serveFile(CONTENT, { breakRequests: [0] });
  controller.abort(new Error('interrupted'));
  await expect(downloadImage(context, request(server.url))).rejects.toThrow('interrupted');
});

test('the size of the whole is told by either header of the last response', () => {
  expect(totalFromHeaders('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n')).toBe(10);
  expect(
    totalFromHeaders(
      'HTTP/1.1 302 Found\r\nContent-Length: 3\r\n\r\nHTTP/2 206\r\ncontent-length: 5\r\ncontent-range: bytes 5-9/10\r\n\r\n',
    ),
  ).toBe(10);
  expect(totalFromHeaders('HTTP/1.1 200 OK\r\n\r\n')).toBeUndefined();
});
