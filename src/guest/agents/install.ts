import type { AgentDefinition } from '../../model/agent-definition.generated.ts';
import { PACKAGES_SHARE } from '../../model/agent-places.ts';
import type { Guest, GuestExecOptions } from '../../model/guest.ts';
import { guestFailure } from '../failure.ts';
import { agentBinary, agentsFolder } from './command.ts';
import { STAMP, STAMP_FUNCTION } from './stamp.ts';

const TIMEOUT_MS = 20 * 60_000;
const AGENTS = '/opt/agentvm/agents';
const STAMP_LINE_CHARACTERS = 200;
const LINKS = '/usr/local/bin';

/**
 * Copies the package beside the old version, lets the named packages' scripts run there, then switches over. A copy that
 * is there is taken as it is, unless its stamp is known and another one. What is called done survives a power cut.
 * Prints the stamp last.
 */
const INSTALL = `set -eu
${STAMP_FUNCTION}
source=$1 home=$2 version=$3 bin=$4 link=$5 stamp=$6
shift 6
target=$home/$version
if [ ! -d "$source" ]; then
  echo "the package folder $source is not there" >&2
  exit 1
fi
if [ -z "$stamp" ] && { [ -e "$link" ] || [ -L "$link" ]; }; then
  case $(readlink "$link") in
  ${AGENTS}/*) ;;
  *)
    echo "$link is there already and was not made by agentvm" >&2
    exit 1
    ;;
  esac
fi
if [ -n "$stamp" ] && [ -d "$target" ] && [ "$(stamp_of "$target")" != "$stamp" ]; then
  rm -rf "$target"
fi
if [ ! -d "$target" ]; then
  mkdir -p "$home"
  chmod 755 /opt/agentvm ${AGENTS} "$home"
  rm -rf "$home"/.new
  trap 'rm -rf "$home/.new"' EXIT
  trap 'exit 143' TERM INT HUP
  cp -R "$source" "$home/.new"
  chmod -R a+rX,go-w "$home/.new"
  cd "$home/.new"
  [ $# -eq 0 ] || npm rebuild --no-audit --no-fund --no-update-notifier -- "$@"
  cd /
  mv "$home/.new" "$target"
fi
if [ ! -x "$target/node_modules/.bin/$bin" ]; then
  rm -rf "$target"
  echo "the package has no command '$bin'" >&2
  exit 1
fi
ln -sfn "$target/node_modules/.bin/$bin" "$link.agentvm-new"
mv -fT "$link.agentvm-new" "$link"
for old in "$home"/*; do
  [ "$old" = "$target" ] || rm -rf "$old"
done
for old in ${LINKS}/*; do
  case $(readlink "$old") in
  "$home"/*) [ "$old" = "$link" ] || rm -f "$old" ;;
  esac
done
sync -f "$target"
echo "stamp $(stamp_of "$target")"`;

const REMOVE = `set -eu
for link in ${LINKS}/*; do
  case $(readlink "$link") in
  "$1"/*) rm -f "$link" ;;
  esac
done
rm -rf "$1"`;

type Options = Pick<GuestExecOptions, 'signal' | 'onLine'>;

/**
 * Installs an agent's fetched package from the packages share, with its install scripts, and removes other versions.
 * `stamp` is that of an earlier install, which tells whether what is there can stay.
 * @returns the stamp of what is there now.
 * @throws AgentvmError AGENT_NOT_INSTALLED (exit 7).
 */
export const installAgent = async (
  guest: Guest,
  definition: AgentDefinition,
  version: string,
  options: Options & { readonly stamp?: string | undefined } = {},
): Promise<string> => {
  const { stamp = '', ...how } = options;
  const { name, install } = definition;
  const result = await guest.exec(
    [
      'sh',
      '-c',
      INSTALL,
      'sh',
      `${PACKAGES_SHARE.guestPath}/${name}/${version}`,
      agentsFolder(name),
      version,
      install.bin,
      agentBinary(definition),
      stamp,
      ...(install.scripts ?? []),
    ],
    { as: 'root', timeoutMs: TIMEOUT_MS, ...how },
  );
  const taken = /^stamp (\S+)$/m.exec(result.stdout.slice(-STAMP_LINE_CHARACTERS))?.[1] ?? '';
  if (result.exitCode === 0 && STAMP.test(taken)) return taken;
  throw guestFailure({
    code: 'AGENT_NOT_INSTALLED',
    message: `The agent ${name} ${version} could not be installed in the machine`,
    hint: /No space left/.test(result.stderr)
      ? 'Give the machine more room in resources.disk and apply again.'
      : 'Mend what the lines above name, then apply again.',
    result,
  });
};

/** Takes an agent out of the guest; its settings in the home folder stay. */
export const removeAgent = async (guest: Guest, name: string): Promise<void> => {
  const result = await guest.exec(['sh', '-c', REMOVE, 'sh', agentsFolder(name)], {
    as: 'root',
    timeoutMs: TIMEOUT_MS,
  });
  if (result.exitCode === 0) return;
  throw guestFailure({
    code: 'AGENT_NOT_REMOVED',
    message: `The agent ${name} could not be removed from the machine`,
    result,
  });
};
