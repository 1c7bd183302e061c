import { quotePosix } from '../../lib/quote.ts';
import type { AgentDefinition } from '../../model/agent-definition.generated.ts';
import type { Guest, GuestFacts } from '../../model/guest.ts';
import { agentBinary } from '../agents/command.ts';
import { versionArgs, versionIn } from '../agents/version.ts';
import { guestFailure } from '../failure.ts';

const TIMEOUT_MS = 300_000;

/**
 * An agent under software emulation takes up to 14 s to say its version, so what it said is kept beside the stamp of
 * the file that said it. Lines of the answer are joined by the unit separator, so that each answer is one line.
 */
const PRELUDE = `read -r boot </proc/sys/kernel/random/boot_id
printf 'boot\\t%s\\n' "$boot"
while IFS= read -r line; do
  case $line in *' - 9p '*) printf 'mount\\t%s\\n' "$line" ;; esac
done </proc/self/mountinfo
probe() {
  name=$1 bin=$2
  shift 2
  path=$(readlink -f "$bin") && [ -x "$path" ] && [ -f "$path" ] || return 0
  stamp="$(stat -c '%n %i %s %Y' "$path") $*"
  kept=$HOME/.cache/agentvm/versions/$name
  if { IFS= read -r seen && IFS= read -r text; } 2>/dev/null <"$kept" && [ "$seen" = "$stamp" ]; then
    printf 'agent\\t%s\\t%s\\n' "$name" "$text"
    return 0
  fi
  text=$(timeout 120 "$@" 2>/dev/null </dev/null | head -c 2000 | tr '\\n\\t' '\\037 ')
  printf 'agent\\t%s\\t%s\\n' "$name" "$text"
  [ -z "$text" ] || { mkdir -p "$HOME/.cache/agentvm/versions" && printf '%s\\n%s\\n' "$stamp" "$text" >"$kept"; }
}
cd /
`;

const packageLines = (packages: readonly string[]): string =>
  packages.length === 0
    ? ''
    : `
found=$(dpkg-query -W -f 'package\\t\${Package}\\t\${Architecture}\\t\${db:Status-Status}\\n' -- ${packages.map(quotePosix).join(' ')} 2>/dev/null)
code=$?
printf '%s\\n' "$found"
case $code in
0) ;;
1) dpkg-query -W -f 'provides\\t\${db:Status-Status}\\t\${Provides}\\n' ;;
*) exit 1 ;;
esac
`;

const agentLine = (definition: AgentDefinition): string => {
  const bin = agentBinary(definition);
  const environment = Object.entries(definition.env ?? {}).map(([name, value]) => `${name}=${value}`);
  const words = [definition.name, bin, 'env', ...environment, bin, ...versionArgs(definition)];
  return `probe ${words.map(quotePosix).join(' ')}\n`;
};

/** Mount points as /proc/self/mountinfo writes them; proc(5). */
const mountPoint = (line: string): string | undefined => {
  const point = line.split(' ')[4];
  return point?.replace(/\\([0-7]{3})/g, (_all, octal: string) =>
    String.fromCharCode(Number.parseInt(octal, 8)),
  );
};

const SHARES_ROOT = '/run/agentvm/';

/** Names in a Provides field: `awk, c-compiler (= 4:12), …`. */
const providedNames = (provides: string): readonly string[] =>
  provides.split(',').map((one) => one.trim().split(/[ (]/)[0] ?? '');

export type ObserveRequest = {
  readonly packages: readonly string[];
  readonly agents: readonly AgentDefinition[];
};

/**
 * What the guest says of itself, for what was asked about and nothing else.
 * @throws AgentvmError OBSERVATION_FAILED when it makes no sense, so that nothing is taken for absent.
 */
export const factsFrom = (request: ObserveRequest, output: string): GuestFacts => {
  const installed = new Set<string>();
  const provided = new Set<string>();
  const printed = new Map<string, string>();
  const mounts = new Set<string>();
  let bootId: string | undefined;
  for (const line of output.split('\n')) {
    const [kind, ...rest] = line.split('\t');
    const [first = '', second = '', third = ''] = rest;
    if (kind === 'boot' && /^[0-9a-f-]{36}$/.test(first)) bootId = first;
    if (kind === 'package' && third === 'installed') installed.add(first).add(`${first}:${second}`);
    if (kind === 'provides' && first === 'installed')
      for (const name of providedNames(second)) provided.add(name);
    if (kind === 'agent') printed.set(first, second.replaceAll('\x1f', '\n'));
    if (kind === 'mount') {
      const point = mountPoint(first);
      if (point !== undefined && !point.startsWith(SHARES_ROOT)) mounts.add(point);
    }
  }
  if (bootId === undefined) {
    throw guestFailure({
      code: 'OBSERVATION_FAILED',
      message: 'The machine did not say how it is',
      hint: 'Look into it: `agentvm shell`.',
    });
  }
  return {
    bootId,
    packages: Object.fromEntries(
      request.packages.map((name) => [
        name,
        installed.has(name) || provided.has(name) ? ('installed' as const) : ('absent' as const),
      ]),
    ),
    agents: Object.fromEntries(
      request.agents.map((agent) => {
        const text = printed.get(agent.name);
        return [agent.name, text === undefined ? null : (versionIn(agent, text) ?? null)];
      }),
    ),
    mounts: [...mounts].sort(),
  };
};

/** Looks at packages, agents, shares and the boot in one round trip, as the guest's user. */
export const observeGuest = async (guest: Guest, request: ObserveRequest): Promise<GuestFacts> => {
  const script = `${PRELUDE}${packageLines(request.packages)}${request.agents.map(agentLine).join('')}exit 0\n`;
  // On standard input: a thousand packages are more than one argument may hold.
  const result = await guest.exec(['sh', '-s'], { stdin: script, timeoutMs: TIMEOUT_MS });
  if (result.exitCode !== 0) {
    throw guestFailure({
      code: 'OBSERVATION_FAILED',
      message: 'The machine could not be looked at from inside',
      hint: 'Look into it: `agentvm shell`.',
      result,
    });
  }
  return factsFrom(request, result.stdout);
};
