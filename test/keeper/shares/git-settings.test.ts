import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  dangerousSettings,
  gitKeyText,
  gitSettingText,
  parseGitSettings,
} from '../../../src/keeper/shares/git-settings.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const listed = (file: string) =>
  parseGitSettings(
    execFileSync('git', ['config', '--file', file, '--no-includes', '--list', '-z'], { encoding: 'utf8' }),
  );

describe('settings by which git on the host runs something or gives credentials away', () => {
  const keysOf = async (text: string, gitDir = '.git') => {
    const file = join(await tempFolder(), 'config');
    await writeFile(file, text);
    return dangerousSettings(listed(file), gitDir).map(({ key }) => key);
  };

  test('those that run programs', async () => {
    const text = `
[core]
\tfsmonitor = ./evil
\tHooksPath = .evil
\tsshCommand = evil
\tpager = evil
\teditor = evil
\taskPass = evil
\tgitProxy = evil
[alias]
\tst = !evil
\tco = -c core.pager=evil log
[pager "log"]
[pager]
\tlog = evil
[credential]
\thelper = !evil
[credential "https://a.example"]
\thelper = evil
[filter "x"]
\tclean = evil
\tsmudge = evil
\tprocess = evil
\trequired
[diff]
\texternal = evil
[diff "x.y"]
\tcommand = evil
\ttextconv = evil
[merge "x"]
\tdriver = evil
[gpg]
\tprogram = evil
[gpg "ssh"]
\tprogram = evil
[sequence]
\teditor = evil
[include]
\tpath = evil
[includeIf "gitdir:/"]
\tpath = evil
[submodule "a"]
\tupdate = !evil
[interactive]
\tdiffFilter = evil
[hook "x"]
\tcommand = evil
[mergetool "x"]
\tcmd = evil
[trailer "x"]
\tcmd = evil
[core.x]
[tar "zip"]
\tcommand = evil
`;
    expect((await keysOf(text)).join(' ')).toMatchInlineSnapshot(
      `"core.fsmonitor core.hookspath core.sshcommand core.pager core.editor core.askpass core.gitproxy alias.st alias.co pager.log credential.helper credential.https://a.example.helper filter.x.clean filter.x.smudge filter.x.process diff.external diff.x.y.command diff.x.y.textconv merge.x.driver gpg.program gpg.ssh.program sequence.editor include.path includeif.gitdir:/.path submodule.a.update interactive.difffilter hook.x.command mergetool.x.cmd trailer.x.cmd tar.zip.command"`,
    );
  });

  test('those that send git elsewhere', async () => {
    const text = `
[url "https://evil.example/"]
\tinsteadOf = https://github.com/
[protocol "ext"]
\tallow = always
[http]
\tproxy = http://evil.example
\tsslVerify = false
[http "https://github.com"]
\tsslVerify = false
[remote "a"]
\turl = ext::sh -c evil
\tuploadpack = evil
\tproxy = evil
[remote "b"]
\turl = ./evil.git
\tpushurl = file:///evil
[branch "main"]
\tremote = ../evil
[remote]
\tpushDefault = ./evil
[core]
\tworktree = ../..
`;
    expect((await keysOf(text)).join(' ')).toMatchInlineSnapshot(
      `"url.https://evil.example/.insteadof protocol.ext.allow http.proxy http.sslverify http.https://github.com.sslverify remote.a.url remote.a.uploadpack remote.a.proxy remote.b.url remote.b.pushurl branch.main.remote remote.pushdefault core.worktree"`,
    );
  });

  test('nothing of what a day of work in the guest writes', async () => {
    const text = `
[core]
\trepositoryformatversion = 0
\tfilemode = true
\tfsmonitor = true
\tpager = false
\tautocrlf = input
[user]
\tname = A
\temail = a@example.org
[remote "origin"]
\turl = git@github.com:a/b.git
\tfetch = +refs/heads/*:refs/remotes/origin/*
[remote "up"]
\turl = https://github.com/a/b.git
\tpushurl = ssh://git@github.com/a/b.git
[branch "main"]
\tremote = origin
\tmerge = refs/heads/main
[branch "topic"]
\tremote = .
\tmerge = refs/heads/main
[submodule "lib"]
\tactive = true
\turl = https://github.com/a/lib.git
\tupdate = rebase
[pull]
\trebase = true
[http]
\tpostBuffer = 1000000
[lfs]
\trepositoryformatversion = 0
`;
    expect(await keysOf(text)).toEqual([]);
  });

  test('the files of a submodule are those of the project', async () => {
    const text = (worktree: string) => `[core]\n\tworktree = ${worktree}\n`;
    expect(await keysOf(text('../../../lib'), '.git/modules/lib')).toEqual([]);
    expect(await keysOf(text('../../../../home'), '.git/modules/lib')).toEqual(['core.worktree']);
    expect(await keysOf(text('/home/ada'), '.git/modules/lib')).toEqual(['core.worktree']);
  });
});

test('a setting that is put back is read by git as what it was', async () => {
  const file = join(await tempFolder(), 'config');
  const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);
  const text = fc.string({ unit: 'grapheme', maxLength: 20 }).map((one) => one.replaceAll(/[\0\r\b]/g, ' '));
  const subsection = text.map((one) => one.replaceAll('\n', ' '));
  await fc.assert(
    fc.asyncProperty(name, fc.option(subsection), name, text, async (section, sub, key, value) => {
      const setting = { key: sub === null ? `${section}.${key}` : `${section}.${sub}.${key}`, value };
      await writeFile(file, gitSettingText(setting));
      expect(listed(file)).toEqual([setting]);
    }),
    { numRuns: 60 },
  );
});

test('a key is shown without what may be a password, and cut', () => {
  expect(gitKeyText('url.https://me:token@example.org/.insteadof')).toBe(
    'url.https://…@example.org/.insteadof',
  );
  expect(gitKeyText(`filter.${'x'.repeat(100)}.clean`)).toHaveLength(60);
});
