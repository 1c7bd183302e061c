import { cpus, totalmem } from 'node:os';
import { basename, dirname } from 'node:path';
import type { Context } from '../lib/context.ts';
import { isWithin } from '../lib/is-within.ts';
import { realTarget } from '../lib/real-target.ts';
import { loadDesired } from '../manifest/load-desired.ts';
import type { HostDefaults } from '../manifest/resolving.ts';
import { AgentvmError, ExitCode } from '../model/errors.ts';
import type { MountValue } from '../model/field-values.ts';
import type { Desired } from '../model/machine.ts';
import { digestKey } from '../state/digest-key.ts';
import { refusePlantedManifests } from '../state/manifest-place.ts';
import { namesOf, type Selection, unnamedError } from './selection.ts';

const MEBIBYTE = 1024 * 1024;

/** What defaults of the manifest depend on. */
export const hostDefaults = (): HostDefaults => ({
  driver: 'qemu',
  cpus: cpus().length,
  memoryMiB: Math.floor(totalmem() / MEBIBYTE),
});

/** Machines that manifests declare. */
export type Fleet = {
  /** At least one. */
  readonly desired: readonly [Desired, ...Desired[]];
  /** Files of the folder that look like manifests by their name and do not say that they are. */
  readonly skipped: readonly string[];
};

/**
 * The machines that a command means, resolved for this host; all that is wrong with any file is told at once.
 * @throws AgentvmError MANIFEST_INVALID (exit 3) with every diagnostic, MACHINE_UNKNOWN for a name that none has.
 */
export const loadManifests = async (context: Context, { file, machine }: Selection): Promise<Fleet> => {
  const result = await loadDesired(context, {
    ...(file === undefined ? {} : { file }),
    host: hostDefaults(),
    digestKey: await digestKey(context.paths),
  });
  if (!result.ok) {
    const { renderDiagnostics } = await import('../ui/diagnostics-text.ts');
    const count = result.diagnostics.length;
    const what =
      new Set(result.diagnostics.map((one) => one.file)).size > 1 ? 'manifests have' : 'manifest has';
    throw new AgentvmError({
      code: 'MANIFEST_INVALID',
      exitCode: ExitCode.usage,
      message: `the ${what} ${count === 1 ? 'an error' : `${count} errors`}`,
      details: renderDiagnostics(result.diagnostics, context.cwd).trimEnd().split('\n'),
    });
  }
  await refusePlantedManifests(context.paths, [...new Set(result.desired.map((one) => one.manifestPath))]);
  const [first, ...others] = result.desired.filter((one) => machine === undefined || one.name === machine);
  if (first === undefined) {
    throw new AgentvmError({
      code: 'MACHINE_UNKNOWN',
      exitCode: ExitCode.usage,
      message: `No machine '${machine}' is declared`,
      hint: `Declared are: ${namesOf(result.desired)}`,
    });
  }
  const desired = [first, ...others] as const;
  for (const one of desired) await checkDesired(context, one);
  return { desired, skipped: result.skipped };
};

/**
 * The one machine that a command means.
 * @throws AgentvmError MACHINE_UNNAMED (exit 3) when several are declared and none is named, and as loadManifests does.
 */
export const loadManifest = async (context: Context, selection: Selection): Promise<Desired> => {
  const { desired } = await loadManifests(context, selection);
  if (desired.length > 1) throw unnamedError('declared', desired);
  return desired[0];
};

/** Names the files of a folder that were left out, so that none is left out in silence. Empty when there are none. */
export const skippedText = ({ skipped }: Pick<Fleet, 'skipped'>): string =>
  skipped[0] === undefined
    ? ''
    : `agentvm: no manifests of agentvm in ${dirname(skipped[0])}: ${skipped.map((path) => basename(path)).join(', ')}\n`;

/**
 * What a manifest cannot tell of itself: what it would show of this host, which agents there are.
 * @throws AgentvmError OWN_FOLDER_SHARED, AGENT_UNKNOWN (exit 3).
 */
export const checkDesired = async (context: Context, desired: Desired): Promise<void> => {
  await refuseOwnFolders(context, desired);
  await checkAgents(context, desired);
};

/**
 * Nothing of agentvm's own may be shown in a machine: what the keeper starts stands in its state.
 * @throws AgentvmError OWN_FOLDER_SHARED (exit 3).
 */
const refuseOwnFolders = async ({ paths }: Context, desired: Desired): Promise<void> => {
  const mounts = [...desired.fields.values()].filter((field) => field.path === 'mounts[]');
  const shown = [desired.project.realPath, ...mounts.map((field) => (field.value as MountValue).host)];
  const ours = await Promise.all([paths.state, paths.data, paths.config, paths.cache].map(realTarget));
  for (const folder of await Promise.all(shown.map(realTarget))) {
    const own = ours.find((one) => isWithin(folder, one) || isWithin(one, folder));
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
