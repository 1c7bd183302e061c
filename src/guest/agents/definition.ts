import { constants } from 'node:fs';
import { lstat, open, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { packageFile } from '../../lib/package-files.ts';
import type { Paths } from '../../lib/paths.ts';
import type { AgentDefinition } from '../../model/agent-definition.generated.ts';
import { PROJECT_AGENTS_FOLDER } from '../../model/agent-places.ts';
import { AgentvmError, ExitCode } from '../../model/errors.ts';
import { parseAgentDefinition } from './definition-text.ts';

/** Who wrote a definition. The guest can write the project, so `project` is trusted with nothing on the host. */
export type AgentOrigin = 'project' | 'user' | 'shipped';

export type Agent = {
  readonly definition: AgentDefinition;
  readonly origin: AgentOrigin;
  readonly file: string;
};

export type AgentSearch = { readonly paths: Paths; readonly projectDir: string };

const NAME_PATTERN = /^[a-z][a-z0-9-]{0,31}$/;
const FILE_BYTES_MAX = 64 * 1024;

const foldersOf = ({ paths, projectDir }: AgentSearch): readonly (readonly [AgentOrigin, string])[] => [
  ['project', join(projectDir, PROJECT_AGENTS_FOLDER)],
  ['user', join(paths.config, 'agents')],
  ['shipped', packageFile('manifests/agents')],
];

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');

const unreadable = (file: string, why: string): AgentvmError =>
  new AgentvmError({
    code: 'AGENT_DEFINITION_INVALID',
    message: `The agent definition ${file} ${why}`,
    exitCode: ExitCode.usage,
    hint: 'It must be a plain file of at most 64 KiB in plain folders, not a link.',
  });

/** Whether the project's folder of definitions is made of folders alone: the guest could have made links. */
const isPlainFolder = async (folder: string): Promise<boolean> => {
  for (const path of [dirname(folder), folder]) {
    const stat = await lstat(path).catch(() => undefined);
    if (stat?.isDirectory() !== true) return false;
  }
  return true;
};

const readDefinition = async (file: string): Promise<string | undefined> => {
  let handle: Awaited<ReturnType<typeof open>>;
  try {
    handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw unreadable(file, 'cannot be read');
  }
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) throw unreadable(file, 'is not a file');
    if (stat.size > FILE_BYTES_MAX) throw unreadable(file, `has ${stat.size} bytes`);
    return await handle.readFile('utf8');
  } finally {
    await handle.close();
  }
};

/**
 * The definition of an agent: the project's, else the user's, else the shipped one; undefined if there is none.
 * @throws AgentvmError AGENT_DEFINITION_INVALID (exit 3).
 */
export const findAgent = async (search: AgentSearch, name: string): Promise<Agent | undefined> => {
  if (!NAME_PATTERN.test(name)) return undefined;
  for (const [origin, folder] of foldersOf(search)) {
    if (origin === 'project' && !(await isPlainFolder(folder))) continue;
    const file = join(folder, `${name}.yaml`);
    const source = await readDefinition(file);
    if (source !== undefined) return { definition: parseAgentDefinition(file, name, source), origin, file };
  }
  return undefined;
};

/** Names of all agents that have a definition, sorted. */
export const listAgents = async (search: AgentSearch): Promise<readonly string[]> => {
  const names = new Set<string>();
  for (const [origin, folder] of foldersOf(search)) {
    if (origin === 'project' && !(await isPlainFolder(folder))) continue;
    for (const entry of await readdir(folder).catch(() => [])) {
      const name = entry.replace(/\.yaml$/, '');
      if (name !== entry && NAME_PATTERN.test(name)) names.add(name);
    }
  }
  return [...names].sort();
};

/**
 * The definition of an agent that must be there.
 * @throws AgentvmError AGENT_UNKNOWN or AGENT_DEFINITION_INVALID (exit 3).
 */
export const loadAgent = async (search: AgentSearch, name: string): Promise<Agent> => {
  const agent = await findAgent(search, name);
  if (agent !== undefined) return agent;
  throw new AgentvmError({
    code: 'AGENT_UNKNOWN',
    message: `There is no agent '${name}'`,
    exitCode: ExitCode.usage,
    hint: `Known agents: ${(await listAgents(search)).join(', ')}. Your own is a file ${join(search.paths.config, 'agents', `${name}.yaml`)}; see manifests/agents for examples.`,
  });
};
