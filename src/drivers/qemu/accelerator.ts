import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { release } from 'node:os';
import { join } from 'node:path';
import type { Context } from '../../lib/context.ts';
import { readJsonFile, writeJsonFile } from '../../lib/json-file.ts';
import type { Arch } from '../../model/machine.ts';
import { type Accelerator, qemuProgram } from './arguments.ts';
import { smokeTest } from './smoke.ts';

/** An accelerator and, for people, why it and no better one. */
export type Choice = { readonly accelerator: Accelerator; readonly why: string };

export type AcceleratorHost = {
  readonly platform: NodeJS.Platform;
  readonly arch: string;
  readonly kernelRelease: string;
  readonly kvmDevice: string;
  readonly smokeTest: typeof smokeTest;
};

/** What a boot under an accelerator came to, by kernel release, QEMU version and architecture. */
type Tried = Readonly<Record<string, { readonly works: boolean; readonly why: string }>>;

const VERSION_TIMEOUT_MS = 10_000;

export const thisHost = (): AcceleratorHost => ({
  platform: process.platform,
  arch: process.arch,
  kernelRelease: release(),
  kvmDevice: '/dev/kvm',
  smokeTest,
});

const NODE_ARCH: Readonly<Record<Arch, string>> = { x86_64: 'x64', aarch64: 'arm64' };

/** First line of `qemu-system-… --version`. @throws AgentvmError QEMU_MISSING as EXEC_NOT_FOUND. */
export const readQemuVersion = async (context: Context, arch: Arch): Promise<string> => {
  const result = await context.exec(qemuProgram(arch), ['--version'], {
    timeoutMs: VERSION_TIMEOUT_MS,
    signal: context.signal,
    hint: qemuHint(arch),
  });
  return result.stdout.split('\n')[0] ?? '';
};

/** How to get QEMU on this system. */
export const qemuHint = (arch: Arch): string =>
  process.platform === 'darwin'
    ? 'Install QEMU: brew install qemu'
    : `Install QEMU: apt-get install qemu-system-${arch === 'x86_64' ? 'x86' : 'arm'} qemu-utils (Debian, Ubuntu), dnf install qemu-kvm qemu-img (Fedora), pacman -S qemu-base (Arch).`;

/**
 * The fastest accelerator that is known to work. Hardware is used only after a small boot under it has succeeded once
 * with this kernel and this QEMU: a device can open and then hang every guest.
 */
export const chooseAccelerator = async (
  context: Context,
  arch: Arch,
  host: AcceleratorHost = thisHost(),
): Promise<Choice> => {
  const version = await readQemuVersion(context, arch);
  if (host.arch !== NODE_ARCH[arch]) {
    return { accelerator: 'tcg', why: `this host is no ${arch} machine` };
  }
  const wanted: Accelerator = host.platform === 'darwin' ? 'hvf' : 'kvm';
  if (wanted === 'kvm') {
    const problem = await access(host.kvmDevice, constants.R_OK | constants.W_OK).then(
      () => undefined,
      (error: NodeJS.ErrnoException) =>
        error.code === 'ENOENT' ? `there is no ${host.kvmDevice}` : `${host.kvmDevice} is not open to you`,
    );
    if (problem !== undefined) return { accelerator: 'tcg', why: problem };
  }
  const path = join(context.paths.state, 'accelerators.json');
  const tried = (await readJsonFile<Tried>(path)) ?? {};
  const key = `${wanted}, ${arch}, kernel ${host.kernelRelease}, ${version}`;
  const known = tried[key];
  if (known !== undefined) return { accelerator: known.works ? wanted : 'tcg', why: known.why };
  const problem = await host.smokeTest(context, arch, wanted);
  const why = problem === undefined ? 'a test boot under it succeeded' : `${wanted} is there, but ${problem}`;
  await writeJsonFile(path, { ...tried, [key]: { works: problem === undefined, why } } satisfies Tried);
  return { accelerator: problem === undefined ? wanted : 'tcg', why };
};
