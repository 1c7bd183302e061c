import { access, mkdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { Context } from '../lib/context.ts';
import { packageFile } from '../lib/package-files.ts';
import { AgentvmError, ExitCode } from '../model/errors.ts';
import type { Arch } from '../model/machine.ts';
import { BASE_DIR, PREPARE_IMAGE } from './base-files.ts';
import { type LayerFiles, readInit } from './built-layer.ts';
import type { CloudImage } from './cloud-image.ts';
import { type Handout, readHandout } from './handout.ts';
import { BOOT_MODULES, buildInitrd } from './initrd.ts';
import { optionValue, preparationArguments } from './preparation-boot.ts';

export type PrepareRequest = {
  readonly arch: Arch;
  readonly title: string;
  readonly image: CloudImage;
  readonly packages: readonly string[];
  readonly overlay: string;
  /** A folder of the caller for what is made on the way. */
  readonly work: string;
  readonly files: LayerFiles;
  readonly accelerator: (() => Promise<string>) | undefined;
  readonly onStage: (stage: string) => void;
};

const GIB = 1024 ** 3;
/** Room for packages beside what the image holds. */
const ADDED_BYTES = 3 * GIB;
const HANDOUT_BYTES = GIB;
/** Debian's image takes about four minutes under software emulation on two cores; a slow mirror some more. */
const DEADLINE_MS = 30 * 60_000;
const CONSOLE_LINES_SHOWN = 25;
const WATCH_INTERVAL_MS = 1000;

/** Where distributions put UEFI for aarch64; QEMU finds a bare name in its own data folder. */
const FIRMWARE = ['/usr/share/qemu-efi-aarch64/QEMU_EFI.fd', '/usr/share/AAVMF/AAVMF_CODE.fd'];
const FIRMWARE_OF_QEMU = 'edk2-aarch64-code.fd';

const findFirmware = async (arch: Arch): Promise<string | undefined> => {
  if (arch === 'x86_64') return undefined;
  for (const path of FIRMWARE) {
    if (
      await access(path).then(
        () => true,
        () => false,
      )
    )
      return path;
  }
  return FIRMWARE_OF_QEMU;
};

const PROXY_NAMES = ['http_proxy', 'https_proxy', 'no_proxy'];

/** What cloud-init is to do, in its YAML, of which JSON is a part: no user, our files, our script. */
const cloudConfig = async (context: Context, packages: readonly string[]): Promise<string> => {
  const folder = '/run/agentvm-prepare';
  const environment = PROXY_NAMES.flatMap((name) => {
    const value = context.env[name] ?? context.env[name.toUpperCase()];
    return value === undefined ? [] : [`${name}=${value}\n`];
  }).join('');
  const script = await readFile(packageFile(`${BASE_DIR}/${PREPARE_IMAGE}`), 'utf8');
  const file = (name: string, content: string, permissions: string) => ({
    path: `${folder}/${name}`,
    content,
    permissions,
  });
  const config = {
    users: [],
    package_update: false,
    write_files: [
      file(PREPARE_IMAGE, script, '0700'),
      file('packages', packages.map((name) => `${name}\n`).join(''), '0600'),
      file('modules', BOOT_MODULES.map((name) => `${name}\n`).join(''), '0600'),
      file('environment', environment, '0600'),
    ],
    runcmd: [[`${folder}/${PREPARE_IMAGE}`]],
  };
  return `#cloud-config\n${JSON.stringify(config, null, 1)}\n`;
};

const writeSeed = async (context: Context, folder: string, packages: readonly string[]): Promise<void> => {
  await mkdir(folder, { mode: 0o700 });
  await writeFile(join(folder, 'meta-data'), 'instance-id: agentvm-preparation\nlocal-hostname: agentvm\n');
  await writeFile(join(folder, 'user-data'), await cloudConfig(context, packages), { mode: 0o600 });
};

/** Lines of a console, without what a terminal would take for commands. */
const consoleLines = async (console: string): Promise<readonly string[]> => {
  const text = await readFile(console, 'utf8').catch(() => '');
  return text
    .split(/\r?\n/)
    .map((line) => stripVTControlCharacters(line).replaceAll(/\p{Cc}/gu, ''))
    .filter((line) => line.trim() !== '');
};

const REPORT = /agentvm-prepare: (.*)$/;

/** Shows what the guest says it is doing until told to stop. */
const watchConsole = (console: string, onStage: (stage: string) => void): (() => void) => {
  let shown: string | undefined;
  const look = async (): Promise<void> => {
    const report = (await consoleLines(console)).map((line) => REPORT.exec(line)?.[1]).findLast(Boolean);
    if (report === undefined || report === shown) return;
    shown = report;
    onStage(report);
  };
  const timer = setInterval(() => void look(), WATCH_INTERVAL_MS);
  return () => clearInterval(timer);
};

const preparationFailed = async (title: string, console: string, cause?: unknown): Promise<AgentvmError> => {
  const lines = await consoleLines(console);
  const report = lines.map((line) => REPORT.exec(line)?.[1]).findLast((text) => text && text !== 'failed');
  const last = cause instanceof AgentvmError ? cause.details : [];
  return new AgentvmError({
    code: 'PREPARATION_FAILED',
    exitCode: ExitCode.applyFailed,
    message: `base.image: ${title} could not be prepared${report === undefined ? ': it did not start our preparation' : ` (${report})`}`,
    details: [...last, ...lines.slice(-CONSOLE_LINES_SHOWN)],
    hint: 'These are the last lines of its console. It must be a Debian or Ubuntu cloud image with cloud-init, for this processor, and reach its package mirrors.',
    cause,
  });
};

/** Boots the image once and returns what it handed out. */
const bootOnce = async (context: Context, request: PrepareRequest, system: string): Promise<Handout> => {
  const { title, work } = request;
  const handout = join(work, 'handout.raw');
  const console = join(work, 'console.log');
  const seed = join(work, 'seed');
  await writeFile(handout, '');
  await truncate(handout, HANDOUT_BYTES);
  await writeSeed(context, seed, request.packages);
  const firmware = await findFirmware(request.arch);
  const argv = preparationArguments({
    ...request,
    accelerator: (await request.accelerator?.()) ?? 'tcg',
    ...{ system, handout, seed, console },
    ...(firmware === undefined ? {} : { firmware }),
  });
  const qemu = `qemu-system-${request.arch}`;
  // Should this process be killed, QEMU goes with it.
  const guarded = process.platform === 'linux' ? ['setpriv', '--pdeathsig', 'KILL', qemu] : [qemu];
  const [program = qemu, ...before] = guarded;
  request.onStage('booting the image');
  const stopWatching = watchConsole(console, request.onStage);
  try {
    await context.exec(program, [...before, ...argv], {
      signal: context.signal,
      timeoutMs: DEADLINE_MS,
      hint: 'Install QEMU: `sudo apt-get install qemu-system-x86 qemu-utils`.',
    });
  } catch (error) {
    context.signal.throwIfAborted();
    if (error instanceof AgentvmError && error.code === 'EXEC_NOT_FOUND') throw error;
    throw await preparationFailed(title, console, error);
  } finally {
    stopWatching();
  }
  const result = await readHandout(context, handout, join(work, 'handout'));
  if (result === undefined) throw await preparationFailed(title, console);
  if (result.root.type !== 'ext4') {
    throw new AgentvmError({
      code: 'IMAGE_UNUSABLE',
      exitCode: ExitCode.applyFailed,
      message: `base.image: the root file system of ${title} is ${result.root.type}, not ext4`,
      hint: 'Debian and Ubuntu publish cloud images with ext4.',
    });
  }
  return result;
};

/**
 * Makes a layer of a cloud image, which has its kernel inside: boots it once by its own loader, where it prepares itself
 * and hands its kernel out; the layer's disk is then its root file system alone, without partitions.
 */
export const prepareLayer = async (context: Context, request: PrepareRequest): Promise<void> => {
  const { image } = request;
  const system = join(request.work, 'system.qcow2');
  const bytes = String(image.virtualSizeBytes + ADDED_BYTES);
  const backing = ['-b', image.path, '-F', image.format];
  await context.exec('qemu-img', ['create', '-q', '-f', 'qcow2', ...backing, system, bytes], {
    signal: context.signal,
  });
  const { kernel, busybox, modules, root } = await bootOnce(context, request, system);
  await writeFile(request.files.kernel, kernel);
  await writeFile(request.files.initrd, await buildInitrd({ busybox, init: await readInit(), modules }));
  request.onStage('writing the disk');
  const partition = [
    `driver=raw,offset=${root.offsetBytes},size=${root.sizeBytes}`,
    `file.driver=qcow2,file.file.driver=file,file.file.filename=${optionValue(system)}`,
  ].join(',');
  await context.exec('qemu-img', ['convert', '--image-opts', '-O', 'qcow2', partition, request.files.disk], {
    signal: context.signal,
  });
};
