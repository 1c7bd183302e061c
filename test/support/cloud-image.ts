import { execFileSync } from 'node:child_process';
import { readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { takeDebs } from '../../src/images/deb-cache.ts';
import { chooseBuildMode } from '../../src/images/debian-tree.ts';
import { makeFileSystem } from '../../src/images/disk-image.ts';
import { readHostApt } from '../../src/images/host-apt.ts';
import { buildInitrd, readBootModules } from '../../src/images/initrd.ts';
import { withSystemPath } from '../../src/images/system-path.ts';
import type { Context } from '../../src/lib/context.ts';
import type { ImageBuild } from '../../src/model/image-catalogue.generated.ts';

const BUILD: ImageBuild = { tool: 'mmdebstrap', suite: 'bookworm', components: ['main'], packages: [] };

/** What a published cloud image has, and most of what our layers add, so that the boot installs little. */
const PACKAGES = [
  ...[
    'busybox-static',
    'ca-certificates',
    'cloud-init',
    'curl',
    'dbus',
    'e2fsprogs',
    'file',
    'git',
    'iproute2',
  ],
  ...[
    'iputils-ping',
    'kmod',
    'less',
    'linux-image-amd64',
    'netbase',
    'netplan.io',
    'openssh-server',
    'procps',
  ],
  ...['python3', 'ripgrep', 'sudo', 'systemd-sysv', 'tzdata', 'udev', 'unzip', 'xz-utils'],
];

/** Left out of packages to build faster. */
const EXCLUDED = ['doc', 'man', 'locale'].map((name) => `--dpkgopt=path-exclude=/usr/share/${name}/*`);
const DRIVERS = ['drivers/gpu', 'drivers/media', 'drivers/net/ethernet', 'drivers/net/wireless', 'sound'];

const SECTOR = 512;
const FIRST_SECTOR = 2048;
const BOOT_SECTORS = 131_072;
const ROOT_SECTOR = FIRST_SECTOR + BOOT_SECTORS;

const BOOT_RECORD = '/usr/lib/SYSLINUX/mbr.bin';

const LOADER = `DEFAULT linux
LABEL linux
  KERNEL vmlinuz
  INITRD initrd.img
  APPEND root=/dev/vda2 rw console=ttyS0
`;

/** A master boot record: the loader's code and two partitions (OSDev wiki, "MBR (x86)": 16 bytes each from 446). */
const masterBootRecord = (code: Buffer, rootSectors: number): Buffer => {
  const sector = Buffer.alloc(SECTOR);
  code.copy(sector, 0, 0, 440);
  const partition = (at: number, active: boolean, type: number, start: number, sectors: number): void => {
    sector.set([active ? 0x80 : 0, 0xfe, 0xff, 0xff, type, 0xfe, 0xff, 0xff], at);
    sector.writeUInt32LE(start, at + 8);
    sector.writeUInt32LE(sectors, at + 12);
  };
  partition(446, true, 0x0c, FIRST_SECTOR, BOOT_SECTORS);
  partition(462, false, 0x83, ROOT_SECTOR, rootSectors);
  sector.set([0x55, 0xaa], 510);
  return sector;
};

const buildTree = async (context: Context, folder: string): Promise<string> => {
  const archive = join(folder, 'cloud.tar');
  const debs = await takeDebs(context, BUILD, folder);
  const archives = '/var/cache/apt/archives';
  const { sources } = await readHostApt(context, BUILD);
  const mode = await chooseBuildMode(context);
  const options = [
    `--mode=${mode}`,
    '--variant=apt',
    '--format=tar',
    '--skip=essential/unlink,cleanup/apt/cache',
  ];
  const hooks = [
    `--setup-hook=mkdir -p "$1"${archives}`,
    `--setup-hook=sync-in ${debs.folder} ${archives}`,
    `--customize-hook=rm -rf "$1"${archives}/*.deb "$1"/etc/machine-id`,
    '--customize-hook=: > "$1"/etc/machine-id',
    '--customize-hook=chroot "$1" systemctl enable systemd-networkd',
  ];
  const excluded = [
    ...EXCLUDED,
    ...DRIVERS.map((name) => `--dpkgopt=path-exclude=/lib/modules/*/kernel/${name}/*`),
  ];
  await context.exec(
    'mmdebstrap',
    [...options, ...excluded, `--include=${PACKAGES.join(',')}`, ...hooks, 'bookworm', archive, ...sources],
    { env: { INITRD: 'No' } },
  );
  return archive;
};

/**
 * Makes a file that is like a published cloud image: partitions, a boot loader (SYSLINUX), a kernel inside, cloud-init,
 * no login. Needs mmdebstrap, syslinux, mtools and dosfstools.
 */
export const makeCloudImage = async (context: Context, folder: string): Promise<string> => {
  const env = { ...process.env, ...withSystemPath(process.env) };
  const run = (file: string, ...args: string[]) =>
    execFileSync(file, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const root = join(folder, 'root.img');
  const archive = await buildTree(context, folder);
  const mode = await chooseBuildMode(context);
  const tree = await makeFileSystem(context, { archive, mode, folder, image: root });
  const { release, modules } = await readBootModules(join(tree, 'usr/lib/modules'));
  const busybox = await readFile(join(tree, 'usr/bin/busybox'));
  const init = await readFile('manifests/base/init');
  const initrd = join(folder, 'initrd.img');
  await writeFile(initrd, await buildInitrd({ busybox, init, modules }));
  const loader = join(folder, 'syslinux.cfg');
  await writeFile(loader, LOADER);
  const boot = join(folder, 'boot.img');
  run('mkfs.vfat', '-C', boot, String((BOOT_SECTORS * SECTOR) / 1024));
  run('mcopy', '-i', boot, join(tree, `boot/vmlinuz-${release}`), '::vmlinuz');
  run('mcopy', '-i', boot, initrd, loader, '::');
  run('syslinux', '--install', boot);

  const disk = join(folder, 'disk.raw');
  const { size: rootBytes } = await stat(root);
  await writeFile(disk, masterBootRecord(await readFile(BOOT_RECORD), rootBytes / SECTOR));
  await truncate(disk, ROOT_SECTOR * SECTOR + rootBytes);
  const mebibytes = (sectors: number): string => String((sectors * SECTOR) / 1024 ** 2);
  run('dd', `if=${boot}`, `of=${disk}`, 'bs=1M', `seek=${mebibytes(FIRST_SECTOR)}`, 'conv=notrunc,sparse');
  run('dd', `if=${root}`, `of=${disk}`, 'bs=1M', `seek=${mebibytes(ROOT_SECTOR)}`, 'conv=notrunc,sparse');
  const image = join(folder, 'cloud-image.qcow2');
  run('qemu-img', 'convert', '-O', 'qcow2', disk, image);
  return image;
};
