import { mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Program, run } from './measure.ts';

const ENTRY = join(process.cwd(), 'dist/cli/main.js');

/** The smallest machine: what is measured is agentvm, not the installing of packages or agents. */
const MANIFEST = `apiVersion: agentvm/v1
name: bench
driver: qemu
resources: {cpus: 2, memory: 2GiB, disk: 10GiB}
ports: [auto:3000]
env: {BENCH: '1'}
`;

/** A project with state of its own; layers are the user's, so that they are ready after the first round. */
export type BenchMachine = {
  readonly agentvm: (args: readonly string[]) => Program;
  /** Replaces the manifest. */
  readonly write: (manifest: string) => Promise<void>;
  /** Folder of the one machine, while there is one. */
  readonly machineDir: () => Promise<string>;
  readonly remove: () => Promise<void>;
};

export const createBenchMachine = async (): Promise<BenchMachine> => {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'agentvm-bench-')));
  const project = join(root, 'bench');
  const state = join(root, 'state');
  await mkdir(project);
  await writeFile(join(project, 'agentvm.yaml'), MANIFEST);
  const agentvm = (args: readonly string[]): Program => ({
    file: process.execPath,
    args: [ENTRY, ...args],
    cwd: project,
    env: { ...process.env, XDG_STATE_HOME: state },
  });
  const machines = join(state, 'agentvm/machines');
  return {
    agentvm,
    write: (manifest) => writeFile(join(project, 'agentvm.yaml'), manifest),
    machineDir: async () => {
      const [id] = await readdir(machines);
      if (id === undefined) throw new Error('the machine is not there');
      return join(machines, id);
    },
    remove: async () => {
      const left = await readdir(machines).catch(() => []);
      if (left.length > 0) await run(agentvm(['rm', '--yes']));
      await rm(root, { recursive: true, force: true });
    },
  };
};

export type Launch = {
  readonly command: readonly string[];
  readonly shares: readonly { readonly id: string }[];
  readonly ssh: {
    readonly host: string;
    readonly user: string;
    readonly identityFile: string;
    readonly controlPath: string;
  };
};

/** What the keeper was told to run. */
export const readLaunch = async (machineDir: string): Promise<Launch> =>
  JSON.parse(await readFile(join(machineDir, 'launch.json'), 'utf8'));
