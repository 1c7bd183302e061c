import type { Declaration } from '../engine/watch/request.ts';
import type { Context } from '../lib/context.ts';
import { findManifest } from '../manifest/find.ts';
import { loadDesired } from '../manifest/load-desired.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { AgentvmError } from '../model/errors.ts';
import type { Desired } from '../model/machine.ts';
import { digestKey } from '../state/digest-key.ts';
import { refusePlantedManifests } from '../state/manifest-place.ts';
import { checkDesired, hostDefaults } from './manifest.ts';
import type { Selection } from './selection.ts';

const asDiagnostic = ({ code, message, hint }: AgentvmError, { manifestPath }: Desired): Diagnostic => ({
  code: code.toLowerCase().replaceAll('_', '-'),
  file: manifestPath,
  message,
  ...(hint === undefined ? {} : { hint }),
});

/**
 * What manifests say now, for a watch: a machine that cannot be taken does not stand in the way of the others.
 * @param selection with a name, only that machine counts.
 */
export const loadDeclaration = async (
  context: Context,
  { file, machine }: Selection,
): Promise<Declaration> => {
  const found = findManifest(context.cwd, file);
  const place = found.ok ? found.place : { kind: 'file' as const, path: found.diagnostic.file };
  const result = await loadDesired(context, {
    ...(file === undefined ? {} : { file }),
    host: hostDefaults(),
    digestKey: await digestKey(context.paths),
  });
  const desired: Desired[] = [];
  const diagnostics: Diagnostic[] = result.ok ? [] : [...result.diagnostics];
  for (const one of result.ok ? result.desired : result.sound) {
    if (machine !== undefined && one.name !== machine) continue;
    try {
      await refusePlantedManifests(context.paths, [one.manifestPath]);
      await checkDesired(context, one);
      desired.push(one);
    } catch (error) {
      if (!(error instanceof AgentvmError)) throw error;
      diagnostics.push(asDiagnostic(error, one));
    }
  }
  return { desired, diagnostics, place };
};
