import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findAgent, listAgents, loadAgent } from '../../../src/guest/agents/definition.ts';
import { parseAgentDefinition } from '../../../src/guest/agents/definition-text.ts';
import { versionIn } from '../../../src/guest/agents/version.ts';
import type { Paths } from '../../../src/lib/paths.ts';
import type { AgentvmError } from '../../../src/model/errors.ts';
import { testContext } from '../../support/context.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const GOOD = 'apiVersion: agentvm-agent/v1\nname: mine\ninstall: { npm: mine, bin: mine }\n';

type Place = { readonly paths: Paths; readonly projectDir: string };

const place = async (): Promise<Place> => {
  const root = await tempFolder();
  const projectDir = join(root, 'project');
  mkdirSync(join(projectDir, '.agentvm/agents'), { recursive: true });
  const { paths } = testContext(root);
  mkdirSync(join(paths.config, 'agents'), { recursive: true });
  return { paths, projectDir };
};

const titled = (title: string): string => `${GOOD}title: ${title}\n`;

const detailsOf = (source: string): readonly string[] => {
  try {
    parseAgentDefinition('mine.yaml', 'mine', source);
    return ['valid'];
  } catch (error) {
    return (error as AgentvmError).details;
  }
};

test('every shipped definition is valid and reads the version its agent prints', async () => {
  const search = await place();
  expect(await listAgents(search)).toEqual(['claude', 'codex', 'opencode']);
  const printed = {
    claude: '2.1.330 (Claude Code)\n',
    codex: 'a warning\ncodex-cli 0.169.0\n',
    opencode: '1.18.33\n',
  };
  const versions = Object.entries(printed).map(async ([name, text]) =>
    versionIn((await loadAgent(search, name)).definition, text),
  );
  expect(await Promise.all(versions)).toEqual(['2.1.330', '0.169.0', '1.18.33']);
});

test('the project’s definition goes before the user’s, that before the shipped one', async () => {
  const search = await place();
  const file = (folder: string): string => join(folder, 'agents', 'mine.yaml');
  writeFileSync(file(search.paths.config), titled('user'));
  expect(await loadAgent(search, 'mine')).toMatchObject({ origin: 'user', definition: { title: 'user' } });
  writeFileSync(file(join(search.projectDir, '.agentvm')), titled('project'));
  expect(await loadAgent(search, 'mine')).toMatchObject({
    origin: 'project',
    definition: { title: 'project' },
  });
  expect(await listAgents(search)).toEqual(['claude', 'codex', 'mine', 'opencode']);
});

test('an agent without a definition is named with those that have one', async () => {
  const search = await place();
  expect(await findAgent(search, '../../etc/passwd')).toBeUndefined();
  await expect(loadAgent(search, 'other')).rejects.toMatchObject({
    code: 'AGENT_UNKNOWN',
    exitCode: 3,
    message: "There is no agent 'other'",
    hint: expect.stringMatching(/^Known agents: claude, codex, opencode\. /),
  });
});

test('links in the project are not followed', async () => {
  const search = await place();
  const secret = join(search.paths.home, 'secret.yaml');
  writeFileSync(secret, titled('secret'));
  symlinkSync(secret, join(search.projectDir, '.agentvm/agents/mine.yaml'));
  await expect(findAgent(search, 'mine')).rejects.toMatchObject({ code: 'AGENT_DEFINITION_INVALID' });

  const linked = join(search.paths.home, 'linked');
  mkdirSync(linked);
  symlinkSync(join(search.projectDir, '.agentvm'), join(linked, '.agentvm'));
  expect(await findAgent({ ...search, projectDir: linked }, 'mine')).toBeUndefined();
});

test('a folder, a pipe and a huge file are refused without being read', async () => {
  const search = await place();
  const folder = join(search.projectDir, '.agentvm/agents');
  mkdirSync(join(folder, 'a.yaml'));
  execFileSync('mkfifo', [join(folder, 'b.yaml')]);
  writeFileSync(join(folder, 'c.yaml'), '#'.repeat(65 * 1024));
  const messages = ['a', 'b', 'c'].map((name) =>
    findAgent(search, name).catch((error: Error) => error.message.replace(folder, '')),
  );
  expect(await Promise.all(messages)).toEqual([
    'The agent definition /a.yaml is not a file',
    'The agent definition /b.yaml is not a file',
    'The agent definition /c.yaml has 66560 bytes',
  ]);
});

test.each([
  ['an unknown key', `${GOOD}titel: x\n`],
  ['a missing key', 'apiVersion: agentvm-agent/v1\nname: mine\n'],
  ['another name', GOOD.replace('name: mine', 'name: other')],
  ['an option in place of a package', GOOD.replace('npm: mine', 'npm: --global')],
  ['a path in place of a command', GOOD.replace('bin: mine', 'bin: ../../sh')],
  ['a pattern that is none', `${GOOD}version: { pattern: '(' }\n`],
  ['a pattern without a group', `${GOOD}version: { pattern: 'x' }\n`],
  ['a key twice', `${GOOD}name: mine\n`],
  ['broken YAML', `${GOOD}env: {a\n`],
  ['nothing', ''],
  ['an alias', `${GOOD}env: &e { A: b }\nautonomy: { full: { env: *e } }\n`],
  ['a folder outside the home', `${GOOD}configDirs: [~/../etc]\n`],
])('%s is an error at its place', (_what, source) => {
  expect(detailsOf(source)).toMatchSnapshot();
});

test('the examples of the schema’s own words are valid', () => {
  expect(detailsOf(GOOD)).toEqual(['valid']);
  expect(readFileSync('manifests/agents/opencode.yaml', 'utf8')).toMatch(
    /^# yaml-language-server: \$schema=/,
  );
});
