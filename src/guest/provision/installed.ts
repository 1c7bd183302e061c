import type { Guest } from '../../model/guest.ts';
import { guestFailure } from '../failure.ts';

const TIMEOUT_MS = 120_000;
const LINES_MAX = 200_000;

/** Debian Policy 5.6.1. The guest chose the text, and it may come to stand in a manifest. */
const PACKAGE_NAME = /^[a-z0-9][a-z0-9+.-]{1,126}$/;

/** https://docs.npmjs.com/cli/v11/configuring-npm/package-json#name, with a version behind it. */
const NPM_NAME = /^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]{0,213}$/;

/** What `apt-mark showmanual` does in 5 to 20 s in an emulated guest: all that is installed but what apt took along. */
const SCRIPT = `dpkg-query -W -f 'package\\t\${Package}\\t\${Architecture}\\t\${db:Status-Status}\\n' || exit 1
[ ! -f /var/lib/apt/extended_states ] || head -c 8388608 /var/lib/apt/extended_states
for root in /usr/local/lib/node_modules /usr/lib/node_modules; do
  for one in "$root"/* "$root"/@*/*; do
    [ -f "$one/package.json" ] && printf 'npm\\t%s\\n' "\${one#"$root/"}"
  done
done
printf 'end\\n'
`;

/** Names, with their architecture, that apt's extended_states says came along with others. */
const automaticIn = (lines: readonly string[]): ReadonlySet<string> => {
  const found = new Set<string>();
  let name = '';
  let arch = '';
  for (const line of lines) {
    const [key, value = ''] = line.split(': ');
    if (key === 'Package') name = value;
    if (key === 'Architecture') arch = value;
    if (key === 'Auto-Installed' && value === '1') found.add(`${name}:${arch}`);
  }
  return found;
};

/** What comes with Node itself. */
const OWN_NPM_PACKAGES: readonly string[] = ['npm', 'corepack'];

/** apt files a package for all architectures under the machine's own. */
const isAutomatic = (automatic: ReadonlySet<string>, name: string, arch: string): boolean =>
  arch === 'all'
    ? [...automatic].some((one) => one.startsWith(`${name}:`))
    : automatic.has(`${name}:${arch}`);

const named = (names: readonly string[], pattern: RegExp): readonly string[] =>
  [...new Set(names.filter((name) => pattern.test(name)))].sort();

/** Names of packages that somebody asked apt for, and of packages that npm has for all users. Other text is left out. */
export const findInstalled = async (
  guest: Guest,
): Promise<{ readonly packages: readonly string[]; readonly npm: readonly string[] }> => {
  const result = await guest.exec(['sh', '-s'], { stdin: SCRIPT, timeoutMs: TIMEOUT_MS });
  const lines = result.stdout.split('\n', LINES_MAX);
  if (result.exitCode !== 0 || !lines.includes('end')) {
    throw guestFailure({
      code: 'OBSERVATION_FAILED',
      message: 'The machine did not tell what is installed in it',
      hint: 'Look into it: `agentvm shell`.',
      result,
    });
  }
  const automatic = automaticIn(lines);
  const told = lines.map((line) => line.split('\t'));
  const packages = told.flatMap(([kind, name = '', arch = '', status]) =>
    kind === 'package' && status === 'installed' && !isAutomatic(automatic, name, arch) ? [name] : [],
  );
  const npm = told.flatMap(([kind, name = '']) => (kind === 'npm' ? [name] : []));
  return {
    packages: named(packages, PACKAGE_NAME),
    npm: named(npm, NPM_NAME).filter((name) => !OWN_NPM_PACKAGES.includes(name)),
  };
};
