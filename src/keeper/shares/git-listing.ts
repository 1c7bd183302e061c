import { appendFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Context } from '../../lib/context.ts';
import { type GitSetting, gitSettingText, parseGitSettings } from './git-settings.ts';

const TIMEOUT_MS = 5000;

/**
 * Works on a private copy of a configuration file with git's own parser. Nothing but the file is read: no includes, no
 * settings of the system or the user, no repository around it.
 */
export type GitCopy = {
  /** Every setting in order; undefined where git cannot read the file, so that it would not obey it either. */
  readonly list: () => Promise<readonly GitSetting[] | undefined>;
  /** Takes all values of these keys out and appends others. Returns the whole new content. */
  readonly rewrite: (keys: readonly string[], added: readonly GitSetting[]) => Promise<string>;
};

/** Does work on a copy of a file's content in a folder that nobody else can write to; the copy is gone afterwards. */
export const withGitCopy = async <T>(
  context: Context,
  folder: string,
  content: Uint8Array,
  work: (copy: GitCopy) => Promise<T>,
): Promise<T> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, `config-${context.ids.hex(8)}`);
  const git = (args: readonly string[]) =>
    context.exec('git', ['config', '--file', file, '--no-includes', ...args], {
      cwd: folder,
      env: {
        HOME: folder,
        XDG_CONFIG_HOME: folder,
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_CEILING_DIRECTORIES: dirname(folder),
      },
      accept: 'any',
      timeoutMs: TIMEOUT_MS,
      signal: context.signal,
    });
  try {
    await writeFile(file, content, { mode: 0o600, flag: 'wx' });
    return await work({
      list: async () => {
        const { exitCode, stdout } = await git(['--list', '-z']);
        return exitCode === 0 ? parseGitSettings(stdout) : undefined;
      },
      rewrite: async (keys, added) => {
        for (const key of keys) await git(['--unset-all', key]);
        const text = added.map(gitSettingText).join('');
        if (text !== '') await appendFile(file, `\n${text}`);
        return readFile(file, 'utf8');
      },
    });
  } finally {
    await rm(file, { force: true });
    await rm(`${file}.lock`, { force: true });
  }
};
