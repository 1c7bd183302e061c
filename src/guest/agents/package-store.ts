import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '../../lib/context.ts';
import { canonicalJson } from '../../lib/hash.ts';
import { PACKAGES_FOLDER } from '../../model/agent-places.ts';
import { AgentvmError, ExitCode } from '../../model/errors.ts';
import type { Arch } from '../../model/machine.ts';
import type { Agent } from './definition.ts';

/** Node's names of the processors (process.arch). */
export const NODE_CPU: { readonly [arch in Arch]: string } = { x86_64: 'x64', aarch64: 'arm64' };

/** A version that names one package and is fit for a folder's name. */
export const EXACT_VERSION = /^\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.+-]+)?$/;

/** Names what a folder holds; written last, so a folder with it is whole. */
export const MARK = 'agentvm-package.json';

export type AgentSource = { readonly agent: Agent; readonly projectDir: string; readonly arch: Arch };

/** Folder of all agents' packages on this host. */
export const packagesDir = (context: Context): string => join(context.paths.data, PACKAGES_FOLDER);

/** Content of the mark of a package. */
export const markOf = ({ agent, arch }: AgentSource, version: string): string =>
  canonicalJson({
    npm: agent.definition.install.npm,
    version,
    cpu: NODE_CPU[arch],
    scripts: agent.definition.install.scripts ?? [],
  });

/** Whether a package is there, whole, and from the definition that is asked about. */
export const isFetched = async (context: Context, source: AgentSource, version: string): Promise<boolean> => {
  const mark = join(packagesDir(context), source.agent.definition.name, version, MARK);
  return (await readFile(mark, 'utf8').catch(() => '')) === markOf(source, version);
};

/** Versions that are there, newest first. */
export const fetchedVersions = async (context: Context, source: AgentSource): Promise<readonly string[]> => {
  const folder = join(packagesDir(context), source.agent.definition.name);
  const found: string[] = [];
  for (const version of await readdir(folder).catch(() => [])) {
    if (EXACT_VERSION.test(version) && (await isFetched(context, source, version))) found.push(version);
  }
  const { rcompare } = await import('semver');
  return found.sort(rcompare);
};

/** A version that the registry does not have. */
export const versionNotFound = ({ agent }: AgentSource, version: string, cause: unknown): AgentvmError =>
  new AgentvmError({
    code: 'AGENT_NOT_FOUND',
    message: `The npm registry has no version ${version} of '${agent.definition.install.npm}' (agent '${agent.definition.name}')`,
    exitCode: ExitCode.applyFailed,
    hint: `See which there are: npm view ${agent.definition.install.npm} versions`,
    cause,
  });
