import { open } from 'node:fs/promises';

/** Says when the guest's SSH server is worth a try while the guest boots. */
export type ProbePace = { readonly isDue: () => Promise<boolean> };

/** A system whose console does not tell of its units is tried when the console has been still for this long. */
const STILL_MS = 10_000;
const TAIL_BYTES = 16 * 1024;
/** What systemd, OpenRC and sysvinit print when the server starts. */
const SERVER_STARTED = /\bsshd?\.service\b|OpenBSD Secure Shell|OpenSSH|Starting sshd/;

type Tail = { readonly size: number; readonly text: string };

const readConsoleTail = async (path: string): Promise<Tail> => {
  const handle = await open(path, 'r').catch(() => undefined);
  if (handle === undefined) return { size: 0, text: '' };
  try {
    const { size } = await handle.stat();
    const buffer = Buffer.alloc(Math.min(size, TAIL_BYTES));
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, size - buffer.length);
    return { size, text: buffer.toString('latin1', 0, bytesRead) };
  } finally {
    await handle.close();
  }
};

/**
 * A try that comes before the server listens is kept by QEMU's user network and delivered when it does, and then
 * costs an emulated guest the better part of a second each. So the console, which is the guest's word and only a
 * hint, says when to begin.
 * @param isUp whether the guest may have been up for long, so that it is tried at once.
 */
export const createProbePace = (consolePath: string, nowMs: () => number, isUp: boolean): ProbePace => {
  let hasStarted = isUp;
  let size = 0;
  let stillSinceMs = nowMs();
  return {
    isDue: async () => {
      if (hasStarted) return true;
      const tail = await readConsoleTail(consolePath);
      if (tail.size !== size) stillSinceMs = nowMs();
      size = tail.size;
      hasStarted = SERVER_STARTED.test(tail.text);
      if (hasStarted) return true;
      if (nowMs() - stillSinceMs < STILL_MS) return false;
      stillSinceMs = nowMs();
      return true;
    },
  };
};
