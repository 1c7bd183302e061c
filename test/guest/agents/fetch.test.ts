import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findAgent } from '../../../src/guest/agents/definition.ts';
import { fetchAgent } from '../../../src/guest/agents/fetch.ts';
import { hostPath } from '../../../src/guest/agents/npm.ts';
import type { AgentSource } from '../../../src/guest/agents/package-store.ts';
import { newestAgentVersion, resolveAgentVersion } from '../../../src/guest/agents/resolve-version.ts';
import { type Exec, exec } from '../../../src/lib/exec.ts';
import { type TestContext, testContext } from '../../support/context.ts';
import { tempFolder } from '../../support/temp-folder.ts';

// A small package with a command and no dependencies, from the real registry.
const DEFINITION = `apiVersion: agentvm-agent/v1
name: mine
install: { npm: mkdirp, bin: mkdirp }
version: { pattern: '^(\\d+\\.\\d+\\.\\d+)' }
`;
const VERSION = '3.0.1';

type Setup = { readonly context: TestContext; readonly source: AgentSource; readonly store: string };

const setUp = async (
  options: { readonly where?: 'user' | 'project'; readonly offline?: boolean } = {},
): Promise<Setup> => {
  const root = await tempFolder();
  const projectDir = join(root, 'project');
  // An .npmrc in the project could send npm anywhere; it has no say.
  mkdirSync(join(projectDir, '.agentvm/agents'), { recursive: true });
  writeFileSync(join(projectDir, '.npmrc'), 'registry=http://127.0.0.1:1/\n');
  const base = testContext(root);
  const folder =
    options.where === 'project' ? join(projectDir, '.agentvm/agents') : join(base.paths.config, 'agents');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'mine.yaml'), DEFINITION);
  const offline: Exec = (file, args, given) =>
    exec(file, args, {
      ...given,
      env: { ...given?.env, npm_config_registry: 'http://127.0.0.1:1/', npm_config_fetch_retries: '0' },
    });
  const context = testContext(root, { cwd: projectDir, ...(options.offline ? { exec: offline } : {}) });
  const agent = await findAgent({ paths: context.paths, projectDir }, 'mine');
  if (agent === undefined) throw new Error('no definition');
  return {
    context,
    source: { agent, projectDir, arch: 'x86_64' },
    store: join(context.paths.data, 'agents'),
  };
};

const digestOf = (folder: string): string => {
  const hash = createHash('sha256');
  for (const name of readdirSync(folder, { recursive: true }).map(String).sort()) {
    const path = join(folder, name);
    hash.update(`${name}\n`);
    if (statSync(path).isFile()) hash.update(readFileSync(path));
  }
  return hash.digest('hex');
};

test('a package is fetched once, whole, and two at the same time agree', { timeout: 120_000 }, async () => {
  const { context, source, store } = await setUp();
  const [one, two] = await Promise.all([
    fetchAgent(context, source, VERSION),
    fetchAgent(context, source, VERSION),
  ]);
  expect([one, two]).toEqual([join(store, 'mine', VERSION), join(store, 'mine', VERSION)]);
  expect(readdirSync(store)).toEqual(['mine']);
  expect(readdirSync(join(one, 'node_modules/.bin'))).toEqual(['mkdirp']);
  const before = digestOf(one);

  // From here on there is no registry.
  const cut = { ...context, exec: (() => Promise.reject(new Error('offline'))) as Exec };
  expect(await fetchAgent(cut, source, VERSION)).toBe(one);
  expect(await resolveAgentVersion(cut, source, 'latest')).toBe(VERSION);
  // For an upgrade, what lies here would pass for the newest.
  await expect(newestAgentVersion(cut, source, 'latest')).rejects.toThrow('offline');
  expect(digestOf(one)).toBe(before);
});

test('latest is an exact version of the registry', { timeout: 60_000 }, async () => {
  const { context, source } = await setUp();
  expect(await resolveAgentVersion(context, source, 'latest')).toMatch(/^\d+\.\d+\.\d+$/);
  expect(await resolveAgentVersion(context, source, '1.2.3')).toBe('1.2.3');
});

test('a version that does not exist is named and leaves nothing', { timeout: 60_000 }, async () => {
  const { context, source, store } = await setUp();
  await expect(fetchAgent(context, source, '999.0.0')).rejects.toMatchObject({
    code: 'AGENT_NOT_FOUND',
    exitCode: 7,
    message: "The npm registry has no version 999.0.0 of 'mkdirp' (agent 'mine')",
    hint: 'See which there are: npm view mkdirp versions',
  });
  await expect(fetchAgent(context, source, '../../x')).rejects.toMatchObject({ code: 'AGENT_NOT_FOUND' });
  expect(readdirSync(join(store, 'mine'))).toEqual([]);
});

test('without a registry and a fetched package the failure says how to look', {
  timeout: 60_000,
}, async () => {
  const { context, source, store } = await setUp({ offline: true });
  await expect(resolveAgentVersion(context, source, 'latest')).rejects.toMatchObject({
    hint: 'Install Node.js with npm, and see that the npm registry answers: `npm ping`.',
  });
  await expect(fetchAgent(context, source, VERSION)).rejects.toMatchObject({
    code: 'EXEC_FAILED',
    details: expect.arrayContaining([expect.stringContaining('ECONNREFUSED')]),
  });
  expect(readdirSync(store)).toEqual(['mine']);
});

test('host asks the host’s own program, but never one that the project names', async () => {
  const { context, source } = await setUp();
  const bin = join(context.paths.home, 'bin');
  const planted = join(source.projectDir, 'node_modules/.bin');
  for (const [folder, version] of [
    [bin, '4.5.6'],
    [planted, '6.6.6'],
  ] as const) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'mkdirp'), `#!/bin/sh\necho ${version}\n`, { mode: 0o755 });
  }
  const env = { ...context.env, PATH: `${planted}:.:${bin}:${context.env.PATH}` };
  expect(await resolveAgentVersion({ ...context, env }, source, 'host')).toBe('4.5.6');
  expect(hostPath({ ...context, env }, source.projectDir).startsWith(`${bin}:`)).toBe(true);

  const project = await setUp({ where: 'project' });
  await expect(resolveAgentVersion(project.context, project.source, 'host')).rejects.toMatchObject({
    code: 'AGENT_VERSION_UNKNOWN',
    exitCode: 3,
  });
});
