import type { Context } from '../../lib/context.ts';
import { ExitCode } from '../../model/errors.ts';
import { loadManifest } from '../manifest.ts';

/** Checks the manifest alone. */
export const validate = async (context: Context, options: { readonly file?: string }): Promise<number> => {
  const desired = await loadManifest(context, options.file);
  context.io.stdout(
    `${desired.manifestPath} is valid: ${desired.fields.size} fields of machine '${desired.name}'.\n`,
  );
  return ExitCode.done;
};
