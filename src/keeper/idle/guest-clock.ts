import type { Context } from '../../lib/context.ts';
import type { SshTarget } from '../../model/guest.ts';
import { sshArguments } from '../../model/ssh-options.ts';

const TIMEOUT_MS = 15_000;

/** Sets the guest's clock, which stood still with its processors, over the master connection. Rejects where it could not. */
export const setGuestClock = async (context: Context, target: SshTarget): Promise<void> => {
  const nowMs = context.clock.now().getTime();
  // Not every `date` reads fractions. The numbers are ours, the words constant; what it prints is not read.
  const set = `date -u -s @${(nowMs / 1000).toFixed(3)} || date -u -s @${Math.round(nowMs / 1000)}`;
  const sudo = target.user === 'root' ? '' : 'sudo -n -- ';
  await context.exec(
    'ssh',
    [
      ...sshArguments(target),
      ...['-o', 'ControlMaster=no', '-o', 'ConnectTimeout=10', '-T', '--', target.host],
      `exec ${sudo}sh -c '${set}' >/dev/null 2>&1`,
    ],
    { timeoutMs: TIMEOUT_MS, signal: context.signal },
  );
};
