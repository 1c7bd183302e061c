import { lstat } from 'node:fs/promises';
import { createTwoFilesPatch } from 'diff';
import { writeFileAtomic } from '../lib/atomic-file.ts';
import type { Context } from '../lib/context.ts';
import { readSource } from '../manifest/source.ts';
import { AgentvmError, ExitCode } from '../model/errors.ts';

/** An edit of a manifest that a person has not seen yet. */
export type ManifestEdit = {
  readonly path: string;
  readonly before: string;
  readonly after: string;
  /** A unified diff; empty where nothing changes. */
  readonly diff: string;
};

const readManifest = (path: string): string => {
  const read = readSource(path, 'The manifest');
  if (read.ok) return read.source.text;
  throw new AgentvmError({
    code: 'MANIFEST_INVALID',
    exitCode: ExitCode.usage,
    message: `${path}: ${read.message}`,
    hint: read.hint,
  });
};

/**
 * @param edit makes the new text; undefined where the manifest cannot be edited as it stands.
 * @throws AgentvmError MANIFEST_UNEDITABLE (exit 3) with what to write by hand.
 */
export const editManifest = (
  path: string,
  edit: (text: string) => string | undefined,
  byHand: string,
): ManifestEdit => {
  const before = readManifest(path);
  const after = edit(before);
  if (after === undefined) {
    throw new AgentvmError({
      code: 'MANIFEST_UNEDITABLE',
      exitCode: ExitCode.usage,
      message: `${path} cannot be edited as it stands`,
      hint: byHand,
    });
  }
  const diff = before === after ? '' : createTwoFilesPatch(path, path, before, after, undefined, undefined);
  return { path, before, after, diff };
};

/** Whether the person wants the diff written: by the option, else asked at a terminal. */
export const isEditAccepted = async (
  context: Context,
  { path }: ManifestEdit,
  options: { readonly write?: boolean; readonly json?: boolean },
): Promise<boolean> => {
  if (options.write) return true;
  if (options.json || !context.io.isTerminal.stdin || !context.io.isTerminal.stderr) return false;
  const { ask } = await import('./prompt.ts');
  return ask(context, `Write this to ${path}?`);
};

/**
 * Replaces the manifest if it still is what the diff was made from.
 * @throws AgentvmError MANIFEST_CHANGED (exit 6).
 */
export const writeEdit = async ({ path, before, after }: ManifestEdit): Promise<void> => {
  if (readManifest(path) !== before) {
    throw new AgentvmError({
      code: 'MANIFEST_CHANGED',
      exitCode: ExitCode.stalePlan,
      message: `${path} was changed meanwhile; nothing was written`,
      hint: 'Run the same command again.',
    });
  }
  const { mode } = await lstat(path);
  await writeFileAtomic(path, after, mode & 0o777);
};
