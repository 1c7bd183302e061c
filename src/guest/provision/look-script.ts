import { quotePosix } from '../../lib/quote.ts';
import type { AgentDefinition } from '../../model/agent-definition.generated.ts';
import { agentBinary, agentsFolder } from '../agents/command.ts';
import { STAMP_FUNCTION } from '../agents/stamp.ts';
import { versionArgs } from '../agents/version.ts';
import { SCRIPT_MARKS } from './script.ts';

/** An agent under software emulation on a busy host may take half a minute to say its version. */
const VERSION_TIMEOUT_S = 60;
const HASH_TIMEOUT_S = 20;
const MOUNTS_MAX = 1000;

/**
 * Lines of KIND, a tab and what there is to say. `seen FACET` behind them tells that a part is whole: what was cut off
 * or failed is not taken for absent. Starting a program takes 20 ms and more in an emulated guest, hence the shell's own
 * means wherever they do. Nothing waits for a named pipe that somebody put in a file's place.
 */
const PRELUDE = `read -r boot </proc/sys/kernel/random/boot_id
printf 'boot\\t%s\\n' "$boot"
count=0
while IFS= read -r line && [ $count -lt ${MOUNTS_MAX} ]; do
  printf 'mount\\t%s\\n' "$line"
  count=$((count + 1))
done </proc/self/mountinfo
[ $count = ${MOUNTS_MAX} ] || printf 'seen\\tmounts\\n'
read -r line </proc/sys/kernel/hostname && printf 'hostname\\t%s\\n' "$line"
read -r line </sys/devices/system/cpu/online && printf 'cpus\\t%s\\n' "$line"
while read -r key value _; do
  [ "$key" != MemTotal: ] || { printf 'memory\\t%s\\n' "$value"; break; }
done </proc/meminfo
while read -r _ target _ flags _; do
  [ "$target" != 00000000 ] || printf 'route\\t%s\\n' "$flags"
done </proc/net/route && printf 'seen\\troute\\n'
while IFS=: read -r name _ uid gid _ home _; do
  [ "$name" != "$LOGNAME" ] || printf 'user\\t%s\\t%s\\t%s\\t%s\\n' "$name" "$uid" "$gid" "$home"
done </etc/passwd
printf 'room\\t%s\\n' "$(stat -f -c '%S %b %a' /)"
for mark in ${SCRIPT_MARKS}/*; do
  [ -f "$mark" ] && read -r line <"$mark" && printf 'script\\t%s\\t%s\\n' "\${mark##*/}" "$line"
done
printf 'seen\\tscripts\\n'
${STAMP_FUNCTION}
cd /
`;

const packageLines = (packages: readonly string[]): string =>
  packages.length === 0
    ? "printf 'seen\\tpackages\\n'\n"
    : `
found=$(dpkg-query -W -f 'package\\t\${Package}\\t\${Architecture}\\t\${db:Status-Status}\\n' -- ${packages.map(quotePosix).join(' ')} 2>/dev/null)
code=$?
printf '%s\\n' "$found"
case $code in
0) printf 'seen\\tpackages\\n' ;;
1) dpkg-query -W -f 'provides\\t\${db:Status-Status}\\t\${Provides}\\n' && printf 'seen\\tpackages\\n' ;;
esac
`;

/**
 * The version of an agent that is as agentvm installed it stands in its package: the command leads into the package,
 * and no file of that changed since its stamp was taken. Only otherwise the agent is started to say it.
 */
const AGENT_FUNCTION = `
look_at_agent() {
  name=$1 bin=$2 home=$3 package=$4 stamp=$5
  shift 5
  state=foreign
  version=$(readlink "$bin")
  version=\${version#"$home/"}
  version=\${version%%/*}
  root=$home/$version
  if [ -n "$version" ] && [ -x "$bin" ] && [ "$(readlink "$bin")" = "$root/node_modules/.bin/\${bin##*/}" ]; then
    case $(readlink -f "$bin") in
    "$root"/node_modules/*)
      state=unknown
      if [ -n "$stamp" ]; then
        if [ "$(stamp_of "$root")" = "$stamp" ]; then state=whole; else state=altered; fi
      fi
      ;;
    esac
  fi
  text=''
  if [ $state = whole ]; then
    text=$(head -c 65536 "$root/node_modules/$package/package.json" | sed -n 's/.*"version" *: *"\\([^"]*\\)".*/\\1/p' | head -n 1)
  elif [ -x "$bin" ]; then
    text=$(timeout -k 5 ${VERSION_TIMEOUT_S} "$@" 2>/dev/null </dev/null | head -c 2000 | tr '\\n\\t' '\\037 ')
  fi
  printf 'agent\\t%s\\t%s\\t%s\\n' "$name" "$state" "$text"
}
`;

const agentLine = (definition: AgentDefinition, stamp: string): string => {
  const { name, install, env } = definition;
  const bin = agentBinary(definition);
  const environment = Object.entries(env ?? {}).map(([variable, value]) => `${variable}=${value}`);
  const command = ['env', ...environment, bin, ...versionArgs(definition)];
  return `look_at_agent ${[name, bin, agentsFolder(name), install.npm, stamp, ...command].map(quotePosix).join(' ')}\n`;
};

const FILES_FUNCTION = `for file; do
  shift
  if [ -f "$file" ] && [ -r "$file" ]; then
    set -- "$@" "$file"
  elif [ -f "$file" ]; then
    :
  elif [ -e "$file" ]; then
    printf 'other\\t%s\\n' "$file"
  elif [ -x "\${file%/*}" ] || [ ! -d "\${file%/*}" ]; then
    printf 'missing\\t%s\\n' "$file"
  fi
done
[ $# = 0 ] || timeout -k 5 ${HASH_TIMEOUT_S} sha256sum -- "$@" 2>/dev/null
exit 0`;

/** As root where that is possible: the user may not see all of them. */
const fileLines = (files: readonly string[]): string => {
  if (files.length === 0) return '';
  const paths = files.map(quotePosix).join(' ');
  return `
look_at_files=${quotePosix(FILES_FUNCTION)}
{ [ "$LOGNAME" != root ] && sudo -n -- sh -c "$look_at_files" sh ${paths} 2>/dev/null; } ||
  sh -c "$look_at_files" sh ${paths}
`;
};

/** The program that looks at a guest, for `sh -s`. */
export const lookScript = (request: {
  readonly packages: readonly string[];
  readonly agents: readonly AgentDefinition[];
  readonly stamps: Readonly<Record<string, string>>;
  readonly files: readonly string[];
}): string =>
  [
    PRELUDE,
    packageLines(request.packages),
    fileLines(request.files),
    request.agents.length === 0 ? '' : AGENT_FUNCTION,
    ...request.agents.map((agent) => agentLine(agent, request.stamps[agent.name] ?? '')),
    'exit 0\n',
  ].join('');
