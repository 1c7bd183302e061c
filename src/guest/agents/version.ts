import { runInNewContext } from 'node:vm';
import type { AgentDefinition } from '../../model/agent-definition.generated.ts';

const DEFAULT_PATTERN = '(\\d+\\.\\d+\\.\\d+\\S*)';
const TEXT_MAX = 2_000;
const TIME_MAX_MS = 200;

export const versionArgs = (definition: AgentDefinition): readonly string[] =>
  definition.version?.args ?? ['--version'];

/**
 * The version in what an agent printed about itself, or undefined. The pattern may come from the project and the text
 * comes from the guest; together they could keep a regular expression busy for ever, so it has a time limit.
 */
export const versionIn = (definition: AgentDefinition, printed: string): string | undefined => {
  const pattern = definition.version?.pattern ?? DEFAULT_PATTERN;
  const text = printed.slice(0, TEXT_MAX);
  try {
    const found: unknown = runInNewContext(
      'new RegExp(pattern, "m").exec(text)?.[1]',
      { pattern, text },
      { timeout: TIME_MAX_MS },
    );
    return typeof found === 'string' ? found : undefined;
  } catch {
    return undefined;
  }
};
