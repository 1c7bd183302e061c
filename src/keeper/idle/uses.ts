import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ProcessIdentity } from '../../lib/process-identity.ts';
import type { Uses } from './judgement.ts';
import { countSessions, cpuMsOf } from './process-tables.ts';

/** What a probe of our own leaves at the master's is gone by then. */
const AGAIN_MS = 200;

const sessionsNow = async (controlPath: string): Promise<number> =>
  countSessions(await readFile('/proc/net/unix', 'utf8'), controlPath);

/** Looks at what uses a running machine. Rejects where that cannot be seen. */
export const readUses = async (of: {
  readonly controlPath: string;
  readonly qemu: ProcessIdentity;
  readonly connections: () => number;
  readonly guestConnections: () => Promise<number>;
}): Promise<Uses> => {
  let sessions = await sessionsNow(of.controlPath);
  if (sessions > 0) {
    await sleep(AGAIN_MS, undefined, { ref: false });
    sessions = Math.min(sessions, await sessionsNow(of.controlPath));
  }
  return {
    sessions,
    connections: of.connections(),
    guestConnections: await of.guestConnections(),
    cpuMs: cpuMsOf(await readFile(`/proc/${of.qemu.pid}/stat`, 'utf8')),
  };
};
