import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { LoadOptions } from '../../src/manifest/load-desired.ts';
import type { Desired } from '../../src/model/machine.ts';
import { renderDiagnostics } from '../../src/ui/diagnostics-text.ts';
import { type ManifestProject, manifestProject } from '../support/manifest-project.ts';

const machine = (name: string, rest = ''): string => `apiVersion: agentvm/v1\nname: ${name}\n${rest}`;

const load = async (
  { load, folder }: ManifestProject,
  options: Partial<LoadOptions> = { file: '.' },
): Promise<{ readonly machines: readonly Desired[]; readonly skipped: readonly string[] }> => {
  const result = await load(options);
  if (!result.ok) throw new Error(renderDiagnostics(result.diagnostics, folder));
  return { machines: result.desired, skipped: result.skipped.map((path) => basename(path)) };
};

const namesOf = (machines: readonly Desired[]): readonly string[] =>
  machines.map(({ name, manifestPath }) => `${basename(manifestPath)}: ${name}`);

const protectedIn = (desired: Desired | undefined): readonly (string | undefined)[] =>
  [...(desired?.fields.values() ?? [])]
    .filter(({ path }) => path === 'workspace.protect[]')
    .map(({ key }) => key);

describe('several documents in one file', () => {
  test('each declares a machine of the same folder; comments and empty documents declare none', async () => {
    const project = await manifestProject({
      'agentvm.yaml': `# two machines\n${machine('web')}---\n# nothing\n---\n${machine('db', 'resources: {cpus: 1}\n')}---\n`,
    });
    const { machines } = await load(project, {});
    expect(namesOf(machines)).toEqual(['agentvm.yaml: web', 'agentvm.yaml: db']);
    expect(new Set(machines.map(({ project: { realPath } }) => realPath))).toEqual(new Set([project.folder]));
    expect(machines.map(({ fields }) => fields.get('resources.cpus')?.value)).toEqual([4, 1]);
  });

  test('an edit of one is no news to the others', async () => {
    const revisions = async (db: string): Promise<readonly string[]> => {
      const project = await manifestProject({ 'agentvm.yaml': `${machine('web')}---\n${machine('db', db)}` });
      return (await load(project, {})).machines.map(({ revision }) => revision);
    };
    const [web, db] = await revisions('');
    expect(await revisions('labels: {a: b}\n')).toEqual([web, expect.not.stringMatching(String(db))]);
  });

  test('what is wrong with any of them is told at once, each at its place', async () => {
    const project = await manifestProject({
      'agentvm.yaml': `${machine('web', 'nmae: x\n')}---
apiVersion: agentvm/v1
resources: {memory: 8GB}
---
${machine('web')}---
${machine('late', 'ports: [1, "x"\n')}---
apiVersion: agentvm/v2
name: Last
`,
    });
    expect(await project.complaints()).toMatchInlineSnapshot(`
      "agentvm.yaml:3:1: Unknown key 'nmae'
           3 | nmae: x
             | ^^^^
        Did you mean 'name'?

      agentvm.yaml:5:1: One of several machines of a folder needs a name of its own
           5 | apiVersion: agentvm/v1
             | ^^^^^^^^^^^^^^^^^^^^^^
        Add a line such as: name: my-app-db

      agentvm.yaml:6:21: resources.memory: "8GB" is not a size in binary units
           6 | resources: {memory: 8GB}
             |                     ^^^
        Use 8GiB.

      agentvm.yaml:9:7: The name 'web' belongs to the machine at agentvm.yaml:2:7
           9 | name: web
             |       ^^^
        Give one of them another name.

      agentvm.yaml:14:1: Flow sequence in block collection must be sufficiently indented and end with a ]
          14 | ---
             | ^
        Close the bracket or the quotation mark.

      agentvm.yaml:15:13: apiVersion must be agentvm/v1, not "agentvm/v2"
          15 | apiVersion: agentvm/v2
             |             ^^^^^^^^^^
        Write apiVersion: agentvm/v1

      agentvm.yaml:16:7: name: "Last" is not allowed
          16 | name: Last
             |       ^^^^
        The machine's name and the guest's hostname: 2 to 63 lower-case letters, digits and hyphens. Default: the folder's name.
      "
    `);
  });
});

describe('a folder of manifests', () => {
  test('has its machines in the order of the files; layers, other files and what editors leave are none', async () => {
    const project = await manifestProject({
      'b.yaml': `${machine('bb')}---\n${machine('cc', 'extends: [./team.yaml]\n')}`,
      'a.yml': machine('aa', 'extends: [team.yaml]\n'),
      'team.yaml': 'apiVersion: agentvm/v1\nlabels: {team: web}\n',
      '.#b.yaml': machine('lock'),
      '.b.yaml.swp': machine('swap'),
      'b.yaml~': machine('backup'),
      'b.yaml.bak': machine('backup'),
      'deep/d.yaml': machine('deep'),
      'folder.yaml/e.yaml': machine('deeper'),
      'compose.yaml': 'services: {web: {image: nginx}}\n',
      'kube.yaml': 'apiVersion: v1\nkind: Pod\nmetadata:\n  apiVersion: agentvm/v1\n',
      'off.yaml': `# ${machine('off').replaceAll('\n', '\n# ')}`,
      'empty.yaml': '',
      'broken.yaml': 'a: [\n',
    });
    const { machines, skipped } = await load(project);
    expect(namesOf(machines)).toEqual(['a.yml: aa', 'b.yaml: bb', 'b.yaml: cc']);
    expect(machines.map(({ fields }) => fields.get('labels[team]')?.value)).toEqual([
      'web',
      undefined,
      'web',
    ]);
    expect(skipped).toEqual(['broken.yaml', 'compose.yaml', 'empty.yaml', 'kube.yaml', 'off.yaml']);
  });

  test('protects every manifest of it from every guest, also when only one of them is named', async () => {
    const project = await manifestProject({
      'a.yaml': machine('aa'),
      'b.yaml': machine('bb', 'extends: [./team.yaml]\n'),
      'team.yaml': 'apiVersion: agentvm/v1\n',
      'compose.yaml': 'services: {}\n',
    });
    const wanted = ['.agentvm/agents', '.git/hooks', 'a.yaml', 'b.yaml', 'team.yaml'];
    const { machines } = await load(project);
    expect(machines.map(protectedIn)).toEqual([wanted, wanted]);
    const { machines: alone } = await load(project, { file: 'a.yaml' });
    expect(alone.map(protectedIn)).toEqual([wanted]);
  });

  test('tells all that is wrong with all files', async () => {
    const project = await manifestProject({
      'a.yaml': machine('same', 'ports: [99999]\n'),
      'b.yaml': `# the second\n${machine('same')}`,
      'c.yaml': 'apiVersion: agentvm/v1\n',
      'd.yaml': 'apiVersion: agentvm/v1\nports: [\n',
      'e.yaml': machine('ee', 'extends: [./f.yaml]\n'),
      'f.yaml': 'apiVersion: agentvm/v1\nextends: [./e.yaml]\n',
    });
    await symlink('a.yaml', join(project.folder, 'link.yaml'));
    expect(await project.complaints({ file: '.' })).toMatchInlineSnapshot(`
      "a.yaml:3:9: ports[0] must be at most 65535, not 99999
           3 | ports: [99999]
             |         ^^^^^
        Correct the number.

      b.yaml:3:7: The name 'same' belongs to the machine at a.yaml:2:7
           3 | name: same
             |       ^^^^
        Give one of them another name.

      c.yaml:1:1: One of several machines of a folder needs a name of its own
           1 | apiVersion: agentvm/v1
             | ^^^^^^^^^^^^^^^^^^^^^^
        Add a line such as: name: my-app-db

      d.yaml:3:1: Flow sequence in block collection must be sufficiently indented and end with a ]
           3 | 
             | ^
        Close the bracket or the quotation mark.

      e.yaml:3:11: './f.yaml' extends itself: f.yaml → e.yaml → f.yaml
           3 | extends: [./f.yaml]
             |           ^^^^^^^^
        Take one of them out.

      f.yaml:1:1: The name 'ee' belongs to the machine at e.yaml:2:7
           1 | apiVersion: agentvm/v1
             | ^^^^^^^^^^^^^^^^^^^^^^
        Give one of them another name.

      f.yaml:2:11: './e.yaml' extends itself: e.yaml → f.yaml → e.yaml
           2 | extends: [./e.yaml]
             |           ^^^^^^^^
        Take one of them out.

      link.yaml: The manifest is a symbolic link, which the guest could turn elsewhere
        Put the file itself there; use \`extends\` to share one between projects.
      "
    `);
  });

  test('whose files all extend each other tells the circle', async () => {
    const project = await manifestProject({
      'a.yaml': machine('aa', 'extends: [./b.yaml]\n'),
      'b.yaml': machine('bb', 'extends: [./a.yaml]\n'),
    });
    expect(await project.complaints({ file: '.' })).toContain('extends itself: a.yaml → b.yaml → a.yaml');
  });

  test('may not have more than a thousand', async () => {
    const project = await manifestProject({
      'a.yaml': Array.from({ length: 600 }, (_, index) => machine(`a${index}`)).join('---\n'),
      'b.yaml': Array.from({ length: 401 }, (_, index) => machine(`b${index}`)).join('---\n'),
    });
    expect(await project.complaints({ file: '.' })).toMatchInlineSnapshot(`
      "a.yaml: 1001 machines are declared; the limit is 1000
        Part them into several folders.
      "
    `);
    const many = join(project.folder, 'many');
    await mkdir(many);
    for (let index = 0; index <= 1000; index++) await writeFile(join(many, `${index}.yaml`), '');
    expect(await project.complaints({ file: 'many' })).toMatchInlineSnapshot(`
      "many: The folder has 1001 YAML files; the limit is 1000
        Check that it is the right folder.
      "
    `);
  });
});

test('a text of blanks is no slow way to ask whether it is a manifest', async () => {
  const { claimsToBeManifest } = await import('../../src/manifest/folder.ts');
  for (const text of [' ', '\n', ' \n', '{', ', ', "'"].map((part) => part.repeat(500_000))) {
    const from = performance.now();
    expect(claimsToBeManifest(text)).toBe(false);
    expect(performance.now() - from).toBeLessThan(2000);
  }
});
