import { readFile, readlink } from 'node:fs/promises';
import { userInfo } from 'node:os';
import type { Context } from '../lib/context.ts';
import { addedCertificates } from '../lib/host-certificates.ts';
import type { GuestShare } from '../model/guest.ts';

/** The host as guests on QEMU's user network see it; https://www.qemu.org/docs/master/system/devices/net.html */
const HOST_ADDRESS = '10.0.2.2';
const PROXY_VARIABLES = ['http_proxy', 'https_proxy', 'ftp_proxy', 'all_proxy', 'no_proxy'] as const;
/** What useradd(8) of Debian takes. */
const USER_NAME = /^[a-z_][a-z0-9_-]{0,30}$/;
const ZONE = /^[A-Za-z0-9_+-]+(?:\/[A-Za-z0-9_+-]+)*$/;
const LOCALE = /^[A-Za-z_]+(?:\.[A-Za-z0-9-]+)?(?:@[a-z]+)?$/;

export type SeedRequest = {
  /** The machine's name, which becomes the guest's. */
  readonly name: string;
  readonly shares: readonly GuestShare[];
};

/** Whom the guest's user is made after. */
export type HostUser = {
  readonly username: string;
  readonly uid: number;
  readonly gid: number;
  readonly homedir: string;
  readonly shell: string | null;
};

/** The guest's user for a user of the host: the same, where the guest's system takes the name. */
export const guestUser = (
  user: HostUser,
): { readonly name: string; readonly home: string; readonly line: string } => {
  if (user.uid === 0) return { name: 'root', home: '/root', line: 'root 0 0 /root /bin/bash\n' };
  const name = USER_NAME.test(user.username) ? user.username : 'agent';
  const home = /^\/\S+$/.test(user.homedir) ? user.homedir : `/home/${name}`;
  const shell = user.shell !== null && /^\/\S+$/.test(user.shell) ? user.shell : '/bin/bash';
  return { name, home, line: `${name} ${user.uid} ${user.gid} ${home} ${shell}\n` };
};

/** A proxy that listens on the host's loopback is reached at another address from inside. */
const proxyFromInside = (value: string): string =>
  value.replace(
    /^((?:[a-z][a-z0-9+.-]*:\/\/)?(?:[^@/]*@)?)(?:localhost|127(?:\.\d+){3}|\[::1\])(?=[:/]|$)/i,
    `$1${HOST_ADDRESS}`,
  );

/** Lines for /etc/environment: the host's proxy variables, in both spellings, since programs read either. */
export const proxyEnvironment = (env: Readonly<Record<string, string | undefined>>): string => {
  const lines = PROXY_VARIABLES.flatMap((name) => {
    const value = env[name] ?? env[name.toUpperCase()];
    if (value === undefined || value === '' || /[\r\n"']/.test(value)) return [];
    const inside =
      name === 'no_proxy'
        ? [...new Set(['localhost', '127.0.0.1', ...value.split(',').map((one) => one.trim())])].join(',')
        : proxyFromInside(value);
    return [`${name}=${inside}`, `${name.toUpperCase()}=${inside}`];
  });
  return lines.map((line) => `${line}\n`).join('');
};

/** The host's locale by POSIX's order of precedence. */
const localeOf = (env: Readonly<Record<string, string | undefined>>): string => {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || '';
  return LOCALE.test(locale) ? locale : 'C.UTF-8';
};

/** The host's time zone: TZ, else what the system is set to, else UTC. */
const timeZoneOf = async (env: Readonly<Record<string, string | undefined>>): Promise<string> => {
  const candidates = [
    env.TZ?.replace(/^:/, ''),
    await readFile('/etc/timezone', 'utf8').catch(() => undefined),
    (await readlink('/etc/localtime').catch(() => undefined))?.split('/zoneinfo/')[1],
    Intl.DateTimeFormat().resolvedOptions().timeZone,
  ];
  return candidates.map((zone) => zone?.trim() ?? '').find((zone) => ZONE.test(zone)) ?? 'Etc/UTC';
};

/** Lines `id`, guest path and mode, parted by tabs, for the guest's seed program. */
const shareLines = (shares: readonly GuestShare[]): string =>
  shares.map((share) => `${share.id}\t${share.guestPath}\t${share.mode}\n`).join('');

/**
 * The files that make a guest the twin of its host's user, file name → content; read at each boot by
 * /usr/local/lib/agentvm/seed. Keys are the driver's. A proxy's password, where there is one, is in `environment`.
 */
export const buildSeed = async (
  context: Context,
  request: SeedRequest,
  user: HostUser = userInfo(),
): Promise<Readonly<Record<string, string>>> => {
  const certificates = await addedCertificates(context.env);
  return {
    hostname: `${request.name}\n`,
    user: guestUser(user).line,
    timezone: `${await timeZoneOf(context.env)}\n`,
    locale: `${localeOf(context.env)}\n`,
    environment: proxyEnvironment(context.env),
    shares: shareLines(request.shares),
    ...Object.fromEntries(Object.entries(certificates).map(([name, pem]) => [`ca/${name}`, pem])),
  };
};
