import type { Arch, MachineId } from '../../model/machine.ts';
import type { NetworkWall } from '../../model/network.ts';

export type Accelerator = 'tcg' | 'kvm' | 'hvf';

/** A host folder that QEMU exports to the guest by 9p. */
export type Export = { readonly tag: string; readonly path: string; readonly readOnly: boolean };

/** Everything that QEMU is told. Paths are absolute. */
export type QemuSettings = {
  readonly id: MachineId;
  readonly name: string;
  readonly arch: Arch;
  readonly accelerator: Accelerator;
  /** Whether QEMU's seccomp filter is there (Linux only). */
  readonly sandbox: boolean;
  readonly cpus: number;
  readonly memoryMiB: number;
  readonly disk: string;
  readonly kernel: string;
  readonly initrd: string;
  readonly kernelArgs: string;
  readonly mac: string;
  readonly wall: NetworkWall;
  readonly consoleLog: string;
  readonly qmpSocket: string;
  readonly exports: readonly Export[];
};

/** The guest's port that leads to its SSH server, and the host's address that leads there; QEMU picks the port. */
const SSH_FORWARD = 'hostfwd=tcp:127.0.0.1:0-:22';
/** `quiet` hides the units too (systemd(1)); the console's log is where a boot that hangs is read, and the keeper's hint. */
const UNITS_ON_CONSOLE = 'systemd.show_status=true';
const SANDBOX = 'on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny';

const MACHINES: Readonly<Record<Arch, { readonly type: string; readonly console: string }>> = {
  x86_64: { type: 'q35', console: 'ttyS0' },
  // The newest interrupt controller that the host or the emulator has.
  aarch64: { type: 'virt,gic-version=max', console: 'ttyAMA0' },
};

/** The program that emulates an architecture. */
export const qemuProgram = (arch: Arch): string => `qemu-system-${arch}`;

/**
 * QEMU's user network. Within a wall it is of IPv4 alone, as the rules' part of it sees IPv4 alone; behind the second
 * one QEMU itself lets nothing of the guest's out.
 */
const USER_NETWORKS: Readonly<Record<NetworkWall, string>> = {
  none: `user,id=net,${SSH_FORWARD}`,
  namespaces: `user,id=net,ipv6=off,${SSH_FORWARD}`,
  proxy: `user,id=net,ipv6=off,restrict=on,${SSH_FORWARD}`,
};

/** A value in a comma-separated option: QEMU reads a doubled comma as one. */
const quoted = (value: string): string => value.replaceAll(',', ',,');

const exportArguments = (one: Export, index: number): readonly string[] => [
  '-fsdev',
  `local,id=share${index},path=${quoted(one.path)},security_model=none,multidevs=remap${one.readOnly ? ',readonly=on' : ''}`,
  '-device',
  `virtio-9p-pci,fsdev=share${index},mount_tag=${one.tag}`,
];

/** QEMU's command line without the program: direct kernel boot, virtio devices, nothing that was not asked for. */
export const qemuArguments = (settings: QemuSettings): readonly string[] => {
  const machine = MACHINES[settings.arch];
  // On hardware only the host's own model runs every guest; the emulator's best model is also its fastest.
  const cpu = settings.accelerator === 'tcg' ? 'max' : 'host';
  const disk = {
    driver: 'qcow2',
    'node-name': 'root',
    discard: 'unmap',
    file: { driver: 'file', filename: settings.disk, discard: 'unmap' },
  };
  return [
    '-nodefaults',
    '-no-user-config',
    ...['-display', 'none'],
    ...['-name', quoted(`agentvm ${settings.name}`)],
    ...['-uuid', settings.id],
    ...['-machine', machine.type],
    ...['-accel', settings.accelerator],
    ...['-cpu', cpu],
    ...['-smp', String(settings.cpus)],
    ...['-m', `${settings.memoryMiB}M`],
    ...['-kernel', settings.kernel],
    ...['-initrd', settings.initrd],
    ...['-append', `${settings.kernelArgs} ${UNITS_ON_CONSOLE} console=${machine.console}`],
    ...['-blockdev', JSON.stringify(disk)],
    ...['-device', 'virtio-blk-pci,drive=root'],
    ...['-netdev', USER_NETWORKS[settings.wall]],
    ...['-device', `virtio-net-pci,netdev=net,mac=${settings.mac}`],
    ...['-device', 'virtio-rng-pci'],
    ...['-chardev', `file,id=console,append=on,path=${quoted(settings.consoleLog)}`],
    ...['-serial', 'chardev:console'],
    ...['-chardev', `socket,id=qmp,server=on,wait=off,path=${quoted(settings.qmpSocket)}`],
    ...['-mon', 'chardev=qmp,mode=control'],
    ...settings.exports.flatMap(exportArguments),
    ...(settings.sandbox ? ['-sandbox', SANDBOX] : []),
  ];
};
