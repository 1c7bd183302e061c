import { open } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { Context } from '../lib/context.ts';
import { AgentvmError, ExitCode } from '../model/errors.ts';
import type { SshTarget } from '../model/guest.ts';
import { lastLines } from './failure.ts';
import { SSH, SSH_HINT, sshCommand } from './ssh.ts';

/** Under software emulation on a busy host an untrimmed system takes 90 s to its SSH server. */
const DEADLINE_MS = 300_000;
const PAUSE_MS = 250;
const ATTEMPT_TIMEOUT_S = 20;
const CONSOLE_TAIL_BYTES = 16 * 1024;
const CONSOLE_LINES = 30;

export type ReadinessRequest = {
  readonly name: string;
  /** How to reach the guest; undefined while it has no address. */
  readonly connect: () => Promise<SshTarget | undefined>;
  readonly consoleLog?: string | undefined;
  readonly deadlineMs?: number;
};

/** The end of a console log as lines fit to be shown; empty if there is no log. */
export const consoleTail = async (path: string): Promise<readonly string[]> => {
  try {
    const handle = await open(path, 'r');
    try {
      const { size } = await handle.stat();
      const start = Math.max(0, size - CONSOLE_TAIL_BYTES);
      const buffer = Buffer.alloc(Math.min(size, CONSOLE_TAIL_BYTES));
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, start);
      return lastLines(buffer.subarray(0, bytesRead).toString('utf8'), CONSOLE_LINES);
    } finally {
      await handle.close();
    }
  } catch {
    return [];
  }
};

/**
 * Returns when a program has run in the guest.
 * @throws AgentvmError GUEST_NOT_READY (exit 7) with the end of the console log when the deadline has passed; an
 * abort rethrows the signal's reason.
 */
export const waitUntilReady = async (context: Context, request: ReadinessRequest): Promise<void> => {
  const deadlineMs = request.deadlineMs ?? DEADLINE_MS;
  const startMs = context.clock.now().getTime();
  let last = 'it has no address yet';
  for (;;) {
    const leftMs = deadlineMs - (context.clock.now().getTime() - startMs);
    if (leftMs <= 0) break;
    const target = await request.connect();
    if (target !== undefined) {
      const timeoutS = Math.max(1, Math.min(ATTEMPT_TIMEOUT_S, Math.ceil(leftMs / 1000)));
      const result = await context.exec(
        SSH,
        sshCommand(target, ['true'], { terminal: false, connectTimeoutS: timeoutS }),
        { accept: 'any', signal: context.signal, hint: SSH_HINT },
      );
      if (result.exitCode === 0) return;
      last = lastLines(result.stderr, 1)[0] ?? `ssh exited with code ${result.exitCode}`;
    }
    await delay(PAUSE_MS, undefined, { signal: context.signal });
  }
  throw new AgentvmError({
    code: 'GUEST_NOT_READY',
    message: `The machine '${request.name}' did not answer over SSH within ${Math.round(deadlineMs / 1000)} s: ${last}`,
    exitCode: ExitCode.applyFailed,
    hint: 'Its console may say why: `agentvm logs --console`. Then try again: `agentvm restart`.',
    details: request.consoleLog === undefined ? [] : await consoleTail(request.consoleLog),
  });
};
