import { spawn } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Launch } from './bench-machine.ts';
import { run } from './measure.ts';

const DEADLINE_MS = 5 * 60_000;
const BANNER_MS = 1_000;
const PAUSE_MS = 100;

/** A QEMU of the same kernel, initrd and layer as the machine's, with a disk and a network and nothing else. */
export type BareBoot = {
  readonly qemu: string;
  readonly accelerator: string;
  /** Starts it, waits for the first command over SSH, ends it. */
  readonly boot: () => Promise<void>;
  readonly remove: () => Promise<void>;
};

const argumentOf = (command: readonly string[], flag: string): string => {
  const value = command[command.indexOf(flag) + 1];
  if (!command.includes(flag) || value === undefined) throw new Error(`QEMU was started without ${flag}`);
  return value;
};

/** A server that is not up yet lets QEMU's forwarded port accept and stay silent. */
const greets = (port: number): Promise<boolean> =>
  new Promise((done) => {
    const socket = connect({ host: '127.0.0.1', port });
    const end = (answer: boolean): void => {
      socket.destroy();
      done(answer);
    };
    socket.setTimeout(BANNER_MS, () => end(false));
    socket.on('error', () => end(false));
    socket.on('close', () => end(false));
    socket.on('data', (data) => end(data.toString('latin1').startsWith('SSH-')));
  });

/**
 * Takes what it needs out of a machine's folder, which may be deleted afterwards.
 * @param layer the disk that the machine's own is an overlay of.
 */
export const createBareBoot = async (launch: Launch, layer: string, port: number): Promise<BareBoot> => {
  const folder = await mkdtemp(join(tmpdir(), 'agentvm-bare-'));
  const [qemu = ''] = launch.command;
  const initrd = join(folder, 'initrd');
  const key = join(folder, 'key');
  await copyFile(argumentOf(launch.command, '-initrd'), initrd);
  await copyFile(launch.ssh.identityFile, key);
  const same = ['-machine', '-cpu', '-smp', '-m', '-kernel', '-append'].flatMap((flag) => [
    flag,
    argumentOf(launch.command, flag),
  ]);
  const accel = launch.command.includes('-accel') ? ['-accel', argumentOf(launch.command, '-accel')] : [];
  const disk = join(folder, 'disk.qcow2');
  // The seed waits for its shares, so they are there, with nothing in them.
  const shares = join(folder, 'shares');
  for (const { id } of launch.shares) await mkdir(join(shares, id), { recursive: true });
  const args = [
    ...[...same, ...accel, '-initrd', initrd, '-nodefaults', '-display', 'none'],
    ...['-serial', `file:${join(folder, 'console.log')}`],
    ...['-drive', `if=virtio,format=qcow2,file=${disk}`],
    ...['-netdev', `user,id=net,hostfwd=tcp:127.0.0.1:${port}-:22`, '-device', 'virtio-net-pci,netdev=net'],
    ...['-fsdev', `local,id=shares,path=${shares},security_model=none`],
    ...['-device', 'virtio-9p-pci,fsdev=shares,mount_tag=agentvm'],
  ];
  const ssh = ['-F', 'none', '-i', key, '-p', String(port), '-o', 'BatchMode=yes', '-o', 'ConnectTimeout=60'];
  const unpinned = ['-o', 'StrictHostKeyChecking=no', '-o', 'UserKnownHostsFile=/dev/null'];
  return {
    qemu,
    accelerator: /\b(tcg|kvm|hvf)\b/.exec([...accel, ...same].join(' '))?.[1] ?? 'tcg',
    boot: async () => {
      await rm(disk, { force: true });
      await run({
        file: 'qemu-img',
        args: ['create', '-q', '-f', 'qcow2', '-b', layer, '-F', 'qcow2', disk, '10G'],
      });
      const child = spawn(qemu, args, { stdio: ['ignore', 'ignore', 'inherit'] });
      const ended = new Promise<void>((done) => child.on('exit', () => done()));
      const deadline = Date.now() + DEADLINE_MS;
      try {
        while (!(await greets(port))) {
          if (child.exitCode !== null || child.signalCode !== null || Date.now() > deadline) {
            throw new Error(`no SSH; ${await readFile(join(folder, 'console.log'), 'utf8')}`);
          }
          await sleep(PAUSE_MS);
        }
        await run({ file: 'ssh', args: [...ssh, ...unpinned, `${launch.ssh.user}@127.0.0.1`, 'true'] });
      } finally {
        child.kill('SIGKILL');
        await ended;
      }
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
};
