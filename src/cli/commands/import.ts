import { machineOfState } from '../../engine/machine.ts';
import type { Context } from '../../lib/context.ts';
import { addEntries } from '../../manifest/add-entries.ts';
import { AgentvmError, ExitCode } from '../../model/errors.ts';
import type { Desired, MachineState } from '../../model/machine.ts';
import { readKept } from '../../state/kept-record.ts';
import { printable } from '../../ui/printable.ts';
import { composePorts } from '../compose.ts';
import { loadManifest } from '../manifest.ts';
import { editManifest, isEditAccepted, writeEdit } from '../manifest-edit.ts';
import type { Selection } from '../selection.ts';
import { findMachineOf } from '../target.ts';

export type ImportOptions = Selection & { readonly json?: boolean; readonly write?: boolean };

/** What `agentvm import --json` prints: schemas/import.v1.json. */
type ImportDocument = {
  readonly kind: 'import';
  readonly version: 1;
  readonly machine: { readonly id: string; readonly name: string };
  readonly manifest: string;
  /** Debian packages that were installed by hand, and no manifest asks for. */
  readonly packages: readonly string[];
  /** npm's packages for all users, for which the manifest has no field. */
  readonly npm: readonly string[];
  /** A unified diff of the manifest; empty where there is nothing to add. */
  readonly diff: string;
  readonly isWritten: boolean;
};

type Installed = { readonly packages: readonly string[]; readonly npm: readonly string[] };

const bareName = (name: string): string => name.split(':')[0] ?? name;

/** What is in the guest beyond that which its layer, its scripts and its manifest brought. */
const installedByHand = async (
  context: Context,
  state: MachineState,
  desired: Desired,
): Promise<Installed> => {
  const { driver, ref, guest } = await machineOfState(context, composePorts(), state);
  const { power } = await driver.inspect(context, ref, { refresh: false });
  if (power !== 'running') {
    throw new AgentvmError({
      code: 'NOT_RUNNING',
      exitCode: ExitCode.applyFailed,
      message: `Machine '${state.name}' is not running`,
      hint: 'Start it with `agentvm start`.',
    });
  }
  const { packages: own } = await readKept(context.paths, state.id);
  if (own === null) {
    throw new AgentvmError({
      code: 'IMPORT_UNKNOWN_BASE',
      exitCode: ExitCode.stalled,
      message: `It was not recorded which packages '${state.name}' had when it was new`,
      hint: 'Look through them yourself: agentvm exec apt-mark showmanual',
    });
  }
  const { packages, npm } = await guest.findInstalled();
  const asked = [...desired.fields.values(), ...Object.values(state.fields)].flatMap(({ path, key }) =>
    path === 'base.packages[]' && key !== undefined ? [bareName(key)] : [],
  );
  return { packages: packages.filter((name) => !own.includes(name) && !asked.includes(name)), npm };
};

const npmNote = (npm: readonly string[]): string =>
  npm.length === 0
    ? ''
    : `npm has for all users: ${npm.join(', ')}. The manifest has no field for them; a script of base.scripts can install them.\n`;

/** Turns what was installed by hand in the guest into lines of the manifest, shown as a diff to accept. */
export const importInstalled = async (context: Context, options: ImportOptions): Promise<number> => {
  const { state } = await findMachineOf(context, options);
  const desired = await loadManifest(context, { ...options, machine: state.name });
  const { packages, npm } = await installedByHand(context, state, desired);
  const edit = editManifest(
    desired.manifestPath,
    (text) => (packages.length === 0 ? text : addEntries(text, desired.name, ['base', 'packages'], packages)),
    `Add to base.packages yourself: ${packages.join(', ')}`,
  );
  const { path, diff } = edit;
  if (!options.json) context.io.stdout(printable(diff) + npmNote(npm));
  const isWritten = diff !== '' && (await isEditAccepted(context, edit, options));
  if (isWritten) await writeEdit(edit);
  if (options.json) {
    const machine = { id: state.id, name: state.name };
    const document: ImportDocument = {
      kind: 'import',
      version: 1,
      machine,
      manifest: path,
      packages,
      npm,
      diff,
      isWritten,
    };
    context.io.stdout(`${JSON.stringify(document, null, 2)}\n`);
    return ExitCode.done;
  }
  context.io.stdout(
    diff === ''
      ? `Nothing was installed by hand in '${state.name}' that the manifest could ask for.\n`
      : isWritten
        ? `Written to ${path}. They are in the machine already, so apply only records them.\nRun: agentvm apply\n`
        : 'Nothing was written.\nRun: agentvm import --write\n',
  );
  return ExitCode.done;
};
