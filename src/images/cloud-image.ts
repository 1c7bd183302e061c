import type { Context } from '../lib/context.ts';
import { AgentvmError, ExitCode } from '../model/errors.ts';
import { digestFile, formatDigest } from './digest.ts';
import { downloadImage } from './download.ts';
import type { ImageSource } from './source.ts';

export type CloudImage = {
  readonly path: string;
  readonly format: 'qcow2' | 'raw';
  readonly virtualSizeBytes: number;
};

const unusable = (title: string, why: string): AgentvmError =>
  new AgentvmError({
    code: 'IMAGE_UNUSABLE',
    exitCode: ExitCode.applyFailed,
    message: `base.image: ${title} ${why}`,
    hint: 'Give a cloud image with its own loader and cloud-init, as qcow2 or raw, for example a Debian "generic" one.',
  });

/** Gets an image's file and holds it against its digest. */
const fetchFile = async (
  context: Context,
  source: Exclude<ImageSource, { kind: 'build' }>,
  onStage: (stage: string) => void,
): Promise<string> => {
  if (source.kind === 'download') {
    return downloadImage(context, {
      ...source,
      onProgress: (text) => onStage(`downloading the image, ${text}`),
    });
  }
  onStage('checking the image');
  const found = await digestFile(source.path, source.digest.algorithm, context.signal).catch(
    (error: NodeJS.ErrnoException) => {
      context.signal.throwIfAborted();
      throw unusable(source.title, `cannot be read (${error.code ?? error.message})`);
    },
  );
  if (found !== source.digest.hex) {
    throw new AgentvmError({
      code: 'DIGEST_MISMATCH',
      exitCode: ExitCode.applyFailed,
      message: `base.image: ${source.path} has changed since it was planned with`,
      details: [
        `expected ${formatDigest(source.digest)}`,
        `found    ${formatDigest({ ...source.digest, hex: found })}`,
      ],
      hint: 'Run the command again to plan with the file as it is now.',
    });
  }
  return source.path;
};

/**
 * Gets a cloud image ready to be the backing file of the preparation boot.
 * @throws AgentvmError DOWNLOAD_FAILED, DIGEST_MISMATCH, IMAGE_UNUSABLE (exit 7).
 */
export const fetchCloudImage = async (
  context: Context,
  source: Exclude<ImageSource, { kind: 'build' }>,
  onStage: (stage: string) => void,
): Promise<CloudImage> => {
  const path = await fetchFile(context, source, onStage);
  const { stdout } = await context.exec('qemu-img', ['info', '--output=json', path], {
    signal: context.signal,
    hint: 'Install it: `sudo apt-get install qemu-utils`.',
  });
  const info = JSON.parse(stdout) as {
    readonly format?: string;
    readonly 'virtual-size': number;
    readonly 'backing-filename'?: string;
    readonly 'format-specific'?: { readonly data?: { readonly 'data-file'?: string } };
  };
  if (info.format !== 'qcow2' && info.format !== 'raw') {
    throw unusable(source.title, `is of the format ${info.format ?? 'unknown'}, not qcow2 or raw`);
  }
  // Such a file would make QEMU open others on this host by a name that the image's author chose.
  if (info['backing-filename'] !== undefined || info['format-specific']?.data?.['data-file'] !== undefined) {
    throw unusable(source.title, 'refers to another file');
  }
  return { path, format: info.format, virtualSizeBytes: info['virtual-size'] };
};
