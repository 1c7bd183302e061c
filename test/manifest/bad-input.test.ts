import { execFileSync } from 'node:child_process';
import { chmod, mkdir, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { manifestProject } from '../support/manifest-project.ts';

const VALID = 'apiVersion: agentvm/v1\n';

test('no manifest here nor above, or not where -f says', async () => {
  const project = await manifestProject({});
  expect(await project.complaints()).toMatchInlineSnapshot(`
    "agentvm.yaml: There is no manifest here nor in any folder above
      Write one with \`agentvm init\`, or name it with -f FILE.
    "
  `);
  expect(await project.complaints({ file: 'other.yaml' })).toMatchInlineSnapshot(`
    "other.yaml: The manifest does not exist
      Write one with \`agentvm init\`, or correct the path.
    "
  `);
});

test('a manifest that is a folder', async () => {
  const project = await manifestProject({ 'agentvm.yaml/x': '' });
  expect(await project.complaints()).toMatchInlineSnapshot(`
    "agentvm.yaml: The manifest is a folder
      Move the folder away, then write a manifest with \`agentvm init\`.
    "
  `);
});

test('-f names a folder without a manifest, or with several', async () => {
  const project = await manifestProject({ 'none/x.txt': '', 'two/a.yaml': VALID, 'two/b.yml': VALID });
  expect(await project.complaints({ file: 'none' })).toMatchInlineSnapshot(`
    "none: The folder has no manifest in it
      Run \`agentvm init\` there, or name the file with -f.
    "
  `);
  expect(await project.complaints({ file: 'two' })).toMatchInlineSnapshot(`
    "two/a.yaml:1:1: One of several machines of a folder needs a name of its own
         1 | apiVersion: agentvm/v1
           | ^^^^^^^^^^^^^^^^^^^^^^
      Add a line such as: name: two-db

    two/b.yml:1:1: One of several machines of a folder needs a name of its own
         1 | apiVersion: agentvm/v1
           | ^^^^^^^^^^^^^^^^^^^^^^
      Add a line such as: name: two-db
    "
  `);
});

test('-f names a folder with one manifest', async () => {
  const project = await manifestProject({ 'one/machine.yaml': `${VALID}name: one` });
  expect((await project.desired({ file: 'one' })).name).toBe('one');
});

test('the nearest manifest upward is taken', async () => {
  const files = { 'agentvm.yaml': VALID, 'src/agentvm.yaml/x': '', 'src/deep/x': '', 'lib/deep/x': '' };
  const project = await manifestProject(files, { cwd: 'lib/deep' });
  expect((await project.desired()).manifestPath).toBe(join(project.folder, 'agentvm.yaml'));
  const blocked = await manifestProject(files, { cwd: 'src/deep' });
  expect(await blocked.complaints()).toMatchInlineSnapshot(`
    "src/agentvm.yaml: The manifest is a folder
      Move the folder away, then write a manifest with \`agentvm init\`.
    "
  `);
});

test('an empty manifest, and one of comments only', async () => {
  for (const text of ['', '# nothing\n', '---\n', 'null\n']) {
    const project = await manifestProject({ 'agentvm.yaml': text });
    expect(await project.complaints()).toBe(
      `agentvm.yaml: The manifest is empty
  Write one with \`agentvm init\`; at least it needs the line: apiVersion: agentvm/v1
`,
    );
  }
});

test('a binary manifest', async () => {
  const nul = await manifestProject({ 'agentvm.yaml': Buffer.from('apiVersion: agentvm/v1\0') });
  expect(await nul.complaints()).toMatchInlineSnapshot(`
    "agentvm.yaml: The manifest is not a text file
      Save it as UTF-8 text.
    "
  `);
  const latin1 = await manifestProject({ 'agentvm.yaml': Buffer.from([0x61, 0x3a, 0x20, 0xe4, 0x0a]) });
  expect(await latin1.complaints()).toBe(await nul.complaints());
});

test('a manifest of 100 MB is refused by its size', async () => {
  const project = await manifestProject({ 'agentvm.yaml': VALID });
  await truncate(join(project.folder, 'agentvm.yaml'), 100_000_000);
  expect(await project.complaints()).toMatchInlineSnapshot(`
    "agentvm.yaml: The manifest has 95.4 MiB; the limit is 1 MiB
      Check that it is the right file.
    "
  `);
});

test('a manifest that is a pipe does not block', async () => {
  const project = await manifestProject({});
  execFileSync('mkfifo', [join(project.folder, 'agentvm.yaml')]);
  expect(await project.complaints()).toMatchInlineSnapshot(`
    "agentvm.yaml: The manifest is not a regular file
      Put a regular file there.
    "
  `);
});

test('a manifest that is a link', async () => {
  const project = await manifestProject({ 'other.yaml': VALID });
  await symlink('other.yaml', join(project.folder, 'agentvm.yaml'));
  expect(await project.complaints()).toMatchInlineSnapshot(`
    "agentvm.yaml: The manifest is a symbolic link, which the guest could turn elsewhere
      Put the file itself there; use \`extends\` to share one between projects.
    "
  `);
});

test.skipIf(process.getuid?.() === 0)('a manifest that may not be read', async () => {
  const project = await manifestProject({ 'agentvm.yaml': VALID });
  await chmod(join(project.folder, 'agentvm.yaml'), 0);
  expect(await project.complaints()).toBe(`agentvm.yaml: The manifest may not be read
  Give yourself the right: chmod u+r ROOT/my-app/agentvm.yaml
`);
});

test('several documents', async () => {
  const project = await manifestProject({ 'agentvm.yaml': `${VALID}---\n${VALID}` });
  expect(await project.complaints()).toMatchInlineSnapshot(`
    "agentvm.yaml:1:1: One of several machines of a folder needs a name of its own
         1 | apiVersion: agentvm/v1
           | ^^^^^^^^^^^^^^^^^^^^^^
      Add a line such as: name: my-app-db

    agentvm.yaml:3:1: One of several machines of a folder needs a name of its own
         3 | apiVersion: agentvm/v1
           | ^^^^^^^^^^^^^^^^^^^^^^
      Add a line such as: name: my-app-db
    "
  `);
});

test('a document that is no map', async () => {
  const list = await manifestProject({ 'agentvm.yaml': '- a\n- b\n' });
  expect(await list.complaints()).toMatchInlineSnapshot(`
    "agentvm.yaml:1:1: The document must be a map, not a list
         1 | - a
           | ^^^
    "
  `);
  const text = await manifestProject({ 'agentvm.yaml': 'just text\n' });
  expect(await text.complaints()).toMatchInlineSnapshot(`
    "agentvm.yaml:1:1: The document must be a map, not text
         1 | just text
           | ^^^^^^^^^
    "
  `);
});

test('errors of syntax, all at once', async () => {
  const project = await manifestProject({
    'agentvm.yaml': `apiVersion: agentvm/v1
base:
\tpackages: [git
env: {A: "open}
name: *nobody
agent: !custom claude
`,
  });
  expect(await project.complaints()).toMatchInlineSnapshot(`
    "agentvm.yaml:3:1: Tabs are not allowed as indentation
         3 |  packages: [git
           | ^
      Indent with spaces; YAML does not allow tabs.

    agentvm.yaml:4:1: Flow sequence in block collection must be sufficiently indented and end with a ]
         4 | env: {A: "open}
           | ^
      Close the bracket or the quotation mark.

    agentvm.yaml:7:1: Missing closing "quote
         7 | 
           | ^
      Close the bracket or the quotation mark.

    agentvm.yaml:7:1: Flow map in block collection must be sufficiently indented and end with a }
         7 | 
           | ^
      Close the bracket or the quotation mark.
    "
  `);
});

test('a byte order mark and Windows line ends are fine, and columns still right', async () => {
  const project = await manifestProject({ 'agentvm.yaml': '\ufeffapiVersion: agentvm/v1\r\nname: X\r\n' });
  expect(await project.complaints()).toMatchInlineSnapshot(`
    "agentvm.yaml:2:7: name: "X" is not allowed
         2 | name: X
           |       ^
      The machine's name and the guest's hostname: 2 to 63 lower-case letters, digits and hyphens. Default: the folder's name.
    "
  `);
});

test('control characters of a manifest do not reach the terminal', async () => {
  const project = await manifestProject({
    'agentvm.yaml': `${VALID}name: "\u001b[2Jx\u202e"\n"\u009b31m": 1\n`,
  });
  const text = await project.complaints();
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not be there
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  expect(text).toMatchInlineSnapshot(`
    "agentvm.yaml:2:7: name: "\\u001b[2Jx�" is not allowed
         2 | name: "�[2Jx�"
           |       ^^^^^^^^
      The machine's name and the guest's hostname: 2 to 63 lower-case letters, digits and hyphens. Default: the folder's name.

    agentvm.yaml:3:1: Unknown key '�31m'
         3 | "�31m": 1
           | ^^^^^^
      Known here: apiVersion, name, driver, extends, agent, agents, base, resources, workspace, mounts, volumes, ports, env, envFile, secrets, identity, network, services, environment, lifecycle, drift, snapshots, labels
    "
  `);
});

test('a long line is shown around the caret', async () => {
  const packages = Array.from({ length: 60 }, (_, index) => `package-${index}`);
  packages[40] = 'Bad_Name';
  const project = await manifestProject({
    'agentvm.yaml': `${VALID}base: {packages: [${packages.join(', ')}]}\n`,
  });
  expect(await project.complaints()).toMatchInlineSnapshot(`
    "agentvm.yaml:2:489: base.packages[40]: "Bad_Name" is not allowed
         2 | …ackage-35, package-36, package-37, package-38, package-39, Bad_Name, package-41, package-42, package…
           |                                                             ^^^^^^^^
      The name of a package: lower-case letters, digits, +, . and -.
    "
  `);
});

const BOMBS: Readonly<Record<string, string>> = {
  laughs: `a: &a [x, x, x, x, x, x, x, x, x]
${['b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'].map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[index]}`).join(', ')}]`).join('\n')}
`,
  'alias to itself': 'a: &a [*a]\n',
  'many aliases': `a: &a x\n${Array.from({ length: 500 }, (_, index) => `b${index}: *a`).join('\n')}\n`,
  brackets: '['.repeat(500_000),
  braces: '{a: '.repeat(200_000),
  dashes: '- '.repeat(400_000),
  questions: '? '.repeat(400_000),
  colons: `${'a: '.repeat(200)}\n`,
  staircase: Array.from({ length: 1000 }, (_, index) => `${' '.repeat(index)}a:`).join('\n'),
  'many keys': Array.from({ length: 90_000 }, (_, index) => `k${index}: 1`).join('\n'),
  'many documents': '---\n'.repeat(200_000),
  directives: '%a b\n'.repeat(150_000),
  quotes: '"'.repeat(1_000_000),
  tags: '!a '.repeat(300_000),
  newlines: '\n'.repeat(1_000_000),
  'one word': 'x'.repeat(1_000_000),
};

test.each(Object.entries(BOMBS))(
  'a bomb ends in a diagnostic within two seconds: %s',
  async (_name, text) => {
    const project = await manifestProject({ 'agentvm.yaml': text });
    const start = performance.now();
    const result = await project.load();
    expect(performance.now() - start).toBeLessThan(2000);
    if (result.ok) throw new Error('the bomb was taken as valid');
    expect(result.diagnostics.length).toBeGreaterThan(0);
    expect(result.diagnostics.length).toBeLessThan(600);
  },
);

test('what refuses a bomb names the place', async () => {
  const laughs = await manifestProject({ 'agentvm.yaml': BOMBS.laughs ?? '' });
  expect(await laughs.complaints()).toMatchInlineSnapshot(`
    "agentvm.yaml:3:8: The document has more than 100 aliases
         3 | c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]
           |        ^^
      Use fewer aliases (*name).
    "
  `);
  const deep = await manifestProject({ 'agentvm.yaml': `${VALID}env: ${'['.repeat(100)}` });
  expect(await deep.complaints()).toMatchInlineSnapshot(`
    "agentvm.yaml:2:69: The document is nested deeper than 64 levels
         2 | env: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[…
           |                                                                     ^
      Make it flatter.
    "
  `);
});

test('a key that is the name of a property of every object is unknown like any other', async () => {
  const project = await manifestProject({
    'agentvm.yaml': `${VALID}__proto__: {name: x}\nconstructor: y\nenv: {__proto__: z, toString: a}\n`,
  });
  expect(await project.complaints()).toMatchInlineSnapshot(`
    "agentvm.yaml:2:1: Unknown key '__proto__'
         2 | __proto__: {name: x}
           | ^^^^^^^^^
      Known here: apiVersion, name, driver, extends, agent, agents, base, resources, workspace, mounts, volumes, ports, env, envFile, secrets, identity, network, services, environment, lifecycle, drift, snapshots, labels

    agentvm.yaml:3:1: Unknown key 'constructor'
         3 | constructor: y
           | ^^^^^^^^^^^
      Known here: apiVersion, name, driver, extends, agent, agents, base, resources, workspace, mounts, volumes, ports, env, envFile, secrets, identity, network, services, environment, lifecycle, drift, snapshots, labels
    "
  `);
  const fine = await manifestProject({ 'agentvm.yaml': `${VALID}env: {__proto__: z, toString: a}\n` });
  expect(Object.keys((await fine.desired()).environment)).toEqual(['__proto__', 'toString']);
});

test('a folder whose name has no letter or digit needs a name', async () => {
  const project = await manifestProject({});
  await mkdir(join(project.root, '日本'));
  await writeFile(join(project.root, '日本/agentvm.yaml'), VALID);
  expect(await project.complaints({ file: join(project.root, '日本') })).toMatchInlineSnapshot(`
    "ROOT/日本/agentvm.yaml:1:1: No name can be made of the folder's name '日本'
         1 | apiVersion: agentvm/v1
           | ^^^^^^^^^^^^^^^^^^^^^^
      Add a line such as: name: my-app
    "
  `);
});
