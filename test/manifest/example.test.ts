import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseSource } from '../../src/manifest/parse.ts';
import { treeToJson } from '../../src/manifest/tree.ts';
import { manifestProject } from '../support/manifest-project.ts';

const ROOT = join(import.meta.dirname, '../..');
const example = await readFile(join(ROOT, 'agentvm.yaml.example'), 'utf8');

type Schema = { readonly properties?: Readonly<Record<string, Schema>> };

/** Every path of keys that the schema names, without the insides of lists. */
const pathsOf = (schema: Schema, prefix = ''): readonly string[] =>
  Object.entries(schema.properties ?? {}).flatMap(([key, child]) => [
    `${prefix}${key}`,
    ...pathsOf(child, `${prefix}${key}.`),
  ]);

test('the example shows every field of the schema', async () => {
  const schema: Schema = JSON.parse(await readFile(join(ROOT, 'schemas/agentvm.v1.json'), 'utf8'));
  const [tree] = parseSource({ path: 'agentvm.yaml.example', text: example }).documents;
  if (tree === undefined) throw new Error('the example does not parse');
  const shown = pathsOf({ properties: schemaLike(treeToJson(tree)) });
  expect(pathsOf(schema).filter((path) => !shown.includes(path))).toEqual([]);
});

const schemaLike = (value: unknown): Record<string, Schema> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(
        Object.entries(value).map(([key, inner]) => [key, { properties: schemaLike(inner) }]),
      )
    : {};

test('the example is valid and every line of it comes to a field', async () => {
  const project = await manifestProject({
    'agentvm.yaml': example,
    'team.yaml': 'apiVersion: agentvm/v1\n',
    'scripts/setup.sh': 'true\n',
    '.env.agent': 'FROM_FILE=1\n',
  });
  const ids = [...(await project.desired()).fields.keys()];
  expect(ids.join('\n')).toMatchInlineSnapshot(`
    "name
    driver
    agent
    agents[claude].version
    agents[claude].args
    agents[claude].autonomy
    agents[claude].config
    agents[claude].configDirs
    agents[codex].version
    agents[codex].autonomy
    agents[opencode].version
    agents[opencode].autonomy
    base.image
    base.packages[git]
    base.packages[ripgrep]
    base.packages[build-essential]
    base.scripts[scripts/setup.sh]
    resources.cpus
    resources.memory
    resources.disk
    snapshots.keep
    snapshots.maxSize
    workspace.guestPath
    workspace.mode
    workspace.shadow[node_modules]
    workspace.shadow[.venv]
    mounts[/data]
    ports[3000]
    ports[8080:80]
    ports[auto:5432]
    env[FROM_FILE]
    env[NODE_ENV]
    network.egress
    secrets[GITHUB_TOKEN]
    secrets[NPM_TOKEN]
    secrets[MODEL_KEY]
    secrets[API_KEY]
    identity.gitconfig
    identity.gitCredentials
    identity.gh
    identity.ssh
    environment
    lifecycle.onExit
    lifecycle.protect
    drift.policy
    lifecycle.idle
    volumes[cache]
    network.ports[9418]
    network.hostPorts[11434]
    services[web]
    labels[team]
    workspace.protect[.agentvm/agents]
    workspace.protect[.env.agent]
    workspace.protect[.git/hooks]
    workspace.protect[.vscode]
    workspace.protect[agentvm.yaml]
    workspace.protect[scripts/setup.sh]
    workspace.protect[team.yaml]"
  `);
});
