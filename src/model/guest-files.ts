import type { GuestUser } from './guest.ts';

/** Where sessions read their environment from; written by apply, readable by the guest's user alone. */
export const ENVIRONMENT_FILE = '/etc/agentvm/env';

/** What a seed makes of a guest. */
export type SeededGuest = {
  /** Guest path → contents that are right there, the first being what is written. */
  readonly files: Readonly<Record<string, readonly string[]>>;
  readonly hostname: string | null;
  /** Null where the seed names none. */
  readonly user: GuestUser | null;
};

const LOCALES_THERE: readonly string[] = ['C', 'POSIX', 'C.UTF-8', 'C.utf8'];

/** As the seed program's shell reads a file: whole lines. */
const inLines = (text: string): string => (text === '' || text.endsWith('\n') ? text : `${text}\n`);

const firstLine = (text: string | undefined): string | undefined => text?.split('\n')[0]?.trim() || undefined;

const certificatesOf = (seed: Readonly<Record<string, string>>) =>
  Object.entries(seed)
    .filter(([name]) => /^ca\/.*\.crt$/.test(name))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, pem]) => [name.slice('ca/'.length), inLines(pem)] as const);

const proxySettings = (environment: string): string =>
  environment
    .split('\n')
    .flatMap((line) => {
      const [, scheme, value] = /^(https?)_proxy=([^"\\;]+)$/i.exec(line) ?? [];
      const isSpelled =
        line.startsWith(`${scheme}_proxy`) || line.startsWith(`${scheme?.toUpperCase()}_PROXY`);
      return isSpelled ? [`Acquire::${scheme?.toLowerCase()}::Proxy "${value}";\n`] : [];
    })
    .toReversed()
    .join('');

const userOf = (line: string | undefined): GuestUser | null => {
  const [name, uid, gid, home] = line?.split(/\s+/) ?? [];
  return name === undefined || home === undefined ? null : { name, uid: Number(uid), gid: Number(gid), home };
};

/**
 * What the seed program (manifests/base/rootfs/usr/local/lib/agentvm/seed) makes of a seed. What depends on the guest
 * has several right contents: a locale or time zone that is not there is left out.
 */
export const seededGuest = (seed: Readonly<Record<string, string>>): SeededGuest => {
  const files: Record<string, readonly string[]> = {};
  const put = (path: string, ...contents: readonly string[]): void => {
    files[path] = contents;
  };
  for (const [name, place] of [
    ['authorized_keys', 'agentvm_authorized_keys'],
    ['ssh_host_ed25519_key', 'agentvm_ssh_host_ed25519_key'],
    ['ssh_host_ed25519_key.pub', 'agentvm_ssh_host_ed25519_key.pub'],
  ] as const) {
    const content = seed[name];
    if (content !== undefined) put(`/etc/ssh/${place}`, inLines(content));
  }
  const user = userOf(firstLine(seed.user));
  if (user !== null && user.name !== 'root') {
    put('/etc/sudoers.d/agentvm', `${user.name} ALL=(ALL:ALL) NOPASSWD: ALL\n`);
  }
  const hostname = firstLine(seed.hostname) ?? null;
  if (hostname !== null) {
    put('/etc/hostname', `${hostname}\n`);
    put(
      '/etc/hosts',
      `127.0.0.1\tlocalhost\n127.0.1.1\t${hostname}\n::1\tlocalhost ip6-localhost ip6-loopback\n`,
    );
  }
  const zone = firstLine(seed.timezone);
  if (zone !== undefined) put('/etc/timezone', `${zone}\n`, 'Etc/UTC\n');
  const locale = firstLine(seed.locale);
  if (locale !== undefined) {
    put(
      '/etc/default/locale',
      `LANG=${locale}\n`,
      ...(LOCALES_THERE.includes(locale) ? [] : ['LANG=C.UTF-8\n']),
    );
  }
  const certificates = certificatesOf(seed);
  for (const [name, pem] of certificates) put(`/usr/local/share/ca-certificates/agentvm-${name}`, pem);
  const bundle = certificates.map(([, pem]) => pem).join('');
  if (bundle !== '') put('/etc/agentvm/ca.pem', bundle);
  if (seed.environment !== undefined) {
    const own = inLines(seed.environment);
    put('/etc/environment', `${own}${bundle === '' ? '' : 'NODE_EXTRA_CA_CERTS=/etc/agentvm/ca.pem\n'}`);
    put('/etc/apt/apt.conf.d/95agentvm-proxy', proxySettings(own));
  }
  return { files, hostname, user };
};
