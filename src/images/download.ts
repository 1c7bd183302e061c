import { readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { makePrivateDir } from '../lib/atomic-file.ts';
import type { Context } from '../lib/context.ts';
import { withLock } from '../lib/lock.ts';
import { AgentvmError, ExitCode } from '../model/errors.ts';
import { type Digest, digestFile, formatDigest } from './digest.ts';
import { diskFullError } from './disk-space.ts';

export type DownloadRequest = {
  readonly url: string;
  readonly digest: Digest;
  /** Called with a phrase for people, for example `42 % of 310 MiB`. */
  readonly onProgress: (text: string) => void;
};

/** Exit codes of curl(1). */
const CURL_HTTP_ERROR = 22;
const CURL_WRITE_ERROR = 23;
const CURL_RANGE_ERROR = 33;

const PROGRESS_INTERVAL_MS = 500;
const MIB = 1024 ** 2;

/** A URL as people may see it: without a password. */
const withoutPassword = (url: string): string => {
  const copy = new URL(url);
  copy.username = '';
  copy.password = '';
  return copy.href;
};

const sizeOf = async (path: string): Promise<number> =>
  stat(path).then(
    ({ size }) => size,
    () => 0,
  );

/** The whole file's size by the last response's headers: `Content-Range: bytes 5-9/10`, or `Content-Length: 10`. */
export const totalFromHeaders = (headers: string): number | undefined => {
  const last =
    headers
      .trimEnd()
      .split(/\r?\n\r?\n/)
      .at(-1) ?? '';
  const range = /^content-range:\s*bytes\s+[\d*-]*\/(\d+)/im.exec(last)?.[1];
  const length = /^content-length:\s*(\d+)/im.exec(last)?.[1];
  const text = range ?? length;
  return text === undefined ? undefined : Number(text);
};

const describeProgress = (bytes: number, total: number | undefined): string =>
  total === undefined
    ? `${Math.round(bytes / MIB)} MiB`
    : `${Math.floor((100 * bytes) / Math.max(total, 1))} % of ${Math.round(total / MIB)} MiB`;

/** Shows how the file grows until told to stop. */
const watchGrowth = (part: string, headers: string, show: (text: string) => void): (() => void) => {
  const look = async (): Promise<void> => {
    const text = await readFile(headers, 'latin1').catch(() => '');
    show(describeProgress(await sizeOf(part), totalFromHeaders(text)));
  };
  const timer = setInterval(() => void look(), PROGRESS_INTERVAL_MS);
  return () => clearInterval(timer);
};

const CONFIG_ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '"': '\\"' };

/** curl reads the address from standard input: a password in it must not be seen in the list of processes. */
const curlConfig = (url: string): string =>
  `url = "${url.replaceAll(/[\\"]/g, (character) => CONFIG_ESCAPES[character] ?? character)}"\n`;

/** Fetches what is missing of a file. @returns curl's exit code; `0` when the server sent everything. */
const fetchRest = async (context: Context, url: string, part: string, headers: string) => {
  const args = ['--disable', '--fail', '--location', '--silent', '--show-error', '--globoff'];
  const limits = ['--connect-timeout', '30', '--retry', '3', '--proto', '=http,https'];
  const files = ['--continue-at', '-', '--output', part, '--dump-header', headers, '--config', '-'];
  return context.exec('curl', [...args, ...limits, ...files], {
    stdin: curlConfig(url),
    signal: context.signal,
    accept: 'any',
    hint: 'Install curl: `sudo apt-get install curl`.',
  });
};

/** Whether curl failed because the server cannot, or need not, send the rest of what is there. */
const cannotResume = async (exitCode: number, headers: string): Promise<boolean> => {
  if (exitCode === CURL_RANGE_ERROR) return true;
  const text = await readFile(headers, 'latin1').catch(() => '');
  return exitCode === CURL_HTTP_ERROR && /^HTTP\/[\d.]+ 416/m.test(text);
};

const failure = (context: Context, url: string, exitCode: number, stderr: string): AgentvmError =>
  exitCode === CURL_WRITE_ERROR
    ? diskFullError(context.paths.cache, 'the download could not be written')
    : new AgentvmError({
        code: 'DOWNLOAD_FAILED',
        exitCode: ExitCode.applyFailed,
        message: `The image ${withoutPassword(url)} could not be downloaded`,
        details: stderr.replaceAll(url, withoutPassword(url)).trimEnd().split('\n'),
        hint: 'Run the command again: it goes on where this one stopped. If the address is gone, give another as base.image: {url, sha256}.',
      });

const wrongDigest = (url: string, expected: Digest, found: string): AgentvmError =>
  new AgentvmError({
    code: 'DIGEST_MISMATCH',
    exitCode: ExitCode.applyFailed,
    message: `The image ${withoutPassword(url)} is not what was asked for`,
    details: [`expected ${formatDigest(expected)}`, `received ${formatDigest({ ...expected, hex: found })}`],
    hint: 'The file was deleted. Compare the digest with the one that the publisher names; the address may also lead to a newer image by now.',
  });

/**
 * Downloads a file once: an interrupted download is continued, the digest is checked before anybody sees the file, and
 * whoever asks for the same digest again gets it from the cache.
 * @returns the file's path in the cache; it is the caller's only to read.
 * @throws AgentvmError DOWNLOAD_FAILED, DIGEST_MISMATCH (exit 7; the file is deleted), DISK_FULL.
 */
export const downloadImage = async (context: Context, request: DownloadRequest): Promise<string> => {
  const { url, digest } = request;
  const folder = join(context.paths.cache, 'images');
  const target = join(folder, `${digest.algorithm}-${digest.hex}`);
  const part = `${target}.part`;
  const headers = `${target}.headers`;
  await makePrivateDir(folder);
  const lock = {
    path: join(context.paths.state, 'locks', `image-${digest.hex.slice(0, 32)}.lock`),
    what: `the image ${withoutPassword(url)}`,
    command: 'agentvm apply',
    wait: true,
  };
  return withLock(context, lock, async () => {
    if ((await sizeOf(target)) > 0) return target;
    const stopWatching = watchGrowth(part, headers, request.onProgress);
    try {
      let result = await fetchRest(context, url, part, headers);
      const known = await cannotResume(result.exitCode, headers);
      if (known && (await digestFile(part, digest.algorithm, context.signal)) !== digest.hex) {
        await rm(part, { force: true });
        result = await fetchRest(context, url, part, headers);
      } else if (known) {
        result = { ...result, exitCode: 0 };
      }
      if (result.exitCode !== 0) throw failure(context, url, result.exitCode, result.stderr);
    } finally {
      stopWatching();
      await rm(headers, { force: true });
    }
    request.onProgress('checking the digest');
    const found = await digestFile(part, digest.algorithm, context.signal);
    if (found !== digest.hex) {
      await rm(part, { force: true });
      throw wrongDigest(url, digest, found);
    }
    await rename(part, target);
    return target;
  });
};
