import { chmod, mkdir, readdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { tryNamespaces } from '../../../src/drivers/qemu/namespaces.ts';
import { exec } from '../../../src/lib/exec.ts';
import { bundleProgram } from '../../support/bundle.ts';
import { shareOf } from '../../support/cage.ts';
import { caged } from '../../support/caged.ts';
import { testContext } from '../../support/context.ts';
import { eventually } from '../../support/eventually.ts';
import { tempFolder } from '../../support/temp-folder.ts';

/** A number that no user of a system has. */
const ORDINARY_USER = 61_234;

const refused = await tryNamespaces(testContext('/'));
if (refused !== undefined && process.env.CI) throw new Error(`the cage cannot be tested here: ${refused}`);
if (refused !== undefined) console.log(`skipped: no user namespaces here: ${refused}`);

describe.skipIf(refused !== undefined)('shares in a cage', () => {
  test('a share is read and written with the right owner; nothing can be put beside it', async () => {
    const { project, makeTree, asGuest } = await caged();
    const tree = await makeTree();
    await tree.set([shareOf('workspace', project)]);
    await writeFile(join(project, 'from-host'), 'hello');
    expect(await asGuest('cat workspace/from-host; echo hi > workspace/from-guest; ls')).toBe(
      'helloworkspace',
    );
    expect(await readFile(join(project, 'from-guest'), 'utf8')).toBe('hi\n');
    expect((await stat(join(project, 'from-guest'))).uid).toBe(process.getuid?.());
    expect(await asGuest('mkdir beside')).toBe(
      "mkdir: cannot create directory 'beside': Read-only file system",
    );
  });

  test('a read-only share refuses every change', async () => {
    const { project, makeTree, asGuest } = await caged();
    await writeFile(join(project, 'file'), '');
    const tree = await makeTree();
    await tree.set([shareOf('data', project, { mode: 'ro' })]);
    expect(
      await asGuest(
        'cd data; touch file new; rm file; mkdir d; mount -o remount,rw . 2>/dev/null; touch new',
      ),
    ).toMatchInlineSnapshot(`
      "touch: cannot touch 'file': Read-only file system
      touch: cannot touch 'new': Read-only file system
      rm: cannot remove 'file': Read-only file system
      mkdir: cannot create directory 'd': Read-only file system
      touch: cannot touch 'new': Read-only file system"
    `);
  });

  test('shares come and go, and a file can be one', async () => {
    const { root, project, makeTree, asGuest } = await caged();
    await writeFile(join(root, 'file'), 'content');
    const tree = await makeTree();
    await tree.set([shareOf('workspace', project)]);
    await tree.set([shareOf('workspace', project), shareOf('one', join(root, 'file'), { mode: 'ro' })]);
    expect(await asGuest('ls; cat one')).toBe('one\nworkspace\ncontent');
    await tree.set([shareOf('workspace', project)]);
    expect(await asGuest('ls')).toBe('workspace');
  });

  test('a missing source is named, and the other shares stay', async () => {
    const { root, project, makeTree, asGuest } = await caged();
    const tree = await makeTree();
    const gone = join(root, 'gone');
    await expect(tree.set([shareOf('workspace', project), shareOf('x', gone)])).rejects.toMatchObject({
      code: 'MOUNT_SOURCE_MISSING',
      message: `The folder '${gone}' that is to be mounted at ${gone} does not exist`,
    });
    expect(await asGuest('ls')).toBe('workspace');
    expect(tree.shares().map((share) => share.id)).toEqual(['workspace']);
  });

  test("a user's own link into the project does not open a way behind it", async () => {
    const { root, project, makeTree, asGuest } = await caged();
    const tree = await makeTree();
    const workspace = shareOf('workspace', project);
    await mkdir(join(root, 'secret'));
    await mkdir(join(project, 'docs'));
    await writeFile(join(project, 'docs', 'page'), 'text');
    await symlink(project, join(root, 'own'));
    const share = shareOf('x', join(root, 'own', 'docs'), { mode: 'ro', target: join(project, 'docs') });
    await tree.set([workspace, share]);
    expect(await asGuest('cat x/page')).toBe('text');
    await tree.set([workspace]);
    await rm(join(project, 'docs'), { recursive: true });
    await symlink(join(root, 'secret'), join(project, 'docs'));
    await expect(tree.set([workspace, share])).rejects.toMatchObject({ code: 'MOUNT_SOURCE_IS_LINK' });
  });

  test('only what was granted is exported: another target of the same path is refused, and what is exported stays', async () => {
    const { root, project, makeTree, asGuest } = await caged();
    const workspace = shareOf('workspace', project);
    const tree = await makeTree();
    for (const name of ['one', 'two']) {
      await mkdir(join(root, name));
      await writeFile(join(root, name, 'name'), name);
    }
    await symlink(join(root, 'one'), join(root, 'current'));
    const share = shareOf('x', join(root, 'current'), { mode: 'ro', target: join(root, 'one') });
    await tree.set([workspace, share]);
    await rm(join(root, 'current'));
    await symlink(join(root, 'two'), join(root, 'current'));

    // A port changes, and the share is what it was: it is not looked up again.
    await tree.set([workspace, { ...share, target: null }]);
    expect(await asGuest('cat x/name')).toBe('one');
    await tree.set([workspace]);
    for (const target of [null, join(root, 'one'), root]) {
      await expect(tree.set([workspace, { ...share, target }])).rejects.toMatchObject({
        code: 'MOUNT_NOT_GRANTED',
        exitCode: 4,
      });
      expect(await asGuest('ls')).toBe('workspace');
    }
    await tree.set([workspace, { ...share, target: join(root, 'two') }]);
    expect(await asGuest('cat x/name')).toBe('two');
  });

  test('another target that was granted takes the place of the first', async () => {
    const { root, project, makeTree, asGuest } = await caged();
    const workspace = shareOf('workspace', project);
    const tree = await makeTree();
    for (const name of ['one', 'two']) {
      await mkdir(join(root, name));
      await writeFile(join(root, name, 'name'), name);
    }
    await symlink(join(root, 'one'), join(root, 'current'));
    const share = shareOf('x', join(root, 'current'), { mode: 'ro', target: join(root, 'one') });
    await tree.set([workspace, share]);
    await rm(join(root, 'current'));
    await symlink(join(root, 'two'), join(root, 'current'));
    await tree.set([workspace, { ...share, target: join(root, 'two') }]);
    expect(await asGuest('cat x/name')).toBe('two');
  });

  test('a protected file is protected under every name that leads to it', async () => {
    const { root, project, makeTree, asGuest } = await caged();
    const workspace = shareOf('workspace', project);
    const tree = await makeTree();
    await symlink(project, join(root, 'alias'));
    await mkdir(join(project, '.git', 'hooks'), { recursive: true });
    const alias = shareOf('x', join(root, 'alias', '.git'), { target: join(project, '.git') });
    await tree.set([{ ...workspace, protect: ['.git/hooks'] }, alias]);
    expect(await asGuest('echo x > x/hooks/pre-commit')).toContain('Read-only file system');
  });

  test('a source that the guest made a link, or put behind one, is not exported', async () => {
    const { root, project, makeTree, asGuest } = await caged();
    await mkdir(join(root, 'secret'));
    await writeFile(join(root, 'secret', 'key'), 'key');
    await symlink(join(root, 'secret'), join(project, 'data'));
    await symlink(root, join(project, 'up'));
    const tree = await makeTree();
    const workspace = shareOf('workspace', project);
    const link = join(project, 'data');
    await expect(tree.set([workspace, shareOf('x', link, { within: project })])).rejects.toMatchObject({
      code: 'MOUNT_SOURCE_IS_LINK',
      message: `The mount source '${link}' is a symbolic link, in a folder that the guest can write to`,
    });
    // Also when nobody said that it lies in a share.
    await expect(tree.set([workspace, shareOf('x', join(project, 'up', 'secret'))])).rejects.toMatchObject({
      code: 'MOUNT_SOURCE_IS_LINK',
      message: expect.stringContaining(`behind the symbolic link '${join(project, 'up')}'`),
    });
    expect(await asGuest('ls; cat */key')).toBe("workspace\ncat: '*/key': No such file or directory");
  });

  test('a source that is exchanged all the time is exported right or not at all', async () => {
    const { root, project, makeTree, asGuest } = await caged();
    await mkdir(join(root, 'secret'));
    await writeFile(join(root, 'secret', 'key'), 'key');
    await mkdir(join(project, 'data'));
    await symlink(join(root, 'secret'), join(project, 'link'));
    const tree = await makeTree();
    const workspace = shareOf('workspace', project);
    await tree.set([workspace]);
    let isOver = false;
    const swapping = (async () => {
      while (!isOver) {
        await rename(join(project, 'data'), join(project, 'real'));
        await rename(join(project, 'link'), join(project, 'data'));
        await rename(join(project, 'data'), join(project, 'link'));
        await rename(join(project, 'real'), join(project, 'data'));
      }
    })();
    for (let time = 0; time < 25; time++) {
      await tree
        .set([workspace, shareOf('x', join(project, 'data'), { within: project })])
        .catch((error) => expect(error.code).toMatch(/^(MOUNT_SOURCE_|SHARE_SOURCE_CHANGED|EXEC_FAILED)/));
      expect(await asGuest('ls x 2>/dev/null')).toBe('');
      await tree.set([workspace]);
    }
    isOver = true;
    await swapping;
  });
});

describe.skipIf(refused !== undefined)('protected paths', () => {
  const attack = `cd workspace
    echo x >> agentvm.yaml; rm -f agentvm.yaml; echo n > n; mv -f n agentvm.yaml; chmod 777 agentvm.yaml
    mv .git .git2; touch .git/hooks/pre-commit; rm -rf .git/hooks; ln agentvm.yaml hard; rm -f n`;

  test('hold against every change, before and after the host replaced them by rename', async () => {
    const { project, makeTree, asGuest, areBound } = await caged();
    await writeFile(join(project, 'agentvm.yaml'), 'a: 1\n');
    const tree = await makeTree();
    await tree.set([shareOf('workspace', project, { protect: ['agentvm.yaml', '.git/hooks'] })]);
    const refusal = await asGuest(attack);
    expect(refusal).toMatchInlineSnapshot(`
      "sh: 2: cannot create agentvm.yaml: Read-only file system
      rm: cannot remove 'agentvm.yaml': Device or resource busy
      mv: cannot move 'n' to 'agentvm.yaml': Device or resource busy
      chmod: changing permissions of 'agentvm.yaml': Read-only file system
      mv: cannot move '.git' to '.git2': Device or resource busy
      touch: cannot touch '.git/hooks/pre-commit': Read-only file system
      rm: cannot remove '.git/hooks': Device or resource busy
      ln: failed to create hard link 'hard' => 'agentvm.yaml': Invalid cross-device link"
    `);
    expect(await readFile(join(project, 'agentvm.yaml'), 'utf8')).toBe('a: 1\n');

    for (const content of ['a: 2\n', 'a: 3\n']) {
      await writeFile(join(project, 'new'), content);
      await rename(join(project, 'new'), join(project, 'agentvm.yaml'));
      expect(await eventually(() => areBound('workspace/agentvm.yaml'))).toBe(true);
      expect(await asGuest(attack)).toBe(refusal);
      expect(await asGuest('cat workspace/agentvm.yaml')).toBe(content.trim());
    }

    await rename(join(project, '.git'), join(project, 'old-git'));
    await mkdir(join(project, '.git', 'hooks'), { recursive: true });
    expect(await eventually(() => areBound('workspace/.git', 'workspace/.git/hooks'))).toBe(true);
    expect(await asGuest(attack)).toBe(refusal);
  });

  test('are bound again within milliseconds', async () => {
    const { project, makeTree, areBound } = await caged();
    await writeFile(join(project, 'agentvm.yaml'), '');
    const tree = await makeTree();
    await tree.set([shareOf('workspace', project, { protect: ['agentvm.yaml'] })]);
    const isBound = () => areBound('workspace/agentvm.yaml');
    expect(await isBound()).toBe(true);
    await writeFile(join(project, 'new'), 'new');
    await rename(join(project, 'new'), join(project, 'agentvm.yaml'));
    expect(await isBound()).toBe(false);
    expect(await eventually(isBound, 1000)).toBe(true);
  });

  test('that did not exist are moved aside when they appear', async () => {
    const { project, makeTree, asGuest, notes } = await caged();
    const tree = await makeTree();
    await tree.set([shareOf('workspace', project, { protect: ['.envrc', '.vscode', '.husky'] })]);
    await asGuest(
      'cd workspace; mkdir .vscode; echo evil > .vscode/tasks.json; echo evil > .envrc; ln -s /etc .husky',
    );
    expect(
      await eventually(async () => {
        const names = await readdir(project);
        return !names.includes('.envrc') && !names.includes('.husky') && names.includes('.vscode.from-guest');
      }),
    ).toBe(true);
    await tree.enforce();
    expect((await readdir(project)).sort()).toEqual([
      '.envrc.from-guest',
      '.git',
      '.husky.from-guest',
      '.vscode',
      '.vscode.from-guest',
    ]);
    expect(await readdir(join(project, '.vscode'))).toEqual([]);
    expect(await asGuest('touch workspace/.vscode/x')).toMatch(/Read-only file system$/);
    expect(notes.length).toBeGreaterThanOrEqual(3);
    expect(notes).toContain(
      "'.envrc' appeared while the machine ran; it could run code on this host and was moved to '.envrc.from-guest'",
    );
  });

  test('let the guest make a repository, whose hooks cannot be changed afterwards', async () => {
    const { project, makeTree, asGuest, notes, areBound } = await caged();
    await rm(join(project, '.git'), { recursive: true });
    const tree = await makeTree();
    await tree.set([shareOf('workspace', project, { protect: ['.git/hooks'] })]);
    expect(await asGuest('cd workspace && git init -q . && git status --short')).toBe('');
    expect(await eventually(() => areBound('workspace/.git'))).toBe(true);
    expect(await asGuest('mv workspace/.git workspace/x')).toMatch(/Device or resource busy$/);
    await asGuest('echo "#!/bin/sh" > workspace/.git/hooks/post-checkout');
    expect(
      await eventually(async () =>
        (await asGuest('touch workspace/.git/hooks/x')).endsWith('Read-only file system'),
      ),
    ).toBe(true);
    const hooks = join(project, '.git', 'hooks');
    const isEmpty = async () => (await readdir(hooks).catch(() => ['?'])).length === 0;
    expect(await eventually(isEmpty)).toBe(true);
    expect(notes.join('\n')).toContain("'.git/hooks' appeared");
  });

  test('are found through a .git that is a file, as in a worktree, which cannot be changed', async () => {
    const { project, makeTree, asGuest } = await caged();
    await rm(join(project, '.git'), { recursive: true });
    await writeFile(join(project, '.git'), 'gitdir: /elsewhere\n');
    const tree = await makeTree();
    await tree.set([shareOf('workspace', project, { protect: ['.git/hooks'] })]);
    await asGuest('cd workspace; echo "gitdir: ./x" >.git; mv .git .git2; rm .git; cat .git');
    expect(await readFile(join(project, '.git'), 'utf8')).toBe('gitdir: /elsewhere\n');
  });

  test('that a link leads to cannot be protected, which is said', async () => {
    const { project, makeTree, notes } = await caged();
    await symlink('/etc', join(project, '.vscode'));
    const tree = await makeTree();
    await tree.set([shareOf('workspace', project, { protect: ['.vscode'] })]);
    expect(notes).toEqual(["'.vscode' is a symbolic link or no folder, so that it cannot be protected"]);
    expect(await readdir(project)).toContain('.vscode');
  });

  test('stay protected by the next keeper, which knows what the last one knew', async () => {
    const { project, makeTree, asGuest, notes } = await caged();
    await writeFile(join(project, 'agentvm.yaml'), 'a: 1\n');
    const shares = [shareOf('workspace', project, { protect: ['agentvm.yaml', '.envrc'] })];
    const first = await makeTree();
    await first.set(shares);
    first.close();
    await writeFile(join(project, 'new'), 'a: 2\n');
    await rename(join(project, 'new'), join(project, 'agentvm.yaml'));
    await asGuest('echo evil > workspace/.envrc');
    const second = await makeTree();
    await second.set([shareOf('workspace', project, { protect: ['agentvm.yaml', '.envrc', 'late'] })]);
    expect(await asGuest('echo x >> workspace/agentvm.yaml')).toMatch(/Read-only file system$/);
    expect(await readFile(join(project, 'agentvm.yaml'), 'utf8')).toBe('a: 2\n');
    expect(notes).toEqual([
      "'.envrc' appeared while the machine ran; it could run code on this host and was moved to '.envrc.from-guest'",
    ]);
  });

  test('are given free when they are protected no longer, while the others stay', async () => {
    const { project, makeTree, asGuest } = await caged();
    await writeFile(join(project, 'agentvm.yaml'), '');
    const tree = await makeTree();
    await tree.set([shareOf('workspace', project, { protect: ['agentvm.yaml', '.git/hooks'] })]);
    await tree.set([shareOf('workspace', project, { protect: ['agentvm.yaml'] })]);
    expect(
      await asGuest('cd workspace; echo x > .git/hooks/a; mv .git g; mv g .git; touch agentvm.yaml'),
    ).toBe("touch: cannot touch 'agentvm.yaml': Read-only file system");
    await tree.set([shareOf('workspace', project, { protect: ['agentvm.yaml', '.git/hooks'] })]);
    expect(await asGuest('rm workspace/.git/hooks/a')).toMatch(/Read-only file system$/);
  });

  test('a share whose mode changed while there was no keeper has it under the next one', async () => {
    const { project, makeTree, asGuest } = await caged();
    const first = await makeTree();
    await first.set([shareOf('workspace', project, { protect: ['.git/hooks'] })]);
    first.close();
    const second = await makeTree();
    await second.set([shareOf('workspace', project, { mode: 'ro', protect: ['.git/hooks'] })]);
    expect(await asGuest('touch workspace/x')).toMatch(/Read-only file system$/);
    await second.set([shareOf('workspace', project, { protect: ['.git/hooks'] })]);
    expect(await asGuest('touch workspace/x workspace/.git/hooks/x')).toBe(
      "touch: cannot touch 'workspace/.git/hooks/x': Read-only file system",
    );
  });

  test('hold in another share that shows them too', async () => {
    const { root, project, makeTree, asGuest } = await caged();
    await writeFile(join(project, 'agentvm.yaml'), '');
    const tree = await makeTree();
    await tree.set([
      shareOf('workspace', project, { protect: ['agentvm.yaml', '.git/hooks'] }),
      shareOf('above', root),
      shareOf('hooks', join(project, '.git', 'hooks')),
    ]);
    expect(
      await asGuest('echo x >> above/project/agentvm.yaml; mv above/project above/p; touch hooks/x'),
    ).toMatchInlineSnapshot(`
      "sh: 1: cannot create above/project/agentvm.yaml: Read-only file system
      mv: cannot move 'above/project' to 'above/p': Device or resource busy
      touch: cannot touch 'hooks/x': Read-only file system"
    `);
  });
});

describe.skipIf(refused !== undefined || process.getuid?.() !== 0)('as an ordinary user', () => {
  test('the cage holds as it does for root', async () => {
    const folder = await tempFolder();
    await chmod(folder, 0o777);
    const program = join(folder, 'cage.mjs');
    await bundleProgram(join(import.meta.dirname, '../../support/cage-program.ts'), program);
    const user = String(ORDINARY_USER);
    const { stdout } = await exec('setpriv', [
      ...['--reuid', user, '--regid', user, '--clear-groups'],
      ...[process.execPath, program, join(folder, 'home')],
    ]);
    const refusal = [
      'sh: 1: cannot create agentvm.yaml: Read-only file system',
      "rm: cannot remove 'agentvm.yaml': Device or resource busy",
      "mv: cannot move '.git' to 'g': Device or resource busy",
      "touch: cannot touch '.git/hooks/a': Read-only file system",
    ].join('\n');
    expect(JSON.parse(stdout)).toEqual({
      user: ORDINARY_USER,
      before: refusal,
      after: refusal,
      content: 'two',
      owner: ORDINARY_USER,
    });
  });
});
