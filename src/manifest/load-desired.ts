import { basename, dirname, resolve } from 'node:path';
import type { Context } from '../lib/context.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Desired } from '../model/machine.ts';
import { findManifest, type ManifestPlace } from './find.ts';
import { claimedManifestsIn, claimsToBeManifest, manifestFilesIn } from './folder.ts';
import { referencesIn } from './layers.ts';
import { type LoadedMachine, loadMachine } from './load-machine.ts';
import { parseSource } from './parse.ts';
import type { HostDefaults } from './resolving.ts';
import { diagnosticAt, positionOf, readSource, type Source } from './source.ts';
import { type Tree, treeAt } from './tree.ts';

export type LoadOptions = {
  /** What -f names: a file, or a folder of manifests. */
  readonly file?: string;
  readonly host: HostDefaults;
  /** This host's key for digests of environment values. */
  readonly digestKey: Uint8Array;
};

export type LoadResult =
  | {
      readonly ok: true;
      /** One for each document, in the order of files and documents; names differ. At least one. */
      readonly desired: readonly Desired[];
      /** Files of a folder that look like manifests by their name and do not say that they are. */
      readonly skipped: readonly string[];
    }
  | {
      readonly ok: false;
      readonly diagnostics: readonly Diagnostic[];
      /** The machines that nothing is wrong with. */
      readonly sound: readonly Desired[];
    };

/** A thousand machines are what one person's state is measured with. */
const MACHINE_LIMIT = 1000;

/** File by file from top to bottom, as a person mends them. */
const failed = (
  diagnostics: readonly Diagnostic[],
  order: readonly string[] = [],
  sound: readonly Desired[] = [],
): LoadResult => {
  const files = [...new Set([...order, ...diagnostics.map((one) => one.file)])];
  const rank = ({ file, excerpt }: Diagnostic): readonly number[] => [
    files.indexOf(file),
    excerpt?.line ?? 0,
    excerpt?.column ?? 0,
  ];
  const ranked = diagnostics.map((one) => ({ one, rank: rank(one) }));
  ranked.sort((a, b) => a.rank.map((part, index) => part - (b.rank[index] ?? 0)).find((d) => d !== 0) ?? 0);
  return { ok: false, diagnostics: ranked.map(({ one }) => one), sound };
};

/** What to do where no file but the manifest is at fault. */
const MEND: Readonly<Record<string, string>> = {
  'missing-file': 'Write one with `agentvm init`, or correct the path.',
  'folder-not-file': 'Move the folder away, then write a manifest with `agentvm init`.',
  'symbolic-link': 'Put the file itself there; use `extends` to share one between projects.',
};

/** A manifest's file that was read: its documents, and what is wrong with it already. */
type ManifestFile = {
  readonly path: string;
  readonly source: Source | undefined;
  readonly documents: readonly Tree[];
  readonly diagnostics: readonly Diagnostic[];
};

const readManifest = (path: string): ManifestFile => {
  const read = readSource(path, 'The manifest');
  if (!read.ok) {
    const { code, message } = read;
    const diagnostic: Diagnostic = { code, file: path, message, hint: MEND[code] ?? read.hint };
    return { path, source: undefined, documents: [], diagnostics: [diagnostic] };
  }
  const { documents, diagnostics } = parseSource(read.source);
  const declared = documents.filter((tree) => tree.kind !== 'scalar' || tree.value !== null);
  return { path, source: read.source, documents: declared, diagnostics };
};

/** Whether a file of a folder is a manifest; one that cannot be read or parsed is, unless it does not look like one. */
const isManifest = ({ source, documents, diagnostics }: ManifestFile): boolean => {
  if (source === undefined) return true;
  if (!claimsToBeManifest(source.text)) return false;
  if (diagnostics.length > 0) return true;
  return documents.some((tree) => {
    const version = tree.kind === 'map' ? tree.entries.get('apiVersion')?.value : undefined;
    return version?.kind === 'scalar' && String(version.value).startsWith('agentvm');
  });
};

/**
 * A file that another one of the folder extends is a layer, and no machine of its own. Files that only extend each other
 * stay, so that the circle is told.
 */
const withoutLayers = (files: readonly ManifestFile[]): readonly ManifestFile[] => {
  const extendedBy = ({ path, documents }: ManifestFile): readonly ManifestFile[] => {
    const layers = documents.flatMap(referencesIn).map((layer) => resolve(dirname(path), layer.path));
    return files.filter((file) => layers.includes(file.path));
  };
  const extended = new Set(files.flatMap(extendedBy));
  const reached = new Set<ManifestFile>();
  const waiting = files.filter((file) => !extended.has(file)).flatMap(extendedBy);
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (reached.has(file)) continue;
    reached.add(file);
    waiting.push(...extendedBy(file));
  }
  return files.filter((file) => !reached.has(file));
};

type Found = {
  readonly files: readonly ManifestFile[];
  readonly skipped: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
};

const nothingFound = (file: string, code: string, message: string, hint: string): Found => ({
  files: [],
  skipped: [],
  diagnostics: [{ code, file, message, hint }],
});

const readFolder = (folder: string): Found => {
  const paths = manifestFilesIn(folder);
  if (paths instanceof Error) {
    return nothingFound(
      folder,
      'unreadable-file',
      `The folder cannot be read: ${paths.message}`,
      'Give yourself the right: chmod u+rx FOLDER',
    );
  }
  if (paths.length > MACHINE_LIMIT) {
    return nothingFound(
      folder,
      'too-big',
      `The folder has ${paths.length} YAML files; the limit is ${MACHINE_LIMIT}`,
      'Check that it is the right folder.',
    );
  }
  const read = paths.map(readManifest);
  const manifests = read.filter(isManifest);
  if (manifests.length === 0) {
    return nothingFound(
      folder,
      'missing-file',
      'The folder has no manifest in it',
      `Run \`agentvm init\` there, or name the file with -f.`,
    );
  }
  const skipped = read.filter((file) => !manifests.includes(file)).map(({ path }) => path);
  return { files: withoutLayers(manifests), skipped, diagnostics: [] };
};

const readPlace = (place: ManifestPlace): Found =>
  place.kind === 'folder'
    ? readFolder(place.path)
    : { files: [readManifest(place.path)], skipped: [], diagnostics: [] };

const emptyDiagnostic = (file: string): Diagnostic => ({
  code: 'empty',
  file,
  message: 'The manifest is empty',
  hint: 'Write one with `agentvm init`; at least it needs the line: apiVersion: agentvm/v1',
});

/** Machines of one folder are told apart by their names. */
const sameNames = (machines: readonly LoadedMachine[]): readonly Diagnostic[] => {
  const first = new Map<string, string>();
  return machines.flatMap(({ named }) => {
    if (named === undefined) return [];
    const taken = first.get(named.name);
    const { file, line, column } = positionOf(named.place);
    if (taken === undefined) {
      first.set(named.name, `${basename(file)}:${line}:${column}`);
      return [];
    }
    return diagnosticAt(named.place, {
      code: 'duplicate',
      field: 'name',
      message: `The name '${named.name}' belongs to the machine at ${taken}`,
      hint: 'Give one of them another name.',
    });
  });
};

const loadFiles = async (
  context: Context,
  options: LoadOptions,
  { files, skipped, diagnostics }: Found,
): Promise<LoadResult> => {
  const [first] = files;
  const count = files.reduce((sum, { documents }) => sum + documents.length, 0);
  if (count > MACHINE_LIMIT) {
    const message = `${count} machines are declared; the limit is ${MACHINE_LIMIT}`;
    const hint = 'Part them into several folders.';
    return failed([{ code: 'too-big', file: first?.path ?? '', message, hint }]);
  }
  const beside = first === undefined ? [] : claimedManifestsIn(dirname(first.path));
  const found: Diagnostic[] = [...diagnostics];
  const machines: LoadedMachine[] = [];
  for (const { path, source, documents, diagnostics: ofFile } of files) {
    found.push(...ofFile);
    if (documents.length === 0 && ofFile.length === 0) found.push(emptyDiagnostic(path));
    if (source === undefined || documents.length === 0) continue;
    for (const document of documents) {
      const machine = await loadMachine(context, {
        source,
        document,
        host: options.host,
        digestKey: options.digestKey,
        mustBeNamed: (count > 1 || files.length > 1) && treeAt(document, ['name']) === undefined,
        sharesFile: documents.length > 1,
        beside,
      });
      machines.push(machine);
      found.push(...machine.diagnostics);
    }
  }
  found.push(...sameNames(machines));
  if (found.length > 0) {
    const broken = new Set(
      files.flatMap(({ path, diagnostics: ofFile }) => (ofFile.length > 0 ? [path] : [])),
    );
    return failed(
      found,
      files.map(({ path }) => path),
      machines.flatMap(({ desired }) => {
        const isSound =
          desired !== undefined &&
          !broken.has(desired.manifestPath) &&
          machines.filter(({ named }) => named?.name === desired.name).length === 1;
        return isSound ? [desired] : [];
      }),
    );
  }
  return { ok: true, desired: machines.flatMap(({ desired }) => desired ?? []), skipped };
};

/**
 * The way from files to what they ask for: find, read, parse, check, merge layers, defaults, resolve; one machine for
 * each document. What a person can mend comes back as diagnostics, as many as can be told at once; nothing is written
 * and no machine is touched.
 */
export const loadDesired = async (context: Context, options: LoadOptions): Promise<LoadResult> => {
  const place = findManifest(context.cwd, options.file);
  return place.ok ? loadFiles(context, options, readPlace(place.place)) : failed([place.diagnostic]);
};
