import { readFile, statfs } from 'node:fs/promises';
import type { Context } from '../../lib/context.ts';
import { SOCKET_PATH_LIMIT_BYTES } from '../../lib/paths.ts';
import type { Arch } from '../../model/machine.ts';
import type { HostCheck } from '../driver.ts';
import { chooseAccelerator, qemuHint, readQemuVersion } from './accelerator.ts';
import { checkNetwork, checkProxy } from './host-network.ts';
import { tryNamespaces } from './namespaces.ts';

const TIMEOUT_MS = 10_000;
const WANTED_FREE_BYTES = 10 * 2 ** 30;
/** Longest name of ours in a machine's socket folder, with the suffix that ssh appends while it binds. */
const LONGEST_SOCKET = '/r/01234567/s.0123456789abcdef';

/** Programs without which there is another way. */
const OPTIONAL: readonly string[] = ['mmdebstrap', 'ip'];

const isMac = process.platform === 'darwin';

const checkProgram = async (
  context: Context,
  name: string,
  args: readonly string[],
  mend: string,
): Promise<HostCheck> => {
  try {
    const { stdout, stderr } = await context.exec(name, args, {
      accept: 'any',
      timeoutMs: TIMEOUT_MS,
      signal: context.signal,
    });
    const firstLine = `${stdout}${stderr}`.trim().split('\n')[0] ?? '';
    return { name, status: 'ok', found: firstLine.startsWith('unknown option') ? 'installed' : firstLine };
  } catch (error) {
    context.signal.throwIfAborted();
    const isMissing = (error as { code?: string }).code === 'EXEC_NOT_FOUND';
    return { name, status: 'missing', found: isMissing ? 'not found' : String(error), mend };
  }
};

const checkQemu = async (context: Context, arch: Arch): Promise<HostCheck> => {
  const name = `qemu-system-${arch}`;
  try {
    return { name, status: 'ok', found: await readQemuVersion(context, arch) };
  } catch (error) {
    context.signal.throwIfAborted();
    return { name, status: 'missing', found: (error as Error).message, mend: qemuHint(arch) };
  }
};

const acceleratorMend = (why: string): string => {
  if (isMac) return 'Use a Mac with its own architecture’s machines.';
  if (why.includes('not open to you'))
    return 'Let yourself use it: `sudo usermod -aG kvm $USER`, then log in again.';
  return why.startsWith('kvm is there')
    ? 'If this host is a virtual machine itself, ask its provider for nested virtualization; everything works without, only slower.'
    : 'Switch virtualization on in the firmware; if this host is a virtual machine itself, ask for nested virtualization.';
};

const checkAccelerator = async (context: Context, arch: Arch): Promise<HostCheck> => {
  const name = 'accelerator';
  try {
    const { accelerator, why } = await chooseAccelerator(context, arch);
    if (accelerator !== 'tcg') return { name, status: 'ok', found: `${accelerator}: ${why}` };
    return {
      name,
      status: 'warning',
      found: `tcg (software emulation, some ten times slower): ${why}`,
      mend: acceleratorMend(why),
    };
  } catch (error) {
    context.signal.throwIfAborted();
    return { name, status: 'warning', found: (error as Error).message, mend: qemuHint(arch) };
  }
};

const checkNamespaces = async (problem: string | undefined): Promise<HostCheck> => {
  const name = 'user namespaces';
  if (problem === undefined) return { name, status: 'ok', found: 'allowed' };
  const restriction = await readFile('/proc/sys/kernel/apparmor_restrict_unprivileged_userns', 'utf8').catch(
    () => '',
  );
  return {
    name,
    status: 'warning',
    found: `refused (${problem}): protected files of the project are writable in the guest, and mounts change only by a restart`,
    mend:
      restriction.trim() === '1'
        ? 'Ubuntu forbids them by AppArmor. Allow them to unshare(1) alone: write "abi <abi/4.0>,\\nprofile agentvm-unshare /usr/bin/unshare flags=(unconfined) { userns, }" to /etc/apparmor.d/agentvm-unshare, then `sudo apparmor_parser -r /etc/apparmor.d/agentvm-unshare`.'
        : isMac
          ? 'There is none on macOS; protect what matters by committing it and reviewing changes.'
          : 'Allow them: `sudo sysctl -w kernel.unprivileged_userns_clone=1 user.max_user_namespaces=15000`; in a container, run it with a seccomp profile that allows unshare.',
  };
};

const checkSpace = async (context: Context): Promise<HostCheck> => {
  const name = 'disk space';
  let folder = context.paths.data;
  for (;;) {
    const found = await statfs(folder).catch(() => undefined);
    if (found === undefined) {
      folder = folder.slice(0, Math.max(folder.lastIndexOf('/'), 1)) || '/';
      continue;
    }
    const freeBytes = found.bavail * found.bsize;
    const text = `${Math.floor(freeBytes / 2 ** 30)} GiB free in ${folder}`;
    return freeBytes >= WANTED_FREE_BYTES
      ? { name, status: 'ok', found: text }
      : {
          name,
          status: 'warning',
          found: text,
          mend: 'Free at least 10 GiB; `agentvm rm` deletes machines.',
        };
  }
};

const checkSocketPath = (context: Context): HostCheck => {
  const name = 'socket paths';
  const bytes = Buffer.byteLength(context.paths.state + LONGEST_SOCKET);
  const found = `${bytes} of ${SOCKET_PATH_LIMIT_BYTES} bytes`;
  return bytes <= SOCKET_PATH_LIMIT_BYTES
    ? { name, status: 'ok', found }
    : { name, status: 'missing', found, mend: 'Set XDG_STATE_HOME to a folder with a shorter path.' };
};

/** What this driver needs of the host, each thing really tried. */
export const checkHost = async (context: Context, arch: Arch): Promise<readonly HostCheck[]> => {
  const utilLinux = 'Install util-linux: apt-get install util-linux mount';
  const openSsh = 'Install OpenSSH: apt-get install openssh-client';
  const programs: readonly (readonly [string, readonly string[], string])[] = [
    ['qemu-img', ['--version'], qemuHint(arch)],
    ['ssh', ['-V'], openSsh],
    // It has no flag for its version, and comes with ssh; a wrong flag makes it say only how it is used.
    ['ssh-keygen', ['-?'], openSsh],
    ['npm', ['--version'], 'Install Node.js with its npm; agents come from the npm registry.'],
    ...(isMac
      ? []
      : ['unshare', 'nsenter', 'mount', 'setpriv', 'flock'].map(
          (name) => [name, ['--version'], utilLinux] as const,
        )),
    ...(isMac
      ? []
      : [
          [
            'ip',
            ['-V'],
            'Install it: apt-get install iproute2. Without it only the second wall stands.',
          ] as const,
          [
            'mmdebstrap',
            ['--version'],
            'Install it: apt-get install mmdebstrap. Without it a cloud image is downloaded.',
          ] as const,
        ]),
  ];
  const found = await Promise.all(
    programs.map(([name, args, mend]) => checkProgram(context, name, args, mend)),
  );
  const namespaces = await tryNamespaces(context);
  return [
    await checkQemu(context, arch),
    ...found.map((check) =>
      OPTIONAL.includes(check.name) && check.status === 'missing'
        ? { ...check, status: 'warning' as const }
        : check,
    ),
    await checkAccelerator(context, arch),
    await checkNamespaces(namespaces),
    await checkNetwork(context, namespaces),
    checkProxy(context),
    await checkSpace(context),
    checkSocketPath(context),
  ];
};
