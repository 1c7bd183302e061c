import type { AgentDefinition } from '../../model/agent-definition.generated.ts';

/** Where every agent's command is linked in the guest. */
export const agentBinary = (definition: AgentDefinition): string =>
  `/usr/local/bin/${definition.install.bin}`;

/** Where an agent's package is unpacked in the guest, one folder a version. */
export const agentsFolder = (name: string): string => `/opt/agentvm/agents/${name}`;

export type AgentLaunch = {
  readonly autonomy: 'ask' | 'full';
  /** The manifest's `args`. */
  readonly args: readonly string[];
  /** What the person typed behind the agent's name. */
  readonly userArgs: readonly string[];
  /** The guest's user. */
  readonly user: string;
};

export type AgentCommand = {
  readonly argv: readonly [string, ...string[]];
  readonly environment: Readonly<Record<string, string>>;
};

/**
 * Where the subcommand stands among arguments, or -1. Words before it may only be options and their values, so a
 * prompt that happens to hold a subcommand's name is none.
 */
const subcommandIndex = (args: readonly string[], subcommands: readonly string[]): number => {
  for (const [index, word] of args.entries()) {
    if (word === '--') return -1;
    if (word.startsWith('-')) continue;
    if (subcommands.includes(word)) return index;
    const before = args[index - 1];
    if (before === undefined || !before.startsWith('-')) return -1;
  }
  return -1;
};

/** How an agent is started: the program with its arguments in order, and what its environment adds. */
export const agentCommand = (definition: AgentDefinition, launch: AgentLaunch): AgentCommand => {
  const level = definition.autonomy?.[launch.autonomy];
  const levelArgs = level?.args ?? [];
  const given = [...launch.args, ...launch.userArgs];
  const index = subcommandIndex(given, definition.subcommands ?? []);
  const subcommand = index === -1 ? undefined : given[index];
  const args =
    subcommand === undefined
      ? [...levelArgs, ...given]
      : level?.subcommands?.includes(subcommand)
        ? [...given.slice(0, index + 1), ...levelArgs, ...given.slice(index + 1)]
        : given;
  return {
    argv: [agentBinary(definition), ...(definition.args ?? []), ...args],
    environment: {
      ...definition.env,
      ...level?.env,
      ...(launch.user === 'root' ? level?.rootEnv : {}),
    },
  };
};
