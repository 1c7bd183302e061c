import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

/** What a file must be: an algorithm and lower-case hexadecimal digits, as publishers write it. */
export type Digest = { readonly algorithm: 'sha256' | 'sha512'; readonly hex: string };

/** `sha512:0b04…` → its parts. The schemas of images admit nothing else. */
export const parseDigest = (text: string): Digest => {
  const [algorithm, hex = ''] = text.split(':', 2);
  return { algorithm: algorithm === 'sha512' ? 'sha512' : 'sha256', hex };
};

export const formatDigest = ({ algorithm, hex }: Digest): string => `${algorithm}:${hex}`;

/** The digest of a file's content, in hexadecimal digits. */
export const digestFile = async (
  path: string,
  algorithm: Digest['algorithm'],
  signal: AbortSignal,
): Promise<string> => {
  const hash = createHash(algorithm);
  await pipeline(createReadStream(path, { highWaterMark: 1024 * 1024 }), hash, { signal });
  return hash.digest('hex');
};
