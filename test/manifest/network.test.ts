import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { manifestProject } from '../support/manifest-project.ts';

const HEAD = 'apiVersion: agentvm/v1\n';

const complaintsAbout = async (manifest: string): Promise<string> =>
  (await manifestProject({ 'agentvm.yaml': `${HEAD}${manifest}`, 'tool.sh': '' })).complaints();

const networkOf = async (files: Readonly<Record<string, string>>): Promise<readonly string[]> => {
  const project = await manifestProject(files);
  const lines = await project.fields();
  return lines
    .filter((line) => /^(network|secrets)/.test(line))
    .map((line) => line.replaceAll(project.root, 'ROOT'));
};

test('entries come to one notation, sorted, each once', async () => {
  const manifest = `${HEAD}network:
  egress:
    allow: [GitHub.com., github.com, "*.München.example", "10.1.0.0/16", "10.1.2.3/32", "DB.example:5432",
      "[2001:DB8:0::1]:443", "2001:db8::/32", "::ffff:10.9.0.0/112", "a.example:80-80", "[FD00::/8]:8000-8010"]
    deny: ["gist.github.com"]
  ports: [9418]
  hostPorts: [11434]
`;
  expect(await networkOf({ 'agentvm.yaml': manifest })).toMatchInlineSnapshot(`
    [
      "network.egress = {"allow":["*.xn--mnchen-3ya.example","10.1.0.0/16","10.1.2.3","10.9.0.0/16","2001:db8::/32","[2001:db8::1]:443","[fd00::/8]:8000-8010","a.example:80","db.example:5432","github.com"],"deny":["gist.github.com"]}",
      "network.ports[9418] = true",
      "network.hostPorts[11434] = true",
    ]
  `);
});

test('lists of layers are joined by their entries, and a word replaces a list', async () => {
  const team = `${HEAD}network: {egress: {allow: [github.com], deny: [gist.github.com]}}\n`;
  const own = (egress: string) => `${HEAD}extends: [./team.yaml]\nnetwork: {egress: ${egress}}\n`;
  const joined = { 'team.yaml': team, 'agentvm.yaml': own('{allow: [pypi.org], deny: null}') };
  expect(await networkOf(joined)).toEqual(['network.egress = {"allow":["github.com","pypi.org"],"deny":[]}']);
  expect(await networkOf({ 'team.yaml': team, 'agentvm.yaml': own('none') })).toEqual([
    'network.egress = "none"',
  ]);
});

test('each wrong entry is told at its place, with what to write instead', async () => {
  const allow = [
    'https://github.com/x',
    '*',
    '*.*.example',
    'git*hub.com',
    'fe80::1%eth0',
    '10.1.2.3/16',
    '10.0.0.0/33',
    '300.1.1.1',
    '127.1',
    '0x7f.0.0.1',
    'localhost',
    'host.agentvm.internal:80',
    'a.example:0',
    'a.example:65536',
    'a.example:http',
    'a.example:90-80',
    '[10.0.0.1]:80',
    'a..example',
    'user@a.example',
  ];
  const text = await complaintsAbout(
    `network:\n  egress:\n    allow:\n${allow.map((one) => `      - "${one}"\n`).join('')}`,
  );
  const lines = text.split('\n').filter((line) => line !== '' && !/^ +(\d+ )?\|/.test(line));
  expect(`\n${lines.join('\n')}\n`).toMatchInlineSnapshot(`
    "
    agentvm.yaml:5:9: 'https://github.com/x' is a URL
      Name its host alone: github.com
    agentvm.yaml:6:9: '*' names every host
      Name those that are needed; for every public address there is network.egress: public.
    agentvm.yaml:7:9: '*.*.example' has a * elsewhere than at its start
      Write *.example.com for all names below it.
    agentvm.yaml:8:9: 'git*hub.com' has a * elsewhere than at its start
      Write *.example.com for all names below it.
    agentvm.yaml:9:9: 'fe80::1%eth0' has a zone id
      Write the address without % and what follows it.
    agentvm.yaml:10:9: '10.1.2.3/16' has bits behind those of its block
      Write 10.1.0.0/16 for the block, or the address without /16.
    agentvm.yaml:11:9: '10.0.0.0/33' is no name, address or block
      Write a name (github.com), all below one (*.github.com), an address or a block (10.1.0.0/16), each with :PORT or :FIRST-LAST where it needs one.
    agentvm.yaml:12:9: '300.1.1.1' is no name, address or block
      Write a name (github.com), all below one (*.github.com), an address or a block (10.1.0.0/16), each with :PORT or :FIRST-LAST where it needs one.
    agentvm.yaml:13:9: '127.1' is no name, address or block
      Write a name (github.com), all below one (*.github.com), an address or a block (10.1.0.0/16), each with :PORT or :FIRST-LAST where it needs one.
    agentvm.yaml:14:9: '0x7f.0.0.1' is no name, address or block
      Write a name (github.com), all below one (*.github.com), an address or a block (10.1.0.0/16), each with :PORT or :FIRST-LAST where it needs one.
    agentvm.yaml:15:9: 'localhost' names the guest itself
      For a service on this host's loopback write its port under network.hostPorts.
    agentvm.yaml:16:9: 'host.agentvm.internal:80' names this host
      For a service on this host's loopback write its port under network.hostPorts.
    agentvm.yaml:17:9: 'a.example:0' has no port from 1 to 65535 behind its colon
      Write :443, or :8000-8100 for a range.
    agentvm.yaml:18:9: 'a.example:65536' has no port from 1 to 65535 behind its colon
      Write :443, or :8000-8100 for a range.
    agentvm.yaml:19:9: 'a.example:http' has no port from 1 to 65535 behind its colon
      Write :443, or :8000-8100 for a range.
    agentvm.yaml:20:9: 'a.example:90-80' has a range of ports that ends before it begins
      Write :80-90.
    agentvm.yaml:21:9: '[10.0.0.1]:80' has brackets around no IPv6 address
      Write a name (github.com), all below one (*.github.com), an address or a block (10.1.0.0/16), each with :PORT or :FIRST-LAST where it needs one.
    agentvm.yaml:22:9: 'a..example' is no name, address or block
      Write a name (github.com), all below one (*.github.com), an address or a block (10.1.0.0/16), each with :PORT or :FIRST-LAST where it needs one.
    agentvm.yaml:23:9: 'user@a.example' is no name, address or block
      Write a name (github.com), all below one (*.github.com), an address or a block (10.1.0.0/16), each with :PORT or :FIRST-LAST where it needs one.
    "
  `);
});

test('more ports than can have a listener', async () => {
  const allow = '["a.example:1-1000", "b.example:900-1030", c.example]';
  expect(await complaintsAbout(`network: {egress: {allow: ${allow}}}\n`)).toMatchInlineSnapshot(`
    "agentvm.yaml:2:27: The guest could use 1030 ports; the limit is 1024
         2 | network: {egress: {allow: ["a.example:1-1000", "b.example:900-1030", c.example]}}
           |                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      Name the ports that it needs, or a smaller range.
    "
  `);
  const fits = `${HEAD}network: {egress: {allow: ["a.example:1-1024", b.example]}}\n`;
  expect(await networkOf({ 'agentvm.yaml': fits })).toHaveLength(1);
  const ports = Array.from({ length: 1022 }, (_, index) => 2000 + index);
  expect(await complaintsAbout(`network: {ports: [${ports.join(', ')}]}\n`)).toContain(
    'The guest could use 1025 ports; the limit is 1024',
  );
});

test('secrets come to where their values are, with what a source leaves open filled in', async () => {
  const manifest = `${HEAD}secrets:
  GITHUB_TOKEN: {from: env, hosts: [github.com, API.github.com, "*.github.com", github.com.]}
  OTHER: {from: env, variable: WORK_TOKEN, hosts: [a.example]}
  NPM: {from: file, path: ~/.npm-token, hosts: [registry.npmjs.org]}
  BESIDE: {from: file, path: ../token, hosts: [a.example]}
  KEY: {from: keyring, hosts: [a.example]}
  KEY2: {from: keyring, service: git, account: ada, hosts: [a.example]}
  PASS: {from: command, command: [pass, show, a/b], hosts: [a.example]}
  TOOL: {from: command, command: [~/bin/token, --raw], hosts: [a.example]}
`;
  expect(await networkOf({ 'agentvm.yaml': manifest })).toMatchInlineSnapshot(`
    [
      "network.egress = "public"",
      "secrets[GITHUB_TOKEN] = {"hosts":["*.github.com","api.github.com","github.com"],"source":{"from":"env","variable":"GITHUB_TOKEN"}}",
      "secrets[OTHER] = {"hosts":["a.example"],"source":{"from":"env","variable":"WORK_TOKEN"}}",
      "secrets[NPM] = {"hosts":["registry.npmjs.org"],"source":{"from":"file","path":"ROOT/.npm-token"}}",
      "secrets[BESIDE] = {"hosts":["a.example"],"source":{"from":"file","path":"ROOT/token"}}",
      "secrets[KEY] = {"hosts":["a.example"],"source":{"from":"keyring","service":"agentvm","account":"KEY"}}",
      "secrets[KEY2] = {"hosts":["a.example"],"source":{"from":"keyring","service":"git","account":"ada"}}",
      "secrets[PASS] = {"hosts":["a.example"],"source":{"from":"command","command":["pass","show","a/b"],"cwd":"ROOT"}}",
      "secrets[TOOL] = {"hosts":["a.example"],"source":{"from":"command","command":["ROOT/bin/token","--raw"],"cwd":"ROOT"}}",
    ]
  `);
});

test('each wrong secret is told at its place', async () => {
  const text = await complaintsAbout(`env: {TWICE: x}
mounts: [{host: ~/shared, guest: /shared}]
secrets:
  A: {from: file, hosts: [a.example]}
  B: {from: env, path: ~/x, hosts: [a.example]}
  C: {from: command, hosts: [a.example]}
  D: {from: env, hosts: ["a.example:443"]}
  E: {from: env, hosts: [10.0.0.1, "*.com", "https://a.example"]}
  F: {from: file, path: ./token, hosts: [a.example]}
  G: {from: file, path: ~/shared/token, hosts: [a.example]}
  H: {from: command, command: [./tool.sh], hosts: [a.example]}
  I: {from: command, command: [sh, ~/my-app/tool.sh], hosts: [a.example]}
  J: {from: file, path: "~bob/token", hosts: [a.example]}
  TWICE: {from: env, hosts: [a.example]}
`);
  const lines = text.split('\n').filter((line) => line !== '' && !/^ +(\d+ )?\|/.test(line));
  expect(`\n${lines.join('\n').replaceAll(/^ {4,}.*\n/gm, '')}\n`).toMatchInlineSnapshot(`
    "
    agentvm.yaml:5:6: A secret from a file lacks the key 'path'
      Add path: …
    agentvm.yaml:6:24: 'path' says nothing of a secret from: env
      Delete it, or change 'from'.
    agentvm.yaml:7:6: A secret from a command lacks the key 'command'
      Add command: …
    agentvm.yaml:8:26: 'a.example:443' has a port; a secret goes to its host at any that network.egress lets through
      Write a.example
    agentvm.yaml:9:26: '10.0.0.1' is an address; a secret goes to hosts that prove their name
      Name the host: api.github.com
    agentvm.yaml:9:36: '*.com' names every host of a top-level domain
      Name the hosts that need the value.
    agentvm.yaml:9:45: 'https://a.example' is a URL
      Name its host alone: a.example
    agentvm.yaml:10:25: The file './token' lies in ROOT/my-app, which the guest sees
      Keep it elsewhere, for example in ~/.config.
    agentvm.yaml:11:25: The file '~/shared/token' lies in ROOT/shared, which the guest sees
      Keep it elsewhere, for example in ~/.config.
    agentvm.yaml:12:31: The program './tool.sh' is looked up in no folder
      Write its absolute path, or its name alone.
    agentvm.yaml:13:31: ROOT/my-app/tool.sh lies in ROOT/my-app, where the guest could change what this host runs
      Keep it elsewhere, for example in ~/.local/bin.
    agentvm.yaml:14:25: '~bob/token': the home folder of another user is not looked up
      Write the absolute path.
    agentvm.yaml:15:10: TWICE stands under env and under secrets
      Take it out of env; the secret sets the variable to its placeholder.
    "
  `);
});

test('a file that a link leads into what the guest sees is no secret', async () => {
  const project = await manifestProject({
    'agentvm.yaml': `${HEAD}secrets: {A: {from: file, path: ~/link/token, hosts: [a.example]}}\n`,
    'keys/token': 'x',
  });
  await mkdir(join(project.root, 'elsewhere'));
  await symlink(join(project.folder, 'keys'), join(project.root, 'link'));
  expect(await project.complaints()).toContain('which the guest sees');
  // The end of the way lies outside, but the guest can have it lead elsewhere.
  await writeFile(join(project.root, 'elsewhere/token'), 'x');
  await symlink(join(project.root, 'elsewhere'), join(project.folder, 'out'));
  await rm(join(project.root, 'link'));
  await symlink(join(project.folder, 'out'), join(project.root, 'link'));
  expect((await project.complaints()).replaceAll(project.root, 'ROOT')).toMatchInlineSnapshot(`
    "agentvm.yaml:2:33: The file '~/link/token' leads through ROOT/my-app, which the guest sees
         2 | secrets: {A: {from: file, path: ~/link/token, hosts: [a.example]}}
           |                                 ^^^^^^^^^^^^
      Keep it elsewhere, for example in ~/.config.
    "
  `);
});

test('secrets and an open network exclude each other', async () => {
  const text = await complaintsAbout(
    'network: {egress: open}\nsecrets: {A: {from: env, hosts: [a.example]}}\n',
  );
  expect(text).toMatchInlineSnapshot(`
    "agentvm.yaml:3:10: With network.egress open nothing can put the values of secrets into requests
         3 | secrets: {A: {from: env, hosts: [a.example]}}
           |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      Take network.egress out, or name what the guest may reach.
    "
  `);
});
