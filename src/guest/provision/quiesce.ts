import type { Context } from '../../lib/context.ts';
import type { Guest } from '../../model/guest.ts';

/** A snapshot takes some 10 ms; the rest is for a host that is busy. */
const LONGEST_STILL_S = 10;
const FREEZE_TIMEOUT_MS = 20_000;
/** After the first word of the guest's: how long its own end may take. */
const END_TIMEOUT_MS = 60_000;
const STILL = 'still';

/**
 * Holds the root file system still until its input ends. Whatever becomes of this program, of its connection and of the
 * host, the file system goes on: a watcher in a session of its own lets it go again and again, also where the freeze
 * itself took longer than it may.
 */
const SCRIPT = `set -u
limit=$1
setsid sh -c 'n=0; while [ $n -lt 6 ] && sleep "$1"; do fsfreeze -u /; n=$((n + 1)); done' sh "$limit" </dev/null >/dev/null 2>&1 &
watcher=$!
trap : HUP INT TERM
sync -f /
if fsfreeze -f /; then
  echo ${STILL}
  timeout "$limit" cat >/dev/null
  fsfreeze -u /
fi
kill "$watcher"`;

/** An input that says nothing and ends when it is told to. */
const openInput = () => {
  let end = (): void => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const input = async function* (): AsyncGenerator<string> {
    await ended;
    yield '';
  };
  return { input: input(), end };
};

/**
 * Does work on the host while the guest's root file system holds still, and for no longer than some seconds. Where it
 * cannot hold still the work is done all the same: a journaling file system survives that as it survives a power cut.
 */
export const quiesce = async <T>(context: Context, guest: Guest, work: () => Promise<T>): Promise<T> => {
  const { input, end } = openInput();
  let tell = (): void => {};
  const told = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const timer = setTimeout(tell, FREEZE_TIMEOUT_MS);
  const holding = guest
    .exec(['sh', '-c', SCRIPT, 'sh', String(LONGEST_STILL_S)], {
      as: 'root',
      stdin: input,
      timeoutMs: END_TIMEOUT_MS,
      onLine: (line) => {
        if (line.trim() === STILL) tell();
      },
    })
    .catch(() => undefined);
  try {
    await Promise.race([told, holding]);
    context.signal.throwIfAborted();
    return await work();
  } finally {
    clearTimeout(timer);
    end();
    await holding;
  }
};
