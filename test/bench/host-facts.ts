import { readFile } from 'node:fs/promises';
import { arch, cpus, release, totalmem } from 'node:os';
import { run } from './measure.ts';

/** One line that says what the figures were measured on. */
export const hostFacts = async (qemu: string, accelerator: string): Promise<string> => {
  const osRelease = await readFile('/etc/os-release', 'utf8').catch(() => '');
  const system = /^PRETTY_NAME="?([^"\n]*)/m.exec(osRelease)?.[1] ?? process.platform;
  const [qemuVersion] = /\d+\.\d+\.\d+/.exec(await run({ file: qemu, args: ['--version'] })) ?? ['?'];
  return [
    `${cpus().length} × ${cpus()[0]?.model.trim() ?? arch()}`,
    `${Math.round(totalmem() / 2 ** 30)} GiB`,
    `${system}, Linux ${release()}`,
    `Node ${process.versions.node}`,
    `QEMU ${qemuVersion} (${accelerator})`,
  ].join(' · ');
};
