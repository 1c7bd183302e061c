/** One value of git's configuration; the key as git prints it: section and name in small letters, subsection as written. */
export type GitSetting = { readonly key: string; readonly value: string };

/** What `git config --list -z` prints: `key LF value NUL`; a key alone means `true` (git-config(1)). */
export const parseGitSettings = (text: string): readonly GitSetting[] =>
  text
    .split('\0')
    .filter((entry) => entry !== '')
    .map((entry) => {
      const end = entry.indexOf('\n');
      return end === -1
        ? { key: entry, value: 'true' }
        : { key: entry.slice(0, end), value: entry.slice(end + 1) };
    });

/**
 * Keys whose value git, or a program that comes with it, runs, loads more settings from, or sends credentials by
 * (git-config(1), gitattributes(5), git-lfs-config(5)). `*` stands for a subsection, with or without dots.
 */
const DANGEROUS_KEYS = [
  ...['alias.*', 'hook.*', 'include.path', 'includeif.*.path', 'init.templatedir'],
  ...['core.alternaterefscommand', 'core.askpass', 'core.editor', 'core.gitproxy', 'core.hookspath'],
  ...['core.sshcommand', 'sequence.editor', 'interactive.difffilter', 'gc.recentobjectshook'],
  ...['browser.*', 'man.*', 'instaweb.*', 'guitool.*', 'sendemail.*', 'imap.*', 'trailer.*', 'tar.*'],
  ...['difftool.*', 'mergetool.*', 'diff.external', 'diff.*.command', 'diff.*.textconv', 'merge.*.driver'],
  ...['filter.*.clean', 'filter.*.smudge', 'filter.*.process'],
  ...['gpg.program', 'gpg.*.program', 'gpg.ssh.defaultkeycommand', 'gpg.ssh.allowedsignersfile'],
  ...['credential.helper', 'credential.*.helper', 'url.*', 'protocol.*', 'lfs.*', 'http.*'],
  ...['remote.*.uploadpack', 'remote.*.receivepack', 'remote.*.vcs', 'remote.*.proxy'],
  ...['remote.*.proxyauthmethod', 'remote.*.lfsurl', 'remote.*.lfspushurl'],
] as const;

/** What the groups above take in and nobody is harmed by. */
const HARMLESS_KEYS = [
  ...['http.postbuffer', 'http.version', 'http.lowspeedlimit', 'http.lowspeedtime', 'http.maxrequests'],
  ...['lfs.repositoryformatversion', 'lfs.*.access', 'lfs.*.locksverify'],
  ...['difftool.prompt', 'mergetool.prompt', 'mergetool.keepbackup'],
] as const;

const patternOf = (keys: readonly string[]): RegExp =>
  new RegExp(`^(?:${keys.map((key) => key.replaceAll('.', '\\.').replaceAll('*', '.*')).join('|')})$`, 's');
const DANGEROUS = patternOf(DANGEROUS_KEYS);
const HARMLESS = patternOf(HARMLESS_KEYS);

const BOOLEAN = /^(?:true|false|yes|no|on|off|0|1|)$/i;

/** `ssh://host/…`, `https://host/…`, `user@host:path`: another host, where nothing of ours is run. */
const REMOTE_ADDRESS = /^(?:(?:https?|ssh|git):\/\/|[\w.-]+@[\w.-]+:(?!:)|[\w-]+(?:\.[\w-]+)+:(?!:))/i;

/** Where a submodule's files are, relative to its git folder, must not lead out of the project. */
const leadsOut = (value: string, gitDir: string): boolean => {
  if (value.startsWith('/')) return true;
  let depth = gitDir.split('/').length;
  for (const part of value.split('/')) {
    if (part === '' || part === '.') continue;
    depth += part === '..' ? -1 : 1;
    if (depth < 0) return true;
  }
  return false;
};

const nameOf = (key: string): string => key.slice(key.lastIndexOf('.') + 1);

/** What stands around a setting and decides about it. */
export type GitSurroundings = {
  /** The git folder relative to the share, for example `.git` or `.git/modules/lib`. */
  readonly gitDir: string;
  /** Names of the remotes that the same file has. */
  readonly remotes: ReadonlySet<string>;
};

const isDangerous = ({ key, value }: GitSetting, { gitDir, remotes }: GitSurroundings): boolean => {
  if (HARMLESS.test(key)) return false;
  if (DANGEROUS.test(key)) return true;
  if (key === 'core.fsmonitor' || key === 'core.pager' || key.startsWith('pager.'))
    return !BOOLEAN.test(value);
  // A submodule's git folder lies elsewhere than its files; what else is written there leads checkouts astray.
  if (key === 'core.worktree') return gitDir.endsWith('.git') || leadsOut(value, gitDir);
  if (key.startsWith('submodule.') && nameOf(key) === 'update') return value.startsWith('!');
  // A repository on this host runs its own hooks when one pushes to it, and `ext::` runs what it names.
  if (/^remote\..*\.(?:push)?url$/s.test(key)) return !REMOTE_ADDRESS.test(value);
  if (/^branch\..*\.(?:push)?remote$/s.test(key) || key === 'remote.pushdefault')
    return value !== '.' && !remotes.has(value) && !REMOTE_ADDRESS.test(value);
  return false;
};

/** Those settings of a file by which git on the host would run something or give credentials away. */
export const dangerousSettings = (settings: readonly GitSetting[], gitDir: string): readonly GitSetting[] => {
  const remotes = new Set(settings.flatMap(({ key }) => /^remote\.(.*)\.url$/s.exec(key)?.[1] ?? []));
  return settings.filter((setting) => isDangerous(setting, { gitDir, remotes }));
};

const quoted = (value: string): string =>
  `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n').replaceAll('\t', '\\t')}"`;

/** A setting as a section of a file of its own (git-config(1), "Syntax"). */
export const gitSettingText = ({ key, value }: GitSetting): string => {
  const first = key.indexOf('.');
  const last = key.lastIndexOf('.');
  const section = key.slice(0, first);
  const subsection =
    first === last
      ? ''
      : ` ${quoted(key.slice(first + 1, last))
          .replaceAll('\\n', '')
          .replaceAll('\\t', '\t')}`;
  return `[${section}${subsection}]\n\t${key.slice(last + 1)} = ${quoted(value)}\n`;
};

/** A key for people: what may be a password in an address is not shown, and a long one is cut. */
export const gitKeyText = (key: string): string => {
  const shown = key.replaceAll(/\/\/[^@/]*@/g, '//…@');
  return shown.length > 60 ? `${shown.slice(0, 59)}…` : shown;
};
