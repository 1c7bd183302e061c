import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

export type CliRun = { readonly exitCode: number; readonly stdout: string; readonly stderr: string };
export type CliOptions = {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  /** A program and its first arguments that runs the command line. Default: node alone. */
  readonly through?: readonly string[];
};
export type BuiltCli = {
  /** The file that node runs. */
  readonly entry: string;
  readonly run: (args: readonly string[], options: CliOptions) => Promise<CliRun>;
  readonly remove: () => Promise<void>;
};

/**
 * The command line as one file that a bare `node` runs, with home and XDG folders below `cwd`'s parent, so that
 * nothing of the user's is read or written. It lies below the repository, where it finds the shipped data.
 */
export const buildCli = async (): Promise<BuiltCli> => {
  const root = join(import.meta.dirname, '../..');
  const folder = await mkdtemp(join(root, '.agentvm-test-'));
  await build({
    entryPoints: { main: join(root, 'src/cli/main.ts') },
    outdir: folder,
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    outExtension: { '.js': '.mjs' },
    banner: {
      js: "import { createRequire as ownRequire } from 'node:module'; const require = ownRequire(import.meta.url);",
    },
  });
  const entry = join(folder, 'main.mjs');
  return {
    entry,
    run: async (args, { cwd, env = {}, stdin, through = [] }) => {
      const home = join(cwd, '..', 'home');
      await mkdir(home, { recursive: true });
      return new Promise((resolve, reject) => {
        const [program = '', ...words] = [...through, process.execPath, entry, ...args];
        const child = spawn(program, words, {
          cwd,
          env: { PATH: process.env.PATH ?? '', HOME: home, TZ: 'UTC', ...env },
        });
        let stdout = '';
        let stderr = '';
        child.stdout.setEncoding('utf8').on('data', (text: string) => {
          stdout += text;
        });
        child.stderr.setEncoding('utf8').on('data', (text: string) => {
          stderr += text;
        });
        child.on('error', reject);
        child.on('close', (code) => resolve({ exitCode: code ?? 1, stdout, stderr }));
        child.stdin.end(stdin ?? '');
      });
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
};
