import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Context } from '../lib/context.ts';
import { sha256 } from '../lib/hash.ts';
import { PROJECT_AGENTS_FOLDER } from '../model/agent-places.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { fieldsOf } from '../model/fields.ts';
import type { Desired } from '../model/machine.ts';
import type { Manifest } from '../model/manifest.generated.ts';
import { type Layered, mergeLayers } from './layers.ts';
import { resolveAgents } from './resolve-agents.ts';
import { resolveImage, resolvePackages } from './resolve-base.ts';
import { resolveEgress } from './resolve-egress.ts';
import { resolveEnvironment } from './resolve-environment.ts';
import { resolveDriver, resolveName, resolvePlain } from './resolve-plain.ts';
import { resolvePorts } from './resolve-ports.ts';
import { resolveResources, resolveSnapshots } from './resolve-resources.ts';
import { resolveScripts } from './resolve-scripts.ts';
import { resolveSecrets } from './resolve-secrets.ts';
import { resolveProtect, resolveShares } from './resolve-shares.ts';
import { type HostDefaults, joinSections, type Resolving } from './resolving.ts';
import type { Place, Source } from './source.ts';
import { placeAt, type Tree, treeToJson } from './tree.ts';

/** One document of a manifest's file, on its way to a machine. */
export type MachineRequest = {
  readonly source: Source;
  readonly document: Tree;
  readonly host: HostDefaults;
  readonly digestKey: Uint8Array;
  /** Whether the folder's name cannot be the machine's: several machines share the folder. */
  readonly mustBeNamed: boolean;
  /** Whether other documents stand in the same file. */
  readonly sharesFile: boolean;
  /** Every manifest and layer of the folder: the guest may not change those of other machines either. */
  readonly beside: readonly string[];
};

export type LoadedMachine = {
  /** Undefined when there are diagnostics. */
  readonly desired: Desired | undefined;
  readonly diagnostics: readonly Diagnostic[];
  /** The name and where it is written, when the document has one. */
  readonly named: { readonly name: string; readonly place: Place } | undefined;
};

const REVISION_DIGITS = 6;

/** An edit of one document of a file is no news to the machines of the others. */
const revisionOf = ({ source, document, sharesFile }: MachineRequest, sources: readonly Source[]): string => {
  const { start, end } = document.place;
  const texts = sources.map((one) =>
    sharesFile && one.path === source.path ? source.text.slice(start, end) : one.text,
  );
  return sha256(texts.join('\0')).slice(0, REVISION_DIGITS);
};

const resolveMachine = async (
  context: Context,
  request: MachineRequest,
  { tree, sources }: Layered,
  earlier: readonly Diagnostic[],
): Promise<LoadedMachine> => {
  const manifestPath = request.source.path;
  const project = dirname(manifestPath);
  const resolving: Resolving = {
    manifest: treeToJson(tree) as unknown as Manifest,
    tree,
    project,
    home: context.paths.home,
    host: request.host,
    mustBeNamed: request.mustBeNamed,
  };
  const name = resolveName(resolving);
  const driver = resolveDriver(resolving);
  const environment = resolveEnvironment(resolving, request.digestKey);
  const { fields, diagnostics, inputs } = joinSections([
    name,
    driver,
    resolveAgents(resolving),
    await resolveImage(context, resolving),
    resolvePackages(resolving),
    resolveScripts(resolving),
    resolveResources(resolving),
    resolveSnapshots(resolving),
    resolveShares(resolving),
    await resolvePorts(resolving),
    environment,
    resolveEgress(resolving),
    resolveSecrets(resolving),
    resolvePlain(resolving),
  ]);
  const written = placeAt(tree, ['name']);
  // A name that a layer gave, or the folder, is the document's to change.
  const place = written.source === request.source ? written : request.document.place;
  const named = name.name === '' ? undefined : { name: name.name, place };
  if (earlier.length + diagnostics.length > 0) {
    return { desired: undefined, diagnostics: [...earlier, ...diagnostics], named };
  }
  const { dev, ino } = await stat(project);
  const layers = sources.map((source) => source.path);
  const agents = join(project, PROJECT_AGENTS_FOLDER);
  // Also where there is none: a definition that appears says what the host fetches from npm.
  const protect = resolveProtect(resolving, [...new Set([...layers, ...inputs, ...request.beside, agents])]);
  return {
    desired: {
      name: name.name,
      driver: driver.driver,
      project: { realPath: project, device: dev, inode: ino },
      manifestPath,
      revision: revisionOf(request, sources),
      fields: fieldsOf([...fields, ...protect]),
      environment: environment.environment,
      inputs: [...new Set([...layers.filter((path) => path !== manifestPath), ...inputs])],
    },
    diagnostics: [],
    named,
  };
};

/** The way of one document to what it asks for: check, merge layers, defaults, resolve. */
export const loadMachine = async (context: Context, request: MachineRequest): Promise<LoadedMachine> => {
  const { layered, diagnostics } = mergeLayers(request.source, request.document);
  return layered === undefined
    ? { desired: undefined, diagnostics, named: undefined }
    : resolveMachine(context, request, layered, diagnostics);
};
