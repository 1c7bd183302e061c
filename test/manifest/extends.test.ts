import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { manifestProject } from '../support/manifest-project.ts';

const HEAD = 'apiVersion: agentvm/v1\n';

test('maps merge, keyed lists merge by key, the last file wins, and every value remembers its file', async () => {
  const project = await manifestProject({
    'agentvm.yaml': `${HEAD}extends: [layers/team.yaml, layers/web.yaml]
agent: {name: claude, version: 1.2.3}
agents: [{name: codex, autonomy: ask}]
base: {packages: [jq, git]}
resources: {memory: 8GiB}
mounts: [{host: /srv/mine, guest: /shared/}]
ports: [{guest: 3000, address: 0.0.0.0}]
env: {A: mine}
`,
    'layers/team.yaml': `${HEAD}extends: [../base.yaml]
agent: claude
agents: [codex, opencode]
base: {packages: [git, ripgrep]}
resources: {cpus: 2, memory: 2GiB}
mounts: [{host: ./shared, guest: /shared, mode: rw}, {host: ~/x, guest: /x}]
env: {A: team, B: team}
`,
    'layers/web.yaml': `${HEAD}ports: [3000, "8080:80"]\nenv: {B: web}\n`,
    'base.yaml': `${HEAD}name: from-base\nbase: {scripts: [a.sh]}\n`,
    'a.sh': 'true\n',
  });
  const { fields } = await project.desired();
  const lines = [...fields].flatMap(([id, { value, source }]) =>
    source === undefined
      ? []
      : `${id} = ${JSON.stringify(value)} (${source.file.slice(project.folder.length + 1)}:${source.line}:${source.column})`,
  );
  expect(lines.join('\n').replaceAll(project.root, 'ROOT')).toMatchInlineSnapshot(`
    "name = "from-base" (base.yaml:2:7)
    agent = "claude" (agentvm.yaml:3:8)
    agents[claude].version = "1.2.3" (agentvm.yaml:3:32)
    agents[codex].autonomy = "ask" (agentvm.yaml:4:34)
    base.packages[git] = true (agentvm.yaml:5:23)
    base.packages[ripgrep] = true (layers/team.yaml:5:24)
    base.packages[jq] = true (agentvm.yaml:5:19)
    base.scripts[a.sh] = {"path":"ROOT/my-app/a.sh","sha256":"a17fcf0a2f50e2d495e4f90ce263410edc183add6c62699a2facbccf60410f74"} (base.yaml:3:18)
    resources.cpus = 2 (layers/team.yaml:6:19)
    resources.memory = 8192 (agentvm.yaml:6:21)
    mounts[/shared] = {"host":"/srv/mine","guest":"/shared","mode":"rw"} (agentvm.yaml:7:10)
    mounts[/x] = {"host":"ROOT/x","guest":"/x","mode":"ro"} (layers/team.yaml:7:54)
    ports[0.0.0.0:3000:3000] = {"guest":3000,"host":3000,"address":"0.0.0.0"} (agentvm.yaml:8:9)
    ports[8080:80] = {"guest":80,"host":8080,"address":"127.0.0.1"} (layers/web.yaml:2:15)
    env[A] = {"digest":"a3d0f1e1a89110379a2635fa4c5844140b9b69cc3edae8d1a9bc6afb67cd21e8"} (agentvm.yaml:9:10)
    env[B] = {"digest":"4c3c3ef5854c7336ff190df5373a558afea46a923eeb927dc6cd27cef705b5a4"} (layers/web.yaml:3:10)"
  `);
  expect((await project.desired()).environment).toEqual({ A: 'mine', B: 'web' });
});

test('null removes what a layer has set', async () => {
  const project = await manifestProject({
    'agentvm.yaml': `${HEAD}extends: [team.yaml]
agent: {name: claude, version: null}
base: {packages: null}
resources: {cpus: null}
mounts: [{guest: /a, host: null}]
ports: [{guest: 80, host: null}]
env: {A: null}
labels: null
services: [{name: web, command: null}]
`,
    'team.yaml': `${HEAD}agent: {name: claude, version: 1.0.0, autonomy: ask}
base: {image: debian-12, packages: [git]}
resources: {cpus: 2, memory: 2GiB}
mounts: [{host: /srv/a, guest: /a}, {host: /srv/b, guest: /b}]
ports: ["8080:80", "auto:80", 3000]
env: {A: a, B: b}
labels: {x: y}
services: [{name: web, command: serve}]
`,
  });
  expect((await project.fields()).join('\n').replaceAll(project.root, 'ROOT')).toMatchInlineSnapshot(`
    "name = "my-app"
    driver = "qemu"
    agent = "claude"
    agents[claude].version = "latest"
    agents[claude].autonomy = "ask"
    base.image = {"name":"debian-12"}
    resources.cpus = 4
    resources.memory = 2048
    resources.disk = 42949672960
    workspace.guestPath = "ROOT/my-app"
    workspace.mode = "rw"
    mounts[/b] = {"host":"/srv/b","guest":"/b","mode":"ro"}
    ports[3000] = {"guest":3000,"host":3000,"address":"127.0.0.1"}
    env[B] = {"digest":"bd934b8ba107eecc0221dc529b4ef01c223d5be757cf2b7c1674dc0faa5e533f"}
    network.egress = "public"
    workspace.protect[.agentvm/agents] = true
    workspace.protect[.git/hooks] = true
    workspace.protect[agentvm.yaml] = true
    workspace.protect[team.yaml] = true"
  `);
});

test('another agent or image than the layer has takes nothing over from it', async () => {
  const project = await manifestProject({
    'agentvm.yaml': `${HEAD}extends: [team.yaml]\nagent: codex\nbase: {image: {url: "https://example.com/x", sha256: "${'a'.repeat(64)}"}}\n`,
    'team.yaml': `${HEAD}agent: {name: claude, version: 1.0.0, args: [--x]}\nbase: {image: {path: nowhere.qcow2}}\n`,
  });
  expect((await project.fields()).filter((line) => /^(agent|base)/.test(line))).toMatchInlineSnapshot(`
    [
      "agent = "codex"",
      "agents[codex].version = "latest"",
      "agents[codex].autonomy = "full"",
      "base.image = {"url":"https://example.com/x","sha256":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}",
    ]
  `);
});

test('null without layers is a line without a value', async () => {
  const project = await manifestProject({
    'agentvm.yaml': `${HEAD}ports:\nresources:\n  cpus:\nenv: {A: ~}\nagent: {name: claude, config: {theme: null}}\nmounts: [{host: ~, guest: /x}]\n`,
  });
  expect(await project.complaints()).toMatchInlineSnapshot(`
    "agentvm.yaml:2:1: ports has no value
         2 | ports:
           | ^^^^^
      Write a value behind it, or delete the line.

    agentvm.yaml:4:3: resources.cpus has no value
         4 |   cpus:
           |   ^^^^
      Write a value behind it, or delete the line.

    agentvm.yaml:5:7: env.A has no value
         5 | env: {A: ~}
           |       ^
      In YAML, ~ means nothing; for your home folder put it in quotes: "~"

    agentvm.yaml:7:11: mounts[0].host has no value
         7 | mounts: [{host: ~, guest: /x}]
           |           ^^^^
      In YAML, ~ means nothing; for your home folder put it in quotes: "~"
    "
  `);
});

test('a layer that is missing, a folder, empty, itself, or in a circle', async () => {
  const project = await manifestProject({
    'agentvm.yaml': `${HEAD}extends: [nowhere.yaml, folder, empty.yaml, ./agentvm.yaml, a.yaml, two.yaml]\n`,
    'folder/x': '',
    'empty.yaml': '',
    'a.yaml': `${HEAD}extends: [b.yaml]\n`,
    'b.yaml': `${HEAD}extends: [a.yaml]\n`,
    'two.yaml': `${HEAD}---\n${HEAD}`,
  });
  expect(await project.complaints()).toMatchInlineSnapshot(`
    "agentvm.yaml:2:11: The layer 'nowhere.yaml' does not exist (ROOT/my-app/nowhere.yaml)
         2 | extends: [nowhere.yaml, folder, empty.yaml, ./agentvm.yaml, a.yaml, two.yaml]
           |           ^^^^^^^^^^^^
      Make the file, or correct its path.

    agentvm.yaml:2:25: The layer 'folder' is a folder
         2 | extends: [nowhere.yaml, folder, empty.yaml, ./agentvm.yaml, a.yaml, two.yaml]
           |                         ^^^^^^
      Name a file in it.

    agentvm.yaml:2:33: The layer 'empty.yaml' is empty
         2 | extends: [nowhere.yaml, folder, empty.yaml, ./agentvm.yaml, a.yaml, two.yaml]
           |                                 ^^^^^^^^^^
      Write one document into it.

    agentvm.yaml:2:45: './agentvm.yaml' extends itself: agentvm.yaml → agentvm.yaml
         2 | extends: [nowhere.yaml, folder, empty.yaml, ./agentvm.yaml, a.yaml, two.yaml]
           |                                             ^^^^^^^^^^^^^^
      Take one of them out.

    agentvm.yaml:2:69: The layer 'two.yaml' has several documents
         2 | extends: [nowhere.yaml, folder, empty.yaml, ./agentvm.yaml, a.yaml, two.yaml]
           |                                                                     ^^^^^^^^
      Write one document into it.

    b.yaml:2:11: 'a.yaml' extends itself: a.yaml → b.yaml → a.yaml
         2 | extends: [a.yaml]
           |           ^^^^^^
      Take one of them out.
    "
  `);
});

test('what is wrong in a layer is told at its place, once', async () => {
  const project = await manifestProject({
    'agentvm.yaml': `${HEAD}extends: [a.yaml, b.yaml]\nresources: {cpus: 0}\n`,
    'a.yaml': `${HEAD}extends: [common.yaml]\nenv: {A: [}\n`,
    'b.yaml': `${HEAD}extends: [common.yaml]\n`,
    'common.yaml': `${HEAD}resources: {memory: 8Gb}\nenv: {}\nenv: {}\n`,
  });
  expect(await project.complaints()).toMatchInlineSnapshot(`
    "agentvm.yaml:3:19: resources.cpus must be at least 1, not 0
         3 | resources: {cpus: 0}
           |                   ^
      Correct the number.

    a.yaml:3:11: Flow sequence in block collection must be sufficiently indented and end with a ]
         3 | env: {A: [}
           |           ^
      Close the bracket or the quotation mark.

    a.yaml:3:12: Flow map in block collection must be sufficiently indented and end with a }
         3 | env: {A: [}
           |            ^
      Close the bracket or the quotation mark.

    common.yaml:2:21: resources.memory: "8Gb" is not a size in binary units
         2 | resources: {memory: 8Gb}
           |                     ^^^
      Use 8GiB.

    common.yaml:4:1: The key 'env' stands here a second time; the first is on line 3
         4 | env: {}
           | ^^^
      Keep one of them.
    "
  `);
});

test('a layer in the project behind a link is refused, one outside is not', async () => {
  const project = await manifestProject({
    'agentvm.yaml': `${HEAD}extends: [team.yaml]\n`,
    'real.yaml': `${HEAD}env: {A: a}\n`,
  });
  await symlink('real.yaml', join(project.folder, 'team.yaml'));
  expect(await project.complaints()).toMatchInlineSnapshot(`
    "agentvm.yaml:2:11: The layer 'team.yaml' lies behind a symbolic link, which the guest could turn elsewhere
         2 | extends: [team.yaml]
           |           ^^^^^^^^^
      Put the file itself there, or name its real path: ROOT/my-app/real.yaml
    "
  `);

  const outside = await manifestProject({
    'app/agentvm.yaml': `${HEAD}extends: [../team.yaml]\n`,
    'real.yaml': `${HEAD}env: {A: a}\n`,
  });
  await symlink('real.yaml', join(outside.folder, 'team.yaml'));
  const { environment, inputs } = await outside.desired({ file: 'app/agentvm.yaml' });
  expect(environment).toEqual({ A: 'a' });
  expect(inputs).toEqual([join(outside.folder, 'real.yaml')]);
});

test('layers without end are refused', async () => {
  const chain = Object.fromEntries(
    Array.from({ length: 20 }, (_, index) => [`l${index}.yaml`, `${HEAD}extends: [l${index + 1}.yaml]\n`]),
  );
  const project = await manifestProject({ 'agentvm.yaml': `${HEAD}extends: [l0.yaml]\n`, ...chain });
  expect(await project.complaints()).toMatchInlineSnapshot(`
    "l9.yaml:2:11: There are too many layers
         2 | extends: [l10.yaml]
           |           ^^^^^^^^
      Merge some of them into one file.
    "
  `);
});
