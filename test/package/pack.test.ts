import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, realpath, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

const run = promisify(execFile);
const repository = join(import.meta.dirname, '../..');
const INSTALL_MS = 120_000;

type PackedFile = { readonly path: string; readonly mode: number };

let root: string;
let packed: readonly PackedFile[];
/** Where the tarball was installed: an empty folder that knows nothing of the repository. */
let elsewhere: string;

/** The tracked and not ignored files, as a clean checkout would have them; packing builds, and must not touch dist here. */
const copyCheckout = async (target: string): Promise<void> => {
  const { stdout } = await run('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: repository,
  });
  for (const path of stdout.split('\0').filter((one) => one !== '' && one !== 'node_modules')) {
    await mkdir(dirname(join(target, path)), { recursive: true });
    await cp(join(repository, path), join(target, path));
  }
  await symlink(join(repository, 'node_modules'), join(target, 'node_modules'));
};

const agentvm = (args: readonly string[], cwd: string) =>
  run(join(elsewhere, 'node_modules/.bin/agentvm'), [...args], {
    cwd,
    env: { PATH: process.env.PATH, HOME: join(root, 'home') },
  });

beforeAll(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'agentvm-pack-')));
  const checkout = join(root, 'checkout');
  elsewhere = join(root, 'elsewhere');
  await Promise.all([mkdir(checkout), mkdir(elsewhere), mkdir(join(root, 'home'))]);
  await copyCheckout(checkout);
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', root], { cwd: checkout });
  const [report] = JSON.parse(stdout.slice(stdout.indexOf('[')));
  packed = report.files;
  await run(
    'npm',
    [
      'install',
      '--prefix',
      elsewhere,
      '--prefer-offline',
      '--no-audit',
      '--no-fund',
      join(root, report.filename),
    ],
    {
      cwd: elsewhere,
    },
  );
}, INSTALL_MS);

afterAll(() => rm(root, { recursive: true, force: true }));

test('holds the bundle, the data and the root documents, and nothing else', () => {
  const places = new Set(packed.map(({ path }) => (path.includes('/') ? `${path.split('/')[0]}/` : path)));
  expect([...places].sort()).toEqual([
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'agentvm.yaml.example',
    'dist/',
    'manifests/',
    'package.json',
    'schemas/',
  ]);
});

test('brings its dependencies inside the bundle', async () => {
  const manifest = JSON.parse(await readFile(join(repository, 'package.json'), 'utf8'));
  expect(manifest.dependencies ?? {}).toEqual({});
});

test('runs where it was installed', async () => {
  const { version } = JSON.parse(await readFile(join(repository, 'package.json'), 'utf8'));
  expect((await agentvm(['--version'], elsewhere)).stdout).toBe(`${version}\n`);
});

test('validates and plans an example there', async () => {
  const project = join(root, 'node-web');
  await cp(join(repository, 'examples/node-web'), project, { recursive: true });
  await expect(agentvm(['validate'], project)).resolves.toMatchObject({ stderr: '' });
  expect((await agentvm(['plan'], project)).stdout).toContain('Plan: create the machine with');
});

test('installs the data as it is in the repository, the guest programs executable', async () => {
  const filesOf = async (folder: string): Promise<readonly string[]> => {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const files = entries.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
    return Promise.all(
      files
        .sort()
        .map(
          async (file) =>
            `${relative(folder, file)}${(await stat(file)).mode & 0o100 ? ' (executable)' : ''}`,
        ),
    );
  };
  const installed = join(elsewhere, 'node_modules/agentvm');
  for (const folder of ['manifests', 'schemas']) {
    expect(await filesOf(join(installed, folder))).toEqual(await filesOf(join(repository, folder)));
  }
});
