import type { Guest, GuestExecOptions, GuestResult } from '../../model/guest.ts';
import { guestFailure } from '../failure.ts';

const TIMEOUT_MS = 60 * 60_000;
const LOCK_TIMEOUT_S = 300;

const APT = [
  'env',
  'DEBIAN_FRONTEND=noninteractive',
  'LC_ALL=C',
  'apt-get',
  '-y',
  '-q',
  '-o',
  `DPkg::Lock::Timeout=${LOCK_TIMEOUT_S}`,
  '-o',
  'Dpkg::Options::=--force-confdef',
  '-o',
  'Dpkg::Options::=--force-confold',
  '-o',
  'Dpkg::Use-Pty=0',
  '-o',
  'APT::Install-Recommends=false',
] as const;

export type PackageChange = {
  readonly install: readonly string[];
  readonly remove: readonly string[];
};
type Options = Pick<GuestExecOptions, 'signal' | 'onLine'>;

const asRoot = (guest: Guest, argv: readonly string[], options: Options): Promise<GuestResult> =>
  guest.exec(argv, { as: 'root', timeoutMs: TIMEOUT_MS, ...options });

/** Names that apt says it does not have. */
const missingIn = (output: string): readonly string[] => [
  ...new Set(
    [
      ...output.matchAll(/^E: Unable to locate package (\S+)$/gm),
      ...output.matchAll(/^E: Package '([^']+)' has no installation candidate$/gm),
      ...output.matchAll(/^E: Couldn't find any package by (?:glob|regex) '([^']+)'$/gm),
      ...output.matchAll(/^E: Version '[^']*' for '([^']+)' was not found$/gm),
    ].map((match) => match[1] ?? ''),
  ),
];

/** dpkg-query(1), --showformat. */
const STATUS_FORMAT = `\${Package} \${Package}:\${Architecture} \${db:Status-Status}\\n`;

const INTERRUPTED = /dpkg was interrupted/;
const STALE_LISTS = /404 +Not Found|Hash Sum mismatch|Unable to fetch|Failed to fetch/;

const update = async (guest: Guest, options: Options): Promise<void> => {
  const result = await asRoot(guest, [...APT, '-o', 'APT::Update::Error-Mode=any', 'update'], options);
  if (result.exitCode === 0) return;
  throw guestFailure({
    code: 'PACKAGE_LISTS_FAILED',
    message: 'The package lists could not be loaded in the machine (apt-get update)',
    hint: 'See whether the machine reaches its package servers: `agentvm exec sudo apt-get update`.',
    result,
  });
};

const install = async (guest: Guest, names: readonly string[], options: Options): Promise<void> => {
  const attempt = (): Promise<GuestResult> => asRoot(guest, [...APT, 'install', '--', ...names], options);
  let result = await attempt();
  if (result.exitCode !== 0 && INTERRUPTED.test(result.stderr)) {
    await asRoot(guest, ['env', 'DEBIAN_FRONTEND=noninteractive', 'dpkg', '--configure', '-a'], options);
    result = await attempt();
  }
  // Fresh machines have no lists, older ones stale ones: either shows as a missing package or a failed download.
  if (result.exitCode !== 0 && (missingIn(result.stderr).length > 0 || STALE_LISTS.test(result.stderr))) {
    await update(guest, options);
    result = await attempt();
  }
  if (result.exitCode === 0) return;
  const missing = missingIn(result.stderr);
  throw missing.length > 0
    ? guestFailure({
        code: 'PACKAGE_NOT_FOUND',
        message: `${missing.length === 1 ? 'The package' : 'The packages'} ${missing.map((name) => `'${name}'`).join(', ')} in base.packages ${missing.length === 1 ? 'does' : 'do'} not exist in the machine's distribution`,
        hint: `Correct the name in base.packages; search for it with: agentvm exec apt-cache search ${missing[0]}`,
      })
    : guestFailure({
        code: 'PACKAGES_NOT_INSTALLED',
        message: `Packages could not be installed in the machine (apt-get install ${names.join(' ')}, exit code ${result.exitCode})`,
        hint: 'Mend what the lines above name, then apply again.',
        result,
      });
};

/** What apt would take away with the named packages. */
const removedWith = async (
  guest: Guest,
  names: readonly string[],
  options: Options,
): Promise<readonly string[]> => {
  const result = await asRoot(guest, [...APT, '--simulate', 'remove', '--', ...names], { ...options });
  return [...result.stdout.matchAll(/^Remv (\S+)/gm)].map((match) => match[1] ?? '');
};

/** A package's name without the architecture that may follow it. */
const bareName = (name: string): string => name.split(':')[0] ?? name;

const installedOf = async (
  guest: Guest,
  names: readonly string[],
  options: Options,
): Promise<readonly string[]> => {
  const { stdout } = await guest.exec(['dpkg-query', '-W', '-f', STATUS_FORMAT, '--', ...names], options);
  const found = new Set(
    stdout.split('\n').flatMap((line) => {
      const [name = '', qualified = '', status] = line.split(' ');
      return status === 'not-installed' || status === 'config-files' ? [] : [name, qualified];
    }),
  );
  return names.filter((name) => found.has(name));
};

const remove = async (guest: Guest, wanted: readonly string[], options: Options): Promise<void> => {
  // apt refuses the whole list for one name that it does not know.
  const names = await installedOf(guest, wanted, options);
  if (names.length === 0) return;
  const asked = new Set(names.map(bareName));
  const isAlone = async (some: readonly string[]): Promise<boolean> =>
    (await removedWith(guest, some, options)).every((name) => asked.has(bareName(name)));
  const removable: string[] = [];
  if (await isAlone(names)) removable.push(...names);
  else for (const name of names) if (await isAlone([name])) removable.push(name);

  // What others need stays, but no longer as something that was asked for.
  const kept = names.filter((name) => !removable.includes(name));
  const steps = [
    ...(kept.length > 0 ? [['apt-mark', 'auto', ...kept]] : []),
    ...(removable.length > 0 ? [[...APT, 'remove', '--', ...removable]] : []),
  ];
  for (const argv of steps) {
    const result = await asRoot(guest, argv, options);
    if (result.exitCode !== 0) {
      throw guestFailure({
        code: 'PACKAGES_NOT_REMOVED',
        message: `Packages could not be removed in the machine (${names.join(' ')}, exit code ${result.exitCode})`,
        hint: 'Mend what the lines above name, then apply again.',
        result,
      });
    }
  }
};

/**
 * Installs and removes packages of the guest's distribution. Nothing is removed but what is named: a package that
 * others need stays.
 * @throws AgentvmError PACKAGE_NOT_FOUND naming it, PACKAGES_NOT_INSTALLED, PACKAGES_NOT_REMOVED, PACKAGE_LISTS_FAILED
 * (all exit 7).
 */
export const changePackages = async (
  guest: Guest,
  change: PackageChange,
  options: Options = {},
): Promise<void> => {
  if (change.remove.length > 0) await remove(guest, change.remove, options);
  if (change.install.length > 0) await install(guest, change.install, options);
};
