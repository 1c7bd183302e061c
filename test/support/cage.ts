import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openCage } from '../../src/keeper/cage.ts';
import { confined } from '../../src/keeper/confined.ts';
import { startHolder } from '../../src/keeper/holder.ts';
import { machineFiles } from '../../src/keeper/protocol-files.ts';
import { createShareTree, type Remembered, type ShareTree } from '../../src/keeper/shares/share-tree.ts';
import { makePrivateDir } from '../../src/lib/atomic-file.ts';
import { exec } from '../../src/lib/exec.ts';
import type { Share } from '../../src/model/share.ts';
import { testContext } from './context.ts';

/** A cage with a share tree in it and, in place of QEMU, a shell that has what QEMU has. Everything lies in `root`. */
export const makeCage = async (root: string) => {
  const context = testContext(root);
  const files = machineFiles(context.paths, '0f0f0f0f-0000-4000-8000-000000000000');
  await makePrivateDir(files.dir);
  await makePrivateDir(files.cage);
  const holder = await startHolder(context, files, { cage: true, command: ['true'] });
  const cage = openCage(context, holder.pid, files.cage);
  const notes: string[] = [];
  const logged: string[] = [];
  let remembered: Remembered = { shares: [], known: [] };
  const trees: ShareTree[] = [];
  const project = join(root, 'project');
  await mkdir(join(project, '.git', 'hooks'), { recursive: true });

  return {
    root,
    end: (): void => {
      for (const tree of trees) tree.close();
      process.kill(holder.pid, 'SIGKILL');
    },
    project,
    cage,
    notes,
    logged,
    remembered: () => remembered,
    /** As after the machine's end: the next tree is one of a new start. */
    forget: (): void => {
      remembered = { shares: [], known: [] };
    },
    /** Another one on the same cage is what a new keeper makes. */
    makeTree: async (): Promise<ShareTree> => {
      const tree = await createShareTree({
        context,
        dir: files.dir,
        cage,
        folder: files.cage,
        remembered,
        note: (text) => notes.push(text),
        log: (text) => logged.push(text),
        onRemember: (next) => {
          remembered = next;
        },
      });
      trees.push(tree);
      return tree;
    },
    /** Runs a shell command in the exported folder as QEMU would act for the guest's root. Returns what it printed. */
    asGuest: async (command: string): Promise<string> => {
      const [program = '', ...args] = [
        ...['nsenter', '--user', '--mount', '--preserve-credentials', '-t', String(holder.pid)],
        ...confined(['sh', '-c', `cd "$1" && ${command}`, 'sh', cage.exported]),
      ];
      const { stdout, stderr } = await exec(program, args, { accept: 'any', env: { LC_ALL: 'C' } });
      return (stdout + stderr).replaceAll(cage.exported, 'EXPORTED').trim();
    },
    /** Whether something is mounted at each of these paths of the exported folder. */
    areBound: async (...paths: readonly string[]): Promise<boolean> => {
      const mounts = await cage.mounts();
      return paths.every((path) => mounts.some((mount) => mount.mountPoint === join(cage.exported, path)));
    },
  };
};

/** A share with its guest path as on the host. */
export const shareOf = (id: string, hostPath: string, more: Partial<Share> = {}): Share => ({
  id,
  hostPath,
  target: hostPath,
  guestPath: hostPath,
  mode: 'rw',
  protect: [],
  ...more,
});
