/** Folders of tools like mkfs.ext4, which Debian leaves out of an ordinary user's PATH. */
const SYSTEM_DIRS = ['/usr/local/sbin', '/usr/sbin', '/sbin'];

/** The PATH under which a host's system tools are found by anyone. */
export const withSystemPath = (
  env: Readonly<Record<string, string | undefined>>,
): { readonly PATH: string } => ({
  PATH: [...(env.PATH ?? '/usr/bin:/bin').split(':'), ...SYSTEM_DIRS].join(':'),
});
