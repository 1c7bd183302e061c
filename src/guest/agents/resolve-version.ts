import { join } from 'node:path';
import { makePrivateDir } from '../../lib/atomic-file.ts';
import type { Context } from '../../lib/context.ts';
import { AgentvmError, ExitCode } from '../../model/errors.ts';
import { hostPath, npm } from './npm.ts';
import {
  type AgentSource,
  EXACT_VERSION,
  fetchedVersions,
  packagesDir,
  versionNotFound,
} from './package-store.ts';
import { versionArgs, versionIn } from './version.ts';

const VERSION_TIMEOUT_MS = 30_000;
const REGISTRY_TIMEOUT_MS = 60_000;

const registryVersion = async (context: Context, source: AgentSource): Promise<string> => {
  const { name, install } = source.agent.definition;
  const folder = packagesDir(context);
  await makePrivateDir(folder);
  const { stdout } = await npm(context, source.projectDir, ['view', install.npm, 'version', '--json'], {
    cwd: folder,
    timeoutMs: REGISTRY_TIMEOUT_MS,
  });
  const version: unknown = JSON.parse(stdout);
  if (typeof version === 'string' && EXACT_VERSION.test(version)) return version;
  throw new AgentvmError({
    code: 'AGENT_VERSION_UNKNOWN',
    message: `The npm registry named no version of '${install.npm}'`,
    exitCode: ExitCode.applyFailed,
    hint: `Name an exact version of the agent '${name}' in the manifest.`,
  });
};

const latestVersion = async (context: Context, source: AgentSource): Promise<string> => {
  try {
    return await registryVersion(context, source);
  } catch (error) {
    context.signal.throwIfAborted();
    // Without the registry, what was fetched before is better than nothing.
    const [newest] = await fetchedVersions(context, source);
    if (newest !== undefined) return newest;
    if (error instanceof AgentvmError && error.details.some((line) => line.includes('E404'))) {
      throw versionNotFound(source, 'latest', error);
    }
    throw error;
  }
};

const hostVersion = async (context: Context, source: AgentSource): Promise<string> => {
  const { definition, origin } = source.agent;
  const { bin } = definition.install;
  if (origin === 'project') {
    throw new AgentvmError({
      code: 'AGENT_VERSION_UNKNOWN',
      message: `The version 'host' of '${definition.name}' is not available: its definition lies in the project, and nothing from there is run on the host`,
      exitCode: ExitCode.usage,
      hint: `Name an exact version or 'latest', or move the definition to ${join(context.paths.config, 'agents')}.`,
    });
  }
  const { stdout } = await context.exec(bin, versionArgs(definition), {
    cwd: context.paths.home,
    env: { PATH: hostPath(context, source.projectDir), ...definition.env },
    timeoutMs: VERSION_TIMEOUT_MS,
    signal: context.signal,
    hint: `Install ${definition.title ?? definition.name} on this host, or ask for another version than 'host'.`,
  });
  const version = versionIn(definition, stdout);
  if (version !== undefined && EXACT_VERSION.test(version)) return version;
  throw new AgentvmError({
    code: 'AGENT_VERSION_UNKNOWN',
    message: `The host's '${bin}' did not tell its version`,
    exitCode: ExitCode.applyFailed,
    hint: `Name an exact version of the agent '${definition.name}' in the manifest.`,
  });
};

/**
 * The exact version behind `latest`, `host` or an exact one.
 * @throws AgentvmError AGENT_VERSION_UNKNOWN, AGENT_NOT_FOUND, or of the subprocess.
 */
export const resolveAgentVersion = async (
  context: Context,
  source: AgentSource,
  wanted: string,
): Promise<string> => {
  switch (wanted) {
    case 'latest':
      return latestVersion(context, source);
    case 'host':
      return hostVersion(context, source);
    default:
      return wanted;
  }
};

/**
 * What `latest` or `host` stand for today. What was fetched before does not count: it would pass for the newest.
 * @throws AgentvmError as `resolveAgentVersion`, and when the registry cannot be asked.
 */
export const newestAgentVersion = (
  context: Context,
  source: AgentSource,
  wanted: 'latest' | 'host',
): Promise<string> => (wanted === 'latest' ? registryVersion(context, source) : hostVersion(context, source));
