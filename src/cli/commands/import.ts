import { lstat } from 'node:fs/promises';
import { createTwoFilesPatch } from 'diff';
import { machineOfState } from '../../engine/machine.ts';
import { writeFileAtomic } from '../../lib/atomic-file.ts';
import type { Context } from '../../lib/context.ts';
import { addPackages } from '../../manifest/add-packages.ts';
import { readSource } from '../../manifest/source.ts';
import { AgentvmError, ExitCode } from '../../model/errors.ts';
import type { Desired, MachineState } from '../../model/machine.ts';
import { readKept } from '../../state/kept-record.ts';
import { printable } from '../../ui/printable.ts';
import { composePorts } from '../compose.ts';
import { loadManifest } from '../manifest.ts';
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

const readManifest = (path: string): string => {
  const read = readSource(path, 'The manifest');
  if (read.ok) return read.source.text;
  throw new AgentvmError({
    code: 'MANIFEST_INVALID',
    exitCode: ExitCode.usage,
    message: `${path}: ${read.message}`,
    hint: read.hint,
  });
};

const editManifest = (path: string, text: string, machine: string, names: readonly string[]): string => {
  const after = names.length === 0 ? text : addPackages(text, machine, names);
  if (after !== undefined) return after;
  throw new AgentvmError({
    code: 'MANIFEST_UNEDITABLE',
    exitCode: ExitCode.usage,
    message: `${path} cannot be edited as it stands`,
    hint: `Add to base.packages yourself: ${names.join(', ')}`,
  });
};

/** Replaces the manifest if it still is what the diff was made from. */
const writeManifest = async (path: string, before: string, after: string): Promise<void> => {
  if (readManifest(path) !== before) {
    throw new AgentvmError({
      code: 'MANIFEST_CHANGED',
      exitCode: ExitCode.stalePlan,
      message: `${path} was changed meanwhile; nothing was written`,
      hint: 'Run agentvm import again.',
    });
  }
  const { mode } = await lstat(path);
  await writeFileAtomic(path, after, mode & 0o777);
};

const npmNote = (npm: readonly string[]): string =>
  npm.length === 0
    ? ''
    : `npm has for all users: ${npm.join(', ')}. The manifest has no field for them; a script of base.scripts can install them.\n`;

/** Whether the person wants the diff written: by the option, else asked at a terminal. */
const isAccepted = async (context: Context, path: string, options: ImportOptions): Promise<boolean> => {
  if (options.write) return true;
  if (options.json || !context.io.isTerminal.stdin || !context.io.isTerminal.stderr) return false;
  const { ask } = await import('../prompt.ts');
  return ask(context, `Write this to ${path}?`);
};

/** Turns what was installed by hand in the guest into lines of the manifest, shown as a diff to accept. */
export const importInstalled = async (context: Context, options: ImportOptions): Promise<number> => {
  const { state } = await findMachineOf(context, options);
  const desired = await loadManifest(context, { ...options, machine: state.name });
  const { packages, npm } = await installedByHand(context, state, desired);
  const path = desired.manifestPath;
  const before = readManifest(path);
  const after = editManifest(path, before, desired.name, packages);
  const diff = before === after ? '' : createTwoFilesPatch(path, path, before, after, undefined, undefined);
  if (!options.json) context.io.stdout(printable(diff) + npmNote(npm));
  const isWritten = diff !== '' && (await isAccepted(context, path, options));
  if (isWritten) await writeManifest(path, before, after);
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
