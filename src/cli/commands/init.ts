import { open, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Context } from '../../lib/context.ts';
import { AgentvmError, ExitCode } from '../../model/errors.ts';
import { hostDefaults } from '../manifest.ts';

const MANIFEST = 'agentvm.yaml';
const MODE = 0o644;

/** Writes agentvm.yaml for a folder from what is in it. Never overwrites one. */
export const init = async (context: Context, options: { readonly folder: string }): Promise<number> => {
  const folder = resolve(context.cwd, options.folder);
  const isFolder = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) {
    throw new AgentvmError({
      code: 'INIT_NO_FOLDER',
      exitCode: ExitCode.usage,
      message: `${folder} is not a folder`,
      hint: "Name the project's folder: agentvm init FOLDER",
    });
  }
  const path = join(folder, MANIFEST);
  const { draftManifest } = await import('../../manifest/draft.ts');
  const text = await draftManifest(context, folder, hostDefaults());
  try {
    const handle = await open(path, 'wx', MODE);
    try {
      await handle.writeFile(text);
    } finally {
      await handle.close();
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new AgentvmError({
      code: 'INIT_EXISTS',
      exitCode: ExitCode.usage,
      message: `${path} exists already and is left as it is`,
      hint: 'Edit it, or move it away and run agentvm init again.',
    });
  }
  context.io.stdout(`${text}\nWritten to ${path}.\nRun: agentvm plan\n`);
  return ExitCode.done;
};
