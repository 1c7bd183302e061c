import { cpus, totalmem } from 'node:os';
import type { Context } from '../lib/context.ts';
import { isWithin } from '../lib/is-within.ts';
import { loadDesired } from '../manifest/load-desired.ts';
import type { HostDefaults } from '../manifest/resolving.ts';
import { AgentvmError, ExitCode } from '../model/errors.ts';
import type { MountValue } from '../model/field-values.ts';
import type { Desired } from '../model/machine.ts';
import { digestKey } from '../state/digest-key.ts';
import { refusePlantedManifest } from '../state/manifest-place.ts';

const MEBIBYTE = 1024 * 1024;

/** What defaults of the manifest depend on. */
export const hostDefaults = (): HostDefaults => ({
  driver: 'qemu',
  cpus: cpus().length,
  memoryMiB: Math.floor(totalmem() / MEBIBYTE),
});

/**
 * The manifest that a command means, resolved for this host.
 * @throws AgentvmError MANIFEST_INVALID (exit 3) with every diagnostic.
 */
export const loadManifest = async (context: Context, file?: string): Promise<Desired> => {
  const result = await loadDesired(context, {
    ...(file === undefined ? {} : { file }),
    host: hostDefaults(),
    digestKey: await digestKey(context.paths),
  });
  if (!result.ok) {
    const { renderDiagnostics } = await import('../ui/diagnostics-text.ts');
    const count = result.diagnostics.length;
    throw new AgentvmError({
      code: 'MANIFEST_INVALID',
      exitCode: ExitCode.usage,
      message: `the manifest has ${count === 1 ? 'an error' : `${count} errors`}`,
      details: renderDiagnostics(result.diagnostics, context.cwd).trimEnd().split('\n'),
    });
  }
  const [desired] = result.desired;
  if (desired === undefined) throw new Error('a manifest without a document was loaded');
  await refusePlantedManifest(context.paths, desired.manifestPath);
  refuseOwnFolders(context, desired);
  await checkAgents(context, desired);
  return desired;
};

/**
 * Nothing of agentvm's own may be shown in a machine: what the keeper starts stands in its state.
 * @throws AgentvmError OWN_FOLDER_SHARED (exit 3).
 */
const refuseOwnFolders = ({ paths }: Context, desired: Desired): void => {
  const mounts = [...desired.fields.values()].filter((field) => field.path === 'mounts[]');
  const shown = [desired.project.realPath, ...mounts.map((field) => (field.value as MountValue).host)];
  for (const folder of shown) {
    const own = [paths.state, paths.data, paths.config, paths.cache].find(
      (one) => isWithin(folder, one) || isWithin(one, folder),
    );
    if (own === undefined) continue;
    throw new AgentvmError({
      code: 'OWN_FOLDER_SHARED',
      exitCode: ExitCode.usage,
      message: `${folder} would show agentvm's own folder ${own} in the machine`,
      hint: 'Take a project or mount a folder beside it.',
    });
  }
};

/** Every agent that the manifest names must have a definition; found missing now, not when its turn comes. */
const checkAgents = async (context: Context, desired: Desired): Promise<void> => {
  const named = [...desired.fields.values()].filter((field) => field.path === 'agents[].version');
  if (named.length === 0) return;
  const { loadAgent } = await import('../guest/agents/definition.ts');
  const search = { paths: context.paths, projectDir: desired.project.realPath };
  const main = desired.fields.get('agent');
  for (const { key = '', source = main?.value === key ? main.source : undefined } of named) {
    await loadAgent(search, key).catch((error: unknown) => {
      if (!(error instanceof AgentvmError) || error.code !== 'AGENT_UNKNOWN') throw error;
      const where = source ? `${source.file}:${source.line}:${source.column}` : desired.manifestPath;
      throw new AgentvmError({
        code: error.code,
        exitCode: error.exitCode,
        message: `${where}: ${error.message}`,
        ...(error.hint === undefined ? {} : { hint: error.hint }),
      });
    });
  }
};
