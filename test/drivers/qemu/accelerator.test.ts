import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type AcceleratorHost, chooseAccelerator } from '../../../src/drivers/qemu/accelerator.ts';
import { exec } from '../../../src/lib/exec.ts';
import { testContext } from '../../support/context.ts';
import { tempFolder } from '../../support/temp-folder.ts';

/** A host whose qemu-system-x86_64 prints `version`, and a context on it. */
const hostWith = async (version: string, outcome: string | undefined) => {
  const root = await tempFolder();
  await mkdir(join(root, 'bin'));
  const program = join(root, 'bin', 'qemu-system-x86_64');
  await writeFile(program, `#!/bin/sh\necho "${version}"\n`);
  await chmod(program, 0o755);
  const env = { PATH: `${join(root, 'bin')}:${process.env.PATH}` };
  const device = join(root, 'kvm');
  await writeFile(device, '');
  const tries: string[] = [];
  const host: AcceleratorHost = {
    platform: 'linux',
    arch: 'x64',
    kernelRelease: '6.1.0',
    kvmDevice: device,
    smokeTest: async (_context, arch, accelerator) => {
      tries.push(`${arch} ${accelerator}`);
      return outcome;
    },
  };
  const context = testContext(root, {
    exec: (file, args, options) => exec(file, args, { ...options, env: { ...options?.env, ...env } }),
  });
  return { context, host, tries, program };
};

test('kvm is taken after a test boot, which is done once', async () => {
  const { context, host, tries } = await hostWith('QEMU 9', undefined);
  const first = await chooseAccelerator(context, 'x86_64', host);
  expect(first).toEqual({ accelerator: 'kvm', why: 'a test boot under it succeeded' });
  expect(await chooseAccelerator(context, 'x86_64', host)).toEqual(first);
  expect(tries).toEqual(['x86_64 kvm']);
});

test('a kvm under which guests hang is not taken, and not tried again', async () => {
  const { context, host, tries } = await hostWith('QEMU 9', 'a guest does not run within 5 s');
  for (let time = 0; time < 2; time++) {
    expect(await chooseAccelerator(context, 'x86_64', host)).toEqual({
      accelerator: 'tcg',
      why: 'kvm is there, but a guest does not run within 5 s',
    });
  }
  expect(tries).toHaveLength(1);
});

test('another kernel or another QEMU is tried anew', async () => {
  const { context, host, tries, program } = await hostWith('QEMU 9', 'no');
  await chooseAccelerator(context, 'x86_64', host);
  await chooseAccelerator(context, 'x86_64', { ...host, kernelRelease: '6.2.0' });
  expect(tries).toHaveLength(2);
  await writeFile(program, '#!/bin/sh\necho "QEMU 10"\n');
  await chooseAccelerator(context, 'x86_64', host);
  expect(tries).toHaveLength(3);
});

test('nothing is booted without a device, or for another architecture', async () => {
  const { context, host, tries } = await hostWith('QEMU 9', undefined);
  expect(await chooseAccelerator(context, 'x86_64', { ...host, kvmDevice: '/nowhere/kvm' })).toEqual({
    accelerator: 'tcg',
    why: 'there is no /nowhere/kvm',
  });
  expect(await chooseAccelerator(context, 'x86_64', { ...host, arch: 'arm64' })).toEqual({
    accelerator: 'tcg',
    why: 'this host is no x86_64 machine',
  });
  expect(tries).toEqual([]);
});

test('a missing QEMU is named with the way to get it', async () => {
  const root = await tempFolder();
  const context = testContext(root, {
    exec: (file, args, options) => exec(file, args, { ...options, env: { PATH: root } }),
  });
  await expect(chooseAccelerator(context, 'x86_64')).rejects.toMatchObject({
    code: 'EXEC_NOT_FOUND',
    message: "The program 'qemu-system-x86_64' was not found",
    hint: expect.stringMatching(/^Install QEMU: /),
  });
});
