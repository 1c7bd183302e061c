import { isNode, LineCounter, parseDocument } from 'yaml';
import type { AgentDefinition } from '../../model/agent-definition.generated.ts';
import { AgentvmError, ExitCode } from '../../model/errors.ts';
import { validate } from '../agent-definition-validator.generated.js';

type Problem = { readonly offset: number; readonly text: string };

const HINT = 'schemas/agent.v1.json says what such a file may hold; manifests/agents has examples.';

const patternProblem = (pattern: string | undefined): string | undefined => {
  try {
    if (pattern === undefined) return undefined;
    new RegExp(pattern);
    return new RegExp(`${pattern}|`).exec('')?.length === 1
      ? 'must have a group around the version'
      : undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

/**
 * Reads an agent's definition from YAML text.
 * @throws AgentvmError AGENT_DEFINITION_INVALID (exit 3) with every problem as `file:line:column: text`.
 */
export const parseAgentDefinition = (file: string, name: string, source: string): AgentDefinition => {
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines, uniqueKeys: true });
  const fail = (problems: readonly Problem[]): never => {
    throw new AgentvmError({
      code: 'AGENT_DEFINITION_INVALID',
      message: `The definition of the agent '${name}' is not valid`,
      exitCode: ExitCode.usage,
      hint: HINT,
      details: problems.map(({ offset, text }) => {
        const { line, col } = lines.linePos(offset);
        return `${file}:${Math.max(line, 1)}:${Math.max(col, 1)}: ${text}`;
      }),
    });
  };
  /** Where a value stands; of a missing one, where its nearest parent does. */
  const offsetOf = (path: readonly (string | number)[]): number => {
    for (let length = path.length; length >= 0; length -= 1) {
      const node = document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return node.range[0];
    }
    return 0;
  };

  if (document.errors.length > 0) {
    return fail(
      document.errors.map((error) => ({
        offset: error.pos[0],
        text: (error.message.split('\n')[0] ?? error.message).replace(/ at line \d+, column \d+:$/, ''),
      })),
    );
  }
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 0 });
  } catch (error) {
    return fail([{ offset: 0, text: error instanceof Error ? error.message : String(error) }]);
  }
  if (!validate(value)) {
    return fail(
      (validate.errors ?? []).map((error) => {
        const path = error.instancePath.split('/').slice(1);
        const extra = error.params.additionalProperty ?? error.params.propertyName;
        const where = path.length === 0 ? 'the file' : path.join('.');
        return typeof extra === 'string'
          ? { offset: offsetOf([...path, extra]), text: `${where} has no key '${extra}'` }
          : {
              offset: offsetOf(path),
              text: `${where} ${error.keyword === 'not' ? 'must stay below the home folder' : error.message}`,
            };
      }),
    );
  }
  if (value.name !== name) {
    return fail([
      { offset: offsetOf(['name']), text: `name is '${value.name}', but the file is '${name}.yaml'` },
    ]);
  }
  const problem = patternProblem(value.version?.pattern);
  if (problem !== undefined)
    return fail([{ offset: offsetOf(['version', 'pattern']), text: `version.pattern ${problem}` }]);
  return value;
};
