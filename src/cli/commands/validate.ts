import type { Context } from '../../lib/context.ts';
import { ExitCode } from '../../model/errors.ts';
import { loadManifests, skippedText } from '../manifest.ts';
import type { Selection } from '../selection.ts';

/** Checks the manifests alone. */
export const validate = async (context: Context, options: Selection): Promise<number> => {
  const fleet = await loadManifests(context, options);
  context.io.stderr(skippedText(fleet));
  for (const { manifestPath, fields, name } of fleet.desired) {
    context.io.stdout(`${manifestPath} is valid: ${fields.size} fields of machine '${name}'.\n`);
  }
  if (fleet.desired.length > 1) context.io.stdout(`Total: ${fleet.desired.length} machines, all valid.\n`);
  return ExitCode.done;
};
