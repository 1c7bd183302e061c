import { realpath } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { Made } from '../engine/prune.ts';
import type { Context } from '../lib/context.ts';
import { findManifest, type ManifestPlace } from '../manifest/find.ts';
import { claimedManifestsIn } from '../manifest/folder.ts';
import { AgentvmError, ExitCode } from '../model/errors.ts';
import type { Desired, MachineState } from '../model/machine.ts';
import type { Plan } from '../model/plan.ts';
import type { PruneChoice } from '../reconcile/prune.ts';
import { composePorts } from './compose.ts';
import { loadManifests } from './manifest.ts';
import { namesOf, type Selection } from './selection.ts';

export type PruneOptions = Selection & {
  /** `--prune`, or the names of `--prune=NAME`. */
  readonly prune?: true | readonly string[];
};

/** A machine that goes because it is declared no more. */
export type Deletion = { readonly name: string; readonly state: MachineState; readonly plan: Plan };

/** Machines that are declared, and none where a folder was emptied and what goes was named. */
type Declared = { readonly desired: readonly Desired[]; readonly skipped: readonly string[] };

const refused = (code: string, message: string, hint: string): AgentvmError =>
  new AgentvmError({ code, exitCode: ExitCode.approvalMissing, message, hint });

const placeOf = (context: Context, file: string | undefined): ManifestPlace | undefined => {
  const found = findManifest(context.cwd, file);
  return found.ok ? found.place : undefined;
};

/**
 * The machines that a command with --prune means. A folder without any manifest declares none, which is an error
 * unless the machines that go are named.
 * @throws AgentvmError as loadManifests does, USAGE for --prune with --machine.
 */
export const loadWithPruning = async (context: Context, options: PruneOptions): Promise<Declared> => {
  const { prune, machine, file } = options;
  if (prune !== undefined && machine !== undefined) {
    throw new AgentvmError({
      code: 'USAGE',
      exitCode: ExitCode.usage,
      message: '--prune is about all machines of a file or folder, --machine about one',
      hint: 'Leave one of them out. To name what goes: --prune=NAME.',
    });
  }
  const place = placeOf(context, file);
  const isEmptied = place?.kind === 'folder' && claimedManifestsIn(place.path).length === 0;
  return isEmptied && Array.isArray(prune) ? { desired: [], skipped: [] } : loadManifests(context, options);
};

const madeBy = async (
  context: Context,
  { desired }: Declared,
  { file }: Selection,
): Promise<readonly Made[]> => {
  const place = placeOf(context, file);
  if (place === undefined) return [];
  const [{ madeHere }, { identifyFolder }] = await Promise.all([
    import('../engine/prune.ts'),
    import('../state/inventory.ts'),
  ]);
  const path = place.kind === 'folder' ? place.path : await realpath(dirname(place.path));
  const folder = await identifyFolder(path);
  if (folder === undefined) return [];
  const manifests = desired.map(({ manifestPath }) => manifestPath);
  return madeHere(context, {
    folder,
    manifests,
    ...(place.kind === 'file' ? { file: basename(place.path) } : {}),
  });
};

/** Says which machines are declared no more and stay, because nobody asked to prune. */
export const noteAbsent = async (
  context: Context,
  declared: Declared,
  options: PruneOptions,
): Promise<void> => {
  if (options.prune !== undefined || declared.desired.length < 2) return;
  const names = new Set(declared.desired.map(({ name }) => name));
  const absent = (await madeBy(context, declared, options)).filter(({ name }) => !names.has(name));
  if (absent.length === 0 || options.machine !== undefined) return;
  context.io.stderr(
    `agentvm: made here and declared no more: ${namesOf(absent)}; apply --prune would set ${absent.length === 1 ? 'it' : 'them'} aside\n`,
  );
};

/**
 * What --prune would set aside. Tells on stderr what stays although it is declared no more.
 * @throws AgentvmError PRUNE_REFUSED (exit 4) when more than half would go, PRUNE_UNKNOWN for a name that is none here.
 */
export const planPruning = async (
  context: Context,
  declared: Declared,
  options: PruneOptions,
): Promise<readonly Deletion[]> => {
  if (options.prune === undefined) return [];
  const [{ planDeletion }, { choosePruned }, made] = await Promise.all([
    import('../engine/prune.ts'),
    import('../reconcile/prune.ts'),
    madeBy(context, declared, options),
  ]);
  const choice: PruneChoice = options.prune === true ? 'all' : options.prune;
  const names = declared.desired.map(({ name }) => name);
  const pruning = choosePruned(made, names, choice);
  if (!pruning.ok) throw refused(pruning.code, pruning.text, pruning.hint);
  for (const { name, why } of pruning.kept) {
    context.io.stderr(`agentvm: '${name}' is declared no more and stays: ${why}\n`);
  }
  const ports = composePorts();
  const gone = new Set(pruning.gone.map(({ id }) => id));
  return Promise.all(
    made
      .filter(({ id }) => gone.has(id))
      .map(async ({ state }) => {
        const why = `no longer declared in ${basename(state.manifestPath)}`;
        return { name: state.name, state, plan: await planDeletion(context, ports, state, why) };
      }),
  );
};
