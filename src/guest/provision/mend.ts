import { quotePosix } from '../../lib/quote.ts';
import type { Guest, GuestFile } from '../../model/guest.ts';
import { guestFailure } from '../failure.ts';

/** Another authority makes an emulated guest of a busy host go through all of its list anew: measured, four minutes. */
const TIMEOUT_MS = 600_000;

/** A file is written beside its place and moved there, so that a link in its place is replaced and not followed. */
const PRELUDE = `set -eu
umask 022
put() {
  path=$1 mode=$2
  mkdir -p "\${path%/*}"
  new=$(mktemp "$path.XXXXXXXX")
  cat >"$new"
  chmod "$mode" "$new"
  [ ! -d "$path" ] || [ -L "$path" ] || rm -rf "$path"
  mv -fT "$new" "$path"
}
`;

const fileLine = ({ path, content, isExecutable }: GuestFile): string =>
  `printf '%s' ${quotePosix(content)} | put ${quotePosix(path)} ${isExecutable ? '755' : '644'}\n`;

const SEED = '/usr/local/lib/agentvm/seed';

/** What is no plain file in the place of one that the seed program writes would swallow the text. */
const seedLines = (seed: Readonly<Record<string, string>>, places: readonly string[]): string => {
  const entries = Object.entries(seed);
  if (entries.length === 0) return '';
  const files = entries.map(
    ([name, content]) => `printf '%s' ${quotePosix(content)} >"$seed"/${quotePosix(name)}\n`,
  );
  return `for path in ${places.map(quotePosix).join(' ')}; do
  if [ -L "$path" ] || { [ -e "$path" ] && [ ! -f "$path" ]; }; then rm -rf "$path"; fi
done
seed=$(mktemp -d /run/agentvm-mend.XXXXXXXX)
trap 'rm -rf "$seed"' EXIT
trap 'exit 143' TERM INT HUP
mkdir "$seed/ca"
${files.join('')}${SEED} "$seed"
`;
};

const ROUTE_WAIT_S = 20;

const NETWORK = `systemctl restart systemd-networkd
tries=0
until grep -q '^[^	]*	00000000	' /proc/net/route; do
  [ $tries -lt ${ROUTE_WAIT_S} ] || { echo 'there is still no default route' >&2; exit 1; }
  sleep 1
  tries=$((tries + 1))
done
`;

export type MendWork = {
  readonly files: readonly GuestFile[];
  /** Files of the seed; none where nothing of it is to be done again. */
  readonly seed: Readonly<Record<string, string>>;
  /** Where the seed's files come to lie in the guest. */
  readonly places: readonly string[];
  readonly network: boolean;
};

/**
 * Writes files, does with a seed what a boot does with it, and opens the way out. `guest` is its root, reached without
 * sudo, which may be what is to be mended. Contents travel on standard input, never in arguments.
 * @throws AgentvmError GUEST_NOT_MENDED (exit 7).
 */
export const mendGuest = async (guest: Guest, work: MendWork): Promise<void> => {
  const script = [
    PRELUDE,
    ...work.files.map(fileLine),
    seedLines(work.seed, work.places),
    work.network ? NETWORK : '',
    'sync -f /etc\nexit 0\n',
  ].join('');
  const result = await guest.exec(['sh', '-s'], { stdin: script, timeoutMs: TIMEOUT_MS });
  if (result.exitCode === 0) return;
  throw guestFailure({
    code: 'GUEST_NOT_MENDED',
    message: 'What agentvm keeps in the machine could not be made again',
    hint: 'A restart makes it anew: agentvm restart. If that does not: agentvm shell.',
    result,
  });
};
