import { expect, test } from 'vitest';
import { preparationArguments } from '../../src/images/preparation-boot.ts';

const BOOT = {
  system: '/w/system,1.qcow2',
  overlay: '/w/overlay.tar',
  handout: '/w/handout.raw',
  seed: '/w/seed',
  console: '/w/console.log',
};

const show = (args: readonly string[]): string => args.join(' ').replaceAll(' -', '\n-');

test('x86_64 boots by the BIOS', () => {
  expect(show(preparationArguments({ ...BOOT, arch: 'x86_64', accelerator: 'tcg' }))).toMatchInlineSnapshot(`
    "-no-user-config
    -nodefaults
    -display none
    -no-reboot
    -boot strict=on,reboot-timeout=1000
    -machine q35,accel=tcg
    -cpu max
    -smp 2
    -m 1024
    -serial file:/w/console.log
    -blockdev driver=qcow2,node-name=system,discard=unmap,cache.no-flush=on,file.driver=file,file.filename=/w/system,,1.qcow2
    -device virtio-blk-pci,drive=system,serial=agentvm-system,bootindex=0
    -blockdev driver=raw,node-name=overlay,read-only=on,file.driver=file,file.filename=/w/overlay.tar
    -device virtio-blk-pci,drive=overlay,serial=agentvm-overlay,bootindex=1
    -blockdev driver=raw,node-name=handout,discard=unmap,file.driver=file,file.filename=/w/handout.raw
    -device virtio-blk-pci,drive=handout,serial=agentvm-handout,bootindex=2
    -blockdev driver=vvfat,node-name=seed,read-only=on,label=CIDATA,dir=/w/seed
    -device virtio-blk-pci,drive=seed,serial=agentvm-seed,bootindex=3
    -netdev user,id=net
    -device virtio-net-pci,netdev=net,romfile=
    -device virtio-rng-pci"
  `);
});

test('aarch64 boots by UEFI, under hvf with the processor of the host', () => {
  const args = show(
    preparationArguments({ ...BOOT, arch: 'aarch64', accelerator: 'hvf', firmware: 'edk2-aarch64-code.fd' }),
  );
  expect(args.split('\n').filter((line) => /^-(machine|cpu|bios) /.test(line))).toEqual([
    '-machine virt,accel=hvf',
    '-cpu host',
    '-bios edk2-aarch64-code.fd',
  ]);
});
