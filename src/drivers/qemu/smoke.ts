import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Context } from '../../lib/context.ts';
import { AgentvmError } from '../../model/errors.ts';
import type { Arch } from '../../model/machine.ts';
import type { Accelerator } from './arguments.ts';
import { qemuProgram } from './arguments.ts';

/** A working accelerator needs well under a second for this, also on a busy host. */
const LIMIT_MS = 5000;
const SECTOR_BYTES = 512;
/** isa-debug-exit ends QEMU with twice the byte that was written, plus one. */
const X86_VALUE = 0x31;
const X86_EXIT_CODE = X86_VALUE * 2 + 1;

/** `mov dx, 0x501; mov al, 0x31; out dx, al; hlt` and the boot signature. */
const x86Sector = (): Uint8Array => {
  const sector = Buffer.alloc(SECTOR_BYTES);
  sector.set([0xba, 0x01, 0x05, 0xb0, X86_VALUE, 0xee, 0xf4]);
  sector.set([0x55, 0xaa], SECTOR_BYTES - 2);
  return sector;
};

/** `mov w0, #0x84000008` (PSCI SYSTEM_OFF, Arm DEN 0022); `hvc #0`; `b .` */
const armProgram = (): Uint8Array => {
  const words = [0x52b08000, 0x72800100, 0xd4000002, 0x14000000];
  const program = Buffer.alloc(words.length * 4);
  for (const [index, word] of words.entries()) program.writeUInt32LE(word, index * 4);
  return program;
};

/** Boots the smallest program there is under an accelerator. Returns undefined when it ran, otherwise why not. */
export const smokeTest = async (
  context: Context,
  arch: Arch,
  accelerator: Accelerator,
): Promise<string | undefined> => {
  const folder = await mkdtemp(join(tmpdir(), 'agentvm-smoke-'));
  try {
    const image = join(folder, 'smoke');
    await writeFile(image, arch === 'x86_64' ? x86Sector() : armProgram());
    const boot =
      arch === 'x86_64'
        ? [
            ...['-machine', 'q35', '-device', 'isa-debug-exit,iobase=0x501,iosize=1'],
            ...[
              '-blockdev',
              `{"driver":"file","node-name":"d","filename":${JSON.stringify(image)},"read-only":true}`,
            ],
            ...['-device', 'ide-hd,drive=d'],
          ]
        : ['-machine', 'virt,gic-version=max', '-kernel', image];
    const common = ['-nodefaults', '-no-user-config', '-display', 'none', '-no-reboot', '-m', '64M'];
    const result = await context.exec(
      qemuProgram(arch),
      [...common, '-accel', accelerator, '-cpu', accelerator === 'tcg' ? 'max' : 'host', ...boot],
      { accept: 'any', timeoutMs: LIMIT_MS, signal: context.signal },
    );
    const wanted = arch === 'x86_64' ? X86_EXIT_CODE : 0;
    if (result.exitCode === wanted) return undefined;
    return result.stderr.trim().split('\n').at(-1) || `QEMU exited with code ${result.exitCode}`;
  } catch (error) {
    context.signal.throwIfAborted();
    if (!(error instanceof AgentvmError)) throw error;
    if (error.code === 'EXEC_TIMEOUT') return `a guest does not run within ${LIMIT_MS / 1000} s`;
    return error.details.find((line) => line !== '') ?? 'QEMU was ended by a signal';
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
