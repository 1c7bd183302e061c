import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type CpioEntry, encodeCpio } from '../../src/lib/cpio.ts';
import { exec } from '../../src/lib/exec.ts';
import type { Layer } from '../../src/model/layer.ts';

export type BootedLayer = {
  /** Runs a shell text in the guest as its user and gives what it printed; throws for an exit code other than 0. */
  readonly run: (script: string) => Promise<string>;
};

const DEADLINE_MS = 5 * 60_000;

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};

const makeKey = (folder: string, name: string): string => {
  const path = join(folder, name);
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', name, '-f', path]);
  return path;
};

const seedOf = async (folder: string, key: string): Promise<Buffer> => {
  const hostKey = makeKey(folder, 'host-key');
  const files: Readonly<Record<string, Uint8Array>> = {
    hostname: Buffer.from('layer-test\n'),
    user: Buffer.from('tester 4321 4321 /home/tester /bin/bash\n'),
    timezone: Buffer.from('Europe/Zurich\n'),
    locale: Buffer.from('de_CH.UTF-8\n'),
    environment: Buffer.from('http_proxy=http://proxy.example:3128\n'),
    authorized_keys: await readFile(`${key}.pub`),
    ssh_host_ed25519_key: await readFile(hostKey),
    'ssh_host_ed25519_key.pub': await readFile(`${hostKey}.pub`),
  };
  return encodeCpio([
    { kind: 'folder', path: 'agentvm', mode: 0o755 },
    { kind: 'folder', path: 'agentvm/seed', mode: 0o700 },
    ...Object.entries(files).map(
      ([name, content]): CpioEntry => ({ kind: 'file', path: `agentvm/seed/${name}`, mode: 0o600, content }),
    ),
  ]);
};

/** Boots a layer without any driver, by a bare QEMU under software emulation, until its guest answers over SSH. */
export const bootLayer = async (layer: Layer, folder: string): Promise<BootedLayer> => {
  const key = makeKey(folder, 'key');
  const disk = join(folder, 'disk.qcow2');
  const console = join(folder, 'console.log');
  const initrd = join(folder, 'initrd');
  execFileSync('qemu-img', ['create', '-q', '-f', 'qcow2', '-b', layer.disk, '-F', 'qcow2', disk, '12G']);
  await writeFile(initrd, Buffer.concat([await readFile(layer.initrd), await seedOf(folder, key)]));
  const port = await freePort();
  const qemu = spawn('qemu-system-x86_64', [
    ...['-M', 'q35,accel=tcg', '-cpu', 'max', '-smp', '2', '-m', '1024', '-nodefaults', '-display', 'none'],
    ...['-no-reboot', '-serial', `file:${console}`, '-kernel', layer.kernel, '-initrd', initrd],
    ...['-append', `${layer.kernelArgs} console=ttyS0`, '-drive', `if=virtio,format=qcow2,file=${disk}`],
    ...['-nic', `user,model=virtio-net-pci,hostfwd=tcp:127.0.0.1:${port}-:22`, '-device', 'virtio-rng-pci'],
  ]);
  onTestFinished(() => {
    qemu.kill('SIGKILL');
  });
  const options = [
    'BatchMode=yes',
    'StrictHostKeyChecking=no',
    'UserKnownHostsFile=/dev/null',
    'LogLevel=ERROR',
  ];
  const ssh = ['-i', key, '-p', String(port), ...options.flatMap((option) => ['-o', option])];
  const run = async (script: string): Promise<string> =>
    (await exec('ssh', [...ssh, 'tester@127.0.0.1', script], { timeoutMs: DEADLINE_MS })).stdout;
  const deadline = Date.now() + DEADLINE_MS;
  for (;;) {
    try {
      await run('true');
      return { run };
    } catch (error) {
      if (Date.now() > deadline || qemu.exitCode !== null) {
        throw new Error(`the layer did not boot:\n${(await readFile(console, 'utf8')).slice(-4000)}`, {
          cause: error,
        });
      }
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
};
