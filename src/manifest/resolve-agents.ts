import type { Diagnostic } from '../model/diagnostic.ts';
import type { Field, FieldPath } from '../model/fields.ts';
import type { Json } from '../model/json.ts';
import type { Agent } from '../model/manifest.generated.ts';
import { complainAt, fieldAt, type Resolving, type Section } from './resolving.ts';
import type { TreePath } from './tree.ts';

type AgentMap = Exclude<Agent, string>;

const asMap = (agent: Agent): AgentMap => (typeof agent === 'string' ? { name: agent } : agent);

const PROPERTIES = ['version', 'args', 'autonomy', 'config', 'configDirs'] as const;

const DEFAULTS: Readonly<Record<string, Json>> = { version: 'latest', autonomy: 'full' };

const fieldsOf = (resolving: Resolving, agent: AgentMap, at: TreePath): readonly Field[] =>
  PROPERTIES.flatMap((property): readonly Field[] => {
    const path: FieldPath = `agents[].${property}`;
    const written = agent[property];
    if (written !== undefined) {
      return [fieldAt(resolving, [...at, property], { path, key: agent.name, value: written as Json })];
    }
    const value = DEFAULTS[property];
    return value === undefined ? [] : [{ path, key: agent.name, value }];
  });

/** `agent` and `agents` as fields by the agent's name; where both name one, `agent` wins. */
export const resolveAgents = (resolving: Resolving): Section => {
  const { agent, agents = [] } = resolving.manifest;
  const listed = agents.map((one, index) => ({ map: asMap(one), at: ['agents', index] as TreePath }));
  const diagnostics = listed.flatMap(({ map, at }, index): readonly Diagnostic[] =>
    listed.slice(0, index).some((earlier) => earlier.map.name === map.name)
      ? [
          complainAt(resolving, at, {
            code: 'duplicate',
            message: `The agent '${map.name}' is listed twice`,
            hint: 'Delete one of them.',
          }),
        ]
      : [],
  );
  const main = agent === undefined ? undefined : asMap(agent);
  const others = listed.filter(({ map }) => map.name !== main?.name);
  const same = listed.find(({ map }) => map.name === main?.name);
  const fields: Field[] = [];
  if (main !== undefined) {
    fields.push(fieldAt(resolving, ['agent'], { path: 'agent', value: main.name }));
    const below = same === undefined ? [] : fieldsOf(resolving, same.map, same.at);
    const above = fieldsOf(resolving, main, ['agent']);
    fields.push(
      ...above.filter((field) => field.source !== undefined || !below.some((one) => one.path === field.path)),
      ...below.filter((field) => !above.some((one) => one.path === field.path && one.source !== undefined)),
    );
  }
  fields.push(...others.flatMap(({ map, at }) => fieldsOf(resolving, map, at)));
  return { fields, diagnostics };
};
