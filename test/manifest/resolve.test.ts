import { createHmac } from 'node:crypto';
import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sha256 } from '../../src/lib/hash.ts';
import { nameFromFolder } from '../../src/manifest/machine-name.ts';
import { manifestProject } from '../support/manifest-project.ts';

test('a manifest of one line asks for the defaults', async () => {
  const project = await manifestProject({ 'agentvm.yaml': 'apiVersion: agentvm/v1\n' });
  const fields = (await project.fields()).map((line) => line.replaceAll(project.root, 'ROOT'));
  expect(fields).toMatchInlineSnapshot(`
    [
      "name = "my-app"",
      "driver = "qemu"",
      "base.image = {"name":"debian-12"}",
      "resources.cpus = 4",
      "resources.memory = 4096",
      "resources.disk = 42949672960",
      "workspace.guestPath = "ROOT/my-app"",
      "workspace.mode = "rw"",
      "network.egress = "public"",
      "workspace.protect[.agentvm/agents] = true",
      "workspace.protect[.git/hooks] = true",
      "workspace.protect[agentvm.yaml] = true",
    ]
  `);
});

test('agents that the project defines are its own to read but not the guest’s to change', async () => {
  const project = await manifestProject({
    'agentvm.yaml': 'apiVersion: agentvm/v1\n',
    '.agentvm/agents/mine.yaml': 'name: mine\n',
  });
  expect((await project.fields()).filter((line) => line.startsWith('workspace.protect'))).toEqual([
    'workspace.protect[.agentvm/agents] = true',
    'workspace.protect[.git/hooks] = true',
    'workspace.protect[agentvm.yaml] = true',
  ]);
});

test('ports by key, and what collides', async () => {
  const project = await manifestProject({
    'agentvm.yaml': `apiVersion: agentvm/v1
ports: [3000, "8080:80", "auto:22", {guest: 5432, host: auto, address: 127.0.0.1}, {guest: 1, host: 2, address: "::1"}, {guest: 9, address: 10.0.0.1}]
`,
  });
  expect((await project.fields()).filter((line) => line.startsWith('ports'))).toMatchInlineSnapshot(`
    [
      "ports[3000] = {"guest":3000,"host":3000,"address":"127.0.0.1"}",
      "ports[8080:80] = {"guest":80,"host":8080,"address":"127.0.0.1"}",
      "ports[auto:22] = {"guest":22,"host":"auto","address":"127.0.0.1"}",
      "ports[auto:5432] = {"guest":5432,"host":"auto","address":"127.0.0.1"}",
      "ports[[::1]:2:1] = {"guest":1,"host":2,"address":"::1"}",
      "ports[10.0.0.1:9:9] = {"guest":9,"host":9,"address":"10.0.0.1"}",
    ]
  `);
  const bad = await manifestProject({
    'agentvm.yaml': `apiVersion: agentvm/v1
ports:
  - 3000
  - "3000:80"
  - {guest: 81, host: 3000, address: 0.0.0.0}
  - {guest: 81, host: 3000, address: "::1"}
  - {guest: 82, host: 3000, address: "::"}
  - "auto:90"
  - "auto:90"
  - "70000:80"
  - "80:0"
  - {guest: 1, address: localhost}
  - {guest: 2, address: example.com}
`,
  });
  expect(await bad.complaints()).toMatchInlineSnapshot(`
    "agentvm.yaml:4:5: Port 3000 of the host is used twice
         4 |   - "3000:80"
           |     ^^^^^^^^^
      Give one of them another host port, for example "auto:80".

    agentvm.yaml:5:5: Port 3000 of the host is used twice
         5 |   - {guest: 81, host: 3000, address: 0.0.0.0}
           |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      Give one of them another host port, for example "auto:81".

    agentvm.yaml:7:5: Port 3000 of the host is used twice
         7 |   - {guest: 82, host: 3000, address: "::"}
           |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      Give one of them another host port, for example "auto:82".

    agentvm.yaml:9:5: Port 90 of the guest is published twice in the same way
         9 |   - "auto:90"
           |     ^^^^^^^^^
      Delete one of them.

    agentvm.yaml:10:5: 70000 is not a port
        10 |   - "70000:80"
           |     ^^^^^^^^^^
      Ports go from 1 to 65535.

    agentvm.yaml:11:5: 0 is not a port
        11 |   - "80:0"
           |     ^^^^^^
      Ports go from 1 to 65535.

    agentvm.yaml:12:5: 'localhost' is not an IP address
        12 |   - {guest: 1, address: localhost}
           |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      Write 127.0.0.1, or leave it out.

    agentvm.yaml:13:5: 'example.com' is not an IP address
        13 |   - {guest: 2, address: example.com}
           |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      Write an address of this host, for example 127.0.0.1.
    "
  `);
});

test('mounts: ~ and relative paths made absolute, links in them left as they are', async () => {
  const project = await manifestProject({
    'agentvm.yaml': `apiVersion: agentvm/v1
workspace: {guestPath: /srv/app/, mode: ro, shadow: [node_modules/], protect: [.git/, docs/a.md]}
mounts: [{host: "~", guest: /all/}, {host: ~/data, guest: /data, mode: rw}, {host: ../x/./y, guest: /mnt/y}, {host: /srv, guest: /srv/host}]
`,
  });
  await symlink('/etc', join(project.root, 'data'));
  const fields = (await project.fields()).map((line) => line.replaceAll(project.root, 'ROOT'));
  expect(fields.filter((line) => /^(mounts|workspace)/.test(line))).toMatchInlineSnapshot(`
    [
      "workspace.guestPath = "/srv/app"",
      "workspace.mode = "ro"",
      "workspace.shadow[node_modules] = true",
      "mounts[/all] = {"host":"ROOT","guest":"/all","mode":"ro"}",
      "mounts[/data] = {"host":"ROOT/data","guest":"/data","mode":"rw"}",
      "mounts[/mnt/y] = {"host":"ROOT/x/y","guest":"/mnt/y","mode":"ro"}",
      "mounts[/srv/host] = {"host":"/srv","guest":"/srv/host","mode":"ro"}",
      "workspace.protect[.agentvm/agents] = true",
      "workspace.protect[.git] = true",
      "workspace.protect[agentvm.yaml] = true",
      "workspace.protect[docs/a.md] = true",
    ]
  `);
});

test('guest paths that hide the system or each other', async () => {
  const project = await manifestProject({
    'agentvm.yaml': `apiVersion: agentvm/v1
workspace: {guestPath: /usr/src/app}
mounts:
  - {host: a, guest: /etc}
  - {host: a, guest: /proc/x}
  - {host: a, guest: /var}
  - {host: a, guest: /data}
  - {host: a, guest: /data/}
  - {host: a, guest: /data/inner}
  - {host: ~other/a, guest: /ok}
`,
  });
  expect(await project.complaints()).toMatchInlineSnapshot(`
    "agentvm.yaml:2:24: The project at /usr/src/app would hide the guest's own /usr
         2 | workspace: {guestPath: /usr/src/app}
           |                        ^^^^^^^^^^^^
      Set workspace.guestPath to a folder of its own, for example /srv/app.

    agentvm.yaml:4:22: /etc would hide the guest's own /etc
         4 |   - {host: a, guest: /etc}
           |                      ^^^^
      Choose a folder of its own, for example /mnt/data.

    agentvm.yaml:5:22: /proc/x would hide the guest's own /proc
         5 |   - {host: a, guest: /proc/x}
           |                      ^^^^^^^
      Choose a folder of its own, for example /mnt/data.

    agentvm.yaml:6:22: /var would hide the guest's own /var
         6 |   - {host: a, guest: /var}
           |                      ^^^^
      Choose a folder of its own, for example /mnt/data.

    agentvm.yaml:8:22: /data overlaps with another mount
         8 |   - {host: a, guest: /data/}
           |                      ^^^^^^
      Choose a folder that is neither in the other nor around it.

    agentvm.yaml:9:22: /data/inner overlaps with another mount (/data)
         9 |   - {host: a, guest: /data/inner}
           |                      ^^^^^^^^^^^
      Choose a folder that is neither in the other nor around it.

    agentvm.yaml:10:12: '~other/a': the home folder of another user is not looked up
        10 |   - {host: ~other/a, guest: /ok}
           |            ^^^^^^^^
      Write the absolute path.
    "
  `);
  const around = await manifestProject({
    'agentvm.yaml': `apiVersion: agentvm/v1
workspace: {guestPath: /srv/app}
mounts: [{host: a, guest: /srv}, {host: a, guest: /srv/app/in}, {host: a, guest: /srv/app2}]
`,
  });
  expect(await around.complaints()).toMatchInlineSnapshot(`
    "agentvm.yaml:3:27: /srv would hide the guest's own /srv
         3 | mounts: [{host: a, guest: /srv}, {host: a, guest: /srv/app/in}, {host: a, guest: /srv/app2}]
           |                           ^^^^
      Choose a folder of its own, for example /mnt/data.

    agentvm.yaml:3:51: /srv/app/in overlaps with the project's folder (/srv/app)
         3 | mounts: [{host: a, guest: /srv}, {host: a, guest: /srv/app/in}, {host: a, guest: /srv/app2}]
           |                                                   ^^^^^^^^^^^
      Choose a folder that is neither in the other nor around it.

    agentvm.yaml:3:82: /srv/app2 overlaps with another mount (/srv)
         3 | mounts: [{host: a, guest: /srv}, {host: a, guest: /srv/app/in}, {host: a, guest: /srv/app2}]
           |                                                                                  ^^^^^^^^^
      Choose a folder that is neither in the other nor around it.
    "
  `);
});

test('the home folder is no project', async () => {
  const project = await manifestProject({});
  await writeFile(join(project.root, 'agentvm.yaml'), 'apiVersion: agentvm/v1\nname: home\n');
  expect(await project.complaints()).toMatchInlineSnapshot(`
    "ROOT/agentvm.yaml:1:1: The project's folder ROOT holds your home folder, so the agent would get all of it
         1 | apiVersion: agentvm/v1
           | ^^^^^^^^^^^^^^^^^^^^^^
      Move the manifest into a folder of its own.
    "
  `);
});

test('scripts: files and folders of the project, in lexical order, by content', async () => {
  const project = await manifestProject({
    'agentvm.yaml': 'apiVersion: agentvm/v1\nbase: {scripts: [./z.sh, scripts, scripts/a.sh]}\n',
    'z.sh': 'z\n',
    'scripts/b.sh': 'b\n',
    'scripts/a.sh': 'a\n',
    'scripts/.hidden': 'x',
  });
  const fields = (await project.fields()).map((line) => line.replaceAll(project.root, 'ROOT'));
  expect(fields.filter((line) => /scripts|protect/.test(line))).toMatchInlineSnapshot(`
    [
      "base.scripts[scripts/a.sh] = {"path":"ROOT/my-app/scripts/a.sh","sha256":"87428fc522803d31065e7bce3cf03fe475096631e5e07bbd7a0fde60c4cf25c7"}",
      "base.scripts[scripts/b.sh] = {"path":"ROOT/my-app/scripts/b.sh","sha256":"0263829989b6fd954f72baaf2fc64bc2e2f01d692d4de72986ea808f6e99813f"}",
      "base.scripts[z.sh] = {"path":"ROOT/my-app/z.sh","sha256":"c865f6c5ab8d1b0bcd383a5e1e3879d22681c96bf462c269b7581d523fbe70ab"}",
      "workspace.protect[.agentvm/agents] = true",
      "workspace.protect[.git/hooks] = true",
      "workspace.protect[agentvm.yaml] = true",
      "workspace.protect[scripts] = true",
      "workspace.protect[z.sh] = true",
    ]
  `);
  expect((await project.desired()).inputs.map((path) => path.slice(project.folder.length))).toEqual([
    '/z.sh',
    '/scripts',
    '/scripts/a.sh',
    '/scripts/b.sh',
  ]);
});

test('scripts that are missing, outside, links, binary, or an empty folder', async () => {
  const project = await manifestProject({
    'agentvm.yaml': `apiVersion: agentvm/v1
base:
  scripts: [gone.sh, ../outside.sh, link.sh, behind/x.sh, binary, empty, linked]
envFile: [gone.env, ../outside.sh, link.env, bad.env]
`,
    'real/x.sh': 'x\n',
    binary: Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0]),
    'empty/.gitkeep': '',
    'linked/ok.sh': '',
    'bad.env': 'GOOD=1\nbad-name=2\n',
  });
  await writeFile(join(project.root, 'outside.sh'), 'x\n');
  await symlink('real/x.sh', join(project.folder, 'link.sh'));
  await symlink('real/x.sh', join(project.folder, 'link.env'));
  await symlink('real', join(project.folder, 'behind'));
  await symlink('../real/x.sh', join(project.folder, 'linked/evil.sh'));
  expect(await project.complaints()).toMatchInlineSnapshot(`
    "agentvm.yaml:3:13: The script 'gone.sh' does not exist (ROOT/my-app/gone.sh)
         3 |   scripts: [gone.sh, ../outside.sh, link.sh, behind/x.sh, binary, empty, linked]
           |             ^^^^^^^
      Make the file, or correct its path.

    agentvm.yaml:3:22: The script '../outside.sh' lies outside the project's folder
         3 |   scripts: [gone.sh, ../outside.sh, link.sh, behind/x.sh, binary, empty, linked]
           |                      ^^^^^^^^^^^^^
      Put it in ROOT/my-app.

    agentvm.yaml:3:37: The script 'link.sh' lies behind a symbolic link, which the guest could turn elsewhere
         3 |   scripts: [gone.sh, ../outside.sh, link.sh, behind/x.sh, binary, empty, linked]
           |                                     ^^^^^^^
      Put the file itself there, or name its real path: ROOT/my-app/real/x.sh

    agentvm.yaml:3:46: The script 'behind/x.sh' lies behind a symbolic link, which the guest could turn elsewhere
         3 |   scripts: [gone.sh, ../outside.sh, link.sh, behind/x.sh, binary, empty, linked]
           |                                              ^^^^^^^^^^^
      Put the file itself there, or name its real path: ROOT/my-app/real/x.sh

    agentvm.yaml:3:59: The script 'binary' is not a text file
         3 |   scripts: [gone.sh, ../outside.sh, link.sh, behind/x.sh, binary, empty, linked]
           |                                                           ^^^^^^
      Save it as UTF-8 text.

    agentvm.yaml:3:67: The folder 'empty' has no scripts in it
         3 |   scripts: [gone.sh, ../outside.sh, link.sh, behind/x.sh, binary, empty, linked]
           |                                                                   ^^^^^
      Put scripts into it, or take it out of base.scripts.

    agentvm.yaml:3:74: The script 'linked/evil.sh' is a symbolic link, which the guest could turn elsewhere
         3 |   scripts: [gone.sh, ../outside.sh, link.sh, behind/x.sh, binary, empty, linked]
           |                                                                          ^^^^^^
      Put the file itself there.

    agentvm.yaml:4:11: The file 'gone.env' does not exist (ROOT/my-app/gone.env)
         4 | envFile: [gone.env, ../outside.sh, link.env, bad.env]
           |           ^^^^^^^^
      Make the file, or correct its path.

    agentvm.yaml:4:21: The file '../outside.sh' lies outside the project's folder
         4 | envFile: [gone.env, ../outside.sh, link.env, bad.env]
           |                     ^^^^^^^^^^^^^
      Put it in ROOT/my-app, or set its variables under env.

    agentvm.yaml:4:36: The file 'link.env' lies behind a symbolic link, which the guest could turn elsewhere
         4 | envFile: [gone.env, ../outside.sh, link.env, bad.env]
           |                                    ^^^^^^^^
      Put the file itself there, or name its real path: ROOT/my-app/real/x.sh

    agentvm.yaml:4:46: The file 'bad.env' sets 'bad-name', which is not the name of a variable
         4 | envFile: [gone.env, ../outside.sh, link.env, bad.env]
           |                                              ^^^^^^^
      Names have letters, digits and _, and do not start with a digit.
    "
  `);
});

test('env over envFile, a later file over an earlier one; fields hold keyed digests only', async () => {
  const project = await manifestProject({
    'agentvm.yaml':
      'apiVersion: agentvm/v1\nenvFile: [a.env, b.env]\nenv: {C: own, N: 1.50, T: true, EMPTY: ""}\n',
    'a.env': '# comment\nA=a\nB="a b"\nC=a\n',
    'b.env': "B='b $X'\n",
  });
  const { environment, fields } = await project.desired();
  expect(environment).toEqual({ A: 'a', B: 'b $X', C: 'own', EMPTY: '', N: '1.5', T: 'true' });
  const digest = createHmac('sha256', 'key').update('own').digest('hex');
  expect(fields.get('env[C]')?.value).toEqual({ digest });
  expect(JSON.stringify([...fields])).not.toContain('own');
  const other = await project.desired({ digestKey: Buffer.from('other') });
  expect(other.fields.get('env[C]')?.value).not.toEqual({ digest });
});

test('an image by its file has the digest of its content, read once', async () => {
  const project = await manifestProject({
    'agentvm.yaml': 'apiVersion: agentvm/v1\nbase: {image: {path: ~/disk.qcow2}}\n',
  });
  expect(await project.complaints()).toMatchInlineSnapshot(`
    "agentvm.yaml:2:22: The image '~/disk.qcow2' does not exist (ROOT/disk.qcow2)
         2 | base: {image: {path: ~/disk.qcow2}}
           |                      ^^^^^^^^^^^^
      Make the file, or correct its path.
    "
  `);
  const image = join(project.root, 'disk.qcow2');
  await writeFile(image, 'one');
  const digestOf = async () => (await project.desired()).fields.get('base.image')?.value;
  expect(await digestOf()).toEqual({ path: image, sha256: sha256('one') });
  expect(await digestOf()).toEqual({ path: image, sha256: sha256('one') });
  await writeFile(image, 'other');
  expect(await digestOf()).toEqual({ path: image, sha256: sha256('other') });
  expect((await project.desired()).inputs).toEqual([image]);
});

test('agent and agents become one list by name', async () => {
  const project = await manifestProject({
    'agentvm.yaml': `apiVersion: agentvm/v1
agent: {name: claude, args: [--x], configDirs: none}
agents: [{name: claude, version: 1.0.0, args: [--y]}, codex]
`,
  });
  expect((await project.fields()).filter((line) => line.startsWith('agent'))).toMatchInlineSnapshot(`
    [
      "agent = "claude"",
      "agents[claude].args = ["--x"]",
      "agents[claude].configDirs = "none"",
      "agents[claude].version = "1.0.0"",
      "agents[claude].autonomy = "full"",
      "agents[codex].version = "latest"",
      "agents[codex].autonomy = "full"",
    ]
  `);
  const twice = await manifestProject({
    'agentvm.yaml': 'apiVersion: agentvm/v1\nagents: [codex, {name: codex}]\n',
  });
  expect(await twice.complaints()).toMatchInlineSnapshot(`
    "agentvm.yaml:2:17: The agent 'codex' is listed twice
         2 | agents: [codex, {name: codex}]
           |                 ^^^^^^^^^^^^^
      Delete one of them.
    "
  `);
});

test('sizes', async () => {
  const project = await manifestProject({
    'agentvm.yaml': 'apiVersion: agentvm/v1\nresources: {memory: 1.5GiB, disk: 0.5TiB}\n',
  });
  const { fields } = await project.desired();
  expect(fields.get('resources.memory')?.value).toBe(1536);
  expect(fields.get('resources.disk')?.value).toBe(512 * 1024 ** 3);
  const small = await manifestProject({
    'agentvm.yaml': 'apiVersion: agentvm/v1\nresources: {memory: 64MiB, disk: 999999999TiB}\n',
  });
  expect(await small.complaints()).toMatchInlineSnapshot(`
    "agentvm.yaml:2:21: resources.memory is too small to run a system in
         2 | resources: {memory: 64MiB, disk: 999999999TiB}
           |                     ^^^^^
      Use 512MiB or more.

    agentvm.yaml:2:34: resources.disk is more than any host has
         2 | resources: {memory: 64MiB, disk: 999999999TiB}
           |                                  ^^^^^^^^^^^^
      Use 64TiB or less.
    "
  `);
});

test('a small host gets small defaults', async () => {
  const project = await manifestProject({ 'agentvm.yaml': 'apiVersion: agentvm/v1\n' });
  const { fields } = await project.desired({ host: { driver: 'qemu', cpus: 2, memoryMiB: 3000 } });
  expect([fields.get('resources.cpus')?.value, fields.get('resources.memory')?.value]).toEqual([2, 1500]);
});

test.each([
  ['My App!', 'my-app'],
  ['3d-engine', 'vm-3d-engine'],
  ['a', 'vm-a'],
  ['Ünïcode', 'unicode'],
  ['x'.repeat(100), 'x'.repeat(63)],
  ['--', undefined],
])('the name that the folder %s gives', (folder, name) => {
  expect(nameFromFolder(`/srv/${folder}`)).toBe(name);
});
