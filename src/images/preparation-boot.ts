import type { Arch } from '../model/machine.ts';

export type PreparationBoot = {
  readonly arch: Arch;
  /** QEMU's name of what runs the guest's instructions: tcg, kvm or hvf. */
  readonly accelerator: string;
  /** qcow2: the cloud image's overlay, which the boot changes. */
  readonly system: string;
  /** A tar archive, seen as a raw disk. */
  readonly overlay: string;
  /** A raw disk that the guest writes its hand-out to, a tar archive. */
  readonly handout: string;
  /** Folder with cloud-init's files, seen as a FAT file system. */
  readonly seed: string;
  readonly console: string;
  /** UEFI, for aarch64 only, where there is no other loader. */
  readonly firmware?: string;
};

/** A path as a value in QEMU's comma-separated options. */
export const optionValue = (path: string): string => path.replaceAll(',', ',,');

const MACHINE = { x86_64: 'q35', aarch64: 'virt' } as const satisfies Record<Arch, string>;

/** Enough for apt to work in; more would only make QEMU ask more of a small host. */
const MEMORY_MIB = 1024;

const disk = (node: string, index: number): readonly string[] => [
  '-device',
  `virtio-blk-pci,drive=${node},serial=agentvm-${node},bootindex=${index}`,
];

const file = (node: string, driver: string, path: string, more: string): readonly string[] => [
  '-blockdev',
  `driver=${driver},node-name=${node},${more},file.driver=file,file.filename=${optionValue(path)}`,
];

/**
 * QEMU's arguments for the one boot that makes a cloud image a layer: by the image's own loader, with a NoCloud seed (a
 * file system labelled CIDATA, see cloud-init's documentation of the data source). It ends when the guest powers off.
 */
export const preparationArguments = (boot: PreparationBoot): readonly string[] => [
  ...['-no-user-config', '-nodefaults', '-display', 'none', '-no-reboot'],
  // A disk without a loader ends the boot at once instead of waiting for a person.
  ...['-boot', 'strict=on,reboot-timeout=1000'],
  ...['-machine', `${MACHINE[boot.arch]},accel=${boot.accelerator}`],
  ...['-cpu', boot.accelerator === 'tcg' ? 'max' : 'host'],
  ...['-smp', '2', '-m', String(MEMORY_MIB)],
  ...(boot.firmware === undefined ? [] : ['-bios', boot.firmware]),
  ...['-serial', `file:${optionValue(boot.console)}`],
  ...file('system', 'qcow2', boot.system, 'discard=unmap,cache.no-flush=on'),
  ...disk('system', 0),
  ...file('overlay', 'raw', boot.overlay, 'read-only=on'),
  ...disk('overlay', 1),
  ...file('handout', 'raw', boot.handout, 'discard=unmap'),
  ...disk('handout', 2),
  '-blockdev',
  `driver=vvfat,node-name=seed,read-only=on,label=CIDATA,dir=${optionValue(boot.seed)}`,
  ...disk('seed', 3),
  ...['-netdev', 'user,id=net', '-device', 'virtio-net-pci,netdev=net,romfile='],
  ...['-device', 'virtio-rng-pci'],
];
