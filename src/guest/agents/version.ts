import type { AgentDefinition } from '../../model/agent-definition.generated.ts';

const DEFAULT_PATTERN = '(\\d+\\.\\d+\\.\\d+\\S*)';
const TEXT_MAX = 2_000;

export const versionArgs = (definition: AgentDefinition): readonly string[] =>
  definition.version?.args ?? ['--version'];

/** The version in what an agent printed about itself, or undefined. */
export const versionIn = (definition: AgentDefinition, printed: string): string | undefined =>
  new RegExp(definition.version?.pattern ?? DEFAULT_PATTERN, 'm').exec(printed.slice(0, TEXT_MAX))?.[1];
