import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '../lib/context.ts';
import { quotePosix } from '../lib/quote.ts';
import type { BaseDefinition } from '../model/base-definition.generated.ts';
import { AgentvmError, ExitCode } from '../model/errors.ts';
import type { ImageBuild } from '../model/image-catalogue.generated.ts';
import type { Arch } from '../model/machine.ts';
import { takeDebs } from './deb-cache.ts';
import { diskFullError } from './disk-space.ts';
import { readHostApt } from './host-apt.ts';
import { withSystemPath } from './system-path.ts';

export type TreeRequest = {
  readonly title: string;
  readonly build: ImageBuild;
  readonly base: BaseDefinition;
  /** Sorted. */
  readonly packages: readonly string[];
  /** A tar archive that is unpacked over the tree, with the program that prepares it. */
  readonly overlay: string;
  /** An empty folder of the caller, on the disk where the result goes. */
  readonly folder: string;
  /** Called with a phrase for people when another part of the work begins. */
  readonly onStage: (stage: string) => void;
};

export type BuildMode = 'root' | 'unshare' | 'fakechroot';

/**
 * How ownership by others comes about: as root it simply does; otherwise in a user namespace with subordinate ids, where
 * this user has some and the kernel lets them; otherwise by pretending.
 */
export const chooseBuildMode = async (context: Context): Promise<BuildMode> => {
  if (process.getuid?.() === 0) return 'root';
  const probe = await context.exec('mmdebstrap', ['--unshare-helper', 'true'], {
    signal: context.signal,
    accept: 'any',
  });
  return probe.exitCode === 0 ? 'unshare' : 'fakechroot';
};

const STAGES: readonly [RegExp, string][] = [
  [/^I: running apt-get update/, 'reading package lists'],
  [/^I: downloading packages/, 'downloading packages'],
  [/^I: extracting archives/, 'unpacking packages'],
  [/^I: installing (essential|remaining) packages/, 'installing packages'],
  [/prepare/, 'preparing the guest'],
  [/^I: creating tarball/, 'packing'],
];

const UNKNOWN_PACKAGE = [
  /Unable to locate package ([a-z0-9][a-z0-9+.:-]*)/,
  /Package '?([a-z0-9][a-z0-9+.:-]*)'? has no installation candidate/,
];

const LINES_SHOWN = 20;

/** The command with its exit code. */
const failedCommand = (cause: unknown): readonly string[] =>
  cause instanceof AgentvmError ? [cause.message] : [];

const buildFailed = (output: readonly string[], title: string, cause: unknown): AgentvmError =>
  cause instanceof AgentvmError && cause.code === 'EXEC_NOT_FOUND'
    ? cause
    : new AgentvmError({
        code: 'BUILD_FAILED',
        exitCode: ExitCode.applyFailed,
        message: `mmdebstrap could not build ${title}`,
        details: [...failedCommand(cause), ...output.slice(-LINES_SHOWN)],
        hint: 'The lines above tell why. When a mirror cannot be reached, check the network and try again; when a key is missing: `sudo apt-get install debian-archive-keyring`.',
        cause,
      });

/** What mmdebstrap's output tells of a failure that a person can mend at once. */
export const explainBuildFailure = (
  output: readonly string[],
  request: Pick<TreeRequest, 'title' | 'folder'>,
): AgentvmError | undefined => {
  const text = output.join('\n');
  const name = UNKNOWN_PACKAGE.map((pattern) => pattern.exec(text)?.[1]).find((found) => found !== undefined);
  if (name !== undefined) {
    return new AgentvmError({
      code: 'PACKAGE_UNKNOWN',
      exitCode: ExitCode.applyFailed,
      message: `base.packages: ${request.title} has no package '${name}'`,
      hint: `Correct or remove '${name}' in base.packages of agentvm.yaml; packages.debian.org finds names.`,
    });
  }
  return text.includes('No space left on device')
    ? diskFullError(request.folder, 'the disk filled up while the image was built')
    : undefined;
};

const hook = (kind: string, words: readonly string[]): string =>
  `--${kind}-hook=${words.map(quotePosix).join(' ')}`;

/**
 * The mmdebstrap command line. Hooks are shell texts, so paths in them are quoted; the packages' names are the schema's.
 */
export const treeArguments = (
  request: TreeRequest,
  plan: {
    readonly mode: BuildMode;
    readonly arch: string;
    readonly sources: readonly string[];
    /** File with apt settings for the time of the build, or undefined. */
    readonly settings: string | undefined;
    readonly debsIn: string;
    readonly debsOut: string;
    readonly target: string;
  },
): readonly string[] => {
  const { base, build, overlay, packages } = request;
  const archives = '/var/cache/apt/archives';
  const settingsInside = '/etc/apt/apt.conf.d/00agentvm-build';
  return [
    `--mode=${plan.mode}`,
    '--variant=apt',
    '--format=tar',
    `--architectures=${plan.arch}`,
    `--components=${build.components.join(',')}`,
    // Package lists and caches stay: without them the first installation in the guest would take a minute longer.
    '--skip=cleanup/apt,essential/unlink',
    '--aptopt=Acquire::Languages "none"',
    '--aptopt=APT::Install-Recommends "false"',
    ...base.exclude.map((pattern) => `--dpkgopt=path-exclude=${pattern}`),
    ...base.include.map((pattern) => `--dpkgopt=path-include=${pattern}`),
    `--include=${packages.join(',')}`,
    `--setup-hook=mkdir -p "$1"${archives}`,
    hook('setup', ['sync-in', plan.debsIn, archives]),
    ...(plan.settings === undefined ? [] : [hook('setup', ['upload', plan.settings, settingsInside])]),
    hook('customize', ['tar-in', overlay, '/']),
    '--customize-hook=chroot "$1" /usr/local/lib/agentvm/prepare',
    '--customize-hook=chroot "$1" apt-get -qq autoclean',
    hook('customize', ['sync-out', archives, plan.debsOut]),
    `--customize-hook=rm -f "$1"${archives}/*.deb "$1"${settingsInside}`,
    build.suite,
    plan.target,
    ...plan.sources,
  ];
};

const DEBIAN_ARCH = { x86_64: 'amd64', aarch64: 'arm64' } as const satisfies Record<Arch, string>;

/**
 * Builds a Debian root file system with a kernel as a tar archive, as root or not.
 * @returns the archive's path, in the request's folder.
 * @throws AgentvmError PACKAGE_UNKNOWN (exit 7), DISK_FULL, BUILD_FAILED with mmdebstrap's last lines.
 */
export const buildDebianTree = async (
  context: Context,
  arch: Arch,
  request: TreeRequest,
): Promise<{ readonly archive: string; readonly mode: BuildMode }> => {
  const mode = await chooseBuildMode(context);
  const { sources, settings } = await readHostApt(context, request.build);
  const debs = await takeDebs(context, request.build, request.folder);
  const settingsFile = join(request.folder, 'apt.conf');
  if (settings.length > 0) await writeFile(settingsFile, `${settings.join('\n')}\n`, { mode: 0o600 });
  const archive = join(request.folder, 'tree.tar');
  const temporary = join(request.folder, 'tmp');
  await mkdir(temporary);
  const output: string[] = [];
  const onLine = (line: string): void => {
    output.push(line);
    const stage = STAGES.find(([pattern]) => pattern.test(line))?.[1];
    if (stage !== undefined) request.onStage(stage);
  };
  const argv = treeArguments(request, {
    mode,
    arch: DEBIAN_ARCH[arch],
    sources,
    settings: settings.length > 0 ? settingsFile : undefined,
    debsIn: debs.folder,
    debsOut: debs.result,
    target: archive,
  });
  try {
    // Should this process be killed, mmdebstrap is told to end and clean up after itself.
    await context.exec('setpriv', ['--pdeathsig', 'TERM', 'mmdebstrap', ...argv], {
      signal: context.signal,
      onLine,
      env: {
        ...withSystemPath(context.env),
        // Debian's hook for initrds leaves when told so; the layer gets one of our own making.
        INITRD: 'No',
        // The mapped users of a user namespace cannot enter a private folder, so there the system's choice stays.
        ...(mode === 'unshare' ? {} : { TMPDIR: temporary }),
      },
    });
  } catch (error) {
    context.signal.throwIfAborted();
    throw explainBuildFailure(output, request) ?? buildFailed(output, request.title, error);
  }
  await debs.keep();
  return { archive, mode };
};
