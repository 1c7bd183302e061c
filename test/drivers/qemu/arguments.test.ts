import { expect, test } from 'vitest';
import { type QemuSettings, qemuArguments, qemuProgram } from '../../../src/drivers/qemu/arguments.ts';
import type { MachineId } from '../../../src/model/machine.ts';

const settings: QemuSettings = {
  id: '2f0c7a5e-3a53-4be1-9d52-0a8cf1c8f1d2' as MachineId,
  name: 'my-app',
  arch: 'x86_64',
  accelerator: 'tcg',
  sandbox: true,
  cpus: 4,
  memoryMiB: 8192,
  disk: '/state/m/root.1.qcow2',
  kernel: '/data/l/kernel',
  initrd: '/state/m/initrd',
  kernelArgs: 'root=/dev/vda rw quiet',
  mac: '52:54:00:01:02:03',
  wall: 'none',
  consoleLog: '/state/m/console.log',
  qmpSocket: '/state/r/1/q',
  exports: [{ tag: 'agentvm', path: '/state/m/cage/export', readOnly: false }],
};

/** One line an option, as people write them. */
const shown = (given: QemuSettings): string =>
  [qemuProgram(given.arch), ...qemuArguments(given)].join(' ').replaceAll(/ -(?=[a-z])/g, '\n-');

test('emulated x86_64 on Linux', () => {
  expect(shown(settings)).toMatchInlineSnapshot(`
    "qemu-system-x86_64
    -nodefaults
    -no-user-config
    -display none
    -name agentvm my-app
    -uuid 2f0c7a5e-3a53-4be1-9d52-0a8cf1c8f1d2
    -machine q35
    -accel tcg
    -cpu max
    -smp 4
    -m 8192M
    -kernel /data/l/kernel
    -initrd /state/m/initrd
    -append root=/dev/vda rw quiet systemd.show_status=true console=ttyS0
    -blockdev {"driver":"qcow2","node-name":"root","discard":"unmap","file":{"driver":"file","filename":"/state/m/root.1.qcow2","discard":"unmap"}}
    -device virtio-blk-pci,drive=root
    -netdev user,id=net,hostfwd=tcp:127.0.0.1:0-:22
    -device virtio-net-pci,netdev=net,mac=52:54:00:01:02:03
    -device virtio-rng-pci
    -chardev file,id=console,append=on,path=/state/m/console.log
    -serial chardev:console
    -chardev socket,id=qmp,server=on,wait=off,path=/state/r/1/q
    -mon chardev=qmp,mode=control
    -fsdev local,id=share0,path=/state/m/cage/export,security_model=none,multidevs=remap
    -device virtio-9p-pci,fsdev=share0,mount_tag=agentvm
    -sandbox on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny"
  `);
});

test('aarch64 under hvf on macOS, each share exported by itself', () => {
  expect(
    shown({
      ...settings,
      arch: 'aarch64',
      accelerator: 'hvf',
      sandbox: false,
      exports: [
        { tag: 'agentvm-workspace', path: '/Users/ann/app', readOnly: false },
        { tag: 'agentvm-packages', path: '/Users/ann/.local/share/agentvm/agents', readOnly: true },
      ],
    }),
  ).toMatchInlineSnapshot(`
    "qemu-system-aarch64
    -nodefaults
    -no-user-config
    -display none
    -name agentvm my-app
    -uuid 2f0c7a5e-3a53-4be1-9d52-0a8cf1c8f1d2
    -machine virt,gic-version=max
    -accel hvf
    -cpu host
    -smp 4
    -m 8192M
    -kernel /data/l/kernel
    -initrd /state/m/initrd
    -append root=/dev/vda rw quiet systemd.show_status=true console=ttyAMA0
    -blockdev {"driver":"qcow2","node-name":"root","discard":"unmap","file":{"driver":"file","filename":"/state/m/root.1.qcow2","discard":"unmap"}}
    -device virtio-blk-pci,drive=root
    -netdev user,id=net,hostfwd=tcp:127.0.0.1:0-:22
    -device virtio-net-pci,netdev=net,mac=52:54:00:01:02:03
    -device virtio-rng-pci
    -chardev file,id=console,append=on,path=/state/m/console.log
    -serial chardev:console
    -chardev socket,id=qmp,server=on,wait=off,path=/state/r/1/q
    -mon chardev=qmp,mode=control
    -fsdev local,id=share0,path=/Users/ann/app,security_model=none,multidevs=remap
    -device virtio-9p-pci,fsdev=share0,mount_tag=agentvm-workspace
    -fsdev local,id=share1,path=/Users/ann/.local/share/agentvm/agents,security_model=none,multidevs=remap,readonly=on
    -device virtio-9p-pci,fsdev=share1,mount_tag=agentvm-packages"
  `);
});

test('kvm differs from emulation in accelerator and CPU only', () => {
  const emulated = qemuArguments(settings);
  const accelerated = qemuArguments({ ...settings, accelerator: 'kvm' });
  expect(accelerated.filter((word, index) => word !== emulated[index])).toEqual(['kvm', 'host']);
});

test('a comma or a quote in a path stays part of the path', () => {
  const words = qemuArguments({
    ...settings,
    disk: '/a,b/"c"/root.1.qcow2',
    consoleLog: '/a,b/console.log',
    exports: [{ tag: 'agentvm', path: '/a,readonly=on', readOnly: false }],
  });
  expect(words.filter((word) => word.includes('/a'))).toMatchInlineSnapshot(`
    [
      "{"driver":"qcow2","node-name":"root","discard":"unmap","file":{"driver":"file","filename":"/a,b/\\"c\\"/root.1.qcow2","discard":"unmap"}}",
      "file,id=console,append=on,path=/a,,b/console.log",
      "local,id=share0,path=/a,,readonly=on,security_model=none,multidevs=remap",
    ]
  `);
});
