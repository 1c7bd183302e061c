import { readFile, stat } from 'node:fs/promises';
import type { Context } from '../../lib/context.ts';
import { AgentvmError, ExitCode } from '../../model/errors.ts';
import { composePorts } from '../compose.ts';
import { findMachineOf } from '../target.ts';

const NAME = /^[a-z][a-z0-9-]{0,61}[a-z0-9]$/;

/** Gives the project's machine another name, in state and in the manifest, whose comments stay. */
export const rename = async (
  context: Context,
  options: { readonly name: string; readonly file?: string },
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
  const { state } = await findMachineOf(context, options.file);
  const [{ renameMachine }, { parseDocument }, { writeFileAtomic }] = await Promise.all([
    import('../../engine/lifecycle.ts'),
    import('yaml'),
    import('../../lib/atomic-file.ts'),
  ]);
  const document = parseDocument(await readFile(state.manifestPath, 'utf8'));
  if (document.errors.length > 0) {
    throw new AgentvmError({
      code: 'MANIFEST_INVALID',
      exitCode: ExitCode.usage,
      message: `${state.manifestPath} cannot be edited as it stands`,
      hint: 'Mend it first; see `agentvm validate`.',
    });
  }
  await renameMachine(context, composePorts(), state, name, 'agentvm mv');
  document.set('name', name);
  const { mode } = await stat(state.manifestPath);
  await writeFileAtomic(state.manifestPath, document.toString({ lineWidth: 0 }), mode & 0o777);
  context.io.stdout(
    `Machine '${state.name}' is now '${name}'; ${state.manifestPath} says so too. Its hostname follows at the next start.\n`,
  );
  return ExitCode.done;
};
