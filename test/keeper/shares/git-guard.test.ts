import { execFileSync } from 'node:child_process';
import { chmod, link, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { tryNamespaces } from '../../../src/drivers/qemu/namespaces.ts';
import { exec } from '../../../src/lib/exec.ts';
import { shareOf } from '../../support/cage.ts';
import { caged } from '../../support/caged.ts';
import { testContext } from '../../support/context.ts';
import { eventually } from '../../support/eventually.ts';

const refused = await tryNamespaces(testContext('/'));
if (refused !== undefined && process.env.CI) throw new Error(`the cage cannot be tested here: ${refused}`);

const SLOW_MS = 30_000;

describe.skipIf(refused !== undefined)('git settings of a project that a guest can write to', () => {
  /** A repository of the user's with settings of its own, shown in a cage. */
  const repository = async (settings: readonly (readonly [string, string])[] = []) => {
    const world = await caged();
    const { project, notes } = world;
    const git = (...args: string[]): string =>
      execFileSync('git', ['-C', project, ...args], {
        encoding: 'utf8',
        env: { ...process.env, HOME: world.root },
      });
    git('init', '-q');
    for (const [key, value] of settings) git('config', '--add', key, value);
    const config = join(project, '.git/config');
    const share = shareOf('workspace', project, { protect: ['.git/hooks'] });
    const start = async () => {
      const tree = await world.makeTree();
      await tree.set([share]);
      return tree;
    };
    return {
      ...world,
      git,
      config,
      start,
      share,
      /** Whether a text is in the file sooner or later, or never. */
      comesTo: (path: string, isAsWanted: (text: string) => boolean) =>
        eventually(
          async () => isAsWanted(await readFile(join(project, path), 'utf8').catch(() => '')),
          SLOW_MS,
        ),
      saysSoon: (pattern: RegExp) =>
        eventually(async () => notes.some((note) => pattern.test(note)), SLOW_MS),
    };
  };

  test('what runs programs is taken out, what is harmless stays, and it is said', async () => {
    const { asGuest, start, comesTo, saysSoon, git, project, notes } = await repository([
      ['core.editor', 'vim'],
    ]);
    await start();
    await asGuest(`cd workspace/.git && cat >> config <<'END'
[core]
	fsmonitor = "touch /tmp/owned; false"
	hooksPath = ../evil
[branch "main"]
	remote = origin
[remote "origin"]
	url = git@example.org:a/b.git
	uploadpack = evil
[alias]
	st = !evil
END`);
    expect(await comesTo('.git/config', (text) => text.includes('url') && !text.includes('evil'))).toBe(true);
    expect(git('config', '--local', '--list').split('\n').slice(4)).toEqual([
      'core.editor=vim',
      'branch.main.remote=origin',
      'remote.origin.url=git@example.org:a/b.git',
      '',
    ]);
    expect(await readFile(join(project, '.git/config.from-guest'), 'utf8')).toContain('fsmonitor');
    expect(await saysSoon(/^git would obey/)).toBe(true);
    expect(notes).toMatchInlineSnapshot(`
      [
        "git would obey core.fsmonitor, core.hookspath, remote.origin.uploadpack, alias.st on this host, which appeared in '.git/config' while the machine ran; it was taken back, and '.git/config.from-guest' holds what was found. Make settings of your own while the machine is stopped",
      ]
    `);
  });

  test('what the user had before stays, and is put back when it was changed', async () => {
    const { asGuest, start, comesTo, git } = await repository([
      ['core.editor', 'vi "-c set tw=72"\t\\x'],
      ['credential.helper', ''],
      ['credential.helper', 'store'],
      ['url.https://example.org/.insteadOf', 'ex:'],
    ]);
    await start();
    await asGuest('cd workspace && git config core.editor evil && git config --add credential.helper evil');
    expect(await comesTo('.git/config', (text) => !text.includes('evil'))).toBe(true);
    expect(git('config', 'core.editor')).toBe('vi "-c set tw=72"\t\\x\n');
    expect(git('config', '--get-all', 'credential.helper')).toBe('\nstore\n');
    expect(git('config', '--get-all', 'url.https://example.org/.insteadof')).toBe('ex:\n');
  });

  test('every way of a guest to write the file comes to nothing', async () => {
    const { asGuest, start, project, root, config } = await repository();
    await start();
    const evil = "printf '[core]\\\\n\\\\teditor = evil\\\\n'";
    await mkdir(join(root, 'outside'));
    const outside = `${await readFile(config, 'utf8')}\teditor = evil\n`;
    await writeFile(join(root, 'outside/config'), outside);
    const isSafe = () =>
      eventually(async () => {
        // Not in one go with this process, which is the keeper: a pipe would stop both.
        const listing = exec('git', ['-C', project, 'config', '--includes', '--list'], { timeoutMs: 1000 });
        return listing.then(
          ({ stdout }) => stdout.includes('repositoryformatversion') && !stdout.includes('evil'),
          () => false,
        );
      }, SLOW_MS);
    for (const [what, command] of [
      ['rename over it', `cp config new && ${evil} >> new && mv -f new config`],
      [
        'a link to elsewhere',
        `cp config elsewhere && ${evil} >> elsewhere && rm config && ln -s elsewhere config`,
      ],
      ['a link out of the share', `rm config && ln -s ${root}/outside/config config`],
      ['a second name for it', `ln config other && ${evil} >> other`],
      ['a folder that may not be written', `${evil} >> config && chmod 555 .`],
      ['an include', `printf '[include]\\\\n\\\\tpath = inc\\\\n' >> config && ${evil} > inc`],
      ['settings of the worktree', `git config extensions.worktreeConfig true && ${evil} > config.worktree`],
      [
        'another common folder',
        `mkdir -p ev/objects ev/refs && cp config ev && ${evil} >> ev/config && echo ev > commondir`,
      ],
    ] as const) {
      await asGuest(`cd workspace/.git && ${command.replaceAll('\\\\', '\\')}`);
      expect([what, await isSafe()]).toEqual([what, true]);
      await chmod(join(project, '.git'), 0o755);
    }
    // A pipe would make git wait for ever, a folder in its place fail, garbage and its size too.
    for (const command of [
      'rm config && mkfifo config',
      'rm config && mkdir config',
      'truncate -s 20M config',
    ]) {
      await asGuest(`cd workspace/.git && ${command}`);
      expect([command, await isSafe()]).toEqual([command, true]);
    }
    expect(await readFile(join(root, 'outside/config'), 'utf8')).toBe(outside);
  });

  test('submodules are looked after as the project is', async () => {
    const { asGuest, start, comesTo, project } = await repository();
    await start();
    await asGuest(`cd workspace/.git && mkdir -p modules/libs/one && cd modules/libs/one &&
      printf '[core]\\n\\tworktree = ../../../../libs/one\\n\\tfsmonitor = evil\\n' > config`);
    const module = '.git/modules/libs/one';
    const isMended = (text: string): boolean => text.includes('worktree') && !text.includes('evil');
    expect(await comesTo(`${module}/config`, isMended)).toBe(true);
    await asGuest(`cd workspace/${module} && printf '[core]\\n\\tsshCommand = evil\\n' >> config`);
    expect(await comesTo(`${module}/config`, isMended)).toBe(true);
    expect(await readFile(join(project, module, 'config.from-guest'), 'utf8')).toContain('sshCommand');
  });

  test('folders that are made by the hundred do not hide the submodules that there are', async () => {
    const { asGuest, start, comesTo, saysSoon, project } = await repository();
    const module = '.git/modules/lib';
    await mkdir(join(project, module), { recursive: true });
    await writeFile(join(project, module, 'config'), '[core]\n\tbare = false\n');
    await start();
    await asGuest('cd workspace/.git && mkdir worktrees && cd worktrees && mkdir $(seq 400)');
    expect(await saysSoon(/has more submodules or worktrees/)).toBe(true);
    await asGuest(`cd workspace/${module} && printf '[core]\\n\\teditor = evil\\n' >> config`);
    expect(await comesTo(`${module}/config`, (text) => text !== '' && !text.includes('evil'))).toBe(true);
  });

  test('what was planted while no keeper looked is found by the next one, and at the end of the machine', async () => {
    const { asGuest, start, comesTo, config, git, forget } = await repository([['core.editor', 'vim']]);
    (await start()).close();
    await asGuest('cd workspace && git config core.pager evil && git config core.editor evil');
    const next = await start();
    expect(await comesTo('.git/config', (text) => !text.includes('evil'))).toBe(true);
    next.close();
    await asGuest('cd workspace && git config core.askPass evil');
    await next.settle();
    expect(await readFile(config, 'utf8')).not.toContain('evil');
    // The machine is off: what is set now is the user's.
    git('config', 'core.editor', 'nano');
    forget();
    const later = await start();
    await later.enforce();
    expect(git('config', 'core.editor')).toBe('nano\n');
  });

  test('a machine that ended with nobody there to look is not believed at its next start', async () => {
    const { asGuest, start, config, forget } = await repository();
    (await start()).close();
    await asGuest('cd workspace && git config core.pager evil');
    forget();
    await start();
    expect(await readFile(config, 'utf8')).not.toContain('evil');
  });

  test('a repository that is made while the machine runs is looked after too', async () => {
    const { asGuest, start, project, comesTo } = await repository();
    await rm(join(project, '.git'), { recursive: true });
    await start();
    await asGuest(
      'cd workspace && git init -q . && git config core.sshCommand evil && git config user.name A',
    );
    expect(await comesTo('.git/config', (text) => text.includes('name = A') && !text.includes('evil'))).toBe(
      true,
    );
  });

  test('the user’s own second name for the file is broken, so that nobody writes it unseen', async () => {
    const { config, start, root } = await repository();
    await link(config, join(root, 'second'));
    await start();
    await writeFile(join(root, 'second'), '[core]\n\teditor = evil\n');
    expect(await readFile(config, 'utf8')).not.toContain('evil');
  });

  test('a file that was a link from the start is said to be out of reach', async () => {
    const { config, start, root, saysSoon } = await repository();
    await writeFile(join(root, 'elsewhere'), await readFile(config));
    await rm(config);
    await symlink(join(root, 'elsewhere'), config);
    await start();
    expect(await saysSoon(/'\.git\/config' is no plain file/)).toBe(true);
  });
});
