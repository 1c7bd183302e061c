import { execFile } from 'node:child_process';
import { chmod, chown, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** Who runs the command line; the test's own user by default. */
export type TestUser = {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  readonly home: string;
};

export type CliResult = { readonly exitCode: number; readonly stdout: string; readonly stderr: string };

export type InstalledCli = {
  readonly project: string;
  readonly home: string;
  readonly stateDir: string;
  readonly dataDir: string;
  readonly entry: string;
  readonly env: Readonly<Record<string, string>>;
  readonly user: TestUser | undefined;
  readonly run: (args: readonly string[], options?: RunOptions) => Promise<CliResult>;
  /** Writes a file of the project as the user. */
  readonly write: (path: string, content: string) => Promise<void>;
  readonly remove: () => Promise<void>;
};

export type RunOptions = {
  readonly cwd?: string;
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
};

const FULL_RUN_MS = 14 * 60_000;
const PRIVATE = 0o755;

const capture = (
  file: string,
  args: readonly string[],
  options: {
    readonly cwd: string;
    readonly env: Record<string, string>;
    readonly stdin?: string;
    readonly uid?: number;
    readonly gid?: number;
  },
): Promise<CliResult> =>
  new Promise((done) => {
    const { stdin, ...rest } = options;
    const child = execFile(
      file,
      [...args],
      { ...rest, timeout: FULL_RUN_MS, maxBuffer: 64 << 20 },
      (error, stdout, stderr) => {
        const exitCode = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
        done({ exitCode, stdout, stderr });
      },
    );
    child.stdin?.end(stdin ?? '');
  });

/**
 * The built command line, copied to where any user can read it, with a project and XDG folders of its own.
 * Layers and agents' packages are shared with the user's other runs, since they are named by their content.
 */
export const installCli = async (
  options: {
    readonly user?: TestUser;
    readonly dataHome?: string;
    readonly env?: Readonly<Record<string, string>>;
  } = {},
): Promise<InstalledCli> => {
  const root = await mkdtemp(join(tmpdir(), 'agentvm-'));
  await chmod(root, PRIVATE);
  const app = join(root, 'app');
  for (const part of ['dist', 'schemas', 'manifests', 'package.json']) {
    await cp(resolve(part), join(app, part), { recursive: true });
  }
  const { user } = options;
  const home = user?.home ?? process.env.HOME ?? '/root';
  const project = join(root, 'shop');
  const stateHome = join(root, 'state');
  for (const folder of [project, stateHome]) {
    await mkdir(folder, { mode: 0o700 });
    if (user !== undefined) await chown(folder, user.uid, user.gid);
  }
  const env: Record<string, string> = {
    ...(process.env as Record<string, string>),
    HOME: home,
    XDG_STATE_HOME: stateHome,
    ...(user === undefined ? {} : { USER: user.name, LOGNAME: user.name }),
    ...options.env,
  };
  // What the test runner's own user and its npm have set is not this user's.
  const foreign = Object.keys(env).filter((name) => /^(npm_|XDG_)/.test(name) && name !== 'XDG_STATE_HOME');
  if (user !== undefined) for (const name of foreign) delete env[name];
  if (options.dataHome !== undefined) env.XDG_DATA_HOME = options.dataHome;
  const identity = user === undefined ? {} : { uid: user.uid, gid: user.gid };
  const entry = join(app, 'dist/cli/main.js');
  return {
    project,
    home,
    stateDir: join(stateHome, 'agentvm'),
    dataDir: join(env.XDG_DATA_HOME ?? join(home, '.local/share'), 'agentvm'),
    entry,
    env,
    user,
    run: (args, run = {}) =>
      capture(process.execPath, [entry, ...args], {
        cwd: run.cwd ?? project,
        env: { ...env, ...run.env },
        ...(run.stdin === undefined ? {} : { stdin: run.stdin }),
        ...identity,
      }),
    write: async (path, content) => {
      const full = join(project, path);
      await mkdir(join(full, '..'), { recursive: true });
      await writeFile(full, content);
      if (user !== undefined) {
        await chown(full, user.uid, user.gid);
        await chown(join(full, '..'), user.uid, user.gid);
      }
    },
    remove: () => rm(root, { recursive: true, force: true }),
  };
};
