import { lstat } from 'node:fs/promises';
import { createTwoFilesPatch } from 'diff';
import { isScalar, parseDocument } from 'yaml';
import { adoptRevision, renameMachine } from '../../engine/lifecycle.ts';
import { writeFileAtomic } from '../../lib/atomic-file.ts';
import type { Context } from '../../lib/context.ts';
import { readSource } from '../../manifest/source.ts';
import { AgentvmError, ExitCode } from '../../model/errors.ts';
import { printable } from '../../ui/printable.ts';
import { composePorts } from '../compose.ts';
import { loadManifest } from '../manifest.ts';
import type { Selection } from '../selection.ts';
import { findMachineOf } from '../target.ts';

const NAME = /^[a-z][a-z0-9-]{0,61}[a-z0-9]$/;

/** A manifest's text with another `name`, every other character as it was. */
const withName = (path: string, text: string, name: string): string => {
  const document = parseDocument(text);
  const node = document.get('name', true);
  const apiVersion = document.get('apiVersion', true);
  if (isScalar(node) && node.range) return text.slice(0, node.range[0]) + name + text.slice(node.range[1]);
  if (document.errors.length === 0 && node === undefined && isScalar(apiVersion) && apiVersion.range) {
    const end = text.indexOf('\n', apiVersion.range[1]);
    const at = end === -1 ? text.length : end;
    return `${text.slice(0, at)}\nname: ${name}${text.slice(at)}`;
  }
  throw new AgentvmError({
    code: 'MANIFEST_INVALID',
    exitCode: ExitCode.usage,
    message: `${path} cannot be edited as it stands`,
    hint: 'Mend it first; see `agentvm validate`.',
  });
};

/** What `apply` would record of the manifest as it stands; undefined while it is in need of mending. */
const revisionOf = async (context: Context, file: string, machine: string): Promise<string | undefined> => {
  try {
    return (await loadManifest(context, { file, machine })).revision;
  } catch (error) {
    if (!(error instanceof AgentvmError)) throw error;
    return undefined;
  }
};

/** Gives the project's machine another name, in state and in the manifest, whose comments stay. */
export const rename = async (
  context: Context,
  options: Selection & { readonly name: string },
): Promise<number> => {
  const { name } = options;
  if (!NAME.test(name)) {
    throw new AgentvmError({
      code: 'NAME_INVALID',
      exitCode: ExitCode.usage,
      message: `'${name}' is no name for a machine`,
      hint: 'Use 2 to 63 lower-case letters, digits and hyphens, beginning with a letter.',
    });
  }
  const { state } = await findMachineOf(context, options);
  const path = state.manifestPath;
  const read = readSource(path, 'The manifest');
  if (!read.ok) {
    throw new AgentvmError({
      code: 'MANIFEST_INVALID',
      exitCode: ExitCode.usage,
      message: `${path}: ${read.message}`,
      hint: read.hint,
    });
  }
  const before = read.source.text;
  const after = withName(path, before, name);
  const from = await revisionOf(context, path, state.name);
  await renameMachine(context, composePorts(), state, name, 'agentvm mv');
  const { mode } = await lstat(path);
  await writeFileAtomic(path, after, mode & 0o777);
  // Its own edit is no change that somebody has yet to apply.
  const to = await revisionOf(context, path, name);
  if (from !== undefined && to !== undefined) {
    await adoptRevision(context, composePorts(), state, { from, to }, 'agentvm mv');
  }
  const patch = createTwoFilesPatch(path, path, before, after, undefined, undefined, { context: 1 });
  context.io.stdout(
    `${before === after ? '' : printable(patch)}Machine '${state.name}' is now '${name}'. Its hostname follows at the next start.\n`,
  );
  return ExitCode.done;
};
