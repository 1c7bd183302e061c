import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { draftManifest } from '../../src/manifest/draft.ts';
import { testContext } from '../support/context.ts';
import { manifestProject } from '../support/manifest-project.ts';

const HOST = { driver: 'qemu', cpus: 8, memoryMiB: 16_384 } as const;

/** Drafts a manifest for a project of these files, and takes it as the project's own, which must be valid. */
const draftFor = async (
  files: Readonly<Record<string, string>>,
  prepareHome?: (home: string) => Promise<void>,
) => {
  const project = await manifestProject(files);
  await prepareHome?.(project.root);
  const env = { PATH: join(project.root, 'bin') };
  const text = await draftManifest(testContext(project.root, { env }), project.folder, HOST);
  await writeFile(join(project.folder, 'agentvm.yaml'), text);
  return { text, fields: await project.fields() };
};

/** The lines that are neither comments nor empty. */
const linesOf = (text: string): string =>
  text
    .split('\n')
    .filter((line) => line !== '' && !/^\s*#/.test(line))
    .join('\n');

test('an empty folder gets a manifest whose every line is explained', async () => {
  const { text, fields } = await draftFor({});
  expect(text).toMatchInlineSnapshot(`
    "# yaml-language-server: $schema=https://agentvm.dev/schemas/agentvm.v1.json
    # The virtual machine of this folder. \`agentvm plan\` shows what a change would do, \`agentvm apply\` does it.
    # Every field is explained in agentvm.yaml.example.

    # The format of this file.
    apiVersion: agentvm/v1

    # The machine's name, which is also the guest's hostname.
    name: my-app

    # The agent that \`agentvm run\` starts: claude, codex, opencode, or one of your own.
    # None was found on this host, so this is the default.
    agent: claude

    base:
      # The guest's system.
      image: debian-12
      # Debian packages to have in it. Node.js and npm are there already.
      packages:
        - git       # agents work with it
        - ripgrep   # agents search with it
      # Scripts of this project that set up the rest, run as root in the guest and again when they change.
      # scripts: [./scripts/setup.sh]

    resources:
      # Virtual processors.
      cpus: 4
      # Memory, with its unit: MiB, GiB or TiB.
      memory: 4GiB
      # Size of the disk; it takes only what is written to it.
      disk: 40GiB

    # Ports of the guest to reach at 127.0.0.1 on this host; "8080:80" is host:guest.
    # ports: [3000]

    # Other folders of this host to show in the guest, read-only unless mode is rw.
    # mounts: [{host: ~/data, guest: /data}]

    # Environment of every session in the guest.
    # env: {NODE_ENV: development}
    "
  `);
  expect(fields.filter((line) => /^(agent|ports|base)/.test(line))).toMatchInlineSnapshot(`
    [
      "agent = "claude"",
      "agents[claude].version = "latest"",
      "agents[claude].autonomy = "full"",
      "base.image = {"name":"debian-12"}",
      "base.packages[git] = true",
      "base.packages[ripgrep] = true",
    ]
  `);
});

test('language and ports come from the files of the project', async () => {
  const { text } = await draftFor({
    'package.json': JSON.stringify({
      scripts: { dev: 'vite --port 5199', api: 'PORT=3001 node api.js' },
      devDependencies: { vite: '^7' },
    }),
    'pyproject.toml': '',
    'Cargo.toml': '',
    'docker-compose.yml': `services:
  db: {image: postgres, ports: ["5432:5432", "127.0.0.1:9000:9000/tcp", {target: 80, published: 8088}]}
  web: {ports: ["80:8080"]}
`,
    Procfile: 'web: gunicorn app -p 8001',
    '.env': 'SECRET=x\nPORT=4000\n',
  });
  expect(linesOf(text)).toMatchInlineSnapshot(`
    "apiVersion: agentvm/v1
    name: my-app
    agent: claude
    base:
      image: debian-12
      packages:
        - git               # agents work with it
        - ripgrep           # agents search with it
        - python3           # pyproject.toml
        - python3-venv      # pyproject.toml
        - python3-pip       # pyproject.toml
        - cargo             # Cargo.toml
        - build-essential   # Cargo.toml
    resources:
      cpus: 4
      memory: 4GiB
      disk: 40GiB
    ports:
      - "auto:80"   # docker-compose.yml
      - 3001        # package.json
      - 4000        # .env
      - 5199        # package.json
      - 5432        # docker-compose.yml
      - 8001        # Procfile
      - 8088        # docker-compose.yml
      - 9000        # docker-compose.yml"
  `);
});

test('a configured port wins over the one a bundler usually takes', async () => {
  const { text } = await draftFor({
    'package.json': '{"devDependencies": {"vite": "7"}}',
    'vite.config.ts': 'export default { server: { port: 8123 } };',
  });
  expect(linesOf(text)).toMatchInlineSnapshot(`
    "apiVersion: agentvm/v1
    name: my-app
    agent: claude
    base:
      image: debian-12
      packages:
        - git       # agents work with it
        - ripgrep   # agents search with it
    resources:
      cpus: 4
      memory: 4GiB
      disk: 40GiB
    ports:
      - 8123   # vite.config.ts"
  `);
});

test('files that are broken, huge or links name nothing', async () => {
  const { text } = await draftFor({
    'package.json': '{"scripts": {',
    'docker-compose.yml': '['.repeat(100_000),
    '.env': `PORT=4000\n${'x'.repeat(2_000_000)}`,
    Procfile: 'web: -p 99999',
  });
  expect(linesOf(text)).toMatchInlineSnapshot(`
    "apiVersion: agentvm/v1
    name: my-app
    agent: claude
    base:
      image: debian-12
      packages:
        - git       # agents work with it
        - ripgrep   # agents search with it
    resources:
      cpus: 4
      memory: 4GiB
      disk: 40GiB"
  `);
});

test.each([
  ['a program', 'bin/codex', 'codex', 'This host has the program codex.'],
  ['a folder of settings', '.config/opencode/x', 'opencode', 'This host has ~/.config/opencode.'],
])('the agent is the one that the host has: %s', async (_what, path, agent, comment) => {
  const { text } = await draftFor({}, async (home) => {
    await mkdir(join(home, path, '..'), { recursive: true });
    await writeFile(join(home, path), '');
    await chmod(join(home, path), 0o755);
  });
  expect(text.split('\n').filter((line) => /^agent:|This host/.test(line))).toEqual([
    `# ${comment}`,
    `agent: ${agent}`,
  ]);
});
