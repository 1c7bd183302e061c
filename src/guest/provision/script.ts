import { basename } from 'node:path';
import { sha256 } from '../../lib/hash.ts';
import type { Guest } from '../../model/guest.ts';
import { guestFailure } from '../failure.ts';

/** Folder in the guest with one file a script that ran to its end: the digest of what ran. */
export const SCRIPT_MARKS = '/var/lib/agentvm/scripts';

const MARK_DIGITS = 16;

/** Name of a script's mark in that folder. */
export const scriptMark = (name: string): string => sha256(name).slice(0, MARK_DIGITS);

/** A folder of root's own, so that nobody else can change the script between its writing and its start. */
const RUN = `set -eu
cwd=$1
umask 077
folder=$(mktemp -d /tmp/agentvm-script.XXXXXXXX)
trap 'rm -rf "$folder"' EXIT
trap 'exit 143' TERM INT HUP
cat >"$folder/$2"
chmod 700 "$folder/$2"
umask 022
[ ! -r /etc/agentvm/env ] || . /etc/agentvm/env
cd "$cwd"
set +e
"$folder/$2" </dev/null
status=$?
if [ "$status" = 0 ] && [ -d /etc/agentvm ]; then
  mkdir -p ${SCRIPT_MARKS} && echo "$4" >"${SCRIPT_MARKS}/$3.new" && mv -f "${SCRIPT_MARKS}/$3.new" "${SCRIPT_MARKS}/$3"
  sync -f ${SCRIPT_MARKS}
fi
exit "$status"`;

export type GuestScript = {
  /** Path in the project, for people. */
  readonly name: string;
  readonly content: Uint8Array;
  /** A folder in the guest. */
  readonly cwd: string;
};

/**
 * Runs a script of the project as root.
 * @throws AgentvmError SCRIPT_FAILED (exit 7) with its name, exit code and last lines.
 */
export const runScript = async (
  guest: Guest,
  script: GuestScript,
  options: { readonly signal?: AbortSignal; readonly onLine?: (line: string) => void } = {},
): Promise<void> => {
  const file = basename(script.name).replace(/[^A-Za-z0-9._-]/g, '_');
  const marks = [scriptMark(script.name), sha256(script.content)];
  const result = await guest.exec(['sh', '-c', RUN, 'sh', script.cwd, `script-${file}`, ...marks], {
    as: 'root',
    stdin: script.content,
    ...options,
  });
  if (result.exitCode === 0) return;
  throw guestFailure({
    code: 'SCRIPT_FAILED',
    message: `The script ${script.name} exited with code ${result.exitCode} in the machine`,
    hint: 'Mend the script and apply again; it runs from its beginning.',
    result,
  });
};
