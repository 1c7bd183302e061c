import { expect, test } from 'vitest';
import { agentCommand } from '../../../src/guest/agents/command.ts';
import { loadAgent } from '../../../src/guest/agents/definition.ts';
import { pathsFrom } from '../../../src/lib/paths.ts';

const line = async (
  name: string,
  userArgs: readonly string[],
  options: {
    readonly autonomy?: 'ask' | 'full';
    readonly args?: readonly string[];
    readonly user?: string;
  } = {},
): Promise<string> => {
  const { definition } = await loadAgent(
    { paths: pathsFrom({ HOME: '/nowhere' }), projectDir: '/nowhere' },
    name,
  );
  return agentCommand(definition, {
    autonomy: 'full',
    args: [],
    user: 'ann',
    ...options,
    userArgs,
  }).argv.join(' ');
};

test.each([
  ['opencode', '', '--auto'],
  ['opencode', 'run fix it', 'run --auto fix it'],
  ['opencode', '--print-logs run fix', '--print-logs run --auto fix'],
  ['opencode', '-m a/b run fix', '-m a/b run --auto fix'],
  ['opencode', 'serve --port 1', 'serve --port 1'],
  ['opencode', './folder', '--auto ./folder'],
  ['opencode', '--prompt run', '--prompt run --auto'],
  ['claude', '-p hello', '--dangerously-skip-permissions -p hello'],
  ['claude', 'please run mcp', '--dangerously-skip-permissions please run mcp'],
  ['claude', 'mcp list', 'mcp list'],
  ['claude', '-- mcp', '--dangerously-skip-permissions -- mcp'],
])('%s %s is given its level as: %s', async (name, typed, expected) => {
  const words = typed === '' ? [] : typed.split(' ');
  expect(await line(name, words)).toBe(`/usr/local/bin/${name} ${expected}`);
  expect(await line(name, words, { autonomy: 'ask' })).toBe(`/usr/local/bin/${name} ${typed}`.trimEnd());
});

test('codex is kept quiet before all else, and its level stands behind the subcommand', async () => {
  const quiet = '/usr/local/bin/codex -c check_for_update_on_startup=false -c analytics.enabled=false';
  const full = '--dangerously-bypass-approvals-and-sandbox';
  expect([
    await line('codex', ['exec', 'hi']),
    await line('codex', []),
    await line('codex', ['login']),
    await line('codex', ['exec', 'hi'], { args: ['-m', 'o3'] }),
  ]).toEqual([
    `${quiet} exec ${full} hi`,
    `${quiet} ${full}`,
    `${quiet} login`,
    `${quiet} -m o3 exec ${full} hi`,
  ]);
});

test('claude is told of its sandbox only as root with full autonomy', async () => {
  const { definition } = await loadAgent(
    { paths: pathsFrom({ HOME: '/nowhere' }), projectDir: '/nowhere' },
    'claude',
  );
  const sandbox = (autonomy: 'ask' | 'full', user: string): string | undefined =>
    agentCommand(definition, { autonomy, user, args: [], userArgs: [] }).environment.IS_SANDBOX;
  expect([sandbox('full', 'root'), sandbox('full', 'ann'), sandbox('ask', 'root')]).toEqual([
    '1',
    undefined,
    undefined,
  ]);
});
