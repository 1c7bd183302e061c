import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Context } from '../lib/context.ts';
import { sha256 } from '../lib/hash.ts';
import { PROJECT_AGENTS_FOLDER } from '../model/agent-places.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { fieldsOf } from '../model/fields.ts';
import type { Desired } from '../model/machine.ts';
import type { Manifest } from '../model/manifest.generated.ts';
import { findManifest } from './find.ts';
import { type Layered, mergeLayers } from './layers.ts';
import { parseSource } from './parse.ts';
import { resolveAgents } from './resolve-agents.ts';
import { resolveImage, resolvePackages } from './resolve-base.ts';
import { resolveEnvironment } from './resolve-environment.ts';
import { resolveDriver, resolveName, resolvePlain } from './resolve-plain.ts';
import { resolvePorts } from './resolve-ports.ts';
import { resolveResources } from './resolve-resources.ts';
import { resolveScripts } from './resolve-scripts.ts';
import { resolveProtect, resolveShares } from './resolve-shares.ts';
import { type HostDefaults, joinSections, type Resolving } from './resolving.ts';
import { readSource } from './source.ts';
import { treeToJson } from './tree.ts';

export type LoadOptions = {
  /** What -f names: a file, or a folder with one manifest in it. */
  readonly file?: string;
  readonly host: HostDefaults;
  /** This host's key for digests of environment values. */
  readonly digestKey: Uint8Array;
};

export type LoadResult =
  | { readonly ok: true; readonly desired: readonly Desired[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** File by file from top to bottom, as a person mends them. */
const failed = (...diagnostics: readonly Diagnostic[]): LoadResult => {
  const files = [...new Set(diagnostics.map((one) => one.file))];
  const rank = ({ file, excerpt }: Diagnostic): readonly number[] => [
    files.indexOf(file),
    excerpt?.line ?? 0,
    excerpt?.column ?? 0,
  ];
  const ranked = diagnostics.map((one) => ({ one, rank: rank(one) }));
  ranked.sort((a, b) => a.rank.map((part, index) => part - (b.rank[index] ?? 0)).find((d) => d !== 0) ?? 0);
  return { ok: false, diagnostics: ranked.map(({ one }) => one) };
};

/** What to do where no file but the manifest is at fault. */
const MEND: Readonly<Record<string, string>> = {
  'missing-file': 'Write one with `agentvm init`, or correct the path.',
  'folder-not-file': 'Move the folder away, then write a manifest with `agentvm init`.',
  'symbolic-link': 'Put the file itself there; use `extends` to share one between projects.',
};

const REVISION_DIGITS = 6;

const resolveManifest = async (
  context: Context,
  options: LoadOptions,
  manifestPath: string,
  { tree, sources }: Layered,
  earlier: readonly Diagnostic[],
): Promise<LoadResult> => {
  const project = dirname(manifestPath);
  const resolving: Resolving = {
    manifest: treeToJson(tree) as unknown as Manifest,
    tree,
    project,
    home: context.paths.home,
    host: options.host,
  };
  const name = resolveName(resolving);
  const driver = resolveDriver(resolving);
  const environment = resolveEnvironment(resolving, options.digestKey);
  const { fields, diagnostics, inputs } = joinSections([
    name,
    driver,
    resolveAgents(resolving),
    await resolveImage(context, resolving),
    resolvePackages(resolving),
    resolveScripts(resolving),
    resolveResources(resolving),
    resolveShares(resolving),
    await resolvePorts(resolving),
    environment,
    resolvePlain(resolving),
  ]);
  if (earlier.length + diagnostics.length > 0) return failed(...earlier, ...diagnostics);
  const { dev, ino } = await stat(project);
  const layers = sources.map((source) => source.path);
  const agents = join(project, PROJECT_AGENTS_FOLDER);
  // Also where there is none: a definition that appears says what the host fetches from npm.
  const protect = resolveProtect(resolving, [...new Set([...layers, ...inputs, agents])]);
  return {
    ok: true,
    desired: [
      {
        name: name.name,
        driver: driver.driver,
        project: { realPath: project, device: dev, inode: ino },
        manifestPath,
        revision: sha256(sources.map((source) => source.text).join('\0')).slice(0, REVISION_DIGITS),
        fields: fieldsOf([...fields, ...protect]),
        environment: environment.environment,
        inputs: [...new Set([...layers.filter((path) => path !== manifestPath), ...inputs])],
      },
    ],
  };
};

/**
 * The way from a file to what it asks for: find, read, parse, check, merge layers, defaults, resolve. What a person
 * can mend comes back as diagnostics, as many as can be told at once; nothing is written and no machine is touched.
 */
export const loadDesired = async (context: Context, options: LoadOptions): Promise<LoadResult> => {
  const place = findManifest(context.cwd, options.file);
  if (!place.ok) return failed(place.diagnostic);
  const { path } = place;
  const read = readSource(path, 'The manifest');
  if (!read.ok) {
    const { code, message } = read;
    return failed({ code, file: path, message, hint: MEND[code] ?? read.hint });
  }
  const { documents, diagnostics } = parseSource(read.source);
  const declared = documents.filter((tree) => tree.kind !== 'scalar' || tree.value !== null);
  const [document] = declared;
  if (document === undefined && diagnostics.length > 0) return failed(...diagnostics);
  if (document === undefined) {
    return failed({
      code: 'empty',
      file: path,
      message: 'The manifest is empty',
      hint: 'Write one with `agentvm init`; at least it needs the line: apiVersion: agentvm/v1',
    });
  }
  if (declared.length > 1) {
    return failed({
      code: 'several-manifests',
      file: path,
      message: `The file declares ${declared.length} machines; several machines at once are not supported yet`,
      hint: 'Write each document (parted by ---) into a file and a folder of its own.',
    });
  }
  const merged = mergeLayers(read.source, document);
  const found = [...diagnostics, ...merged.diagnostics];
  return merged.layered === undefined
    ? failed(...found)
    : resolveManifest(context, options, path, merged.layered, found);
};
